SELECT
  "t14"."category",
  "t14"."slice",
  COUNT(*) AS "conversations"
FROM (
  SELECT
    "t13".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t12"."conversation_id",
      "t12"."episode",
      "t12"."customer_id",
      "t12"."category",
      "t12"."key_month",
      "t12"."moment",
      COALESCE("t12"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t11"."conversation_id",
        "t11"."episode",
        "t11"."customer_id",
        "t11"."category",
        "t11"."key_month",
        "t11"."moment",
        "t7"."trait_customer",
        "t7"."trait_value",
        "t7"."trait_from",
        "t7"."trait_to"
      FROM (
        SELECT
          "t9"."conversation_id",
          "t9"."episode",
          "t9"."customer_id",
          "t9"."category",
          "t9"."key_month",
          GREATEST("t9"."key_month", COALESCE("t9"."began", "t9"."key_month")) AS "moment"
        FROM (
          SELECT
            "t8"."conversation_id",
            "t8"."episode",
            "t8"."customer_id",
            "t8"."category",
            "t8"."key_month",
            "t6"."starter",
            "t6"."began"
          FROM (
            SELECT
              "t1"."conversation_id",
              "t1"."episode",
              "t1"."customer_id",
              COALESCE("t1"."category", '(none)') AS "category",
              24309 AS "key_month"
            FROM "episode" AS "t1"
            WHERE
              "t1"."begun_at" >= MAKE_TIMESTAMP(2025, 10, 1, 0, 0, 0.0)
              AND "t1"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
          ) AS "t8"
          LEFT OUTER JOIN (
            SELECT
              "t2"."customer_id" AS "starter",
              "t2"."first_month" AS "began"
            FROM "customer_start" AS "t2"
          ) AS "t6"
            ON "t8"."customer_id" = "t6"."starter"
        ) AS "t9"
      ) AS "t11"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t7"
        ON "t11"."customer_id" = "t7"."trait_customer"
        AND "t11"."moment" >= "t7"."trait_from"
        AND "t11"."moment" < "t7"."trait_to"
    ) AS "t12"
  ) AS "t13"
) AS "t14"
GROUP BY
  1,
  2
