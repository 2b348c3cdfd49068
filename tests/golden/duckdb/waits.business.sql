SELECT
  "t22"."month",
  MIN("t22"."length") FILTER(WHERE
    (
      (
        "t22"."after" * 2
      ) <= (
        "t22"."size" * 1.000000001
      )
    )
    AND (
      (
        "t22"."before" * 2
      ) > (
        "t22"."size" * 1.000000001
      )
    )) AS "half",
  MIN("t22"."length") FILTER(WHERE
    (
      (
        "t22"."after" * 10
      ) <= (
        "t22"."size" * 1.000000001
      )
    )
    AND (
      (
        "t22"."before" * 10
      ) > (
        "t22"."size" * 1.000000001
      )
    )) AS "tenth",
  MAX("t22"."length") FILTER(WHERE
    ABS((
      "t22"."before" * 2
    ) - "t22"."size") <= (
      "t22"."size" * 1e-09
    )) AS "half_next",
  MAX("t22"."length") FILTER(WHERE
    ABS((
      "t22"."before" * 10
    ) - "t22"."size") <= (
      "t22"."size" * 1e-09
    )) AS "tenth_next"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t20"."month",
      "t20"."answered",
      "t20"."length",
      "t20"."size",
      "t20"."place",
      "t20"."left",
      "t20"."weight",
      (
        "t20"."left" + 1
      ) * EXP(
        SUM("t20"."weight") OVER (
          PARTITION BY "t20"."month"
          ORDER BY "t20"."length" ASC, "t20"."answered" DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        )
      ) AS "before",
      "t20"."left" * EXP(
        SUM("t20"."weight") OVER (
          PARTITION BY "t20"."month"
          ORDER BY "t20"."length" ASC, "t20"."answered" DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        )
      ) AS "after"
    FROM (
      SELECT
        "t19"."month",
        "t19"."answered",
        "t19"."length",
        "t19"."size",
        "t19"."place",
        CAST("t19"."size" - "t19"."place" AS DOUBLE) AS "left",
        CASE
          WHEN "t19"."answered" = 0
          THEN LN(
            (
              CAST("t19"."size" - "t19"."place" AS DOUBLE) + 1
            ) / NULLIF(CAST("t19"."size" - "t19"."place" AS DOUBLE), 0)
          )
          ELSE 0.0
        END AS "weight"
      FROM (
        SELECT
          "t18"."month",
          "t18"."answered",
          "t18"."length",
          COUNT(*) OVER (
            PARTITION BY "t18"."month"
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "size",
          (
            ROW_NUMBER() OVER (
              PARTITION BY "t18"."month"
              ORDER BY "t18"."length" ASC, "t18"."answered" DESC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1
          ) + 1 AS "place"
        FROM (
          SELECT
            "t17"."month",
            "t17"."answered",
            "t17"."business_s" AS "length"
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
                  WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                  THEN 24310
                  WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                  THEN 24311
                  ELSE 9999999
                END AS "month",
                CAST(COALESCE("t0"."until_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0), FALSE) AS BIGINT) AS "answered",
                CAST(NULL AS BIGINT) AS "promise_s",
                CASE
                  WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                  THEN 24310
                  WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                  THEN 24311
                  ELSE 9999999
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
                AND NOT (
                  COALESCE(
                    COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0),
                    FALSE
                  )
                )
                AND CASE
                  WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                  THEN 24310
                  WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                  THEN 24311
                  ELSE 9999999
                END < 9999999
            ) AS "t6"
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
                    WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                    THEN 24310
                    WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                    THEN 24311
                    ELSE 9999999
                  END AS "month",
                  CAST(COALESCE("t0"."until_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0), FALSE) AS BIGINT) AS "answered",
                  CAST(NULL AS BIGINT) AS "promise_s",
                  CASE
                    WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                    THEN 24310
                    WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                    THEN 24311
                    ELSE 9999999
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
                  AND NOT (
                    COALESCE(
                      COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0),
                      FALSE
                    )
                  )
                  AND CASE
                    WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                    THEN 24310
                    WHEN COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                    THEN 24311
                    ELSE 9999999
                  END < 9999999
              ) AS "t7"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t14"."conversation_id",
                  "t14"."episode",
                  "t14"."customer_id",
                  "t14"."channel",
                  "t14"."tier",
                  "t14"."category",
                  CAST(NULL AS TEXT) AS "person",
                  "t14"."month",
                  0 AS "answered",
                  "t14"."promise_s",
                  "t14"."month" AS "key_month",
                  COALESCE("t14"."until_at", "t14"."from_at") AS "at",
                  "t14"."end_s" - CAST(EPOCH(CAST(DATE_TRUNC('SECOND', "t14"."from_at") AS TIMESTAMP)) AS BIGINT) AS "waited_s",
                  COALESCE("t14"."reading_s", 0) - "t14"."from_reading_s" AS "business_s",
                  0 AS "given_up"
                FROM (
                  SELECT
                    "t9"."conversation_id",
                    "t9"."episode",
                    "t9"."number",
                    "t9"."customer_id",
                    "t9"."channel",
                    "t9"."category",
                    "t9"."tier",
                    "t9"."priority",
                    "t9"."from_at",
                    "t9"."until_at",
                    "t9"."given_up_at",
                    "t9"."message_id",
                    "t9"."person_id",
                    "t9"."held_from",
                    "t9"."wait_s",
                    "t9"."business_s",
                    "t9"."from_reading_s",
                    "t9"."calendar",
                    "t9"."calendar_version",
                    "t9"."reaction_s",
                    "t9"."is_first",
                    "t9"."person",
                    "t9"."from_month",
                    "t9"."end_month",
                    "t9"."answered",
                    "t9"."is_early",
                    "t9"."promise_s",
                    "t10"."month",
                    "t10"."end_s",
                    "t13"."open_calendar",
                    "t13"."read_month",
                    "t13"."reading_s"
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
                      CAST(COALESCE("t0"."until_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0), FALSE) AS BIGINT) AS "answered",
                      COALESCE(
                        COALESCE("t0"."until_at", "t0"."given_up_at") < MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0),
                        FALSE
                      ) AS "is_early",
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
                  ) AS "t9"
                  INNER JOIN (
                    SELECT
                      "t2"."month",
                      CASE "t2"."month" WHEN 24310 THEN 1764547200 WHEN 24311 THEN 1767225600 ELSE NULL END AS "end_s"
                    FROM (
                      SELECT
                        UNNEST(CAST([24310, 24311] AS BIGINT[])) AS "month"
                    ) AS "t2"
                  ) AS "t10"
                    ON "t9"."from_month" <= "t10"."month" AND "t10"."month" < "t9"."end_month"
                  LEFT OUTER JOIN (
                    SELECT
                      "t11"."calendar" AS "open_calendar",
                      "t11"."month" AS "read_month",
                      MAX((
                        "t11"."before_s" + LEAST("t11"."to_s", "t11"."end_s")
                      ) - "t11"."from_s") AS "reading_s"
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
                    ) AS "t11"
                    GROUP BY
                      1,
                      2
                  ) AS "t13"
                    ON "t9"."calendar" = "t13"."open_calendar" AND "t10"."month" = "t13"."read_month"
                ) AS "t14"
              ) AS "t15"
            ) AS "t16"
          ) AS "t17"
          WHERE
            "t17"."business_s" IS NOT NULL
        ) AS "t18"
      ) AS "t19"
    ) AS "t20"
  ) AS "t21"
  WHERE
    "t21"."answered" = 1
) AS "t22"
GROUP BY
  1
