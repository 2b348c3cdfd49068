SELECT
  "t1"."days",
  COUNT(*) AS "n"
FROM (
  SELECT
    DATE_DIFF('DAY', CAST("t0"."opened_at" AS DATE), CAST("t0"."closed_at" AS DATE)) AS "days"
  FROM "deal" AS "t0"
  WHERE
    "t0"."kind" = 'new'
    AND "t0"."outcome" = 'won'
    AND "t0"."closed_at" IS NOT NULL
    AND CAST("t0"."closed_at" AS DATE) <= MAKE_DATE(2025, 12, 31)
) AS "t1"
GROUP BY
  1
