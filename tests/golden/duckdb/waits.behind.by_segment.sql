SELECT
  "t31"."slice",
  COUNT(DISTINCT "t31"."customer_id") AS "customers"
FROM (
  SELECT
    "t30".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t29"."conversation_id",
      "t29"."episode",
      "t29"."customer_id",
      "t29"."channel",
      "t29"."tier",
      "t29"."category",
      "t29"."person",
      "t29"."month",
      "t29"."answered",
      "t29"."promise_s",
      "t29"."key_month",
      "t29"."at",
      "t29"."waited_s",
      "t29"."business_s",
      "t29"."given_up",
      "t29"."moment",
      COALESCE("t29"."trait_value", '(none)') AS "slice"
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
        "t8"."trait_customer",
        "t8"."trait_value",
        "t8"."trait_from",
        "t8"."trait_to"
      FROM (
        SELECT
          "t26"."conversation_id",
          "t26"."episode",
          "t26"."customer_id",
          "t26"."channel",
          "t26"."tier",
          "t26"."category",
          "t26"."person",
          "t26"."month",
          "t26"."answered",
          "t26"."promise_s",
          "t26"."key_month",
          "t26"."at",
          "t26"."waited_s",
          "t26"."business_s",
          "t26"."given_up",
          GREATEST("t26"."key_month", COALESCE("t26"."began", "t26"."key_month")) AS "moment"
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
                  WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0)
                  THEN 9999999
                  ELSE CASE
                    WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                    THEN 24310
                    WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                    THEN 24311
                    ELSE 9999999
                  END
                END AS "month",
                CAST(COALESCE("t1"."until_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0), FALSE) AS BIGINT) AS "answered",
                CAST(NULL AS BIGINT) AS "promise_s",
                CASE
                  WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0)
                  THEN 9999999
                  ELSE CASE
                    WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                    THEN 24310
                    WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                    THEN 24311
                    ELSE 9999999
                  END
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
                AND CASE
                  WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0)
                  THEN 9999999
                  ELSE CASE
                    WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                    THEN 24310
                    WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                    THEN 24311
                    ELSE 9999999
                  END
                END < 9999999
            ) AS "t13"
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
                    WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0)
                    THEN 9999999
                    ELSE CASE
                      WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                      THEN 24310
                      WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                      THEN 24311
                      ELSE 9999999
                    END
                  END AS "month",
                  CAST(COALESCE("t1"."until_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0), FALSE) AS BIGINT) AS "answered",
                  CAST(NULL AS BIGINT) AS "promise_s",
                  CASE
                    WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0)
                    THEN 9999999
                    ELSE CASE
                      WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                      THEN 24310
                      WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                      THEN 24311
                      ELSE 9999999
                    END
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
                  AND CASE
                    WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0)
                    THEN 9999999
                    ELSE CASE
                      WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                      THEN 24310
                      WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                      THEN 24311
                      ELSE 9999999
                    END
                  END < 9999999
              ) AS "t14"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t21"."conversation_id",
                  "t21"."episode",
                  "t21"."customer_id",
                  "t21"."channel",
                  "t21"."tier",
                  "t21"."category",
                  CAST(NULL AS TEXT) AS "person",
                  "t21"."month",
                  0 AS "answered",
                  "t21"."promise_s",
                  "t21"."month" AS "key_month",
                  COALESCE("t21"."until_at", "t21"."from_at") AS "at",
                  "t21"."end_s" - CAST(EPOCH(CAST(DATE_TRUNC('SECOND', "t21"."from_at") AS TIMESTAMP)) AS BIGINT) AS "waited_s",
                  COALESCE("t21"."reading_s", 0) - "t21"."from_reading_s" AS "business_s",
                  0 AS "given_up"
                FROM (
                  SELECT
                    "t17"."conversation_id",
                    "t17"."episode",
                    "t17"."number",
                    "t17"."customer_id",
                    "t17"."channel",
                    "t17"."category",
                    "t17"."tier",
                    "t17"."priority",
                    "t17"."from_at",
                    "t17"."until_at",
                    "t17"."given_up_at",
                    "t17"."message_id",
                    "t17"."person_id",
                    "t17"."held_from",
                    "t17"."wait_s",
                    "t17"."business_s",
                    "t17"."from_reading_s",
                    "t17"."calendar",
                    "t17"."calendar_version",
                    "t17"."reaction_s",
                    "t17"."is_first",
                    "t17"."person",
                    "t17"."from_month",
                    "t17"."end_month",
                    "t17"."answered",
                    "t17"."promise_s",
                    "t16"."month",
                    "t16"."end_s",
                    "t20"."open_calendar",
                    "t20"."read_month",
                    "t20"."reading_s"
                  FROM (
                    SELECT
                      "t11".*
                      EXCLUDE ("month")
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
                        CASE
                          WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0)
                          THEN 9999999
                          ELSE CASE
                            WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                            THEN 24310
                            WHEN COALESCE("t1"."until_at", "t1"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                            THEN 24311
                            ELSE 9999999
                          END
                        END AS "month",
                        CAST(COALESCE("t1"."until_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0), FALSE) AS BIGINT) AS "answered",
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
                    ) AS "t11"
                  ) AS "t17"
                  INNER JOIN (
                    SELECT
                      "t7"."month",
                      CASE "t7"."month" WHEN 24310 THEN 1764547200 WHEN 24311 THEN 1767225600 ELSE NULL END AS "end_s"
                    FROM (
                      SELECT
                        UNNEST(CAST([24310, 24311] AS BIGINT[])) AS "month"
                    ) AS "t7"
                  ) AS "t16"
                    ON "t17"."from_month" <= "t16"."month" AND "t16"."month" < "t17"."end_month"
                  LEFT OUTER JOIN (
                    SELECT
                      "t18"."calendar" AS "open_calendar",
                      "t18"."month" AS "read_month",
                      MAX((
                        "t18"."before_s" + LEAST("t18"."to_s", "t18"."end_s")
                      ) - "t18"."from_s") AS "reading_s"
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
                    ) AS "t18"
                    GROUP BY
                      1,
                      2
                  ) AS "t20"
                    ON "t17"."calendar" = "t20"."open_calendar" AND "t16"."month" = "t20"."read_month"
                ) AS "t21"
              ) AS "t22"
            ) AS "t23"
          ) AS "t25"
          LEFT OUTER JOIN (
            SELECT
              "t2"."customer_id" AS "starter",
              "t2"."first_month" AS "began"
            FROM "customer_start" AS "t2"
          ) AS "t6"
            ON "t25"."customer_id" = "t6"."starter"
        ) AS "t26"
      ) AS "t28"
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
        ON "t28"."customer_id" = "t8"."trait_customer"
        AND "t28"."moment" >= "t8"."trait_from"
        AND "t28"."moment" < "t8"."trait_to"
    ) AS "t29"
  ) AS "t30"
) AS "t31"
GROUP BY
  1
