SELECT
  "t1"."customer_id",
  "t1"."currency",
  "t1"."arr_e6",
  "t1"."month" AS "from_month",
  COALESCE("t1"."next_month", 9999999) AS "to_month"
FROM (
  SELECT
    "t0"."customer_id",
    "t0"."day",
    "t0"."month",
    "t0"."currency",
    "t0"."delta_e6",
    "t0"."base_e16",
    "t0"."items",
    "t0"."cause",
    SUM("t0"."delta_e6") OVER (
      PARTITION BY "t0"."customer_id", "t0"."currency"
      ORDER BY "t0"."day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS "arr_e6",
    LEAD("t0"."month") OVER (
      PARTITION BY "t0"."customer_id", "t0"."currency"
      ORDER BY "t0"."day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "next_month"
  FROM "mrr_change" AS "t0"
) AS "t1"
WHERE
  (
    (
      "t1"."next_month" IS NULL
    ) OR (
      "t1"."next_month" <> "t1"."month"
    )
  )
  AND "t1"."arr_e6" <> 0
