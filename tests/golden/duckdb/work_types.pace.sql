SELECT
  COALESCE(SUM("t1"."seconds_spent"), 0) AS "known_s",
  COUNT("t1"."seconds_spent") AS "known_replies",
  COUNT(*) - COUNT("t1"."seconds_spent") AS "rest"
FROM (
  SELECT
    *
  FROM "reply" AS "t0"
  WHERE
    "t0"."at" >= MAKE_TIMESTAMP(2025, 10, 1, 0, 0, 0.0)
    AND "t0"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
) AS "t1"
