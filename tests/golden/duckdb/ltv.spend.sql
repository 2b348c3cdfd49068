SELECT
  "t2"."month_index" AS "month",
  "t2"."kind",
  "t2"."currency",
  "t2"."slice",
  "t2"."amount"
FROM (
  SELECT
    "t1"."month_index",
    "t1"."kind",
    "t1"."currency",
    "t1"."slice",
    CAST(SUM("t1"."amount") AS DECIMAL(38, 0)) AS "amount"
  FROM (
    SELECT
      "t0"."kind",
      "t0"."currency",
      (
        (
          CAST(EXTRACT(year FROM "t0"."month") AS BIGINT) * 12
        ) + CAST(EXTRACT(month FROM "t0"."month") AS BIGINT)
      ) - 1 AS "month_index",
      COALESCE("t0"."segment", '(none)') AS "slice",
      CAST("t0"."amount_cents" AS DECIMAL(38, 0)) AS "amount"
    FROM "spend" AS "t0"
    WHERE
      "t0"."kind" IN ('acquisition', 'cost_of_revenue')
      AND "t0"."month" <= MAKE_DATE(2025, 12, 31)
  ) AS "t1"
  GROUP BY
    1,
    2,
    3,
    4
) AS "t2"
