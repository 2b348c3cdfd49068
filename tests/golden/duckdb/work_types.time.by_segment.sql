SELECT
  "t19"."category",
  "t19"."slice",
  COALESCE(SUM("t19"."seconds_spent"), 0) AS "known_s",
  COUNT("t19"."seconds_spent") AS "known_replies",
  COUNT(*) - COUNT("t19"."seconds_spent") AS "rest"
FROM (
  SELECT
    "t9"."seconds_spent",
    "t9"."of_conversation",
    "t9"."of_episode",
    "t18"."conversation_id",
    "t18"."episode",
    "t18"."customer_id",
    "t18"."category",
    "t18"."key_month",
    "t18"."slice"
  FROM (
    SELECT
      "t0"."seconds_spent",
      "t0"."conversation_id" AS "of_conversation",
      "t0"."episode" AS "of_episode"
    FROM "reply" AS "t0"
    WHERE
      "t0"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
  ) AS "t9"
  INNER JOIN (
    SELECT
      "t16".*
      EXCLUDE ("moment")
    FROM (
      SELECT
        "t15"."conversation_id",
        "t15"."episode",
        "t15"."customer_id",
        "t15"."category",
        "t15"."key_month",
        "t15"."moment",
        COALESCE("t15"."trait_value", '(none)') AS "slice"
      FROM (
        SELECT
          "t14"."conversation_id",
          "t14"."episode",
          "t14"."customer_id",
          "t14"."category",
          "t14"."key_month",
          "t14"."moment",
          "t10"."trait_customer",
          "t10"."trait_value",
          "t10"."trait_from",
          "t10"."trait_to"
        FROM (
          SELECT
            "t12"."conversation_id",
            "t12"."episode",
            "t12"."customer_id",
            "t12"."category",
            "t12"."key_month",
            GREATEST("t12"."key_month", COALESCE("t12"."began", "t12"."key_month")) AS "moment"
          FROM (
            SELECT
              "t11"."conversation_id",
              "t11"."episode",
              "t11"."customer_id",
              "t11"."category",
              "t11"."key_month",
              "t8"."starter",
              "t8"."began"
            FROM (
              SELECT
                "t2"."conversation_id",
                "t2"."episode",
                "t2"."customer_id",
                COALESCE("t2"."category", '(none)') AS "category",
                24309 AS "key_month"
              FROM "episode" AS "t2"
              WHERE
                "t2"."begun_at" >= MAKE_TIMESTAMP(2025, 10, 1, 0, 0, 0.0)
                AND "t2"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
            ) AS "t11"
            LEFT OUTER JOIN (
              SELECT
                "t3"."customer_id" AS "starter",
                "t3"."first_month" AS "began"
              FROM "customer_start" AS "t3"
            ) AS "t8"
              ON "t11"."customer_id" = "t8"."starter"
          ) AS "t12"
        ) AS "t14"
        LEFT OUTER JOIN (
          SELECT
            "t1"."customer_id" AS "trait_customer",
            "t1"."value" AS "trait_value",
            "t1"."from_month" AS "trait_from",
            "t1"."to_month" AS "trait_to"
          FROM "customer_trait" AS "t1"
          WHERE
            "t1"."name" = 'segment'
        ) AS "t10"
          ON "t14"."customer_id" = "t10"."trait_customer"
          AND "t14"."moment" >= "t10"."trait_from"
          AND "t14"."moment" < "t10"."trait_to"
      ) AS "t15"
    ) AS "t16"
  ) AS "t18"
    ON "t9"."of_conversation" = "t18"."conversation_id"
    AND "t9"."of_episode" = "t18"."episode"
) AS "t19"
GROUP BY
  1,
  2
