SELECT
  "t6"."category",
  COALESCE(SUM("t6"."seconds_spent"), 0) AS "known_s",
  COUNT("t6"."seconds_spent") AS "known_replies",
  COUNT(*) - COUNT("t6"."seconds_spent") AS "rest"
FROM (
  SELECT
    "t4"."seconds_spent",
    "t4"."of_conversation",
    "t4"."of_episode",
    "t5"."conversation_id",
    "t5"."episode",
    "t5"."customer_id",
    "t5"."category",
    "t5"."key_month"
  FROM (
    SELECT
      "t0"."seconds_spent",
      "t0"."conversation_id" AS "of_conversation",
      "t0"."episode" AS "of_episode"
    FROM "reply" AS "t0"
    WHERE
      "t0"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
  ) AS "t4"
  INNER JOIN (
    SELECT
      "t1"."conversation_id",
      "t1"."episode",
      "t1"."customer_id",
      COALESCE("t1"."category", '(none)') AS "category",
      24309 AS "key_month"
    FROM "episode" AS "t1"
    WHERE
      "t1"."begun_at" >= MAKE_TIMESTAMP(2025, 10, 1, 0, 0, 0.0)
      AND "t1"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
  ) AS "t5"
    ON "t4"."of_conversation" = "t5"."conversation_id"
    AND "t4"."of_episode" = "t5"."episode"
) AS "t6"
GROUP BY
  1
