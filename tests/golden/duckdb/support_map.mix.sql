SELECT
  "t2"."person_id",
  "t2"."category",
  "t2"."channel",
  "t2"."tier",
  "t2"."priority",
  COUNT(*) AS "cases",
  SUM("t2"."replies") AS "replies",
  SUM("t2"."timed") AS "timed"
FROM (
  SELECT
    "t1"."person_id",
    "t1"."conversation_id",
    "t1"."episode",
    "t1"."category",
    "t1"."channel",
    "t1"."tier",
    "t1"."priority",
    COUNT(*) AS "replies",
    SUM("t1"."timed") AS "timed"
  FROM (
    SELECT
      "t0"."message_id",
      "t0"."conversation_id",
      "t0"."episode",
      "t0"."nth",
      "t0"."customer_id",
      "t0"."person_id",
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
      24309 AS "key_month",
      CAST("t0"."wait_s" IS NOT NULL AS BIGINT) AS "timed"
    FROM "reply" AS "t0"
    WHERE
      "t0"."at" >= MAKE_TIMESTAMP(2025, 10, 1, 0, 0, 0.0)
      AND "t0"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
      AND "t0"."person_id" IS NOT NULL
      AND "t0"."customer_id" IS NOT NULL
  ) AS "t1"
  GROUP BY
    1,
    2,
    3,
    4,
    5,
    6,
    7
) AS "t2"
GROUP BY
  1,
  2,
  3,
  4,
  5
