WITH "t29" AS (
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
    "t28"."customer_id",
    "t28"."month",
    CAST(SUM("t28"."worth") AS DECIMAL(38, 0)) AS "worth"
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
  ) AS "t28"
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
      "t73"."response",
      "t73"."outcome",
      "t73"."answer",
      "t73"."contacts"
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
            "t70"."customer_id",
            "t70"."month",
            "t70"."lost",
            "t70"."age",
            "t70"."moment",
            "t70"."segment",
            "t70"."plan",
            "t70"."size",
            "t70"."later",
            "t70"."moment" - 1 AS "before"
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
                  "t63"."customer_id",
                  "t63"."month",
                  "t63"."lost",
                  "t63"."age",
                  "t63"."moment",
                  "t63"."segment",
                  "t63"."plan",
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
                      "t58"."customer_id",
                      "t58"."month",
                      "t58"."lost",
                      "t58"."age",
                      "t58"."moment",
                      "t58"."segment",
                      "t21"."trait_customer",
                      "t21"."trait_value",
                      "t21"."trait_from",
                      "t21"."trait_to"
                    FROM (
                      SELECT
                        "t54"."customer_id",
                        "t54"."month",
                        "t54"."lost",
                        "t54"."age",
                        "t54"."moment",
                        COALESCE("t54"."trait_value", '(none)') AS "segment"
                      FROM (
                        SELECT
                          "t52"."customer_id",
                          "t52"."month",
                          "t52"."lost",
                          "t52"."age",
                          "t52"."moment",
                          "t22"."trait_customer",
                          "t22"."trait_value",
                          "t22"."trait_from",
                          "t22"."trait_to"
                        FROM (
                          SELECT
                            "t49"."customer_id",
                            "t49"."month",
                            1 - COALESCE("t49"."still", 0) AS "lost",
                            "t49"."month" - "t49"."began" AS "age",
                            GREATEST("t49"."month" - 4, "t49"."began") AS "moment"
                          FROM (
                            SELECT
                              "t43"."customer_id",
                              "t43"."month",
                              "t44"."still",
                              "t16"."began"
                            FROM (
                              SELECT
                                "t39"."customer_id",
                                "t39"."month" + 1 AS "month"
                              FROM "t36" AS "t39"
                              WHERE
                                "t39"."worth" > 0 AND "t39"."month" < 24311
                            ) AS "t43"
                            LEFT OUTER JOIN (
                              SELECT
                                "t39"."customer_id" AS "payer",
                                "t39"."month" AS "paid_month",
                                1 AS "still"
                              FROM "t36" AS "t39"
                              WHERE
                                "t39"."worth" > 0
                            ) AS "t44"
                              ON "t43"."customer_id" = "t44"."payer" AND "t43"."month" = "t44"."paid_month"
                            INNER JOIN (
                              SELECT
                                "t7"."customer_id" AS "starter",
                                "t7"."first_month" AS "began"
                              FROM "customer_start" AS "t7"
                            ) AS "t16"
                              ON "t43"."customer_id" = "t16"."starter"
                          ) AS "t49"
                        ) AS "t52"
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
                          ON "t52"."customer_id" = "t22"."trait_customer"
                          AND "t52"."moment" >= "t22"."trait_from"
                          AND "t52"."moment" < "t22"."trait_to"
                      ) AS "t54"
                    ) AS "t58"
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
                      ON "t58"."customer_id" = "t21"."trait_customer"
                      AND "t58"."moment" >= "t21"."trait_from"
                      AND "t58"."moment" < "t21"."trait_to"
                  ) AS "t60"
                ) AS "t63"
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
                      "t27"."customer_id",
                      "t27"."month",
                      CAST(SUM("t27"."worth") AS DECIMAL(38, 0)) AS "worth"
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
                    ) AS "t27"
                    GROUP BY
                      1,
                      2
                  ) AS "t35"
                  WHERE
                    "t35"."worth" > 0
                ) AS "t48"
                  ON "t63"."customer_id" = "t48"."payer" AND "t63"."moment" = "t48"."paid_month"
              ) AS "t66"
            ) AS "t69"
            LEFT OUTER JOIN (
              SELECT
                "t30"."user" AS "later_user",
                "t30"."used_month" AS "later_month",
                "t30"."events" AS "later"
              FROM "t29" AS "t30"
            ) AS "t38"
              ON "t69"."customer_id" = "t38"."later_user" AND "t69"."moment" = "t38"."later_month"
          ) AS "t70"
        ) AS "t74"
        LEFT OUTER JOIN (
          SELECT
            "t30"."user" AS "earlier_user",
            "t30"."used_month" AS "earlier_month",
            "t30"."events" AS "earlier"
          FROM "t29" AS "t30"
        ) AS "t37"
          ON "t74"."customer_id" = "t37"."earlier_user"
          AND "t74"."before" = "t37"."earlier_month"
      ) AS "t75"
    ) AS "t77"
    LEFT OUTER JOIN (
      SELECT
        "t68"."customer_id" AS "of_customer",
        "t68"."month" AS "of_month",
        CASE
          WHEN NOT (
            COALESCE("t68"."first_human_at" < "t68"."begins_at", FALSE)
            AND (
              "t68"."is_fast" IS NOT NULL
            )
          )
          THEN 'unanswered'
          WHEN "t68"."is_fast"
          THEN 'fast'
          ELSE 'slow'
        END AS "response",
        CASE
          WHEN COALESCE("t68"."first_resolved_at" < "t68"."begins_at", FALSE)
          THEN 'resolved'
          WHEN COALESCE("t68"."closed_at" < "t68"."begins_at", FALSE)
          AND "t68"."outcome" IN ('went_silent', 'no_reply')
          THEN 'silent'
          ELSE 'unresolved'
        END AS "outcome",
        CASE
          WHEN COALESCE("t68"."answer", '') = 'great'
          THEN 'happy'
          WHEN COALESCE("t68"."answer", '') = 'not_good'
          THEN 'unhappy'
          WHEN COALESCE("t68"."answer", '') = 'okay'
          THEN 'okay'
          ELSE 'no_answer'
        END AS "answer",
        CASE
          WHEN "t68"."contacts_alike" = 1
          THEN 'first'
          WHEN "t68"."contacts_alike" = 2
          THEN 'second'
          ELSE 'third'
        END AS "contacts"
      FROM (
        SELECT
          "t56"."customer_id",
          "t56"."conversation_id",
          "t56"."episode",
          "t56"."begun_at",
          "t56"."begun_day",
          "t56"."first_human_at",
          "t56"."first_resolved_at",
          "t56"."closed_at",
          "t56"."outcome",
          "t56"."category",
          "t56"."response",
          "t56"."is_fast",
          "t56"."month",
          "t56"."begins_at",
          "t56"."contacts_alike",
          "t56"."place",
          "t65"."answer"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t50"."customer_id",
              "t50"."conversation_id",
              "t50"."episode",
              "t50"."begun_at",
              "t50"."begun_day",
              "t50"."first_human_at",
              "t50"."first_resolved_at",
              "t50"."closed_at",
              "t50"."outcome",
              "t50"."category",
              "t50"."response",
              "t50"."is_fast",
              "t50"."month",
              "t50"."begins_at",
              COUNT(*) OVER (
                PARTITION BY "t50"."customer_id", "t50"."month", "t50"."category"
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) AS "contacts_alike",
              ROW_NUMBER() OVER (
                PARTITION BY "t50"."customer_id", "t50"."month"
                ORDER BY "t50"."begun_at" DESC, "t50"."conversation_id" DESC, "t50"."episode" DESC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "place"
            FROM (
              SELECT
                "t47"."customer_id",
                "t47"."conversation_id",
                "t47"."episode",
                "t47"."begun_at",
                "t47"."begun_day",
                "t47"."first_human_at",
                "t47"."first_resolved_at",
                "t47"."closed_at",
                "t47"."outcome",
                "t47"."category",
                "t47"."response",
                "t47"."is_fast",
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
                    "t34"."is_fast"
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
                      (
                        (
                          RANK() OVER (
                            PARTITION BY "t20"."category"
                            ORDER BY "t20"."response" ASC
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                          ) - 1
                        ) * 2
                      ) <= (
                        COUNT(*) OVER (
                          PARTITION BY "t20"."category"
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        ) - 1
                      ) AS "is_fast"
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
                  ) AS "t34"
                    ON "t25"."conversation_id" = "t34"."of_conversation"
                    AND "t25"."episode" = "t34"."of_episode"
                ) AS "t40"
                WHERE
                  "t40"."customer_id" IS NOT NULL
              ) AS "t47"
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
                ON "t47"."begun_day" >= (
                  "t17"."first_day" - 90
                )
                AND "t47"."begun_day" < "t17"."first_day"
            ) AS "t50"
          ) AS "t53"
          WHERE
            "t53"."place" = 0
        ) AS "t56"
        LEFT OUTER JOIN (
          SELECT
            "t62"."customer_id" AS "of_customer",
            "t62"."month" AS "of_month",
            "t62"."answer"
          FROM (
            SELECT
              "t59"."customer_id",
              "t59"."month",
              "t59"."voted_at",
              "t59"."rating_id",
              "t59"."answer",
              ROW_NUMBER() OVER (
                PARTITION BY "t59"."customer_id", "t59"."month"
                ORDER BY "t59"."voted_at" DESC, "t59"."rating_id" DESC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "recent"
            FROM (
              SELECT
                "t56"."customer_id",
                "t56"."month",
                "t18"."voted_at",
                "t18"."rating_id",
                "t18"."answer"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t50"."customer_id",
                    "t50"."conversation_id",
                    "t50"."episode",
                    "t50"."begun_at",
                    "t50"."begun_day",
                    "t50"."first_human_at",
                    "t50"."first_resolved_at",
                    "t50"."closed_at",
                    "t50"."outcome",
                    "t50"."category",
                    "t50"."response",
                    "t50"."is_fast",
                    "t50"."month",
                    "t50"."begins_at",
                    COUNT(*) OVER (
                      PARTITION BY "t50"."customer_id", "t50"."month", "t50"."category"
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) AS "contacts_alike",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t50"."customer_id", "t50"."month"
                      ORDER BY "t50"."begun_at" DESC, "t50"."conversation_id" DESC, "t50"."episode" DESC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "place"
                  FROM (
                    SELECT
                      "t47"."customer_id",
                      "t47"."conversation_id",
                      "t47"."episode",
                      "t47"."begun_at",
                      "t47"."begun_day",
                      "t47"."first_human_at",
                      "t47"."first_resolved_at",
                      "t47"."closed_at",
                      "t47"."outcome",
                      "t47"."category",
                      "t47"."response",
                      "t47"."is_fast",
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
                          "t34"."is_fast"
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
                            (
                              (
                                RANK() OVER (
                                  PARTITION BY "t20"."category"
                                  ORDER BY "t20"."response" ASC
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) - 1
                              ) * 2
                            ) <= (
                              COUNT(*) OVER (
                                PARTITION BY "t20"."category"
                                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                              ) - 1
                            ) AS "is_fast"
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
                        ) AS "t34"
                          ON "t25"."conversation_id" = "t34"."of_conversation"
                          AND "t25"."episode" = "t34"."of_episode"
                      ) AS "t40"
                      WHERE
                        "t40"."customer_id" IS NOT NULL
                    ) AS "t47"
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
                      ON "t47"."begun_day" >= (
                        "t17"."first_day" - 90
                      )
                      AND "t47"."begun_day" < "t17"."first_day"
                  ) AS "t50"
                ) AS "t53"
                WHERE
                  "t53"."place" = 0
              ) AS "t56"
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
                ON "t56"."conversation_id" = "t18"."voted"
                AND "t56"."episode" = "t18"."voted_episode"
                AND "t18"."voted_at" < "t56"."begins_at"
            ) AS "t59"
          ) AS "t62"
          WHERE
            "t62"."recent" = 0
        ) AS "t65"
          ON "t56"."customer_id" = "t65"."of_customer" AND "t56"."month" = "t65"."of_month"
      ) AS "t68"
    ) AS "t73"
      ON "t77"."customer_id" = "t73"."of_customer" AND "t77"."month" = "t73"."of_month"
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
