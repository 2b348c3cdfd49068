SELECT
  "t38"."month",
  "t38"."slice",
  CAST(SUM("t38"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
  SUM("t38"."customers") AS "customers",
  CAST(SUM("t38"."new_e16") AS DECIMAL(38, 0)) AS "new_e16",
  SUM("t38"."new_customers") AS "new_customers"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t36"."month",
      "t36"."slice",
      "t36"."base_e16",
      "t36"."customers",
      CAST(0 AS DECIMAL(38, 0)) AS "new_e16",
      CAST(0 AS BIGINT) AS "new_customers"
    FROM (
      SELECT
        "t35"."month",
        "t35"."slice",
        CAST(SUM("t35"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
        COUNT(*) AS "customers"
      FROM (
        SELECT
          "t34".*
          EXCLUDE ("moment")
        FROM (
          SELECT
            "t33"."customer_id",
            "t33"."month",
            "t33"."base_e16",
            "t33"."key_month",
            "t33"."moment",
            COALESCE("t33"."trait_value", '(none)') AS "slice"
          FROM (
            SELECT
              "t31"."customer_id",
              "t31"."month",
              "t31"."base_e16",
              "t31"."key_month",
              "t31"."moment",
              "t13"."trait_customer",
              "t13"."trait_value",
              "t13"."trait_from",
              "t13"."trait_to"
            FROM (
              SELECT
                "t28"."customer_id",
                "t28"."month",
                "t28"."base_e16",
                "t28"."key_month",
                GREATEST("t28"."key_month", COALESCE("t28"."began", "t28"."key_month")) AS "moment"
              FROM (
                SELECT
                  "t25"."customer_id",
                  "t25"."month",
                  "t25"."base_e16",
                  "t25"."key_month",
                  "t10"."starter",
                  "t10"."began"
                FROM (
                  SELECT
                    "t22"."customer_id",
                    "t22"."month",
                    "t22"."base_e16",
                    "t22"."month" AS "key_month"
                  FROM (
                    SELECT
                      "t19"."customer_id",
                      "t19"."month",
                      CAST(SUM("t19"."worth") AS DECIMAL(38, 0)) AS "base_e16"
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
                          "t6"."customer_id",
                          "t6"."currency",
                          "t6"."arr_e6",
                          "t6"."from_month",
                          "t6"."to_month",
                          "t14"."month",
                          "t14"."at",
                          "t14"."rate_month",
                          "t12"."rated",
                          "t12"."rate_e10"
                        FROM "mrr_level" AS "t6"
                        INNER JOIN (
                          SELECT
                            "t4"."month",
                            "t4"."month" AS "at",
                            "t4"."month" AS "rate_month"
                          FROM "calendar_month" AS "t4"
                          WHERE
                            "t4"."month" IN (24310, 24311)
                        ) AS "t14"
                          ON "t6"."from_month" <= "t14"."at" AND "t14"."at" < "t6"."to_month"
                        INNER JOIN (
                          SELECT
                            "t5"."currency",
                            "t5"."month" AS "rated",
                            "t5"."rate_e10"
                          FROM "fx_month" AS "t5"
                        ) AS "t12"
                          ON "t6"."currency" = "t12"."currency" AND "t14"."rate_month" = "t12"."rated"
                      ) AS "t17"
                    ) AS "t19"
                    GROUP BY
                      1,
                      2
                  ) AS "t22"
                  WHERE
                    "t22"."base_e16" > 0
                ) AS "t25"
                LEFT OUTER JOIN (
                  SELECT
                    "t2"."customer_id" AS "starter",
                    "t2"."first_month" AS "began"
                  FROM "customer_start" AS "t2"
                ) AS "t10"
                  ON "t25"."customer_id" = "t10"."starter"
              ) AS "t28"
            ) AS "t31"
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
              ON "t31"."customer_id" = "t13"."trait_customer"
              AND "t31"."moment" >= "t13"."trait_from"
              AND "t31"."moment" < "t13"."trait_to"
          ) AS "t33"
        ) AS "t34"
      ) AS "t35"
      GROUP BY
        1,
        2
    ) AS "t36"
  ) AS "t37"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t29"."month",
      "t29"."slice",
      "t29"."base_e16",
      CAST("t29"."customers" AS BIGINT) AS "customers",
      "t29"."new_e16",
      "t29"."new_customers"
    FROM (
      SELECT
        "t27"."month",
        "t27"."slice",
        CAST(0 AS DECIMAL(38, 0)) AS "base_e16",
        0 AS "customers",
        CAST(SUM("t27"."base_e16") AS DECIMAL(38, 0)) AS "new_e16",
        COUNT(*) AS "new_customers"
      FROM (
        SELECT
          "t26".*
          EXCLUDE ("moment")
        FROM (
          SELECT
            "t23"."customer_id",
            "t23"."day",
            "t23"."month",
            "t23"."kind",
            "t23"."cause",
            "t23"."currency",
            "t23"."amount_e6",
            "t23"."base_e16",
            "t23"."key_month",
            "t23"."moment",
            COALESCE("t23"."trait_value", '(none)') AS "slice"
          FROM (
            SELECT
              "t21"."customer_id",
              "t21"."day",
              "t21"."month",
              "t21"."kind",
              "t21"."cause",
              "t21"."currency",
              "t21"."amount_e6",
              "t21"."base_e16",
              "t21"."key_month",
              "t21"."moment",
              "t13"."trait_customer",
              "t13"."trait_value",
              "t13"."trait_from",
              "t13"."trait_to"
            FROM (
              SELECT
                "t18"."customer_id",
                "t18"."day",
                "t18"."month",
                "t18"."kind",
                "t18"."cause",
                "t18"."currency",
                "t18"."amount_e6",
                "t18"."base_e16",
                "t18"."key_month",
                GREATEST("t18"."key_month", COALESCE("t18"."began", "t18"."key_month")) AS "moment"
              FROM (
                SELECT
                  "t16"."customer_id",
                  "t16"."day",
                  "t16"."month",
                  "t16"."kind",
                  "t16"."cause",
                  "t16"."currency",
                  "t16"."amount_e6",
                  "t16"."base_e16",
                  "t16"."key_month",
                  "t10"."starter",
                  "t10"."began"
                FROM (
                  SELECT
                    "t1"."customer_id",
                    "t1"."day",
                    (
                      "t1"."month" + 0
                    ) - (
                      (
                        "t1"."month" - 24310
                      ) % 1
                    ) AS "month",
                    "t1"."kind",
                    "t1"."cause",
                    "t1"."currency",
                    "t1"."amount_e6",
                    "t1"."base_e16",
                    (
                      "t1"."month" + 0
                    ) - (
                      (
                        "t1"."month" - 24310
                      ) % 1
                    ) AS "key_month"
                  FROM "movement" AS "t1"
                  WHERE
                    "t1"."kind" = 'new' AND "t1"."month" >= 24310 AND "t1"."month" <= 24311
                ) AS "t16"
                LEFT OUTER JOIN (
                  SELECT
                    "t2"."customer_id" AS "starter",
                    "t2"."first_month" AS "began"
                  FROM "customer_start" AS "t2"
                ) AS "t10"
                  ON "t16"."customer_id" = "t10"."starter"
              ) AS "t18"
            ) AS "t21"
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
              ON "t21"."customer_id" = "t13"."trait_customer"
              AND "t21"."moment" >= "t13"."trait_from"
              AND "t21"."moment" < "t13"."trait_to"
          ) AS "t23"
        ) AS "t26"
      ) AS "t27"
      GROUP BY
        1,
        2
    ) AS "t29"
  ) AS "t32"
) AS "t38"
GROUP BY
  1,
  2
