SELECT
  "t31"."month",
  "t31"."slice",
  CAST(SUM("t31"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t31"."closing_e16") AS DECIMAL(38, 0)) AS "closing_e16",
  CAST(SUM(LEAST("t31"."opening_e16", "t31"."closing_e16")) AS DECIMAL(38, 0)) AS "gross_e16",
  COUNT(*) AS "customers",
  SUM(CAST("t31"."closing_e16" <= 0 AS INT)) AS "lost"
FROM (
  SELECT
    "t30".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t29"."customer_id",
      "t29"."month",
      "t29"."opening_e16",
      "t29"."closing_e16",
      "t29"."key_month",
      "t29"."moment",
      COALESCE("t29"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t28"."customer_id",
        "t28"."month",
        "t28"."opening_e16",
        "t28"."closing_e16",
        "t28"."key_month",
        "t28"."moment",
        "t13"."trait_customer",
        "t13"."trait_value",
        "t13"."trait_from",
        "t13"."trait_to"
      FROM (
        SELECT
          "t26"."customer_id",
          "t26"."month",
          "t26"."opening_e16",
          "t26"."closing_e16",
          "t26"."key_month",
          GREATEST("t26"."key_month", COALESCE("t26"."began", "t26"."key_month")) AS "moment"
        FROM (
          SELECT
            "t24"."customer_id",
            "t24"."month",
            "t24"."opening_e16",
            COALESCE("t25"."closing_e16", CAST(0 AS DECIMAL(38, 0))) AS "closing_e16",
            "t24"."month" - 1 AS "key_month",
            "t9"."starter",
            "t9"."began"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t18"."customer_id",
                "t18"."month",
                CAST(SUM("t18"."worth") AS DECIMAL(38, 0)) AS "opening_e16"
              FROM (
                SELECT
                  "t16"."customer_id",
                  "t16"."currency",
                  "t16"."arr_e6",
                  "t16"."from_month",
                  "t16"."to_month",
                  "t16"."month",
                  "t16"."at",
                  "t16"."rate_month",
                  "t16"."rated",
                  "t16"."rate_e10",
                  CAST("t16"."arr_e6" AS DECIMAL(38, 0)) * CAST("t16"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                FROM (
                  SELECT
                    "t5"."customer_id",
                    "t5"."currency",
                    "t5"."arr_e6",
                    "t5"."from_month",
                    "t5"."to_month",
                    "t14"."month",
                    "t14"."at",
                    "t14"."rate_month",
                    "t12"."rated",
                    "t12"."rate_e10"
                  FROM "mrr_level" AS "t5"
                  INNER JOIN (
                    SELECT
                      "t3"."month",
                      "t3"."month" - 1 AS "at",
                      "t3"."month" - 1 AS "rate_month"
                    FROM "calendar_month" AS "t3"
                    WHERE
                      "t3"."month" IN (24310, 24311)
                  ) AS "t14"
                    ON "t5"."from_month" <= "t14"."at" AND "t14"."at" < "t5"."to_month"
                  INNER JOIN (
                    SELECT
                      "t4"."currency",
                      "t4"."month" AS "rated",
                      "t4"."rate_e10"
                    FROM "fx_month" AS "t4"
                  ) AS "t12"
                    ON "t5"."currency" = "t12"."currency" AND "t14"."rate_month" = "t12"."rated"
                ) AS "t16"
              ) AS "t18"
              GROUP BY
                1,
                2
            ) AS "t20"
            WHERE
              "t20"."opening_e16" > 0
          ) AS "t24"
          LEFT OUTER JOIN (
            SELECT
              *
            FROM (
              SELECT
                "t19"."customer_id",
                "t19"."month",
                CAST(SUM("t19"."worth") AS DECIMAL(38, 0)) AS "closing_e16"
              FROM (
                SELECT
                  "t17"."customer_id",
                  "t17"."currency",
                  "t17"."arr_e6",
                  "t17"."from_month",
                  "t17"."to_month",
                  "t17"."month",
                  "t17"."at",
                  "t17"."rate_month",
                  "t17"."rated",
                  "t17"."rate_e10",
                  CAST("t17"."arr_e6" AS DECIMAL(38, 0)) * CAST("t17"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                FROM (
                  SELECT
                    "t5"."customer_id",
                    "t5"."currency",
                    "t5"."arr_e6",
                    "t5"."from_month",
                    "t5"."to_month",
                    "t15"."month",
                    "t15"."at",
                    "t15"."rate_month",
                    "t12"."rated",
                    "t12"."rate_e10"
                  FROM "mrr_level" AS "t5"
                  INNER JOIN (
                    SELECT
                      "t3"."month",
                      "t3"."month" AS "at",
                      "t3"."month" - 1 AS "rate_month"
                    FROM "calendar_month" AS "t3"
                    WHERE
                      "t3"."month" IN (24310, 24311)
                  ) AS "t15"
                    ON "t5"."from_month" <= "t15"."at" AND "t15"."at" < "t5"."to_month"
                  INNER JOIN (
                    SELECT
                      "t4"."currency",
                      "t4"."month" AS "rated",
                      "t4"."rate_e10"
                    FROM "fx_month" AS "t4"
                  ) AS "t12"
                    ON "t5"."currency" = "t12"."currency" AND "t15"."rate_month" = "t12"."rated"
                ) AS "t17"
              ) AS "t19"
              GROUP BY
                1,
                2
            ) AS "t21"
            WHERE
              "t21"."closing_e16" > 0
          ) AS "t25"
            ON "t24"."customer_id" = "t25"."customer_id" AND "t24"."month" = "t25"."month"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t9"
            ON "t24"."customer_id" = "t9"."starter"
        ) AS "t26"
      ) AS "t28"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t13"
        ON "t28"."customer_id" = "t13"."trait_customer"
        AND "t28"."moment" >= "t13"."trait_from"
        AND "t28"."moment" < "t13"."trait_to"
    ) AS "t29"
  ) AS "t30"
) AS "t31"
GROUP BY
  1,
  2
