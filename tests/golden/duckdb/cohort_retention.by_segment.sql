SELECT
  "t31"."first_month",
  "t31"."month",
  "t31"."slice",
  COUNT(*) AS "customers",
  CAST(SUM("t31"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    "t30".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t29"."customer_id",
      "t29"."first_month",
      "t29"."month",
      "t29"."base_e16",
      "t29"."key_month",
      "t29"."moment",
      COALESCE("t29"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t28"."customer_id",
        "t28"."first_month",
        "t28"."month",
        "t28"."base_e16",
        "t28"."key_month",
        "t28"."moment",
        "t15"."trait_customer",
        "t15"."trait_value",
        "t15"."trait_from",
        "t15"."trait_to"
      FROM (
        SELECT
          "t26"."customer_id",
          "t26"."first_month",
          "t26"."month",
          "t26"."base_e16",
          "t26"."key_month",
          GREATEST("t26"."key_month", COALESCE("t26"."began", "t26"."key_month")) AS "moment"
        FROM (
          SELECT
            "t25"."customer_id",
            "t25"."first_month",
            "t25"."month",
            "t25"."base_e16",
            "t25"."key_month",
            "t11"."starter",
            "t11"."began"
          FROM (
            SELECT
              "t23"."customer_id",
              "t23"."first_month",
              "t23"."month",
              "t23"."base_e16",
              "t23"."first_month" AS "key_month"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t21"."customer_id",
                  "t12"."first_month",
                  "t21"."month",
                  "t21"."base_e16"
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
                          "t14"."rated",
                          "t14"."rate_e10"
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
                        ) AS "t14"
                          ON "t5"."currency" = "t14"."currency" AND "t16"."rate_month" = "t14"."rated"
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
                ) AS "t12"
                  ON "t21"."customer_id" = "t12"."customer_id"
              ) AS "t22"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t1"."customer_id",
                  "t1"."first_month",
                  CAST(NULL AS BIGINT) AS "month",
                  CAST(0 AS DECIMAL(38, 0)) AS "base_e16"
                FROM "customer_start" AS "t1"
              ) AS "t8"
            ) AS "t23"
            WHERE
              "t23"."first_month" IN (24310, 24311)
          ) AS "t25"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t11"
            ON "t25"."customer_id" = "t11"."starter"
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
      ) AS "t15"
        ON "t28"."customer_id" = "t15"."trait_customer"
        AND "t28"."moment" >= "t15"."trait_from"
        AND "t28"."moment" < "t15"."trait_to"
    ) AS "t29"
  ) AS "t30"
) AS "t31"
GROUP BY
  1,
  2,
  3
