SELECT
  "t19"."minute_s",
  "t19"."calendar",
  "t19"."timezone",
  "t19"."slice",
  COUNT(*) AS "asked"
FROM (
  SELECT
    "t18"."customer_id",
    "t18"."channel",
    "t18"."tier",
    "t18"."category",
    "t18"."calendar",
    "t18"."minute_s",
    "t18"."key_month",
    "t18"."slice",
    "t6"."whose",
    "t6"."timezone"
  FROM (
    SELECT
      "t16".*
      EXCLUDE ("moment")
    FROM (
      SELECT
        "t15"."customer_id",
        "t15"."channel",
        "t15"."tier",
        "t15"."category",
        "t15"."calendar",
        "t15"."minute_s",
        "t15"."key_month",
        "t15"."moment",
        COALESCE("t15"."trait_value", '(none)') AS "slice"
      FROM (
        SELECT
          "t14"."customer_id",
          "t14"."channel",
          "t14"."tier",
          "t14"."category",
          "t14"."calendar",
          "t14"."minute_s",
          "t14"."key_month",
          "t14"."moment",
          "t9"."trait_customer",
          "t9"."trait_value",
          "t9"."trait_from",
          "t9"."trait_to"
        FROM (
          SELECT
            "t12"."customer_id",
            "t12"."channel",
            "t12"."tier",
            "t12"."category",
            "t12"."calendar",
            "t12"."minute_s",
            "t12"."key_month",
            GREATEST("t12"."key_month", COALESCE("t12"."began", "t12"."key_month")) AS "moment"
          FROM (
            SELECT
              "t11"."customer_id",
              "t11"."channel",
              "t11"."tier",
              "t11"."category",
              "t11"."calendar",
              "t11"."minute_s",
              "t11"."key_month",
              "t8"."starter",
              "t8"."began"
            FROM (
              SELECT
                "t2"."customer_id",
                "t2"."channel",
                "t2"."tier",
                "t2"."category",
                "t2"."calendar",
                CAST(EPOCH(CAST(DATE_TRUNC('SECOND', "t2"."from_at") AS TIMESTAMP)) AS BIGINT) - (
                  CAST(EPOCH(CAST(DATE_TRUNC('SECOND', "t2"."from_at") AS TIMESTAMP)) AS BIGINT) % 60
                ) AS "minute_s",
                24311 AS "key_month"
              FROM "customer_wait" AS "t2"
              WHERE
                "t2"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                AND "t2"."from_at" >= MAKE_TIMESTAMP(2025, 10, 1, 0, 0, 0.0)
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
        ) AS "t9"
          ON "t14"."customer_id" = "t9"."trait_customer"
          AND "t14"."moment" >= "t9"."trait_from"
          AND "t14"."moment" < "t9"."trait_to"
      ) AS "t15"
    ) AS "t16"
  ) AS "t18"
  LEFT OUTER JOIN (
    SELECT
      "t0"."customer_id" AS "whose",
      "t0"."timezone"
    FROM "customer" AS "t0"
  ) AS "t6"
    ON "t18"."customer_id" = "t6"."whose"
) AS "t19"
GROUP BY
  1,
  2,
  3,
  4
