SELECT
  "t1"."month",
  COUNT(*) AS "n",
  CAST(SUM("t1"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    "t0"."customer_id",
    "t0"."month",
    "t0"."base_e16",
    "t0"."month" AS "key_month"
  FROM "movement" AS "t0"
  WHERE
    "t0"."kind" = 'new' AND "t0"."month" <= 24311
) AS "t1"
GROUP BY
  1
