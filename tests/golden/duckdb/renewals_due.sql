SELECT
  *
FROM (
  SELECT
    "t15".*
    EXCLUDE ("customer_id_right")
  FROM (
    SELECT
      "t14"."customer_id",
      "t14"."subscription_id",
      "t14"."term_end_on",
      "t14"."base_e16",
      "t14"."auto_renew",
      "t12"."customer_id" AS "customer_id_right",
      "t12"."owner"
    FROM (
      SELECT
        "t10"."customer_id",
        "t10"."subscription_id",
        "t10"."term_end_on",
        CAST(SUM("t10"."worth") AS DECIMAL(38, 0)) AS "base_e16",
        BOOL_AND(CAST("t10"."auto_renew" AS BOOLEAN)) AS "auto_renew"
      FROM (
        SELECT
          "t8"."customer_id",
          "t8"."subscription_id",
          "t8"."item_id",
          "t8"."plan",
          "t8"."currency",
          "t8"."arr_e6",
          "t8"."from_day",
          "t8"."to_day",
          "t8"."interval",
          "t8"."start_cause",
          "t8"."end_cause",
          "t8"."is_first",
          "t8"."is_last",
          "t8"."term_end_on",
          "t8"."auto_renew",
          "t8"."was_e6",
          "t8"."goes_on",
          "t8"."cause",
          "t8"."rate_e10",
          CAST("t8"."arr_e6" AS DECIMAL(38, 0)) * CAST("t8"."rate_e10" AS DECIMAL(38, 0)) AS "worth",
          24311 AS "key_month"
        FROM (
          SELECT
            "t5"."customer_id",
            "t5"."subscription_id",
            "t5"."item_id",
            "t5"."plan",
            "t5"."currency",
            "t5"."arr_e6",
            "t5"."from_day",
            "t5"."to_day",
            "t5"."interval",
            "t5"."start_cause",
            "t5"."end_cause",
            "t5"."is_first",
            "t5"."is_last",
            "t5"."term_end_on",
            "t5"."auto_renew",
            "t5"."was_e6",
            "t5"."goes_on",
            "t5"."cause",
            "t6"."rate_e10"
          FROM (
            SELECT
              *
            FROM "run_rate" AS "t1"
            WHERE
              "t1"."to_day" IS NULL
              AND "t1"."term_end_on" > MAKE_DATE(2025, 12, 31)
              AND "t1"."term_end_on" <= MAKE_DATE(2026, 3, 31)
          ) AS "t5"
          INNER JOIN (
            SELECT
              "t2"."currency",
              "t2"."rate_e10"
            FROM "fx_day" AS "t2"
            WHERE
              "t2"."from_day" <= 20453 AND "t2"."to_day" > 20453
          ) AS "t6"
            ON "t5"."currency" = "t6"."currency"
        ) AS "t8"
      ) AS "t10"
      GROUP BY
        1,
        2,
        3
    ) AS "t14"
    LEFT OUTER JOIN (
      SELECT
        "t9"."customer_id",
        "t9"."person_id" AS "owner"
      FROM (
        SELECT
          "t7"."customer_id",
          "t7"."role",
          "t7"."person_id",
          "t7"."from_at",
          "t7"."to_at",
          "t7"."recorded_at",
          "t7"."source",
          "t7"."url",
          ROW_NUMBER() OVER (
            PARTITION BY "t7"."customer_id"
            ORDER BY CASE "t7"."role"
              WHEN 'success'
              THEN 0
              WHEN 'account_manager'
              THEN 1
              WHEN 'implementation'
              THEN 2
              WHEN 'sales'
              THEN 3
              ELSE 4
            END ASC, "t7"."from_at" DESC, "t7"."person_id" ASC
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
        ) AS "t7"
      ) AS "t9"
      WHERE
        "t9"."place" = 0
    ) AS "t12"
      ON "t14"."customer_id" = "t12"."customer_id"
  ) AS "t15"
) AS "t16"
ORDER BY
  "t16"."term_end_on" ASC,
  "t16"."subscription_id" ASC
