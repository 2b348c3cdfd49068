SELECT
  COUNT(DISTINCT "t1"."customer_id") AS "customers"
FROM (
  SELECT
    "t0"."message_id",
    "t0"."conversation_id",
    "t0"."episode",
    "t0"."nth",
    "t0"."customer_id",
    "t0"."person_id" AS "slice",
    "t0"."at",
    "t0"."seconds_spent",
    "t0"."in_hours",
    "t0"."wait_s",
    "t0"."business_s",
    "t0"."reaction_s",
    "t0"."channel",
    "t0"."category",
    "t0"."tier",
    "t0"."priority",
    24309 AS "key_month"
  FROM "reply" AS "t0"
  WHERE
    "t0"."at" >= MAKE_TIMESTAMP(2025, 10, 1, 0, 0, 0.0)
    AND "t0"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
    AND "t0"."person_id" IS NOT NULL
) AS "t1"
