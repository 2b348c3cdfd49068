SELECT
  "t1"."category",
  COUNT(*) AS "conversations"
FROM (
  SELECT
    "t0"."conversation_id",
    "t0"."episode",
    "t0"."customer_id",
    COALESCE("t0"."category", '(none)') AS "category",
    24309 AS "key_month"
  FROM "episode" AS "t0"
  WHERE
    "t0"."begun_at" >= MAKE_TIMESTAMP(2025, 10, 1, 0, 0, 0.0)
    AND "t0"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
) AS "t1"
GROUP BY
  1
