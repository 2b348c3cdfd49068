SELECT
  *
FROM (
  SELECT
    "t28".*
    EXCLUDE ("customer_id_right")
  FROM (
    SELECT
      "t27"."customer_id",
      "t27"."subscription_id",
      "t27"."term_end_on",
      "t27"."slice",
      "t27"."base_e16",
      "t27"."auto_renew",
      "t19"."customer_id" AS "customer_id_right",
      "t19"."owner"
    FROM (
      SELECT
        "t25"."customer_id",
        "t25"."subscription_id",
        "t25"."term_end_on",
        "t25"."slice",
        CAST(SUM("t25"."worth") AS DECIMAL(38, 0)) AS "base_e16",
        BOOL_AND(CAST("t25"."auto_renew" AS BOOLEAN)) AS "auto_renew"
      FROM (
        SELECT
          "t24".*
          EXCLUDE ("moment")
        FROM (
          SELECT
            "t23"."customer_id",
            "t23"."subscription_id",
            "t23"."item_id",
            "t23"."plan",
            "t23"."currency",
            "t23"."arr_e6",
            "t23"."from_day",
            "t23"."to_day",
            "t23"."interval",
            "t23"."start_cause",
            "t23"."end_cause",
            "t23"."is_first",
            "t23"."is_last",
            "t23"."term_end_on",
            "t23"."auto_renew",
            "t23"."was_e6",
            "t23"."goes_on",
            "t23"."cause",
            "t23"."rate_e10",
            "t23"."worth",
            "t23"."key_month",
            "t23"."moment",
            COALESCE("t23"."trait_value", '(none)') AS "slice"
          FROM (
            SELECT
              "t22"."customer_id",
              "t22"."subscription_id",
              "t22"."item_id",
              "t22"."plan",
              "t22"."currency",
              "t22"."arr_e6",
              "t22"."from_day",
              "t22"."to_day",
              "t22"."interval",
              "t22"."start_cause",
              "t22"."end_cause",
              "t22"."is_first",
              "t22"."is_last",
              "t22"."term_end_on",
              "t22"."auto_renew",
              "t22"."was_e6",
              "t22"."goes_on",
              "t22"."cause",
              "t22"."rate_e10",
              "t22"."worth",
              "t22"."key_month",
              "t22"."moment",
              "t10"."trait_customer",
              "t10"."trait_value",
              "t10"."trait_from",
              "t10"."trait_to"
            FROM (
              SELECT
                "t20"."customer_id",
                "t20"."subscription_id",
                "t20"."item_id",
                "t20"."plan",
                "t20"."currency",
                "t20"."arr_e6",
                "t20"."from_day",
                "t20"."to_day",
                "t20"."interval",
                "t20"."start_cause",
                "t20"."end_cause",
                "t20"."is_first",
                "t20"."is_last",
                "t20"."term_end_on",
                "t20"."auto_renew",
                "t20"."was_e6",
                "t20"."goes_on",
                "t20"."cause",
                "t20"."rate_e10",
                "t20"."worth",
                "t20"."key_month",
                GREATEST("t20"."key_month", COALESCE("t20"."began", "t20"."key_month")) AS "moment"
              FROM (
                SELECT
                  "t17"."customer_id",
                  "t17"."subscription_id",
                  "t17"."item_id",
                  "t17"."plan",
                  "t17"."currency",
                  "t17"."arr_e6",
                  "t17"."from_day",
                  "t17"."to_day",
                  "t17"."interval",
                  "t17"."start_cause",
                  "t17"."end_cause",
                  "t17"."is_first",
                  "t17"."is_last",
                  "t17"."term_end_on",
                  "t17"."auto_renew",
                  "t17"."was_e6",
                  "t17"."goes_on",
                  "t17"."cause",
                  "t17"."rate_e10",
                  "t17"."worth",
                  "t17"."key_month",
                  "t7"."starter",
                  "t7"."began"
                FROM (
                  SELECT
                    "t14"."customer_id",
                    "t14"."subscription_id",
                    "t14"."item_id",
                    "t14"."plan",
                    "t14"."currency",
                    "t14"."arr_e6",
                    "t14"."from_day",
                    "t14"."to_day",
                    "t14"."interval",
                    "t14"."start_cause",
                    "t14"."end_cause",
                    "t14"."is_first",
                    "t14"."is_last",
                    "t14"."term_end_on",
                    "t14"."auto_renew",
                    "t14"."was_e6",
                    "t14"."goes_on",
                    "t14"."cause",
                    "t14"."rate_e10",
                    CAST("t14"."arr_e6" AS DECIMAL(38, 0)) * CAST("t14"."rate_e10" AS DECIMAL(38, 0)) AS "worth",
                    24311 AS "key_month"
                  FROM (
                    SELECT
                      "t11"."customer_id",
                      "t11"."subscription_id",
                      "t11"."item_id",
                      "t11"."plan",
                      "t11"."currency",
                      "t11"."arr_e6",
                      "t11"."from_day",
                      "t11"."to_day",
                      "t11"."interval",
                      "t11"."start_cause",
                      "t11"."end_cause",
                      "t11"."is_first",
                      "t11"."is_last",
                      "t11"."term_end_on",
                      "t11"."auto_renew",
                      "t11"."was_e6",
                      "t11"."goes_on",
                      "t11"."cause",
                      "t12"."rate_e10"
                    FROM (
                      SELECT
                        *
                      FROM "run_rate" AS "t3"
                      WHERE
                        "t3"."to_day" IS NULL
                        AND "t3"."term_end_on" > MAKE_DATE(2025, 12, 31)
                        AND "t3"."term_end_on" <= MAKE_DATE(2026, 3, 31)
                    ) AS "t11"
                    INNER JOIN (
                      SELECT
                        "t4"."currency",
                        "t4"."rate_e10"
                      FROM "fx_day" AS "t4"
                      WHERE
                        "t4"."from_day" <= 20453 AND "t4"."to_day" > 20453
                    ) AS "t12"
                      ON "t11"."currency" = "t12"."currency"
                  ) AS "t14"
                ) AS "t17"
                LEFT OUTER JOIN (
                  SELECT
                    "t2"."customer_id" AS "starter",
                    "t2"."first_month" AS "began"
                  FROM "customer_start" AS "t2"
                ) AS "t7"
                  ON "t17"."customer_id" = "t7"."starter"
              ) AS "t20"
            ) AS "t22"
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
              ON "t22"."customer_id" = "t10"."trait_customer"
              AND "t22"."moment" >= "t10"."trait_from"
              AND "t22"."moment" < "t10"."trait_to"
          ) AS "t23"
        ) AS "t24"
      ) AS "t25"
      GROUP BY
        1,
        2,
        3,
        4
    ) AS "t27"
    LEFT OUTER JOIN (
      SELECT
        "t15"."customer_id",
        "t15"."person_id" AS "owner"
      FROM (
        SELECT
          "t13"."customer_id",
          "t13"."role",
          "t13"."person_id",
          "t13"."from_at",
          "t13"."to_at",
          "t13"."recorded_at",
          "t13"."source",
          "t13"."url",
          ROW_NUMBER() OVER (
            PARTITION BY "t13"."customer_id"
            ORDER BY CASE "t13"."role"
              WHEN 'success'
              THEN 0
              WHEN 'account_manager'
              THEN 1
              WHEN 'implementation'
              THEN 2
              WHEN 'sales'
              THEN 3
              ELSE 4
            END ASC, "t13"."from_at" DESC, "t13"."person_id" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) - 1 AS "place"
        FROM (
          SELECT
            *
          FROM "assignment" AS "t0"
          WHERE
            CAST("t0"."from_at" AS DATE) <= MAKE_DATE(2025, 12, 31)
            AND (
              (
                "t0"."to_at" IS NULL
              )
              OR (
                CAST("t0"."to_at" AS DATE) > MAKE_DATE(2025, 12, 31)
              )
            )
            AND "t0"."role" IN ('success', 'account_manager', 'implementation', 'sales')
        ) AS "t13"
      ) AS "t15"
      WHERE
        "t15"."place" = 0
    ) AS "t19"
      ON "t27"."customer_id" = "t19"."customer_id"
  ) AS "t28"
) AS "t29"
ORDER BY
  "t29"."term_end_on" ASC,
  "t29"."subscription_id" ASC
