WITH "t30" AS (
  SELECT
    "t26"."customer_id" AS "user",
    "t26"."month" AS "used_month",
    SUM("t26"."events") AS "events"
  FROM (
    SELECT
      "t0"."customer_id",
      "t0"."events",
      (
        (
          EXTRACT(year FROM "t0"."on_date") * 12
        ) + EXTRACT(month FROM "t0"."on_date")
      ) - 1 AS "month"
    FROM "usage" AS "t0"
  ) AS "t26"
  GROUP BY
    1,
    2
), "t36" AS (
  SELECT
    "t29"."customer_id",
    "t29"."month",
    CAST(SUM("t29"."worth") AS DECIMAL(38, 0)) AS "worth"
  FROM (
    SELECT
      "t8"."customer_id",
      "t24"."month",
      CAST("t8"."arr_e6" AS DECIMAL(38, 0)) * CAST("t24"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
    FROM "mrr_level" AS "t8"
    INNER JOIN (
      SELECT
        "t6"."currency" AS "rated",
        "t6"."month",
        "t6"."rate_e10"
      FROM "fx_month" AS "t6"
      WHERE
        "t6"."month" BETWEEN 24287 AND 24311
    ) AS "t24"
      ON "t8"."currency" = "t24"."rated"
      AND "t8"."from_month" <= "t24"."month"
      AND "t24"."month" < "t8"."to_month"
  ) AS "t29"
  GROUP BY
    1,
    2
), "t79" AS (
  SELECT
    "t78"."customer_id",
    "t78"."lost",
    "t78"."month",
    "t78"."tenure",
    "t78"."segment",
    "t78"."plan",
    "t78"."size",
    "t78"."usage",
    COALESCE("t78"."response", 'none') AS "response",
    COALESCE("t78"."outcome", 'none') AS "outcome",
    COALESCE("t78"."answer", 'none') AS "answer",
    COALESCE("t78"."contacts", 'none') AS "contacts"
  FROM (
    SELECT
      "t77"."customer_id",
      "t77"."lost",
      "t77"."month",
      "t77"."tenure",
      "t77"."segment",
      "t77"."plan",
      "t77"."size",
      "t77"."usage",
      "t72"."response",
      "t72"."outcome",
      "t72"."answer",
      "t72"."contacts"
    FROM (
      SELECT
        "t75"."customer_id",
        "t75"."month",
        "t75"."lost",
        "t75"."age",
        "t75"."moment",
        "t75"."segment",
        "t75"."plan",
        "t75"."size",
        CASE
          WHEN (
            (
              "t75"."later" IS NULL
            ) AND (
              "t75"."earlier" IS NULL
            )
          )
          OR (
            "t75"."age" <= 4
          )
          THEN 'unknown'
          WHEN (
            COALESCE("t75"."later", 0) * 5
          ) < (
            COALESCE("t75"."earlier", 0) * 4
          )
          THEN 'falling'
          WHEN (
            COALESCE("t75"."later", 0) * 4
          ) > (
            COALESCE("t75"."earlier", 0) * 5
          )
          THEN 'rising'
          ELSE 'steady'
        END AS "usage",
        CASE
          WHEN (
            (
              "t75"."age" % 12
            ) = 0
          ) AND (
            "t75"."age" > 0
          )
          THEN 'year''s end'
          WHEN "t75"."age" <= 3
          THEN '3 months'
          WHEN "t75"."age" <= 12
          THEN '1 year'
          WHEN "t75"."age" <= 24
          THEN '2 years'
          ELSE 'longer'
        END AS "tenure"
      FROM (
        SELECT
          "t74"."customer_id",
          "t74"."month",
          "t74"."lost",
          "t74"."age",
          "t74"."moment",
          "t74"."segment",
          "t74"."plan",
          "t74"."size",
          "t74"."later",
          "t37"."earlier"
        FROM (
          SELECT
            "t71"."customer_id",
            "t71"."month",
            "t71"."lost",
            "t71"."age",
            "t71"."moment",
            "t71"."segment",
            "t71"."plan",
            "t71"."size",
            "t71"."later",
            "t71"."moment" - 1 AS "before"
          FROM (
            SELECT
              "t69"."customer_id",
              "t69"."month",
              "t69"."lost",
              "t69"."age",
              "t69"."moment",
              "t69"."segment",
              "t69"."plan",
              "t69"."size",
              "t38"."later"
            FROM (
              SELECT
                "t66"."customer_id",
                "t66"."month",
                "t66"."lost",
                "t66"."age",
                "t66"."moment",
                "t66"."segment",
                "t66"."plan",
                COALESCE("t66"."step", 0) AS "size"
              FROM (
                SELECT
                  "t64"."customer_id",
                  "t64"."month",
                  "t64"."lost",
                  "t64"."age",
                  "t64"."moment",
                  "t64"."segment",
                  "t64"."plan",
                  "t48"."step"
                FROM (
                  SELECT
                    "t60"."customer_id",
                    "t60"."month",
                    "t60"."lost",
                    "t60"."age",
                    "t60"."moment",
                    "t60"."segment",
                    COALESCE("t60"."trait_value", '(none)') AS "plan"
                  FROM (
                    SELECT
                      "t59"."customer_id",
                      "t59"."month",
                      "t59"."lost",
                      "t59"."age",
                      "t59"."moment",
                      "t59"."segment",
                      "t21"."trait_customer",
                      "t21"."trait_value",
                      "t21"."trait_from",
                      "t21"."trait_to"
                    FROM (
                      SELECT
                        "t56"."customer_id",
                        "t56"."month",
                        "t56"."lost",
                        "t56"."age",
                        "t56"."moment",
                        COALESCE("t56"."trait_value", '(none)') AS "segment"
                      FROM (
                        SELECT
                          "t53"."customer_id",
                          "t53"."month",
                          "t53"."lost",
                          "t53"."age",
                          "t53"."moment",
                          "t22"."trait_customer",
                          "t22"."trait_value",
                          "t22"."trait_from",
                          "t22"."trait_to"
                        FROM (
                          SELECT
                            "t50"."customer_id",
                            "t50"."month",
                            1 - COALESCE("t50"."still", 0) AS "lost",
                            "t50"."month" - "t50"."began" AS "age",
                            GREATEST("t50"."month" - 4, "t50"."began") AS "moment"
                          FROM (
                            SELECT
                              "t45"."customer_id",
                              "t45"."month",
                              "t46"."still",
                              "t16"."began"
                            FROM (
                              SELECT
                                "t40"."customer_id",
                                "t40"."month" + 1 AS "month"
                              FROM "t36" AS "t40"
                              WHERE
                                "t40"."worth" > 0 AND "t40"."month" < 24311
                            ) AS "t45"
                            LEFT OUTER JOIN (
                              SELECT
                                "t40"."customer_id" AS "payer",
                                "t40"."month" AS "paid_month",
                                1 AS "still"
                              FROM "t36" AS "t40"
                              WHERE
                                "t40"."worth" > 0
                            ) AS "t46"
                              ON "t45"."customer_id" = "t46"."payer" AND "t45"."month" = "t46"."paid_month"
                            INNER JOIN (
                              SELECT
                                "t7"."customer_id" AS "starter",
                                "t7"."first_month" AS "began"
                              FROM "customer_start" AS "t7"
                            ) AS "t16"
                              ON "t45"."customer_id" = "t16"."starter"
                          ) AS "t50"
                        ) AS "t53"
                        LEFT OUTER JOIN (
                          SELECT
                            "t4"."customer_id" AS "trait_customer",
                            "t4"."value" AS "trait_value",
                            "t4"."from_month" AS "trait_from",
                            "t4"."to_month" AS "trait_to"
                          FROM "customer_trait" AS "t4"
                          WHERE
                            "t4"."name" = 'segment'
                        ) AS "t22"
                          ON "t53"."customer_id" = "t22"."trait_customer"
                          AND "t53"."moment" >= "t22"."trait_from"
                          AND "t53"."moment" < "t22"."trait_to"
                      ) AS "t56"
                    ) AS "t59"
                    LEFT OUTER JOIN (
                      SELECT
                        "t4"."customer_id" AS "trait_customer",
                        "t4"."value" AS "trait_value",
                        "t4"."from_month" AS "trait_from",
                        "t4"."to_month" AS "trait_to"
                      FROM "customer_trait" AS "t4"
                      WHERE
                        "t4"."name" = 'plan'
                    ) AS "t21"
                      ON "t59"."customer_id" = "t21"."trait_customer"
                      AND "t59"."moment" >= "t21"."trait_from"
                      AND "t59"."moment" < "t21"."trait_to"
                  ) AS "t60"
                ) AS "t64"
                LEFT OUTER JOIN (
                  SELECT
                    "t35"."customer_id" AS "payer",
                    "t35"."month" AS "paid_month",
                    (
                      LENGTH(CAST("t35"."worth" AS TEXT)) * 2
                    ) + CAST(SUBSTRING(
                      CAST("t35"."worth" AS TEXT),
                      CASE
                        WHEN (
                          0 + 1
                        ) >= 1
                        THEN 0 + 1
                        ELSE 0 + 1 + LENGTH(CAST("t35"."worth" AS TEXT))
                      END,
                      1
                    ) >= '3' AS BIGINT) AS "step"
                  FROM (
                    SELECT
                      "t28"."customer_id",
                      "t28"."month",
                      CAST(SUM("t28"."worth") AS DECIMAL(38, 0)) AS "worth"
                    FROM (
                      SELECT
                        "t8"."customer_id",
                        "t23"."month",
                        CAST("t8"."arr_e6" AS DECIMAL(38, 0)) * CAST("t23"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                      FROM "mrr_level" AS "t8"
                      INNER JOIN (
                        SELECT
                          "t6"."currency" AS "rated",
                          "t6"."month",
                          "t6"."rate_e10"
                        FROM "fx_month" AS "t6"
                        WHERE
                          "t6"."month" BETWEEN 24284 AND 24311
                      ) AS "t23"
                        ON "t8"."currency" = "t23"."rated"
                        AND "t8"."from_month" <= "t23"."month"
                        AND "t23"."month" < "t8"."to_month"
                    ) AS "t28"
                    GROUP BY
                      1,
                      2
                  ) AS "t35"
                  WHERE
                    "t35"."worth" > 0
                ) AS "t48"
                  ON "t64"."customer_id" = "t48"."payer" AND "t64"."moment" = "t48"."paid_month"
              ) AS "t66"
            ) AS "t69"
            LEFT OUTER JOIN (
              SELECT
                "t32"."user" AS "later_user",
                "t32"."used_month" AS "later_month",
                "t32"."events" AS "later"
              FROM "t30" AS "t32"
            ) AS "t38"
              ON "t69"."customer_id" = "t38"."later_user" AND "t69"."moment" = "t38"."later_month"
          ) AS "t71"
        ) AS "t74"
        LEFT OUTER JOIN (
          SELECT
            "t32"."user" AS "earlier_user",
            "t32"."used_month" AS "earlier_month",
            "t32"."events" AS "earlier"
          FROM "t30" AS "t32"
        ) AS "t37"
          ON "t74"."customer_id" = "t37"."earlier_user"
          AND "t74"."before" = "t37"."earlier_month"
      ) AS "t75"
    ) AS "t77"
    LEFT OUTER JOIN (
      SELECT
        "t67"."customer_id" AS "of_customer",
        "t67"."month" AS "of_month",
        CASE
          WHEN NOT (
            COALESCE("t67"."first_human_at" < "t67"."begins_at", FALSE)
            AND (
              "t67"."rank" IS NOT NULL
            )
          )
          THEN 'unanswered'
          WHEN "t67"."rank" <= 0.5
          THEN 'fast'
          ELSE 'slow'
        END AS "response",
        CASE
          WHEN COALESCE("t67"."first_resolved_at" < "t67"."begins_at", FALSE)
          THEN 'resolved'
          WHEN COALESCE("t67"."closed_at" < "t67"."begins_at", FALSE)
          AND "t67"."outcome" IN ('went_silent', 'no_reply')
          THEN 'silent'
          ELSE 'unresolved'
        END AS "outcome",
        CASE
          WHEN COALESCE("t67"."answer", '') = 'great'
          THEN 'happy'
          WHEN COALESCE("t67"."answer", '') = 'not_good'
          THEN 'unhappy'
          WHEN COALESCE("t67"."answer", '') = 'okay'
          THEN 'okay'
          ELSE 'no_answer'
        END AS "answer",
        CASE
          WHEN "t67"."contacts_alike" = 1
          THEN 'first'
          WHEN "t67"."contacts_alike" = 2
          THEN 'second'
          ELSE 'third'
        END AS "contacts"
      FROM (
        SELECT
          "t55"."customer_id",
          "t55"."conversation_id",
          "t55"."episode",
          "t55"."begun_at",
          "t55"."begun_day",
          "t55"."first_human_at",
          "t55"."first_resolved_at",
          "t55"."closed_at",
          "t55"."outcome",
          "t55"."category",
          "t55"."response",
          "t55"."rank",
          "t55"."month",
          "t55"."begins_at",
          "t55"."contacts_alike",
          "t55"."place",
          "t65"."answer"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t49"."customer_id",
              "t49"."conversation_id",
              "t49"."episode",
              "t49"."begun_at",
              "t49"."begun_day",
              "t49"."first_human_at",
              "t49"."first_resolved_at",
              "t49"."closed_at",
              "t49"."outcome",
              "t49"."category",
              "t49"."response",
              "t49"."rank",
              "t49"."month",
              "t49"."begins_at",
              COUNT(*) OVER (
                PARTITION BY "t49"."customer_id", "t49"."month", "t49"."category"
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) AS "contacts_alike",
              ROW_NUMBER() OVER (
                PARTITION BY "t49"."customer_id", "t49"."month"
                ORDER BY "t49"."begun_at" DESC, "t49"."conversation_id" DESC, "t49"."episode" DESC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "place"
            FROM (
              SELECT
                "t44"."customer_id",
                "t44"."conversation_id",
                "t44"."episode",
                "t44"."begun_at",
                "t44"."begun_day",
                "t44"."first_human_at",
                "t44"."first_resolved_at",
                "t44"."closed_at",
                "t44"."outcome",
                "t44"."category",
                "t44"."response",
                "t44"."rank",
                "t17"."month",
                "t17"."begins_at"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t25"."customer_id",
                    "t25"."conversation_id",
                    "t25"."episode",
                    "t25"."begun_at",
                    "t25"."begun_day",
                    "t25"."first_human_at",
                    "t25"."first_resolved_at",
                    "t25"."closed_at",
                    "t25"."outcome",
                    "t25"."category",
                    "t25"."response",
                    "t31"."rank"
                  FROM (
                    SELECT
                      "t3"."customer_id",
                      "t3"."conversation_id",
                      "t3"."episode",
                      "t3"."begun_at",
                      "t3"."begun_day",
                      "t3"."first_human_at",
                      "t3"."first_resolved_at",
                      "t3"."closed_at",
                      "t3"."outcome",
                      COALESCE("t3"."category", '') AS "category",
                      COALESCE("t3"."first_business_s", "t3"."first_wait_s") AS "response"
                    FROM "episode" AS "t3"
                    WHERE
                      "t3"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                      AND "t3"."customer_messages" > 0
                      AND NOT (
                        "t3"."outcome" IN ('merged', 'spam', 'duplicate')
                      )
                  ) AS "t25"
                  LEFT OUTER JOIN (
                    SELECT
                      "t20"."conversation_id" AS "of_conversation",
                      "t20"."episode" AS "of_episode",
                      PERCENT_RANK() OVER (
                        PARTITION BY "t20"."category"
                        ORDER BY "t20"."response" ASC
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) AS "rank"
                    FROM (
                      SELECT
                        "t3"."customer_id",
                        "t3"."conversation_id",
                        "t3"."episode",
                        "t3"."begun_at",
                        "t3"."begun_day",
                        "t3"."first_human_at",
                        "t3"."first_resolved_at",
                        "t3"."closed_at",
                        "t3"."outcome",
                        COALESCE("t3"."category", '') AS "category",
                        COALESCE("t3"."first_business_s", "t3"."first_wait_s") AS "response"
                      FROM "episode" AS "t3"
                      WHERE
                        "t3"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                        AND "t3"."customer_messages" > 0
                        AND NOT (
                          "t3"."outcome" IN ('merged', 'spam', 'duplicate')
                        )
                        AND COALESCE("t3"."first_business_s", "t3"."first_wait_s") IS NOT NULL
                    ) AS "t20"
                  ) AS "t31"
                    ON "t25"."conversation_id" = "t31"."of_conversation"
                    AND "t25"."episode" = "t31"."of_episode"
                ) AS "t39"
                WHERE
                  "t39"."customer_id" IS NOT NULL
              ) AS "t44"
              INNER JOIN (
                SELECT
                  "t1"."month",
                  "t1"."first_day",
                  CASE "t1"."month"
                    WHEN 24288
                    THEN MAKE_TIMESTAMP(2024, 1, 1, 0, 0, 0.0)
                    WHEN 24289
                    THEN MAKE_TIMESTAMP(2024, 2, 1, 0, 0, 0.0)
                    WHEN 24290
                    THEN MAKE_TIMESTAMP(2024, 3, 1, 0, 0, 0.0)
                    WHEN 24291
                    THEN MAKE_TIMESTAMP(2024, 4, 1, 0, 0, 0.0)
                    WHEN 24292
                    THEN MAKE_TIMESTAMP(2024, 5, 1, 0, 0, 0.0)
                    WHEN 24293
                    THEN MAKE_TIMESTAMP(2024, 6, 1, 0, 0, 0.0)
                    WHEN 24294
                    THEN MAKE_TIMESTAMP(2024, 7, 1, 0, 0, 0.0)
                    WHEN 24295
                    THEN MAKE_TIMESTAMP(2024, 8, 1, 0, 0, 0.0)
                    WHEN 24296
                    THEN MAKE_TIMESTAMP(2024, 9, 1, 0, 0, 0.0)
                    WHEN 24297
                    THEN MAKE_TIMESTAMP(2024, 10, 1, 0, 0, 0.0)
                    WHEN 24298
                    THEN MAKE_TIMESTAMP(2024, 11, 1, 0, 0, 0.0)
                    WHEN 24299
                    THEN MAKE_TIMESTAMP(2024, 12, 1, 0, 0, 0.0)
                    WHEN 24300
                    THEN MAKE_TIMESTAMP(2025, 1, 1, 0, 0, 0.0)
                    WHEN 24301
                    THEN MAKE_TIMESTAMP(2025, 2, 1, 0, 0, 0.0)
                    WHEN 24302
                    THEN MAKE_TIMESTAMP(2025, 3, 1, 0, 0, 0.0)
                    WHEN 24303
                    THEN MAKE_TIMESTAMP(2025, 4, 1, 0, 0, 0.0)
                    WHEN 24304
                    THEN MAKE_TIMESTAMP(2025, 5, 1, 0, 0, 0.0)
                    WHEN 24305
                    THEN MAKE_TIMESTAMP(2025, 6, 1, 0, 0, 0.0)
                    WHEN 24306
                    THEN MAKE_TIMESTAMP(2025, 7, 1, 0, 0, 0.0)
                    WHEN 24307
                    THEN MAKE_TIMESTAMP(2025, 8, 1, 0, 0, 0.0)
                    WHEN 24308
                    THEN MAKE_TIMESTAMP(2025, 9, 1, 0, 0, 0.0)
                    WHEN 24309
                    THEN MAKE_TIMESTAMP(2025, 10, 1, 0, 0, 0.0)
                    WHEN 24310
                    THEN MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0)
                    WHEN 24311
                    THEN MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                    ELSE NULL
                  END AS "begins_at"
                FROM "calendar_month" AS "t1"
                WHERE
                  "t1"."month" BETWEEN 24288 AND 24311
              ) AS "t17"
                ON "t44"."begun_day" >= (
                  "t17"."first_day" - 90
                )
                AND "t44"."begun_day" < "t17"."first_day"
            ) AS "t49"
          ) AS "t52"
          WHERE
            "t52"."place" = 0
        ) AS "t55"
        LEFT OUTER JOIN (
          SELECT
            "t61"."customer_id" AS "of_customer",
            "t61"."month" AS "of_month",
            "t61"."answer"
          FROM (
            SELECT
              "t58"."customer_id",
              "t58"."month",
              "t58"."voted_at",
              "t58"."rating_id",
              "t58"."answer",
              ROW_NUMBER() OVER (
                PARTITION BY "t58"."customer_id", "t58"."month"
                ORDER BY "t58"."voted_at" DESC, "t58"."rating_id" DESC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "recent"
            FROM (
              SELECT
                "t55"."customer_id",
                "t55"."month",
                "t18"."voted_at",
                "t18"."rating_id",
                "t18"."answer"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t49"."customer_id",
                    "t49"."conversation_id",
                    "t49"."episode",
                    "t49"."begun_at",
                    "t49"."begun_day",
                    "t49"."first_human_at",
                    "t49"."first_resolved_at",
                    "t49"."closed_at",
                    "t49"."outcome",
                    "t49"."category",
                    "t49"."response",
                    "t49"."rank",
                    "t49"."month",
                    "t49"."begins_at",
                    COUNT(*) OVER (
                      PARTITION BY "t49"."customer_id", "t49"."month", "t49"."category"
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) AS "contacts_alike",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t49"."customer_id", "t49"."month"
                      ORDER BY "t49"."begun_at" DESC, "t49"."conversation_id" DESC, "t49"."episode" DESC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "place"
                  FROM (
                    SELECT
                      "t44"."customer_id",
                      "t44"."conversation_id",
                      "t44"."episode",
                      "t44"."begun_at",
                      "t44"."begun_day",
                      "t44"."first_human_at",
                      "t44"."first_resolved_at",
                      "t44"."closed_at",
                      "t44"."outcome",
                      "t44"."category",
                      "t44"."response",
                      "t44"."rank",
                      "t17"."month",
                      "t17"."begins_at"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t25"."customer_id",
                          "t25"."conversation_id",
                          "t25"."episode",
                          "t25"."begun_at",
                          "t25"."begun_day",
                          "t25"."first_human_at",
                          "t25"."first_resolved_at",
                          "t25"."closed_at",
                          "t25"."outcome",
                          "t25"."category",
                          "t25"."response",
                          "t31"."rank"
                        FROM (
                          SELECT
                            "t3"."customer_id",
                            "t3"."conversation_id",
                            "t3"."episode",
                            "t3"."begun_at",
                            "t3"."begun_day",
                            "t3"."first_human_at",
                            "t3"."first_resolved_at",
                            "t3"."closed_at",
                            "t3"."outcome",
                            COALESCE("t3"."category", '') AS "category",
                            COALESCE("t3"."first_business_s", "t3"."first_wait_s") AS "response"
                          FROM "episode" AS "t3"
                          WHERE
                            "t3"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                            AND "t3"."customer_messages" > 0
                            AND NOT (
                              "t3"."outcome" IN ('merged', 'spam', 'duplicate')
                            )
                        ) AS "t25"
                        LEFT OUTER JOIN (
                          SELECT
                            "t20"."conversation_id" AS "of_conversation",
                            "t20"."episode" AS "of_episode",
                            PERCENT_RANK() OVER (
                              PARTITION BY "t20"."category"
                              ORDER BY "t20"."response" ASC
                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                            ) AS "rank"
                          FROM (
                            SELECT
                              "t3"."customer_id",
                              "t3"."conversation_id",
                              "t3"."episode",
                              "t3"."begun_at",
                              "t3"."begun_day",
                              "t3"."first_human_at",
                              "t3"."first_resolved_at",
                              "t3"."closed_at",
                              "t3"."outcome",
                              COALESCE("t3"."category", '') AS "category",
                              COALESCE("t3"."first_business_s", "t3"."first_wait_s") AS "response"
                            FROM "episode" AS "t3"
                            WHERE
                              "t3"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                              AND "t3"."customer_messages" > 0
                              AND NOT (
                                "t3"."outcome" IN ('merged', 'spam', 'duplicate')
                              )
                              AND COALESCE("t3"."first_business_s", "t3"."first_wait_s") IS NOT NULL
                          ) AS "t20"
                        ) AS "t31"
                          ON "t25"."conversation_id" = "t31"."of_conversation"
                          AND "t25"."episode" = "t31"."of_episode"
                      ) AS "t39"
                      WHERE
                        "t39"."customer_id" IS NOT NULL
                    ) AS "t44"
                    INNER JOIN (
                      SELECT
                        "t1"."month",
                        "t1"."first_day",
                        CASE "t1"."month"
                          WHEN 24288
                          THEN MAKE_TIMESTAMP(2024, 1, 1, 0, 0, 0.0)
                          WHEN 24289
                          THEN MAKE_TIMESTAMP(2024, 2, 1, 0, 0, 0.0)
                          WHEN 24290
                          THEN MAKE_TIMESTAMP(2024, 3, 1, 0, 0, 0.0)
                          WHEN 24291
                          THEN MAKE_TIMESTAMP(2024, 4, 1, 0, 0, 0.0)
                          WHEN 24292
                          THEN MAKE_TIMESTAMP(2024, 5, 1, 0, 0, 0.0)
                          WHEN 24293
                          THEN MAKE_TIMESTAMP(2024, 6, 1, 0, 0, 0.0)
                          WHEN 24294
                          THEN MAKE_TIMESTAMP(2024, 7, 1, 0, 0, 0.0)
                          WHEN 24295
                          THEN MAKE_TIMESTAMP(2024, 8, 1, 0, 0, 0.0)
                          WHEN 24296
                          THEN MAKE_TIMESTAMP(2024, 9, 1, 0, 0, 0.0)
                          WHEN 24297
                          THEN MAKE_TIMESTAMP(2024, 10, 1, 0, 0, 0.0)
                          WHEN 24298
                          THEN MAKE_TIMESTAMP(2024, 11, 1, 0, 0, 0.0)
                          WHEN 24299
                          THEN MAKE_TIMESTAMP(2024, 12, 1, 0, 0, 0.0)
                          WHEN 24300
                          THEN MAKE_TIMESTAMP(2025, 1, 1, 0, 0, 0.0)
                          WHEN 24301
                          THEN MAKE_TIMESTAMP(2025, 2, 1, 0, 0, 0.0)
                          WHEN 24302
                          THEN MAKE_TIMESTAMP(2025, 3, 1, 0, 0, 0.0)
                          WHEN 24303
                          THEN MAKE_TIMESTAMP(2025, 4, 1, 0, 0, 0.0)
                          WHEN 24304
                          THEN MAKE_TIMESTAMP(2025, 5, 1, 0, 0, 0.0)
                          WHEN 24305
                          THEN MAKE_TIMESTAMP(2025, 6, 1, 0, 0, 0.0)
                          WHEN 24306
                          THEN MAKE_TIMESTAMP(2025, 7, 1, 0, 0, 0.0)
                          WHEN 24307
                          THEN MAKE_TIMESTAMP(2025, 8, 1, 0, 0, 0.0)
                          WHEN 24308
                          THEN MAKE_TIMESTAMP(2025, 9, 1, 0, 0, 0.0)
                          WHEN 24309
                          THEN MAKE_TIMESTAMP(2025, 10, 1, 0, 0, 0.0)
                          WHEN 24310
                          THEN MAKE_TIMESTAMP(2025, 11, 1, 0, 0, 0.0)
                          WHEN 24311
                          THEN MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
                          ELSE NULL
                        END AS "begins_at"
                      FROM "calendar_month" AS "t1"
                      WHERE
                        "t1"."month" BETWEEN 24288 AND 24311
                    ) AS "t17"
                      ON "t44"."begun_day" >= (
                        "t17"."first_day" - 90
                      )
                      AND "t44"."begun_day" < "t17"."first_day"
                  ) AS "t49"
                ) AS "t52"
                WHERE
                  "t52"."place" = 0
              ) AS "t55"
              INNER JOIN (
                SELECT
                  "t2"."conversation_id" AS "voted",
                  "t2"."episode" AS "voted_episode",
                  "t2"."at" AS "voted_at",
                  "t2"."rating_id",
                  "t2"."answer"
                FROM "vote" AS "t2"
                WHERE
                  "t2"."answer" IS NOT NULL
              ) AS "t18"
                ON "t55"."conversation_id" = "t18"."voted"
                AND "t55"."episode" = "t18"."voted_episode"
                AND "t18"."voted_at" < "t55"."begins_at"
            ) AS "t58"
          ) AS "t61"
          WHERE
            "t61"."recent" = 0
        ) AS "t65"
          ON "t55"."customer_id" = "t65"."of_customer" AND "t55"."month" = "t65"."of_month"
      ) AS "t67"
    ) AS "t72"
      ON "t77"."customer_id" = "t72"."of_customer" AND "t77"."month" = "t72"."of_month"
  ) AS "t78"
)
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      'response' AS "cut",
      "t81"."level",
      "t81"."month",
      "t81"."tenure",
      "t81"."segment",
      "t81"."plan",
      "t81"."size",
      "t81"."usage",
      "t81"."n",
      "t81"."lost"
    FROM (
      SELECT
        "t80"."month",
        "t80"."tenure",
        "t80"."segment",
        "t80"."plan",
        "t80"."size",
        "t80"."usage",
        "t80"."response" AS "level",
        COUNT(*) AS "n",
        SUM("t80"."lost") AS "lost"
      FROM "t79" AS "t80"
      GROUP BY
        1,
        2,
        3,
        4,
        5,
        6,
        7
    ) AS "t81"
  ) AS "t85"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      'outcome' AS "cut",
      "t82"."level",
      "t82"."month",
      "t82"."tenure",
      "t82"."segment",
      "t82"."plan",
      "t82"."size",
      "t82"."usage",
      "t82"."n",
      "t82"."lost"
    FROM (
      SELECT
        "t80"."month",
        "t80"."tenure",
        "t80"."segment",
        "t80"."plan",
        "t80"."size",
        "t80"."usage",
        "t80"."outcome" AS "level",
        COUNT(*) AS "n",
        SUM("t80"."lost") AS "lost"
      FROM "t79" AS "t80"
      GROUP BY
        1,
        2,
        3,
        4,
        5,
        6,
        7
    ) AS "t82"
  ) AS "t86"
) AS "t89"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      'answer' AS "cut",
      "t83"."level",
      "t83"."month",
      "t83"."tenure",
      "t83"."segment",
      "t83"."plan",
      "t83"."size",
      "t83"."usage",
      "t83"."n",
      "t83"."lost"
    FROM (
      SELECT
        "t80"."month",
        "t80"."tenure",
        "t80"."segment",
        "t80"."plan",
        "t80"."size",
        "t80"."usage",
        "t80"."answer" AS "level",
        COUNT(*) AS "n",
        SUM("t80"."lost") AS "lost"
      FROM "t79" AS "t80"
      GROUP BY
        1,
        2,
        3,
        4,
        5,
        6,
        7
    ) AS "t83"
  ) AS "t87"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      'contacts' AS "cut",
      "t84"."level",
      "t84"."month",
      "t84"."tenure",
      "t84"."segment",
      "t84"."plan",
      "t84"."size",
      "t84"."usage",
      "t84"."n",
      "t84"."lost"
    FROM (
      SELECT
        "t80"."month",
        "t80"."tenure",
        "t80"."segment",
        "t80"."plan",
        "t80"."size",
        "t80"."usage",
        "t80"."contacts" AS "level",
        COUNT(*) AS "n",
        SUM("t80"."lost") AS "lost"
      FROM "t79" AS "t80"
      GROUP BY
        1,
        2,
        3,
        4,
        5,
        6,
        7
    ) AS "t84"
  ) AS "t88"
) AS "t90"
