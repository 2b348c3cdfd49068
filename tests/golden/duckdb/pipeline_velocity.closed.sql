SELECT
  "t2"."month_index" AS "month",
  "t2"."outcome",
  "t2"."currency",
  "t2"."days",
  "t2"."n",
  "t2"."valued",
  "t2"."amount"
FROM (
  SELECT
    "t1"."month_index",
    "t1"."outcome",
    "t1"."currency",
    "t1"."days",
    COUNT(*) AS "n",
    COUNT("t1"."amount") AS "valued",
    CAST(SUM("t1"."amount") AS DECIMAL(38, 0)) AS "amount"
  FROM (
    SELECT
      "t0"."outcome",
      "t0"."currency",
      (
        (
          CAST(EXTRACT(year FROM "t0"."closed_at") AS BIGINT) * 12
        ) + CAST(EXTRACT(month FROM "t0"."closed_at") AS BIGINT)
      ) - 1 AS "month_index",
      DATE_DIFF('DAY', CAST("t0"."opened_at" AS DATE), CAST("t0"."closed_at" AS DATE)) AS "days",
      "t0"."amount_cents" AS "amount"
    FROM "deal" AS "t0"
    WHERE
      "t0"."kind" = 'new'
      AND "t0"."outcome" IN ('won', 'lost')
      AND "t0"."closed_at" IS NOT NULL
      AND CAST("t0"."closed_at" AS DATE) <= MAKE_DATE(2025, 12, 31)
  ) AS "t1"
  GROUP BY
    1,
    2,
    3,
    4
) AS "t2"
