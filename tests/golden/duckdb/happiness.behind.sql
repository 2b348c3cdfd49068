SELECT
  COUNT(DISTINCT "t22"."rating_id") AS "n",
  COUNT(DISTINCT "t22"."customer_id") AS "customers"
FROM (
  SELECT
    "t21"."rating_id",
    "t21"."conversation_id",
    "t21"."episode",
    "t21"."customer_id",
    "t21"."at",
    "t21"."person",
    "t21"."answer",
    "t21"."category",
    "t21"."channel",
    "t21"."tier",
    "t21"."priority",
    "t21"."language",
    "t21"."waited",
    "t21"."handlers",
    "t21"."share",
    "t21"."fold",
    "t21"."key_month",
    "t21"."escalated",
    "t21"."customer_messages",
    "t21"."minutes",
    "t21"."team",
    TRUE AS "kept"
  FROM (
    SELECT
      "t20"."rating_id",
      "t20"."conversation_id",
      "t20"."episode",
      "t20"."customer_id",
      "t20"."at",
      "t20"."person",
      "t20"."answer",
      "t20"."category",
      "t20"."channel",
      "t20"."tier",
      "t20"."priority",
      "t20"."language",
      "t20"."waited",
      "t20"."handlers",
      "t20"."share",
      "t20"."fold",
      "t20"."key_month",
      "t20"."escalated",
      "t20"."customer_messages",
      "t20"."minutes",
      COALESCE("t12"."then", "t7"."now") AS "team"
    FROM (
      SELECT
        "t18"."rating_id",
        "t18"."conversation_id",
        "t18"."episode",
        "t18"."customer_id",
        "t18"."at",
        "t18"."person",
        "t18"."answer",
        "t18"."category",
        "t18"."channel",
        "t18"."tier",
        "t18"."priority",
        "t18"."language",
        "t18"."waited",
        "t18"."handlers",
        "t18"."share",
        "t18"."fold",
        "t18"."key_month",
        "t18"."escalated",
        "t18"."customer_messages",
        "t18"."minutes",
        "t18"."talk",
        "t18"."turn",
        "t18"."holder",
        COALESCE("t18"."person", "t18"."holder") AS "helper"
      FROM (
        SELECT
          "t17"."rating_id",
          "t17"."conversation_id",
          "t17"."episode",
          "t17"."customer_id",
          "t17"."at",
          "t17"."person",
          "t17"."answer",
          COALESCE("t17"."category", '(none)') AS "category",
          COALESCE("t17"."channel", '(none)') AS "channel",
          COALESCE("t17"."tier", '(none)') AS "tier",
          COALESCE("t17"."priority", '(none)') AS "priority",
          COALESCE("t17"."language", '(none)') AS "language",
          CASE
            WHEN "t17"."waited_before_s" IS NULL
            THEN '(none)'
            WHEN "t17"."waited_before_s" < 3600
            THEN 'below 1 h'
            WHEN "t17"."waited_before_s" < 28800
            THEN '1 to 8 h'
            WHEN "t17"."waited_before_s" < 172800
            THEN '8 to 48 h'
            ELSE 'above 48 h'
          END AS "waited",
          CASE
            WHEN "t17"."handlers_before" IS NULL
            THEN '(none)'
            WHEN "t17"."handlers_before" = 0
            THEN '0'
            WHEN "t17"."handlers_before" = 1
            THEN '1'
            ELSE '2 or more'
          END AS "handlers",
          CAST("t17"."part" AS DOUBLE) / CAST("t17"."parts" AS DOUBLE) AS "share",
          (
            0 + (
              CAST(ASCII(
                SUBSTRING(
                  COALESCE("t17"."customer_id", "t17"."conversation_id"),
                  CASE
                    WHEN (
                      0 + 1
                    ) >= 1
                    THEN 0 + 1
                    ELSE 0 + 1 + LENGTH(COALESCE("t17"."customer_id", "t17"."conversation_id"))
                  END,
                  1
                )
              ) AS BIGINT) * 1
            ) + (
              CAST(ASCII(
                SUBSTRING(
                  COALESCE("t17"."customer_id", "t17"."conversation_id"),
                  CASE
                    WHEN (
                      1 + 1
                    ) >= 1
                    THEN 1 + 1
                    ELSE 1 + 1 + LENGTH(COALESCE("t17"."customer_id", "t17"."conversation_id"))
                  END,
                  1
                )
              ) AS BIGINT) * 2
            ) + (
              CAST(ASCII(
                SUBSTRING(
                  COALESCE("t17"."customer_id", "t17"."conversation_id"),
                  CASE
                    WHEN (
                      2 + 1
                    ) >= 1
                    THEN 2 + 1
                    ELSE 2 + 1 + LENGTH(COALESCE("t17"."customer_id", "t17"."conversation_id"))
                  END,
                  1
                )
              ) AS BIGINT) * 3
            ) + (
              CAST(ASCII(
                SUBSTRING(
                  RIGHT(COALESCE("t17"."customer_id", "t17"."conversation_id"), 5),
                  CASE
                    WHEN (
                      0 + 1
                    ) >= 1
                    THEN 0 + 1
                    ELSE 0 + 1 + LENGTH(RIGHT(COALESCE("t17"."customer_id", "t17"."conversation_id"), 5))
                  END,
                  1
                )
              ) AS BIGINT) * 4
            ) + (
              CAST(ASCII(
                SUBSTRING(
                  RIGHT(COALESCE("t17"."customer_id", "t17"."conversation_id"), 5),
                  CASE
                    WHEN (
                      1 + 1
                    ) >= 1
                    THEN 1 + 1
                    ELSE 1 + 1 + LENGTH(RIGHT(COALESCE("t17"."customer_id", "t17"."conversation_id"), 5))
                  END,
                  1
                )
              ) AS BIGINT) * 1
            ) + (
              CAST(ASCII(
                SUBSTRING(
                  RIGHT(COALESCE("t17"."customer_id", "t17"."conversation_id"), 5),
                  CASE
                    WHEN (
                      2 + 1
                    ) >= 1
                    THEN 2 + 1
                    ELSE 2 + 1 + LENGTH(RIGHT(COALESCE("t17"."customer_id", "t17"."conversation_id"), 5))
                  END,
                  1
                )
              ) AS BIGINT) * 2
            ) + (
              CAST(ASCII(
                SUBSTRING(
                  RIGHT(COALESCE("t17"."customer_id", "t17"."conversation_id"), 5),
                  CASE
                    WHEN (
                      3 + 1
                    ) >= 1
                    THEN 3 + 1
                    ELSE 3 + 1 + LENGTH(RIGHT(COALESCE("t17"."customer_id", "t17"."conversation_id"), 5))
                  END,
                  1
                )
              ) AS BIGINT) * 3
            ) + (
              CAST(ASCII(
                SUBSTRING(
                  RIGHT(COALESCE("t17"."customer_id", "t17"."conversation_id"), 5),
                  CASE
                    WHEN (
                      4 + 1
                    ) >= 1
                    THEN 4 + 1
                    ELSE 4 + 1 + LENGTH(RIGHT(COALESCE("t17"."customer_id", "t17"."conversation_id"), 5))
                  END,
                  1
                )
              ) AS BIGINT) * 4
            )
          ) % 5 AS "fold",
          24306 AS "key_month",
          CAST(CASE WHEN COALESCE("t8"."passed", FALSE) THEN 1 ELSE 0 END AS BIGINT) AS "escalated",
          LEAST(COALESCE("t8"."written", 0), 20) AS "customer_messages",
          LEAST(CAST(FLOOR(COALESCE("t8"."spent", 0) / 60) AS BIGINT), 240) AS "minutes",
          "t9"."talk",
          "t9"."turn",
          "t9"."holder"
        FROM (
          SELECT
            "t15"."rating_id",
            "t15"."kind",
            "t15"."conversation_id",
            "t15"."episode",
            "t15"."customer_id",
            "t15"."contact_id",
            "t15"."at",
            "t15"."answer",
            "t15"."person_id",
            "t15"."part",
            "t15"."parts",
            "t15"."is_latest",
            "t15"."reason",
            "t15"."channel",
            "t15"."category",
            "t15"."tier",
            "t15"."priority",
            "t15"."language",
            "t15"."waited_before_s",
            "t15"."handlers_before",
            "t15"."person_id" AS "person"
          FROM (
            SELECT
              "t14".*
              EXCLUDE ("place")
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t10"."rating_id",
                  "t10"."kind",
                  "t10"."conversation_id",
                  "t10"."episode",
                  "t10"."customer_id",
                  "t10"."contact_id",
                  "t10"."at",
                  "t10"."answer",
                  "t10"."person_id",
                  "t10"."part",
                  "t10"."parts",
                  "t10"."is_latest",
                  "t10"."reason",
                  "t10"."channel",
                  "t10"."category",
                  "t10"."tier",
                  "t10"."priority",
                  "t10"."language",
                  "t10"."waited_before_s",
                  "t10"."handlers_before",
                  DENSE_RANK() OVER (
                    PARTITION BY "t10"."conversation_id", "t10"."episode", COALESCE("t10"."customer_id", "t10"."contact_id")
                    ORDER BY "t10"."at" DESC, "t10"."rating_id" DESC
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) - 1 AS "place"
                FROM (
                  SELECT
                    *
                  FROM "vote" AS "t3"
                  WHERE
                    "t3"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                ) AS "t10"
              ) AS "t13"
              WHERE
                "t13"."place" = 0
            ) AS "t14"
          ) AS "t15"
          WHERE
            "t15"."at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
            AND "t15"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
        ) AS "t17"
        LEFT OUTER JOIN (
          SELECT
            "t2"."conversation_id" AS "talk",
            "t2"."episode" AS "turn",
            "t2"."escalated" AS "passed",
            "t2"."customer_messages" AS "written",
            "t2"."seconds_spent" AS "spent"
          FROM "episode" AS "t2"
        ) AS "t8"
          ON "t17"."conversation_id" = "t8"."talk" AND "t17"."episode" = "t8"."turn"
        LEFT OUTER JOIN (
          SELECT
            "t2"."conversation_id" AS "talk",
            "t2"."episode" AS "turn",
            "t2"."holder_id" AS "holder"
          FROM "episode" AS "t2"
        ) AS "t9"
          ON "t17"."conversation_id" = "t9"."talk" AND "t17"."episode" = "t9"."turn"
      ) AS "t18"
    ) AS "t20"
    LEFT OUTER JOIN (
      SELECT
        "t0"."person_id" AS "member",
        "t0"."team" AS "then",
        "t0"."from_on" AS "since",
        CASE
          WHEN LEAD("t0"."from_on") OVER (
            PARTITION BY "t0"."person_id"
            ORDER BY "t0"."from_on" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) < "t0"."to_on"
          THEN LEAD("t0"."from_on") OVER (
            PARTITION BY "t0"."person_id"
            ORDER BY "t0"."from_on" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          )
          ELSE COALESCE(
            "t0"."to_on",
            LEAD("t0"."from_on") OVER (
              PARTITION BY "t0"."person_id"
              ORDER BY "t0"."from_on" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            )
          )
        END AS "until"
      FROM "person_role" AS "t0"
    ) AS "t12"
      ON "t20"."helper" = "t12"."member"
      AND "t12"."since" <= CAST("t20"."at" AS DATE)
      AND (
        (
          "t12"."until" IS NULL
        ) OR (
          "t12"."until" > CAST("t20"."at" AS DATE)
        )
      )
    LEFT OUTER JOIN (
      SELECT
        "t1"."person_id" AS "known",
        "t1"."team" AS "now"
      FROM "person" AS "t1"
    ) AS "t7"
      ON "t20"."helper" = "t7"."known"
  ) AS "t21"
  WHERE
    TRUE
) AS "t22"
