SELECT
  "t18"."month",
  SUM("t18"."answered") AS "n",
  SUM((
    1 - "t18"."answered"
  ) - "t18"."given_up") AS "open_n",
  SUM("t18"."given_up") AS "given_up_n",
  COUNT("t18"."business_s" <= "t18"."promise_s") FILTER(WHERE
    (
      "t18"."answered" = 1
    ) OR NOT (
      "t18"."business_s" <= "t18"."promise_s"
    )) AS "promised",
  SUM(CAST("t18"."business_s" <= "t18"."promise_s" AS INT)) FILTER(WHERE
    "t18"."answered" = 1) AS "kept"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t0"."conversation_id",
      "t0"."episode",
      "t0"."customer_id",
      "t0"."channel",
      "t0"."tier",
      "t0"."category",
      "t0"."person_id" AS "person",
      CASE
        WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0)
        THEN 9999999
        ELSE CASE
          WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
          THEN 24310
          WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
          THEN 24311
          ELSE 9999999
        END
      END AS "month",
      CAST(COALESCE("t0"."until_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0), FALSE) AS BIGINT) AS "answered",
      CAST(NULL AS BIGINT) AS "promise_s",
      CASE
        WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0)
        THEN 9999999
        ELSE CASE
          WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
          THEN 24310
          WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
          THEN 24311
          ELSE 9999999
        END
      END AS "key_month",
      COALESCE("t0"."until_at", "t0"."from_at") AS "at",
      CAST(NULL AS BIGINT) AS "waited_s",
      CAST(NULL AS BIGINT) AS "business_s",
      1 AS "given_up"
    FROM "customer_wait" AS "t0"
    WHERE
      "t0"."is_first"
      AND "t0"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
      AND CAST(COALESCE("t0"."until_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0), FALSE) AS BIGINT) = 0
      AND CASE
        WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0)
        THEN 9999999
        ELSE CASE
          WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
          THEN 24310
          WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
          THEN 24311
          ELSE 9999999
        END
      END < 9999999
  ) AS "t7"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t0"."conversation_id",
        "t0"."episode",
        "t0"."customer_id",
        "t0"."channel",
        "t0"."tier",
        "t0"."category",
        "t0"."person_id" AS "person",
        CASE
          WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0)
          THEN 9999999
          ELSE CASE
            WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
            THEN 24310
            WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
            THEN 24311
            ELSE 9999999
          END
        END AS "month",
        CAST(COALESCE("t0"."until_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0), FALSE) AS BIGINT) AS "answered",
        CAST(NULL AS BIGINT) AS "promise_s",
        CASE
          WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0)
          THEN 9999999
          ELSE CASE
            WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
            THEN 24310
            WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
            THEN 24311
            ELSE 9999999
          END
        END AS "key_month",
        COALESCE("t0"."until_at", "t0"."from_at") AS "at",
        "t0"."wait_s" AS "waited_s",
        "t0"."business_s",
        0 AS "given_up"
      FROM "customer_wait" AS "t0"
      WHERE
        "t0"."is_first"
        AND "t0"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
        AND CAST(COALESCE("t0"."until_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0), FALSE) AS BIGINT) = 1
        AND CASE
          WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0)
          THEN 9999999
          ELSE CASE
            WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
            THEN 24310
            WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
            THEN 24311
            ELSE 9999999
          END
        END < 9999999
    ) AS "t8"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t15"."conversation_id",
        "t15"."episode",
        "t15"."customer_id",
        "t15"."channel",
        "t15"."tier",
        "t15"."category",
        CAST(NULL AS TEXT) AS "person",
        "t15"."month",
        0 AS "answered",
        "t15"."promise_s",
        "t15"."month" AS "key_month",
        COALESCE("t15"."until_at", "t15"."from_at") AS "at",
        "t15"."end_s" - CAST(EPOCH(CAST(DATE_TRUNC('SECOND', "t15"."from_at") AS TIMESTAMP)) AS BIGINT) AS "waited_s",
        COALESCE("t15"."reading_s", 0) - "t15"."from_reading_s" AS "business_s",
        0 AS "given_up"
      FROM (
        SELECT
          "t11"."conversation_id",
          "t11"."episode",
          "t11"."number",
          "t11"."customer_id",
          "t11"."channel",
          "t11"."category",
          "t11"."tier",
          "t11"."priority",
          "t11"."from_at",
          "t11"."until_at",
          "t11"."given_up_at",
          "t11"."message_id",
          "t11"."person_id",
          "t11"."held_from",
          "t11"."wait_s",
          "t11"."business_s",
          "t11"."from_reading_s",
          "t11"."calendar",
          "t11"."calendar_version",
          "t11"."reaction_s",
          "t11"."is_first",
          "t11"."person",
          "t11"."from_month",
          "t11"."end_month",
          "t11"."answered",
          "t11"."promise_s",
          "t10"."month",
          "t10"."end_s",
          "t14"."open_calendar",
          "t14"."read_month",
          "t14"."reading_s"
        FROM (
          SELECT
            "t5".*
            EXCLUDE ("month")
          FROM (
            SELECT
              "t0"."conversation_id",
              "t0"."episode",
              "t0"."number",
              "t0"."customer_id",
              "t0"."channel",
              "t0"."category",
              "t0"."tier",
              "t0"."priority",
              "t0"."from_at",
              "t0"."until_at",
              "t0"."given_up_at",
              "t0"."message_id",
              "t0"."person_id",
              "t0"."held_from",
              "t0"."wait_s",
              "t0"."business_s",
              "t0"."from_reading_s",
              "t0"."calendar",
              "t0"."calendar_version",
              "t0"."reaction_s",
              "t0"."is_first",
              "t0"."person_id" AS "person",
              CASE
                WHEN "t0"."from_at" < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                THEN 24310
                WHEN "t0"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                THEN 24311
                ELSE 9999999
              END AS "from_month",
              CASE
                WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                THEN 24310
                WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                THEN 24311
                ELSE 9999999
              END AS "end_month",
              CASE
                WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0)
                THEN 9999999
                ELSE CASE
                  WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                  THEN 24310
                  WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                  THEN 24311
                  ELSE 9999999
                END
              END AS "month",
              CAST(COALESCE("t0"."until_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0), FALSE) AS BIGINT) AS "answered",
              CAST(NULL AS BIGINT) AS "promise_s"
            FROM "customer_wait" AS "t0"
            WHERE
              "t0"."is_first"
              AND "t0"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
              AND CASE
                WHEN "t0"."from_at" < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                THEN 24310
                WHEN "t0"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                THEN 24311
                ELSE 9999999
              END < CASE
                WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                THEN 24310
                WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                THEN 24311
                ELSE 9999999
              END
          ) AS "t5"
        ) AS "t11"
        INNER JOIN (
          SELECT
            "t2"."month",
            CASE "t2"."month" WHEN 24310 THEN 1764547200 WHEN 24311 THEN 1767225600 ELSE NULL END AS "end_s"
          FROM (
            SELECT
              UNNEST(CAST([24310, 24311] AS BIGINT[])) AS "month"
          ) AS "t2"
        ) AS "t10"
          ON "t11"."from_month" <= "t10"."month" AND "t10"."month" < "t11"."end_month"
        LEFT OUTER JOIN (
          SELECT
            "t12"."calendar" AS "open_calendar",
            "t12"."month" AS "read_month",
            MAX((
              "t12"."before_s" + LEAST("t12"."to_s", "t12"."end_s")
            ) - "t12"."from_s") AS "reading_s"
          FROM (
            SELECT
              "t4"."calendar",
              "t4"."version",
              "t4"."from_s",
              "t4"."to_s",
              "t4"."before_s",
              "t10"."month",
              "t10"."end_s"
            FROM (
              SELECT
                *
              FROM "open_hours" AS "t1"
              WHERE
                NOT (
                  STARTS_WITH("t1"."calendar", 'shift:')
                )
            ) AS "t4"
            INNER JOIN (
              SELECT
                "t2"."month",
                CASE "t2"."month" WHEN 24310 THEN 1764547200 WHEN 24311 THEN 1767225600 ELSE NULL END AS "end_s"
              FROM (
                SELECT
                  UNNEST(CAST([24310, 24311] AS BIGINT[])) AS "month"
              ) AS "t2"
            ) AS "t10"
              ON "t4"."from_s" <= "t10"."end_s"
          ) AS "t12"
          GROUP BY
            1,
            2
        ) AS "t14"
          ON "t11"."calendar" = "t14"."open_calendar" AND "t10"."month" = "t14"."read_month"
      ) AS "t15"
    ) AS "t16"
  ) AS "t17"
) AS "t18"
GROUP BY
  1
