SELECT
  "t11"."category",
  "t11"."channel",
  "t11"."tier",
  "t11"."priority",
  "t11"."language",
  "t11"."waited",
  "t11"."handlers",
  "t11"."person",
  "t11"."fold",
  "t11"."kept",
  SUM(CASE WHEN "t11"."answer" = 'great' THEN "t11"."share" ELSE 0 END) AS "great",
  SUM(CASE WHEN "t11"."answer" = 'okay' THEN "t11"."share" ELSE 0 END) AS "okay",
  SUM(CASE WHEN "t11"."answer" = 'not_good' THEN "t11"."share" ELSE 0 END) AS "not_good",
  SUM("t11"."share" * 1000000) AS "squares"
FROM (
  SELECT
    "t10"."rating_id",
    "t10"."conversation_id",
    "t10"."episode",
    "t10"."customer_id",
    "t10"."at",
    "t10"."person",
    "t10"."answer",
    "t10"."category",
    "t10"."channel",
    "t10"."tier",
    "t10"."priority",
    "t10"."language",
    "t10"."waited",
    "t10"."handlers",
    "t10"."share",
    "t10"."fold",
    "t10"."key_month",
    "t10"."escalated",
    "t10"."customer_messages",
    "t10"."minutes",
    TRUE AS "kept"
  FROM (
    SELECT
      "t9"."rating_id",
      "t9"."conversation_id",
      "t9"."episode",
      "t9"."customer_id",
      "t9"."at",
      "t9"."person",
      "t9"."answer",
      COALESCE("t9"."category", '(none)') AS "category",
      COALESCE("t9"."channel", '(none)') AS "channel",
      COALESCE("t9"."tier", '(none)') AS "tier",
      COALESCE("t9"."priority", '(none)') AS "priority",
      COALESCE("t9"."language", '(none)') AS "language",
      CASE
        WHEN "t9"."waited_before_s" IS NULL
        THEN '(none)'
        WHEN "t9"."waited_before_s" < 3600
        THEN 'below 1 h'
        WHEN "t9"."waited_before_s" < 28800
        THEN '1 to 8 h'
        WHEN "t9"."waited_before_s" < 172800
        THEN '8 to 48 h'
        ELSE 'above 48 h'
      END AS "waited",
      CASE
        WHEN "t9"."handlers_before" IS NULL
        THEN '(none)'
        WHEN "t9"."handlers_before" = 0
        THEN '0'
        WHEN "t9"."handlers_before" = 1
        THEN '1'
        ELSE '2 or more'
      END AS "handlers",
      CAST(ROUND(
        (
          (
            "t9"."part" * 1000000
          ) - (
            (
              "t9"."part" * 1000000
            ) % "t9"."parts"
          )
        ) / "t9"."parts",
        0
      ) AS BIGINT) AS "share",
      (
        0 + (
          CAST(ASCII(
            SUBSTRING(
              COALESCE("t9"."customer_id", "t9"."conversation_id"),
              CASE
                WHEN (
                  0 + 1
                ) >= 1
                THEN 0 + 1
                ELSE 0 + 1 + LENGTH(COALESCE("t9"."customer_id", "t9"."conversation_id"))
              END,
              1
            )
          ) AS BIGINT) * 1
        ) + (
          CAST(ASCII(
            SUBSTRING(
              COALESCE("t9"."customer_id", "t9"."conversation_id"),
              CASE
                WHEN (
                  1 + 1
                ) >= 1
                THEN 1 + 1
                ELSE 1 + 1 + LENGTH(COALESCE("t9"."customer_id", "t9"."conversation_id"))
              END,
              1
            )
          ) AS BIGINT) * 2
        ) + (
          CAST(ASCII(
            SUBSTRING(
              COALESCE("t9"."customer_id", "t9"."conversation_id"),
              CASE
                WHEN (
                  2 + 1
                ) >= 1
                THEN 2 + 1
                ELSE 2 + 1 + LENGTH(COALESCE("t9"."customer_id", "t9"."conversation_id"))
              END,
              1
            )
          ) AS BIGINT) * 3
        ) + (
          CAST(ASCII(
            SUBSTRING(
              RIGHT(COALESCE("t9"."customer_id", "t9"."conversation_id"), 5),
              CASE
                WHEN (
                  0 + 1
                ) >= 1
                THEN 0 + 1
                ELSE 0 + 1 + LENGTH(RIGHT(COALESCE("t9"."customer_id", "t9"."conversation_id"), 5))
              END,
              1
            )
          ) AS BIGINT) * 4
        ) + (
          CAST(ASCII(
            SUBSTRING(
              RIGHT(COALESCE("t9"."customer_id", "t9"."conversation_id"), 5),
              CASE
                WHEN (
                  1 + 1
                ) >= 1
                THEN 1 + 1
                ELSE 1 + 1 + LENGTH(RIGHT(COALESCE("t9"."customer_id", "t9"."conversation_id"), 5))
              END,
              1
            )
          ) AS BIGINT) * 1
        ) + (
          CAST(ASCII(
            SUBSTRING(
              RIGHT(COALESCE("t9"."customer_id", "t9"."conversation_id"), 5),
              CASE
                WHEN (
                  2 + 1
                ) >= 1
                THEN 2 + 1
                ELSE 2 + 1 + LENGTH(RIGHT(COALESCE("t9"."customer_id", "t9"."conversation_id"), 5))
              END,
              1
            )
          ) AS BIGINT) * 2
        ) + (
          CAST(ASCII(
            SUBSTRING(
              RIGHT(COALESCE("t9"."customer_id", "t9"."conversation_id"), 5),
              CASE
                WHEN (
                  3 + 1
                ) >= 1
                THEN 3 + 1
                ELSE 3 + 1 + LENGTH(RIGHT(COALESCE("t9"."customer_id", "t9"."conversation_id"), 5))
              END,
              1
            )
          ) AS BIGINT) * 3
        ) + (
          CAST(ASCII(
            SUBSTRING(
              RIGHT(COALESCE("t9"."customer_id", "t9"."conversation_id"), 5),
              CASE
                WHEN (
                  4 + 1
                ) >= 1
                THEN 4 + 1
                ELSE 4 + 1 + LENGTH(RIGHT(COALESCE("t9"."customer_id", "t9"."conversation_id"), 5))
              END,
              1
            )
          ) AS BIGINT) * 4
        )
      ) % 5 AS "fold",
      24306 AS "key_month",
      CAST(CASE WHEN COALESCE("t3"."passed", FALSE) THEN 1 ELSE 0 END AS BIGINT) AS "escalated",
      LEAST(COALESCE("t3"."written", 0), 20) AS "customer_messages",
      LEAST(
        CAST(ROUND((
          COALESCE("t3"."spent", 0) - (
            COALESCE("t3"."spent", 0) % 60
          )
        ) / 60, 0) AS BIGINT),
        240
      ) AS "minutes"
    FROM (
      SELECT
        "t7"."rating_id",
        "t7"."kind",
        "t7"."conversation_id",
        "t7"."episode",
        "t7"."customer_id",
        "t7"."contact_id",
        "t7"."at",
        "t7"."answer",
        "t7"."person_id",
        "t7"."part",
        "t7"."parts",
        "t7"."is_latest",
        "t7"."reason",
        "t7"."channel",
        "t7"."category",
        "t7"."tier",
        "t7"."priority",
        "t7"."language",
        "t7"."waited_before_s",
        "t7"."handlers_before",
        "t7"."person_id" AS "person"
      FROM (
        SELECT
          "t6".*
          EXCLUDE ("place")
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t4"."rating_id",
              "t4"."kind",
              "t4"."conversation_id",
              "t4"."episode",
              "t4"."customer_id",
              "t4"."contact_id",
              "t4"."at",
              "t4"."answer",
              "t4"."person_id",
              "t4"."part",
              "t4"."parts",
              "t4"."is_latest",
              "t4"."reason",
              "t4"."channel",
              "t4"."category",
              "t4"."tier",
              "t4"."priority",
              "t4"."language",
              "t4"."waited_before_s",
              "t4"."handlers_before",
              DENSE_RANK() OVER (
                PARTITION BY "t4"."conversation_id", "t4"."episode", COALESCE("t4"."customer_id", "t4"."contact_id")
                ORDER BY "t4"."at" DESC, "t4"."rating_id" DESC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "place"
            FROM (
              SELECT
                *
              FROM "vote" AS "t1"
              WHERE
                "t1"."at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
                AND "t1"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
            ) AS "t4"
          ) AS "t5"
          WHERE
            "t5"."place" = 0
        ) AS "t6"
      ) AS "t7"
    ) AS "t9"
    LEFT OUTER JOIN (
      SELECT
        "t0"."conversation_id" AS "talk",
        "t0"."episode" AS "turn",
        "t0"."escalated" AS "passed",
        "t0"."customer_messages" AS "written",
        "t0"."seconds_spent" AS "spent"
      FROM "episode" AS "t0"
    ) AS "t3"
      ON "t9"."conversation_id" = "t3"."talk" AND "t9"."episode" = "t3"."turn"
  ) AS "t10"
) AS "t11"
GROUP BY
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  9,
  10
