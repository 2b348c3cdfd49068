SELECT
  "t10"."begun",
  "t10"."left",
  "t10"."picker" AS "person_id",
  "t10"."channel",
  "t10"."language",
  "t10"."priority",
  "t10"."category",
  "t10"."tier"
FROM (
  SELECT
    "t9"."conversation_id",
    "t9"."episode",
    "t9"."customer_id",
    "t9"."contact_id",
    "t9"."channel",
    "t9"."category",
    "t9"."tier",
    "t9"."priority",
    "t9"."language",
    "t9"."begun_at",
    "t9"."begun_by",
    "t9"."begun_month",
    "t9"."begun_day",
    "t9"."first_human_at",
    "t9"."first_person_id",
    "t9"."first_wait_s",
    "t9"."first_business_s",
    "t9"."calendar",
    "t9"."calendar_version",
    "t9"."replies",
    "t9"."persons",
    "t9"."customer_messages",
    "t9"."bot_messages",
    "t9"."seconds_spent",
    "t9"."measured_replies",
    "t9"."first_resolved_at",
    "t9"."resolved_at",
    "t9"."closed_at",
    "t9"."outcome",
    "t9"."reopens",
    "t9"."handoffs",
    "t9"."bounces",
    "t9"."escalated",
    "t9"."holder_id",
    "t9"."offered",
    "t9"."of_conversation",
    "t9"."given_at",
    "t9"."given_to",
    "t9"."given_by",
    "t9"."begun",
    "t9"."given",
    "t9"."replied",
    "t9"."closed",
    "t9"."key_month",
    GREATEST(LEAST("t9"."given", "t9"."replied", "t9"."closed"), "t9"."begun") AS "over",
    CASE
      WHEN (
        "t9"."given" <= "t9"."replied"
      )
      AND (
        "t9"."given" <= "t9"."closed"
      )
      AND (
        "t9"."given" < 1767225601
      )
      AND COALESCE("t9"."given_by" = "t9"."given_to", FALSE)
      THEN "t9"."given_to"
      WHEN (
        "t9"."replied" < "t9"."given"
      )
      AND (
        "t9"."replied" <= "t9"."closed"
      )
      AND (
        "t9"."replied" < 1767225601
      )
      THEN "t9"."first_person_id"
      ELSE CAST(NULL AS TEXT)
    END AS "picker",
    CASE
      WHEN CASE
        WHEN (
          "t9"."given" <= "t9"."replied"
        )
        AND (
          "t9"."given" <= "t9"."closed"
        )
        AND (
          "t9"."given" < 1767225601
        )
        AND COALESCE("t9"."given_by" = "t9"."given_to", FALSE)
        THEN "t9"."given_to"
        WHEN (
          "t9"."replied" < "t9"."given"
        )
        AND (
          "t9"."replied" <= "t9"."closed"
        )
        AND (
          "t9"."replied" < 1767225601
        )
        THEN "t9"."first_person_id"
        ELSE CAST(NULL AS TEXT)
      END IS NULL
      THEN LEAST(
        GREATEST(LEAST("t9"."given", "t9"."replied", "t9"."closed"), "t9"."begun"),
        "t9"."begun" + 2592000
      )
      ELSE GREATEST(LEAST("t9"."given", "t9"."replied", "t9"."closed"), "t9"."begun")
    END AS "left"
  FROM (
    SELECT
      "t8"."conversation_id",
      "t8"."episode",
      "t8"."customer_id",
      "t8"."contact_id",
      "t8"."channel",
      "t8"."category",
      "t8"."tier",
      "t8"."priority",
      "t8"."language",
      "t8"."begun_at",
      "t8"."begun_by",
      "t8"."begun_month",
      "t8"."begun_day",
      "t8"."first_human_at",
      "t8"."first_person_id",
      "t8"."first_wait_s",
      "t8"."first_business_s",
      "t8"."calendar",
      "t8"."calendar_version",
      "t8"."replies",
      "t8"."persons",
      "t8"."customer_messages",
      "t8"."bot_messages",
      "t8"."seconds_spent",
      "t8"."measured_replies",
      "t8"."first_resolved_at",
      "t8"."resolved_at",
      "t8"."closed_at",
      "t8"."outcome",
      "t8"."reopens",
      "t8"."handoffs",
      "t8"."bounces",
      "t8"."escalated",
      "t8"."holder_id",
      "t8"."offered",
      "t8"."of_conversation",
      "t8"."given_at",
      "t8"."given_to",
      "t8"."given_by",
      CAST(EPOCH(CAST(DATE_TRUNC('SECOND', "t8"."begun_at") AS TIMESTAMP)) AS BIGINT) AS "begun",
      LEAST(
        COALESCE(
          CAST(EPOCH(CAST(DATE_TRUNC('SECOND', "t8"."given_at") AS TIMESTAMP)) AS BIGINT),
          1767225601
        ),
        1767225601
      ) AS "given",
      LEAST(
        COALESCE(
          CAST(EPOCH(CAST(DATE_TRUNC('SECOND', "t8"."first_human_at") AS TIMESTAMP)) AS BIGINT),
          1767225601
        ),
        1767225601
      ) AS "replied",
      LEAST(
        COALESCE(
          CAST(EPOCH(CAST(DATE_TRUNC('SECOND', "t8"."closed_at") AS TIMESTAMP)) AS BIGINT),
          1767225601
        ),
        1767225601
      ) AS "closed",
      24309 AS "key_month"
    FROM (
      SELECT
        "t4"."conversation_id",
        "t4"."episode",
        "t4"."customer_id",
        "t4"."contact_id",
        "t4"."channel",
        "t4"."category",
        "t4"."tier",
        "t4"."priority",
        "t4"."language",
        "t4"."begun_at",
        "t4"."begun_by",
        "t4"."begun_month",
        "t4"."begun_day",
        "t4"."first_human_at",
        "t4"."first_person_id",
        "t4"."first_wait_s",
        "t4"."first_business_s",
        "t4"."calendar",
        "t4"."calendar_version",
        "t4"."replies",
        "t4"."persons",
        "t4"."customer_messages",
        "t4"."bot_messages",
        "t4"."seconds_spent",
        "t4"."measured_replies",
        "t4"."first_resolved_at",
        "t4"."resolved_at",
        "t4"."closed_at",
        "t4"."outcome",
        "t4"."reopens",
        "t4"."handoffs",
        "t4"."bounces",
        "t4"."escalated",
        "t4"."holder_id",
        "t4"."offered",
        "t7"."of_conversation",
        "t7"."given_at",
        "t7"."given_to",
        "t7"."given_by"
      FROM (
        SELECT
          *
        FROM "episode" AS "t0"
        WHERE
          "t0"."episode" = 1
          AND "t0"."begun_by" = 'customer'
          AND "t0"."begun_at" >= MAKE_TIMESTAMP(2025, 9, 1, 0, 0, 0.0)
          AND "t0"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
      ) AS "t4"
      LEFT OUTER JOIN (
        SELECT
          "t5"."conversation_id" AS "of_conversation",
          "t5"."at" AS "given_at",
          "t5"."to_value" AS "given_to",
          "t5"."by_id" AS "given_by"
        FROM (
          SELECT
            "t3"."event_id",
            "t3"."conversation_id",
            "t3"."at",
            "t3"."kind",
            "t3"."from_value",
            "t3"."to_value",
            "t3"."by_id",
            "t3"."recorded_at",
            "t3"."source",
            "t3"."url",
            ROW_NUMBER() OVER (
              PARTITION BY "t3"."conversation_id"
              ORDER BY "t3"."at" ASC, "t3"."event_id" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "place"
          FROM (
            SELECT
              *
            FROM "conversation_event" AS "t1"
            WHERE
              "t1"."at" >= MAKE_TIMESTAMP(2025, 9, 1, 0, 0, 0.0)
              AND "t1"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
              AND "t1"."kind" = 'assigned'
              AND "t1"."to_value" IS NOT NULL
          ) AS "t3"
        ) AS "t5"
        WHERE
          "t5"."place" = 0
      ) AS "t7"
        ON "t4"."conversation_id" = "t7"."of_conversation"
    ) AS "t8"
  ) AS "t9"
) AS "t10"
WHERE
  "t10"."left" >= 1759276800
ORDER BY
  "t10"."begun" ASC,
  "t10"."left" ASC,
  "t10"."picker" ASC,
  "t10"."channel" ASC,
  "t10"."language" ASC,
  "t10"."priority" ASC,
  "t10"."category" ASC,
  "t10"."tier" ASC
