SELECT
  "t14"."slice",
  COUNT(DISTINCT "t14"."customer_id") AS "customers"
FROM (
  SELECT
    "t13".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t12"."customer_id",
      "t12"."channel",
      "t12"."tier",
      "t12"."category",
      "t12"."calendar",
      "t12"."minute_s",
      "t12"."key_month",
      "t12"."moment",
      COALESCE("t12"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t11"."customer_id",
        "t11"."channel",
        "t11"."tier",
        "t11"."category",
        "t11"."calendar",
        "t11"."minute_s",
        "t11"."key_month",
        "t11"."moment",
        "t6"."trait_customer",
        "t6"."trait_value",
        "t6"."trait_from",
        "t6"."trait_to"
      FROM (
        SELECT
          "t9"."customer_id",
          "t9"."channel",
          "t9"."tier",
          "t9"."category",
          "t9"."calendar",
          "t9"."minute_s",
          "t9"."key_month",
          GREATEST("t9"."key_month", COALESCE("t9"."began", "t9"."key_month")) AS "moment"
        FROM (
          SELECT
            "t8"."customer_id",
            "t8"."channel",
            "t8"."tier",
            "t8"."category",
            "t8"."calendar",
            "t8"."minute_s",
            "t8"."key_month",
            "t5"."starter",
            "t5"."began"
          FROM (
            SELECT
              "t1"."customer_id",
              "t1"."channel",
              "t1"."tier",
              "t1"."category",
              "t1"."calendar",
              CAST(EPOCH(CAST(DATE_TRUNC('SECOND', "t1"."from_at") AS TIMESTAMP)) AS BIGINT) - (
                CAST(EPOCH(CAST(DATE_TRUNC('SECOND', "t1"."from_at") AS TIMESTAMP)) AS BIGINT) % 60
              ) AS "minute_s",
              24311 AS "key_month"
            FROM "customer_wait" AS "t1"
            WHERE
              "t1"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
              AND "t1"."from_at" >= MAKE_TIMESTAMP(2025, 10, 1, 0, 0, 0.0)
          ) AS "t8"
          LEFT OUTER JOIN (
            SELECT
              "t2"."customer_id" AS "starter",
              "t2"."first_month" AS "began"
            FROM "customer_start" AS "t2"
          ) AS "t5"
            ON "t8"."customer_id" = "t5"."starter"
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
      ) AS "t6"
        ON "t11"."customer_id" = "t6"."trait_customer"
        AND "t11"."moment" >= "t6"."trait_from"
        AND "t11"."moment" < "t6"."trait_to"
    ) AS "t12"
  ) AS "t13"
) AS "t14"
GROUP BY
  1
