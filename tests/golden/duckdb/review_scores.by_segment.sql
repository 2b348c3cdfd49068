SELECT
  "t17"."review_id",
  "t17"."conversation_id",
  "t17"."reviewer_id",
  "t17"."person_id",
  "t17"."at",
  "t17"."sampling",
  "t17"."probability",
  "t17"."pair_id",
  "t17"."criterion",
  "t17"."score",
  "t17"."max_score",
  "t17"."customer_id",
  "t17"."slice"
FROM (
  SELECT
    "t16".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t15"."review_id",
      "t15"."conversation_id",
      "t15"."reviewer_id",
      "t15"."person_id",
      "t15"."at",
      "t15"."sampling",
      "t15"."probability",
      "t15"."pair_id",
      "t15"."criterion",
      "t15"."score",
      "t15"."max_score",
      "t15"."customer_id",
      "t15"."channel",
      "t15"."category",
      "t15"."key_month",
      "t15"."moment",
      COALESCE("t15"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t14"."review_id",
        "t14"."conversation_id",
        "t14"."reviewer_id",
        "t14"."person_id",
        "t14"."at",
        "t14"."sampling",
        "t14"."probability",
        "t14"."pair_id",
        "t14"."criterion",
        "t14"."score",
        "t14"."max_score",
        "t14"."customer_id",
        "t14"."channel",
        "t14"."category",
        "t14"."key_month",
        "t14"."moment",
        "t10"."trait_customer",
        "t10"."trait_value",
        "t10"."trait_from",
        "t10"."trait_to"
      FROM (
        SELECT
          "t12"."review_id",
          "t12"."conversation_id",
          "t12"."reviewer_id",
          "t12"."person_id",
          "t12"."at",
          "t12"."sampling",
          "t12"."probability",
          "t12"."pair_id",
          "t12"."criterion",
          "t12"."score",
          "t12"."max_score",
          "t12"."customer_id",
          "t12"."channel",
          "t12"."category",
          "t12"."key_month",
          GREATEST("t12"."key_month", COALESCE("t12"."began", "t12"."key_month")) AS "moment"
        FROM (
          SELECT
            "t11"."review_id",
            "t11"."conversation_id",
            "t11"."reviewer_id",
            "t11"."person_id",
            "t11"."at",
            "t11"."sampling",
            "t11"."probability",
            "t11"."pair_id",
            "t11"."criterion",
            "t11"."score",
            "t11"."max_score",
            "t8"."customer_id",
            "t8"."channel",
            "t8"."category",
            (
              (
                CAST(EXTRACT(year FROM "t11"."at") AS BIGINT) * 12
              ) + CAST(EXTRACT(month FROM "t11"."at") AS BIGINT)
            ) - 1 AS "key_month",
            "t9"."starter",
            "t9"."began"
          FROM (
            SELECT
              "t1"."review_id",
              "t1"."conversation_id",
              "t1"."reviewer_id",
              "t1"."person_id",
              "t1"."at",
              "t1"."sampling",
              "t1"."probability",
              "t1"."pair_id",
              "t1"."criterion",
              "t1"."score",
              "t1"."max_score"
            FROM "review" AS "t1"
            WHERE
              "t1"."at" >= MAKE_TIMESTAMP(2025, 7, 1, 0, 0, 0.0)
              AND "t1"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
              AND "t1"."max_score" > 0
            ORDER BY
              "t1"."review_id" ASC,
              "t1"."criterion" ASC
          ) AS "t11"
          INNER JOIN (
            SELECT
              "t2"."customer_id",
              "t2"."channel",
              "t2"."category",
              "t2"."conversation_id" AS "talk"
            FROM "conversation" AS "t2"
          ) AS "t8"
            ON "t11"."conversation_id" = "t8"."talk"
          LEFT OUTER JOIN (
            SELECT
              "t3"."customer_id" AS "starter",
              "t3"."first_month" AS "began"
            FROM "customer_start" AS "t3"
          ) AS "t9"
            ON "t8"."customer_id" = "t9"."starter"
        ) AS "t12"
      ) AS "t14"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t10"
        ON "t14"."customer_id" = "t10"."trait_customer"
        AND "t14"."moment" >= "t10"."trait_from"
        AND "t14"."moment" < "t10"."trait_to"
    ) AS "t15"
  ) AS "t16"
) AS "t17"
ORDER BY
  "t17"."review_id" ASC,
  "t17"."criterion" ASC
