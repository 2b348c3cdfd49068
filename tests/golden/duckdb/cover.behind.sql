SELECT
  COUNT(DISTINCT "t1"."customer_id") AS "customers"
FROM (
  SELECT
    "t0"."customer_id",
    "t0"."channel",
    "t0"."tier",
    "t0"."category",
    "t0"."calendar",
    CAST(EPOCH(CAST(DATE_TRUNC('SECOND', "t0"."from_at") AS TIMESTAMP)) AS BIGINT) - (
      CAST(EPOCH(CAST(DATE_TRUNC('SECOND', "t0"."from_at") AS TIMESTAMP)) AS BIGINT) % 60
    ) AS "minute_s",
    24311 AS "key_month"
  FROM "customer_wait" AS "t0"
  WHERE
    "t0"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
    AND "t0"."from_at" >= MAKE_TIMESTAMP(2025, 10, 1, 0, 0, 0.0)
) AS "t1"
