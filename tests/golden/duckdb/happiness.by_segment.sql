SELECT
  "t22"."category",
  "t22"."channel",
  "t22"."tier",
  "t22"."priority",
  "t22"."language",
  "t22"."waited",
  "t22"."handlers",
  "t22"."person",
  "t22"."fold",
  "t22"."kept",
  "t22"."slice",
  SUM(CASE WHEN "t22"."answer" = 'great' THEN "t22"."share" ELSE 0 END) AS "great",
  SUM(CASE WHEN "t22"."answer" = 'okay' THEN "t22"."share" ELSE 0 END) AS "okay",
  SUM(CASE WHEN "t22"."answer" = 'not_good' THEN "t22"."share" ELSE 0 END) AS "not_good",
  SUM("t22"."share" * 1000000) AS "squares"
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
    "t21"."slice",
    TRUE AS "kept"
  FROM (
    SELECT
      "t20".*
      EXCLUDE ("moment")
    FROM (
      SELECT
        "t19"."rating_id",
        "t19"."conversation_id",
        "t19"."episode",
        "t19"."customer_id",
        "t19"."at",
        "t19"."person",
        "t19"."answer",
        "t19"."category",
        "t19"."channel",
        "t19"."tier",
        "t19"."priority",
        "t19"."language",
        "t19"."waited",
        "t19"."handlers",
        "t19"."share",
        "t19"."fold",
        "t19"."key_month",
        "t19"."escalated",
        "t19"."customer_messages",
        "t19"."minutes",
        "t19"."moment",
        COALESCE("t19"."trait_value", '(none)') AS "slice"
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
          "t18"."moment",
          "t10"."trait_customer",
          "t10"."trait_value",
          "t10"."trait_from",
          "t10"."trait_to"
        FROM (
          SELECT
            "t16"."rating_id",
            "t16"."conversation_id",
            "t16"."episode",
            "t16"."customer_id",
            "t16"."at",
            "t16"."person",
            "t16"."answer",
            "t16"."category",
            "t16"."channel",
            "t16"."tier",
            "t16"."priority",
            "t16"."language",
            "t16"."waited",
            "t16"."handlers",
            "t16"."share",
            "t16"."fold",
            "t16"."key_month",
            "t16"."escalated",
            "t16"."customer_messages",
            "t16"."minutes",
            GREATEST("t16"."key_month", COALESCE("t16"."began", "t16"."key_month")) AS "moment"
          FROM (
            SELECT
              "t15"."rating_id",
              "t15"."conversation_id",
              "t15"."episode",
              "t15"."customer_id",
              "t15"."at",
              "t15"."person",
              "t15"."answer",
              COALESCE("t15"."category", '(none)') AS "category",
              COALESCE("t15"."channel", '(none)') AS "channel",
              COALESCE("t15"."tier", '(none)') AS "tier",
              COALESCE("t15"."priority", '(none)') AS "priority",
              COALESCE("t15"."language", '(none)') AS "language",
              CASE
                WHEN "t15"."waited_before_s" IS NULL
                THEN '(none)'
                WHEN "t15"."waited_before_s" < 3600
                THEN 'below 1 h'
                WHEN "t15"."waited_before_s" < 28800
                THEN '1 to 8 h'
                WHEN "t15"."waited_before_s" < 172800
                THEN '8 to 48 h'
                ELSE 'above 48 h'
              END AS "waited",
              CASE
                WHEN "t15"."handlers_before" IS NULL
                THEN '(none)'
                WHEN "t15"."handlers_before" = 0
                THEN '0'
                WHEN "t15"."handlers_before" = 1
                THEN '1'
                ELSE '2 or more'
              END AS "handlers",
              CAST(ROUND(
                (
                  (
                    "t15"."part" * 1000000
                  ) - (
                    (
                      "t15"."part" * 1000000
                    ) % "t15"."parts"
                  )
                ) / "t15"."parts",
                0
              ) AS BIGINT) AS "share",
              (
                0 + (
                  CAST(ASCII(
                    SUBSTRING(
                      COALESCE("t15"."customer_id", "t15"."conversation_id"),
                      CASE
                        WHEN (
                          0 + 1
                        ) >= 1
                        THEN 0 + 1
                        ELSE 0 + 1 + LENGTH(COALESCE("t15"."customer_id", "t15"."conversation_id"))
                      END,
                      1
                    )
                  ) AS BIGINT) * 1
                ) + (
                  CAST(ASCII(
                    SUBSTRING(
                      COALESCE("t15"."customer_id", "t15"."conversation_id"),
                      CASE
                        WHEN (
                          1 + 1
                        ) >= 1
                        THEN 1 + 1
                        ELSE 1 + 1 + LENGTH(COALESCE("t15"."customer_id", "t15"."conversation_id"))
                      END,
                      1
                    )
                  ) AS BIGINT) * 2
                ) + (
                  CAST(ASCII(
                    SUBSTRING(
                      COALESCE("t15"."customer_id", "t15"."conversation_id"),
                      CASE
                        WHEN (
                          2 + 1
                        ) >= 1
                        THEN 2 + 1
                        ELSE 2 + 1 + LENGTH(COALESCE("t15"."customer_id", "t15"."conversation_id"))
                      END,
                      1
                    )
                  ) AS BIGINT) * 3
                ) + (
                  CAST(ASCII(
                    SUBSTRING(
                      RIGHT(COALESCE("t15"."customer_id", "t15"."conversation_id"), 5),
                      CASE
                        WHEN (
                          0 + 1
                        ) >= 1
                        THEN 0 + 1
                        ELSE 0 + 1 + LENGTH(RIGHT(COALESCE("t15"."customer_id", "t15"."conversation_id"), 5))
                      END,
                      1
                    )
                  ) AS BIGINT) * 4
                ) + (
                  CAST(ASCII(
                    SUBSTRING(
                      RIGHT(COALESCE("t15"."customer_id", "t15"."conversation_id"), 5),
                      CASE
                        WHEN (
                          1 + 1
                        ) >= 1
                        THEN 1 + 1
                        ELSE 1 + 1 + LENGTH(RIGHT(COALESCE("t15"."customer_id", "t15"."conversation_id"), 5))
                      END,
                      1
                    )
                  ) AS BIGINT) * 1
                ) + (
                  CAST(ASCII(
                    SUBSTRING(
                      RIGHT(COALESCE("t15"."customer_id", "t15"."conversation_id"), 5),
                      CASE
                        WHEN (
                          2 + 1
                        ) >= 1
                        THEN 2 + 1
                        ELSE 2 + 1 + LENGTH(RIGHT(COALESCE("t15"."customer_id", "t15"."conversation_id"), 5))
                      END,
                      1
                    )
                  ) AS BIGINT) * 2
                ) + (
                  CAST(ASCII(
                    SUBSTRING(
                      RIGHT(COALESCE("t15"."customer_id", "t15"."conversation_id"), 5),
                      CASE
                        WHEN (
                          3 + 1
                        ) >= 1
                        THEN 3 + 1
                        ELSE 3 + 1 + LENGTH(RIGHT(COALESCE("t15"."customer_id", "t15"."conversation_id"), 5))
                      END,
                      1
                    )
                  ) AS BIGINT) * 3
                ) + (
                  CAST(ASCII(
                    SUBSTRING(
                      RIGHT(COALESCE("t15"."customer_id", "t15"."conversation_id"), 5),
                      CASE
                        WHEN (
                          4 + 1
                        ) >= 1
                        THEN 4 + 1
                        ELSE 4 + 1 + LENGTH(RIGHT(COALESCE("t15"."customer_id", "t15"."conversation_id"), 5))
                      END,
                      1
                    )
                  ) AS BIGINT) * 4
                )
              ) % 5 AS "fold",
              24306 AS "key_month",
              CAST(CASE WHEN COALESCE("t7"."passed", FALSE) THEN 1 ELSE 0 END AS BIGINT) AS "escalated",
              LEAST(COALESCE("t7"."written", 0), 20) AS "customer_messages",
              LEAST(
                CAST(ROUND((
                  COALESCE("t7"."spent", 0) - (
                    COALESCE("t7"."spent", 0) % 60
                  )
                ) / 60, 0) AS BIGINT),
                240
              ) AS "minutes",
              "t8"."starter",
              "t8"."began"
            FROM (
              SELECT
                "t13"."rating_id",
                "t13"."kind",
                "t13"."conversation_id",
                "t13"."episode",
                "t13"."customer_id",
                "t13"."contact_id",
                "t13"."at",
                "t13"."answer",
                "t13"."person_id",
                "t13"."part",
                "t13"."parts",
                "t13"."is_latest",
                "t13"."reason",
                "t13"."channel",
                "t13"."category",
                "t13"."tier",
                "t13"."priority",
                "t13"."language",
                "t13"."waited_before_s",
                "t13"."handlers_before",
                "t13"."person_id" AS "person"
              FROM (
                SELECT
                  "t12".*
                  EXCLUDE ("place")
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t9"."rating_id",
                      "t9"."kind",
                      "t9"."conversation_id",
                      "t9"."episode",
                      "t9"."customer_id",
                      "t9"."contact_id",
                      "t9"."at",
                      "t9"."answer",
                      "t9"."person_id",
                      "t9"."part",
                      "t9"."parts",
                      "t9"."is_latest",
                      "t9"."reason",
                      "t9"."channel",
                      "t9"."category",
                      "t9"."tier",
                      "t9"."priority",
                      "t9"."language",
                      "t9"."waited_before_s",
                      "t9"."handlers_before",
                      DENSE_RANK() OVER (
                        PARTITION BY "t9"."conversation_id", "t9"."episode", COALESCE("t9"."customer_id", "t9"."contact_id")
                        ORDER BY "t9"."at" DESC, "t9"."rating_id" DESC
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "place"
                    FROM (
                      SELECT
                        *
                      FROM "vote" AS "t3"
                      WHERE
                        "t3"."at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
                        AND "t3"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                    ) AS "t9"
                  ) AS "t11"
                  WHERE
                    "t11"."place" = 0
                ) AS "t12"
              ) AS "t13"
            ) AS "t15"
            LEFT OUTER JOIN (
              SELECT
                "t1"."conversation_id" AS "talk",
                "t1"."episode" AS "turn",
                "t1"."escalated" AS "passed",
                "t1"."customer_messages" AS "written",
                "t1"."seconds_spent" AS "spent"
              FROM "episode" AS "t1"
            ) AS "t7"
              ON "t15"."conversation_id" = "t7"."talk" AND "t15"."episode" = "t7"."turn"
            LEFT OUTER JOIN (
              SELECT
                "t2"."customer_id" AS "starter",
                "t2"."first_month" AS "began"
              FROM "customer_start" AS "t2"
            ) AS "t8"
              ON "t15"."customer_id" = "t8"."starter"
          ) AS "t16"
        ) AS "t18"
        LEFT OUTER JOIN (
          SELECT
            "t0"."customer_id" AS "trait_customer",
            "t0"."value" AS "trait_value",
            "t0"."from_month" AS "trait_from",
            "t0"."to_month" AS "trait_to"
          FROM "customer_trait" AS "t0"
          WHERE
            "t0"."name" = 'segment'
        ) AS "t10"
          ON "t18"."customer_id" = "t10"."trait_customer"
          AND "t18"."moment" >= "t10"."trait_from"
          AND "t18"."moment" < "t10"."trait_to"
      ) AS "t19"
    ) AS "t20"
  ) AS "t21"
) AS "t22"
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
  10,
  11
