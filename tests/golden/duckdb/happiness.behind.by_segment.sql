SELECT
  "t33"."slice",
  COUNT(DISTINCT "t33"."rating_id") AS "n",
  COUNT(DISTINCT "t33"."customer_id") AS "customers"
FROM (
  SELECT
    "t32"."rating_id",
    "t32"."conversation_id",
    "t32"."episode",
    "t32"."customer_id",
    "t32"."at",
    "t32"."person",
    "t32"."answer",
    "t32"."category",
    "t32"."channel",
    "t32"."tier",
    "t32"."priority",
    "t32"."language",
    "t32"."waited",
    "t32"."handlers",
    "t32"."share",
    "t32"."fold",
    "t32"."key_month",
    "t32"."escalated",
    "t32"."customer_messages",
    "t32"."minutes",
    "t32"."team",
    "t32"."slice",
    TRUE AS "kept"
  FROM (
    SELECT
      "t31".*
      EXCLUDE ("moment")
    FROM (
      SELECT
        "t30"."rating_id",
        "t30"."conversation_id",
        "t30"."episode",
        "t30"."customer_id",
        "t30"."at",
        "t30"."person",
        "t30"."answer",
        "t30"."category",
        "t30"."channel",
        "t30"."tier",
        "t30"."priority",
        "t30"."language",
        "t30"."waited",
        "t30"."handlers",
        "t30"."share",
        "t30"."fold",
        "t30"."key_month",
        "t30"."escalated",
        "t30"."customer_messages",
        "t30"."minutes",
        "t30"."team",
        "t30"."moment",
        COALESCE("t30"."trait_value", '(none)') AS "slice"
      FROM (
        SELECT
          "t29"."rating_id",
          "t29"."conversation_id",
          "t29"."episode",
          "t29"."customer_id",
          "t29"."at",
          "t29"."person",
          "t29"."answer",
          "t29"."category",
          "t29"."channel",
          "t29"."tier",
          "t29"."priority",
          "t29"."language",
          "t29"."waited",
          "t29"."handlers",
          "t29"."share",
          "t29"."fold",
          "t29"."key_month",
          "t29"."escalated",
          "t29"."customer_messages",
          "t29"."minutes",
          "t29"."team",
          "t29"."moment",
          "t16"."trait_customer",
          "t16"."trait_value",
          "t16"."trait_from",
          "t16"."trait_to"
        FROM (
          SELECT
            "t27"."rating_id",
            "t27"."conversation_id",
            "t27"."episode",
            "t27"."customer_id",
            "t27"."at",
            "t27"."person",
            "t27"."answer",
            "t27"."category",
            "t27"."channel",
            "t27"."tier",
            "t27"."priority",
            "t27"."language",
            "t27"."waited",
            "t27"."handlers",
            "t27"."share",
            "t27"."fold",
            "t27"."key_month",
            "t27"."escalated",
            "t27"."customer_messages",
            "t27"."minutes",
            "t27"."team",
            GREATEST("t27"."key_month", COALESCE("t27"."began", "t27"."key_month")) AS "moment"
          FROM (
            SELECT
              "t26"."rating_id",
              "t26"."conversation_id",
              "t26"."episode",
              "t26"."customer_id",
              "t26"."at",
              "t26"."person",
              "t26"."answer",
              "t26"."category",
              "t26"."channel",
              "t26"."tier",
              "t26"."priority",
              "t26"."language",
              "t26"."waited",
              "t26"."handlers",
              "t26"."share",
              "t26"."fold",
              "t26"."key_month",
              "t26"."escalated",
              "t26"."customer_messages",
              "t26"."minutes",
              COALESCE("t18"."then", "t11"."now") AS "team",
              "t12"."starter",
              "t12"."began"
            FROM (
              SELECT
                "t24"."rating_id",
                "t24"."conversation_id",
                "t24"."episode",
                "t24"."customer_id",
                "t24"."at",
                "t24"."person",
                "t24"."answer",
                "t24"."category",
                "t24"."channel",
                "t24"."tier",
                "t24"."priority",
                "t24"."language",
                "t24"."waited",
                "t24"."handlers",
                "t24"."share",
                "t24"."fold",
                "t24"."key_month",
                "t24"."escalated",
                "t24"."customer_messages",
                "t24"."minutes",
                "t24"."talk",
                "t24"."turn",
                "t24"."holder",
                COALESCE("t24"."person", "t24"."holder") AS "helper"
              FROM (
                SELECT
                  "t23"."rating_id",
                  "t23"."conversation_id",
                  "t23"."episode",
                  "t23"."customer_id",
                  "t23"."at",
                  "t23"."person",
                  "t23"."answer",
                  COALESCE("t23"."category", '(none)') AS "category",
                  COALESCE("t23"."channel", '(none)') AS "channel",
                  COALESCE("t23"."tier", '(none)') AS "tier",
                  COALESCE("t23"."priority", '(none)') AS "priority",
                  COALESCE("t23"."language", '(none)') AS "language",
                  CASE
                    WHEN "t23"."waited_before_s" IS NULL
                    THEN '(none)'
                    WHEN "t23"."waited_before_s" < 3600
                    THEN 'below 1 h'
                    WHEN "t23"."waited_before_s" < 28800
                    THEN '1 to 8 h'
                    WHEN "t23"."waited_before_s" < 172800
                    THEN '8 to 48 h'
                    ELSE 'above 48 h'
                  END AS "waited",
                  CASE
                    WHEN "t23"."handlers_before" IS NULL
                    THEN '(none)'
                    WHEN "t23"."handlers_before" = 0
                    THEN '0'
                    WHEN "t23"."handlers_before" = 1
                    THEN '1'
                    ELSE '2 or more'
                  END AS "handlers",
                  CAST("t23"."part" AS DOUBLE) / CAST("t23"."parts" AS DOUBLE) AS "share",
                  (
                    0 + (
                      CAST(ASCII(
                        SUBSTRING(
                          COALESCE("t23"."customer_id", "t23"."conversation_id"),
                          CASE
                            WHEN (
                              0 + 1
                            ) >= 1
                            THEN 0 + 1
                            ELSE 0 + 1 + LENGTH(COALESCE("t23"."customer_id", "t23"."conversation_id"))
                          END,
                          1
                        )
                      ) AS BIGINT) * 1
                    ) + (
                      CAST(ASCII(
                        SUBSTRING(
                          COALESCE("t23"."customer_id", "t23"."conversation_id"),
                          CASE
                            WHEN (
                              1 + 1
                            ) >= 1
                            THEN 1 + 1
                            ELSE 1 + 1 + LENGTH(COALESCE("t23"."customer_id", "t23"."conversation_id"))
                          END,
                          1
                        )
                      ) AS BIGINT) * 2
                    ) + (
                      CAST(ASCII(
                        SUBSTRING(
                          COALESCE("t23"."customer_id", "t23"."conversation_id"),
                          CASE
                            WHEN (
                              2 + 1
                            ) >= 1
                            THEN 2 + 1
                            ELSE 2 + 1 + LENGTH(COALESCE("t23"."customer_id", "t23"."conversation_id"))
                          END,
                          1
                        )
                      ) AS BIGINT) * 3
                    ) + (
                      CAST(ASCII(
                        SUBSTRING(
                          RIGHT(COALESCE("t23"."customer_id", "t23"."conversation_id"), 5),
                          CASE
                            WHEN (
                              0 + 1
                            ) >= 1
                            THEN 0 + 1
                            ELSE 0 + 1 + LENGTH(RIGHT(COALESCE("t23"."customer_id", "t23"."conversation_id"), 5))
                          END,
                          1
                        )
                      ) AS BIGINT) * 4
                    ) + (
                      CAST(ASCII(
                        SUBSTRING(
                          RIGHT(COALESCE("t23"."customer_id", "t23"."conversation_id"), 5),
                          CASE
                            WHEN (
                              1 + 1
                            ) >= 1
                            THEN 1 + 1
                            ELSE 1 + 1 + LENGTH(RIGHT(COALESCE("t23"."customer_id", "t23"."conversation_id"), 5))
                          END,
                          1
                        )
                      ) AS BIGINT) * 1
                    ) + (
                      CAST(ASCII(
                        SUBSTRING(
                          RIGHT(COALESCE("t23"."customer_id", "t23"."conversation_id"), 5),
                          CASE
                            WHEN (
                              2 + 1
                            ) >= 1
                            THEN 2 + 1
                            ELSE 2 + 1 + LENGTH(RIGHT(COALESCE("t23"."customer_id", "t23"."conversation_id"), 5))
                          END,
                          1
                        )
                      ) AS BIGINT) * 2
                    ) + (
                      CAST(ASCII(
                        SUBSTRING(
                          RIGHT(COALESCE("t23"."customer_id", "t23"."conversation_id"), 5),
                          CASE
                            WHEN (
                              3 + 1
                            ) >= 1
                            THEN 3 + 1
                            ELSE 3 + 1 + LENGTH(RIGHT(COALESCE("t23"."customer_id", "t23"."conversation_id"), 5))
                          END,
                          1
                        )
                      ) AS BIGINT) * 3
                    ) + (
                      CAST(ASCII(
                        SUBSTRING(
                          RIGHT(COALESCE("t23"."customer_id", "t23"."conversation_id"), 5),
                          CASE
                            WHEN (
                              4 + 1
                            ) >= 1
                            THEN 4 + 1
                            ELSE 4 + 1 + LENGTH(RIGHT(COALESCE("t23"."customer_id", "t23"."conversation_id"), 5))
                          END,
                          1
                        )
                      ) AS BIGINT) * 4
                    )
                  ) % 5 AS "fold",
                  24306 AS "key_month",
                  CAST(CASE WHEN COALESCE("t13"."passed", FALSE) THEN 1 ELSE 0 END AS BIGINT) AS "escalated",
                  LEAST(COALESCE("t13"."written", 0), 20) AS "customer_messages",
                  LEAST(CAST(FLOOR(COALESCE("t13"."spent", 0) / 60) AS BIGINT), 240) AS "minutes",
                  "t14"."talk",
                  "t14"."turn",
                  "t14"."holder"
                FROM (
                  SELECT
                    "t21"."rating_id",
                    "t21"."kind",
                    "t21"."conversation_id",
                    "t21"."episode",
                    "t21"."customer_id",
                    "t21"."contact_id",
                    "t21"."at",
                    "t21"."answer",
                    "t21"."person_id",
                    "t21"."part",
                    "t21"."parts",
                    "t21"."is_latest",
                    "t21"."reason",
                    "t21"."channel",
                    "t21"."category",
                    "t21"."tier",
                    "t21"."priority",
                    "t21"."language",
                    "t21"."waited_before_s",
                    "t21"."handlers_before",
                    "t21"."person_id" AS "person"
                  FROM (
                    SELECT
                      "t20".*
                      EXCLUDE ("place")
                    FROM (
                      SELECT
                        *
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
                          DENSE_RANK() OVER (
                            PARTITION BY "t15"."conversation_id", "t15"."episode", COALESCE("t15"."customer_id", "t15"."contact_id")
                            ORDER BY "t15"."at" DESC, "t15"."rating_id" DESC
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                          ) - 1 AS "place"
                        FROM (
                          SELECT
                            *
                          FROM "vote" AS "t5"
                          WHERE
                            "t5"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                        ) AS "t15"
                      ) AS "t19"
                      WHERE
                        "t19"."place" = 0
                    ) AS "t20"
                  ) AS "t21"
                  WHERE
                    "t21"."at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
                    AND "t21"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                ) AS "t23"
                LEFT OUTER JOIN (
                  SELECT
                    "t4"."conversation_id" AS "talk",
                    "t4"."episode" AS "turn",
                    "t4"."escalated" AS "passed",
                    "t4"."customer_messages" AS "written",
                    "t4"."seconds_spent" AS "spent"
                  FROM "episode" AS "t4"
                ) AS "t13"
                  ON "t23"."conversation_id" = "t13"."talk" AND "t23"."episode" = "t13"."turn"
                LEFT OUTER JOIN (
                  SELECT
                    "t4"."conversation_id" AS "talk",
                    "t4"."episode" AS "turn",
                    "t4"."holder_id" AS "holder"
                  FROM "episode" AS "t4"
                ) AS "t14"
                  ON "t23"."conversation_id" = "t14"."talk" AND "t23"."episode" = "t14"."turn"
              ) AS "t24"
            ) AS "t26"
            LEFT OUTER JOIN (
              SELECT
                "t1"."person_id" AS "member",
                "t1"."team" AS "then",
                "t1"."from_on" AS "since",
                CASE
                  WHEN LEAD("t1"."from_on") OVER (
                    PARTITION BY "t1"."person_id"
                    ORDER BY "t1"."from_on" ASC
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) < "t1"."to_on"
                  THEN LEAD("t1"."from_on") OVER (
                    PARTITION BY "t1"."person_id"
                    ORDER BY "t1"."from_on" ASC
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  )
                  ELSE COALESCE(
                    "t1"."to_on",
                    LEAD("t1"."from_on") OVER (
                      PARTITION BY "t1"."person_id"
                      ORDER BY "t1"."from_on" ASC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    )
                  )
                END AS "until"
              FROM "person_role" AS "t1"
            ) AS "t18"
              ON "t26"."helper" = "t18"."member"
              AND "t18"."since" <= CAST("t26"."at" AS DATE)
              AND (
                (
                  "t18"."until" IS NULL
                ) OR (
                  "t18"."until" > CAST("t26"."at" AS DATE)
                )
              )
            LEFT OUTER JOIN (
              SELECT
                "t2"."person_id" AS "known",
                "t2"."team" AS "now"
              FROM "person" AS "t2"
            ) AS "t11"
              ON "t26"."helper" = "t11"."known"
            LEFT OUTER JOIN (
              SELECT
                "t3"."customer_id" AS "starter",
                "t3"."first_month" AS "began"
              FROM "customer_start" AS "t3"
            ) AS "t12"
              ON "t26"."customer_id" = "t12"."starter"
          ) AS "t27"
        ) AS "t29"
        LEFT OUTER JOIN (
          SELECT
            "t0"."customer_id" AS "trait_customer",
            "t0"."value" AS "trait_value",
            "t0"."from_month" AS "trait_from",
            "t0"."to_month" AS "trait_to"
          FROM "customer_trait" AS "t0"
          WHERE
            "t0"."name" = 'segment'
        ) AS "t16"
          ON "t29"."customer_id" = "t16"."trait_customer"
          AND "t29"."moment" >= "t16"."trait_from"
          AND "t29"."moment" < "t16"."trait_to"
      ) AS "t30"
    ) AS "t31"
  ) AS "t32"
  WHERE
    TRUE
) AS "t33"
GROUP BY
  1
