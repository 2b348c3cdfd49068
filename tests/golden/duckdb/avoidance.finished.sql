SELECT
  "t1"."category",
  "t1"."channel",
  "t1"."tier",
  "t1"."priority",
  COUNT(*) AS "n",
  SUM("t1"."known_s") AS "known_s",
  SUM("t1"."known_replies") AS "known_replies",
  SUM("t1"."rest") AS "rest",
  SUM("t1"."known_s" * "t1"."known_s") AS "known_known",
  SUM("t1"."known_s" * "t1"."rest") AS "known_rest",
  SUM("t1"."rest" * "t1"."rest") AS "rest_rest"
FROM (
  SELECT
    "t0"."conversation_id",
    "t0"."episode",
    "t0"."customer_id",
    "t0"."contact_id",
    "t0"."channel",
    "t0"."category",
    "t0"."tier",
    "t0"."priority",
    "t0"."language",
    "t0"."begun_at",
    "t0"."begun_by",
    "t0"."begun_month",
    "t0"."begun_day",
    "t0"."first_human_at",
    "t0"."first_person_id",
    "t0"."first_wait_s",
    "t0"."first_business_s",
    "t0"."calendar",
    "t0"."calendar_version",
    "t0"."replies",
    "t0"."persons",
    "t0"."customer_messages",
    "t0"."bot_messages",
    "t0"."seconds_spent",
    "t0"."measured_replies",
    "t0"."first_resolved_at",
    "t0"."resolved_at",
    "t0"."closed_at",
    "t0"."outcome",
    "t0"."reopens",
    "t0"."handoffs",
    "t0"."bounces",
    "t0"."escalated",
    "t0"."holder_id",
    "t0"."offered",
    COALESCE("t0"."seconds_spent", 0) AS "known_s",
    COALESCE("t0"."measured_replies", 0) AS "known_replies",
    GREATEST(COALESCE("t0"."replies", 0) - COALESCE("t0"."measured_replies", 0), 0) AS "rest"
  FROM "episode" AS "t0"
  WHERE
    "t0"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
    AND COALESCE(
      (
        "t0"."closed_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
      )
      OR (
        (
          "t0"."closed_at" IS NULL
        )
        AND (
          "t0"."begun_at" < MAKE_TIMESTAMP(2025, 12, 2, 0, 0, 0.0)
        )
      ),
      FALSE
    )
    AND "t0"."begun_at" >= MAKE_TIMESTAMP(2025, 1, 1, 0, 0, 0.0)
) AS "t1"
GROUP BY
  1,
  2,
  3,
  4
