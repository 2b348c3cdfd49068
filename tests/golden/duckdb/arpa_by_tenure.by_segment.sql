SELECT
  "t32"."part",
  "t32"."tenure",
  "t32"."slice",
  COUNT(*) AS "customers",
  CAST(SUM("t32"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    "t31".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t30"."customer_id",
      "t30"."first_month",
      "t30"."part",
      "t30"."tenure",
      "t30"."base_e16",
      "t30"."key_month",
      "t30"."moment",
      COALESCE("t30"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t29"."customer_id",
        "t29"."first_month",
        "t29"."part",
        "t29"."tenure",
        "t29"."base_e16",
        "t29"."key_month",
        "t29"."moment",
        "t13"."trait_customer",
        "t13"."trait_value",
        "t13"."trait_from",
        "t13"."trait_to"
      FROM (
        SELECT
          "t27"."customer_id",
          "t27"."first_month",
          "t27"."part",
          "t27"."tenure",
          "t27"."base_e16",
          "t27"."key_month",
          GREATEST("t27"."key_month", COALESCE("t27"."began", "t27"."key_month")) AS "moment"
        FROM (
          SELECT
            "t26"."customer_id",
            "t26"."first_month",
            "t26"."part",
            "t26"."tenure",
            "t26"."base_e16",
            "t26"."key_month",
            "t9"."starter",
            "t9"."began"
          FROM (
            SELECT
              "t24"."customer_id",
              "t24"."first_month",
              "t24"."part",
              "t24"."tenure",
              "t24"."base_e16",
              "t24"."first_month" AS "key_month"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t22"."customer_id",
                  "t22"."first_month",
                  'paying' AS "part",
                  "t22"."month" - "t22"."first_month" AS "tenure",
                  "t22"."base_e16"
                FROM (
                  SELECT
                    "t21"."customer_id",
                    "t21"."month",
                    "t21"."base_e16",
                    "t14"."first_month"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t18"."customer_id",
                        "t18"."month",
                        CAST(SUM("t18"."worth") AS DECIMAL(38, 0)) AS "base_e16"
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
                            "t16"."month",
                            "t16"."at",
                            "t16"."rate_month",
                            "t12"."rated",
                            "t12"."rate_e10"
                          FROM "mrr_level" AS "t5"
                          INNER JOIN (
                            SELECT
                              "t3"."month",
                              "t3"."month" AS "at",
                              "t3"."month" AS "rate_month"
                            FROM "calendar_month" AS "t3"
                            WHERE
                              "t3"."month" IN (24310, 24311)
                          ) AS "t16"
                            ON "t5"."from_month" <= "t16"."at" AND "t16"."at" < "t5"."to_month"
                          INNER JOIN (
                            SELECT
                              "t4"."currency",
                              "t4"."month" AS "rated",
                              "t4"."rate_e10"
                            FROM "fx_month" AS "t4"
                          ) AS "t12"
                            ON "t5"."currency" = "t12"."currency" AND "t16"."rate_month" = "t12"."rated"
                        ) AS "t17"
                      ) AS "t18"
                      GROUP BY
                        1,
                        2
                    ) AS "t19"
                    WHERE
                      "t19"."base_e16" > 0
                  ) AS "t21"
                  INNER JOIN (
                    SELECT
                      "t1"."customer_id",
                      "t1"."first_month"
                    FROM "customer_start" AS "t1"
                    WHERE
                      "t1"."first_month" <= 24311
                  ) AS "t14"
                    ON "t21"."customer_id" = "t14"."customer_id"
                ) AS "t22"
                WHERE
                  (
                    "t22"."month" - "t22"."first_month"
                  ) >= 0
                  AND (
                    "t22"."month" - "t22"."first_month"
                  ) <= 24
              ) AS "t23"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t1"."customer_id",
                  "t1"."first_month",
                  'began' AS "part",
                  LEAST(24311 - "t1"."first_month", 24) AS "tenure",
                  CAST(0 AS DECIMAL(38, 0)) AS "base_e16"
                FROM "customer_start" AS "t1"
                WHERE
                  "t1"."first_month" <= 24311
              ) AS "t15"
            ) AS "t24"
          ) AS "t26"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t9"
            ON "t26"."customer_id" = "t9"."starter"
        ) AS "t27"
      ) AS "t29"
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
        ON "t29"."customer_id" = "t13"."trait_customer"
        AND "t29"."moment" >= "t13"."trait_from"
        AND "t29"."moment" < "t13"."trait_to"
    ) AS "t30"
  ) AS "t31"
) AS "t32"
GROUP BY
  1,
  2,
  3
