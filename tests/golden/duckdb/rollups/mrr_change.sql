SELECT
  "t13"."customer_id",
  "t13"."day",
  "t9"."month",
  "t13"."currency",
  "t13"."delta_e6",
  CAST("t13"."delta_e6" AS DECIMAL(38, 0)) * CAST("t9"."rate_e10" AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t10"."customer_id",
      "t10"."day",
      "t10"."currency",
      SUM("t10"."delta_e6") AS "delta_e6"
    FROM (
      SELECT
        "t7"."customer_id",
        "t7"."day",
        "t7"."currency",
        "t7"."subscription_id",
        "t7"."item_id",
        SUM("t7"."delta_e6") AS "delta_e6",
        MAX("t7"."start_cause") AS "start_cause",
        MAX("t7"."end_cause") AS "end_cause",
        BOOL_OR(CAST("t7"."began" AS BOOLEAN)) AS "began",
        BOOL_OR(CAST("t7"."ended" AS BOOLEAN)) AS "ended",
        MIN("t7"."interval") AS "interval_low",
        MAX("t7"."interval") AS "interval_high"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t2"."customer_id",
            "t2"."subscription_id",
            "t2"."item_id",
            "t2"."currency",
            "t2"."interval",
            "t2"."from_day" AS "day",
            "t2"."arr_e6" AS "delta_e6",
            "t2"."start_cause",
            CAST(NULL AS TEXT) AS "end_cause",
            "t2"."is_first" AS "began",
            FALSE AS "ended"
          FROM "run_rate" AS "t2"
        ) AS "t5"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t2"."customer_id",
            "t2"."subscription_id",
            "t2"."item_id",
            "t2"."currency",
            "t2"."interval",
            "t2"."to_day" AS "day",
            -(
              "t2"."arr_e6"
            ) AS "delta_e6",
            CAST(NULL AS TEXT) AS "start_cause",
            "t2"."end_cause",
            FALSE AS "began",
            "t2"."is_last" AS "ended"
          FROM "run_rate" AS "t2"
          WHERE
            "t2"."to_day" IS NOT NULL
        ) AS "t6"
      ) AS "t7"
      GROUP BY
        1,
        2,
        3,
        4,
        5
    ) AS "t10"
    GROUP BY
      1,
      2,
      3
  ) AS "t11"
  WHERE
    "t11"."delta_e6" <> 0
) AS "t13"
INNER JOIN (
  SELECT
    "t4"."currency",
    "t3"."day",
    "t3"."month",
    "t4"."rate_e10"
  FROM "calendar_day" AS "t3"
  INNER JOIN "fx_day" AS "t4"
    ON "t3"."day" >= "t4"."from_day" AND "t3"."day" < "t4"."to_day"
) AS "t9"
  ON "t13"."currency" = "t9"."currency" AND "t13"."day" = "t9"."day"
