SELECT
  "t30"."slice",
  COUNT(DISTINCT "t30"."customer_id") AS "customers"
FROM (
  SELECT
    "t29".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t28"."conversation_id",
      "t28"."episode",
      "t28"."customer_id",
      "t28"."channel",
      "t28"."tier",
      "t28"."category",
      "t28"."person",
      "t28"."month",
      "t28"."answered",
      "t28"."promise_s",
      "t28"."key_month",
      "t28"."at",
      "t28"."waited_s",
      "t28"."business_s",
      "t28"."given_up",
      "t28"."moment",
      COALESCE("t28"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t27"."conversation_id",
        "t27"."episode",
        "t27"."customer_id",
        "t27"."channel",
        "t27"."tier",
        "t27"."category",
        "t27"."person",
        "t27"."month",
        "t27"."answered",
        "t27"."promise_s",
        "t27"."key_month",
        "t27"."at",
        "t27"."waited_s",
        "t27"."business_s",
        "t27"."given_up",
        "t27"."moment",
        "t8"."trait_customer",
        "t8"."trait_value",
        "t8"."trait_from",
        "t8"."trait_to"
      FROM (
        SELECT
          "t25"."conversation_id",
          "t25"."episode",
          "t25"."customer_id",
          "t25"."channel",
          "t25"."tier",
          "t25"."category",
          "t25"."person",
          "t25"."month",
          "t25"."answered",
          "t25"."promise_s",
          "t25"."key_month",
          "t25"."at",
          "t25"."waited_s",
          "t25"."business_s",
          "t25"."given_up",
          GREATEST("t25"."key_month", COALESCE("t25"."began", "t25"."key_month")) AS "moment"
        FROM (
          SELECT
            "t24"."conversation_id",
            "t24"."episode",
            "t24"."customer_id",
            "t24"."channel",
            "t24"."tier",
            "t24"."category",
            "t24"."person",
            "t24"."month",
            "t24"."answered",
            "t24"."promise_s",
            "t24"."key_month",
            "t24"."at",
            "t24"."waited_s",
            "t24"."business_s",
            "t24"."given_up",
            "t6"."starter",
            "t6"."began"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t1"."conversation_id",
                "t1"."episode",
                "t1"."customer_id",
                "t1"."channel",
                "t1"."tier",
                "t1"."category",
                "t1"."person_id" AS "person",
                CASE
                  WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                  THEN 24310
                  WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                  THEN 24311
                  ELSE 9999999
                END AS "month",
                CAST(COALESCE("t1"."until_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0), FALSE) AS BIGINT) AS "answered",
                CAST(NULL AS BIGINT) AS "promise_s",
                CASE
                  WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                  THEN 24310
                  WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                  THEN 24311
                  ELSE 9999999
                END AS "key_month",
                COALESCE("t1"."until_at", "t1"."from_at") AS "at",
                CAST(NULL AS BIGINT) AS "waited_s",
                CAST(NULL AS BIGINT) AS "business_s",
                1 AS "given_up"
              FROM "customer_wait" AS "t1"
              WHERE
                "t1"."is_first"
                AND "t1"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                AND CAST(COALESCE("t1"."until_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0), FALSE) AS BIGINT) = 0
                AND NOT (
                  COALESCE(
                    COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0),
                    FALSE
                  )
                )
                AND CASE
                  WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                  THEN 24310
                  WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                  THEN 24311
                  ELSE 9999999
                END < 9999999
            ) AS "t12"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t1"."conversation_id",
                  "t1"."episode",
                  "t1"."customer_id",
                  "t1"."channel",
                  "t1"."tier",
                  "t1"."category",
                  "t1"."person_id" AS "person",
                  CASE
                    WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                    THEN 24310
                    WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                    THEN 24311
                    ELSE 9999999
                  END AS "month",
                  CAST(COALESCE("t1"."until_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0), FALSE) AS BIGINT) AS "answered",
                  CAST(NULL AS BIGINT) AS "promise_s",
                  CASE
                    WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                    THEN 24310
                    WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                    THEN 24311
                    ELSE 9999999
                  END AS "key_month",
                  COALESCE("t1"."until_at", "t1"."from_at") AS "at",
                  "t1"."wait_s" AS "waited_s",
                  "t1"."business_s",
                  0 AS "given_up"
                FROM "customer_wait" AS "t1"
                WHERE
                  "t1"."is_first"
                  AND "t1"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                  AND CAST(COALESCE("t1"."until_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0), FALSE) AS BIGINT) = 1
                  AND NOT (
                    COALESCE(
                      COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0),
                      FALSE
                    )
                  )
                  AND CASE
                    WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                    THEN 24310
                    WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                    THEN 24311
                    ELSE 9999999
                  END < 9999999
              ) AS "t13"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t20"."conversation_id",
                  "t20"."episode",
                  "t20"."customer_id",
                  "t20"."channel",
                  "t20"."tier",
                  "t20"."category",
                  CAST(NULL AS TEXT) AS "person",
                  "t20"."month",
                  0 AS "answered",
                  "t20"."promise_s",
                  "t20"."month" AS "key_month",
                  COALESCE("t20"."until_at", "t20"."from_at") AS "at",
                  "t20"."end_s" - CAST(EPOCH(CAST(DATE_TRUNC('SECOND', "t20"."from_at") AS TIMESTAMP)) AS BIGINT) AS "waited_s",
                  COALESCE("t20"."reading_s", 0) - "t20"."from_reading_s" AS "business_s",
                  0 AS "given_up"
                FROM (
                  SELECT
                    "t15"."conversation_id",
                    "t15"."episode",
                    "t15"."number",
                    "t15"."customer_id",
                    "t15"."channel",
                    "t15"."category",
                    "t15"."tier",
                    "t15"."priority",
                    "t15"."from_at",
                    "t15"."until_at",
                    "t15"."given_up_at",
                    "t15"."message_id",
                    "t15"."person_id",
                    "t15"."held_from",
                    "t15"."wait_s",
                    "t15"."business_s",
                    "t15"."from_reading_s",
                    "t15"."calendar",
                    "t15"."calendar_version",
                    "t15"."reaction_s",
                    "t15"."is_first",
                    "t15"."person",
                    "t15"."from_month",
                    "t15"."end_month",
                    "t15"."answered",
                    "t15"."is_early",
                    "t15"."promise_s",
                    "t16"."month",
                    "t16"."end_s",
                    "t19"."open_calendar",
                    "t19"."read_month",
                    "t19"."reading_s"
                  FROM (
                    SELECT
                      "t1"."conversation_id",
                      "t1"."episode",
                      "t1"."number",
                      "t1"."customer_id",
                      "t1"."channel",
                      "t1"."category",
                      "t1"."tier",
                      "t1"."priority",
                      "t1"."from_at",
                      "t1"."until_at",
                      "t1"."given_up_at",
                      "t1"."message_id",
                      "t1"."person_id",
                      "t1"."held_from",
                      "t1"."wait_s",
                      "t1"."business_s",
                      "t1"."from_reading_s",
                      "t1"."calendar",
                      "t1"."calendar_version",
                      "t1"."reaction_s",
                      "t1"."is_first",
                      "t1"."person_id" AS "person",
                      CASE
                        WHEN "t1"."from_at" < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                        THEN 24310
                        WHEN "t1"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                        THEN 24311
                        ELSE 9999999
                      END AS "from_month",
                      CASE
                        WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                        THEN 24310
                        WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                        THEN 24311
                        ELSE 9999999
                      END AS "end_month",
                      CAST(COALESCE("t1"."until_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0), FALSE) AS BIGINT) AS "answered",
                      COALESCE(
                        COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0),
                        FALSE
                      ) AS "is_early",
                      CAST(NULL AS BIGINT) AS "promise_s"
                    FROM "customer_wait" AS "t1"
                    WHERE
                      "t1"."is_first"
                      AND "t1"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                      AND CASE
                        WHEN "t1"."from_at" < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                        THEN 24310
                        WHEN "t1"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                        THEN 24311
                        ELSE 9999999
                      END < CASE
                        WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                        THEN 24310
                        WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                        THEN 24311
                        ELSE 9999999
                      END
                  ) AS "t15"
                  INNER JOIN (
                    SELECT
                      "t7"."month",
                      CASE "t7"."month" WHEN 24310 THEN 1764547200 WHEN 24311 THEN 1767225600 ELSE NULL END AS "end_s"
                    FROM (
                      SELECT
                        UNNEST(CAST([24310, 24311] AS BIGINT[])) AS "month"
                    ) AS "t7"
                  ) AS "t16"
                    ON "t15"."from_month" <= "t16"."month" AND "t16"."month" < "t15"."end_month"
                  LEFT OUTER JOIN (
                    SELECT
                      "t17"."calendar" AS "open_calendar",
                      "t17"."month" AS "read_month",
                      MAX((
                        "t17"."before_s" + LEAST("t17"."to_s", "t17"."end_s")
                      ) - "t17"."from_s") AS "reading_s"
                    FROM (
                      SELECT
                        "t10"."calendar",
                        "t10"."version",
                        "t10"."from_s",
                        "t10"."to_s",
                        "t10"."before_s",
                        "t16"."month",
                        "t16"."end_s"
                      FROM (
                        SELECT
                          *
                        FROM "open_hours" AS "t3"
                        WHERE
                          NOT (
                            STARTS_WITH("t3"."calendar", 'shift:')
                          )
                      ) AS "t10"
                      INNER JOIN (
                        SELECT
                          "t7"."month",
                          CASE "t7"."month" WHEN 24310 THEN 1764547200 WHEN 24311 THEN 1767225600 ELSE NULL END AS "end_s"
                        FROM (
                          SELECT
                            UNNEST(CAST([24310, 24311] AS BIGINT[])) AS "month"
                        ) AS "t7"
                      ) AS "t16"
                        ON "t10"."from_s" <= "t16"."end_s"
                    ) AS "t17"
                    GROUP BY
                      1,
                      2
                  ) AS "t19"
                    ON "t15"."calendar" = "t19"."open_calendar" AND "t16"."month" = "t19"."read_month"
                ) AS "t20"
              ) AS "t21"
            ) AS "t22"
          ) AS "t24"
          LEFT OUTER JOIN (
            SELECT
              "t2"."customer_id" AS "starter",
              "t2"."first_month" AS "began"
            FROM "customer_start" AS "t2"
          ) AS "t6"
            ON "t24"."customer_id" = "t6"."starter"
        ) AS "t25"
      ) AS "t27"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t8"
        ON "t27"."customer_id" = "t8"."trait_customer"
        AND "t27"."moment" >= "t8"."trait_from"
        AND "t27"."moment" < "t8"."trait_to"
    ) AS "t28"
  ) AS "t29"
) AS "t30"
GROUP BY
  1
