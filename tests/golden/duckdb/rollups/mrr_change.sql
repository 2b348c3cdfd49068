SELECT
  "t12"."customer_id",
  "t12"."day",
  "t6"."month",
  "t12"."currency",
  "t12"."delta_e6",
  CAST("t12"."delta_e6" AS DECIMAL(38, 0)) * CAST("t3"."rate_e10" AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t9"."customer_id",
      "t9"."day",
      "t9"."currency",
      SUM("t9"."delta_e6") AS "delta_e6"
    FROM (
      SELECT
        "t8"."customer_id",
        "t8"."day",
        "t8"."currency",
        "t8"."subscription_id",
        "t8"."item_id",
        SUM("t8"."delta_e6") AS "delta_e6",
        MAX("t8"."start_cause") AS "start_cause",
        MAX("t8"."end_cause") AS "end_cause",
        BOOL_OR(CAST("t8"."began" AS BOOLEAN)) AS "began",
        BOOL_OR(CAST("t8"."ended" AS BOOLEAN)) AS "ended",
        MIN("t8"."interval") AS "interval_low",
        MAX("t8"."interval") AS "interval_high"
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
        ) AS "t7"
      ) AS "t8"
      GROUP BY
        1,
        2,
        3,
        4,
        5
    ) AS "t9"
    GROUP BY
      1,
      2,
      3
  ) AS "t10"
  WHERE
    "t10"."delta_e6" <> 0
) AS "t12"
INNER JOIN (
  SELECT
    "t1"."day",
    "t1"."month"
  FROM "calendar_day" AS "t1"
) AS "t6"
  ON "t12"."day" = "t6"."day"
INNER JOIN "fx_day" AS "t3"
  ON "t12"."currency" = "t3"."currency"
  AND "t12"."day" >= "t3"."from_day"
  AND "t12"."day" < "t3"."to_day"
