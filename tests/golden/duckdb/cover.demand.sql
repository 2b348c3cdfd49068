SELECT
  "t6"."minute_s",
  "t6"."calendar",
  "t6"."timezone",
  COUNT(*) AS "asked"
FROM (
  SELECT
    "t5"."customer_id",
    "t5"."channel",
    "t5"."tier",
    "t5"."category",
    "t5"."calendar",
    "t5"."minute_s",
    "t5"."key_month",
    "t3"."whose",
    "t3"."timezone"
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
  ) AS "t5"
  LEFT OUTER JOIN (
    SELECT
      "t1"."customer_id" AS "whose",
      "t1"."timezone"
    FROM "customer" AS "t1"
  ) AS "t3"
    ON "t5"."customer_id" = "t3"."whose"
) AS "t6"
GROUP BY
  1,
  2,
  3
