SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t41"."customer_id",
        'parent' AS "name",
        "t41"."parent_id" AS "value",
        0 AS "from_month",
        9999999 AS "to_month"
      FROM (
        SELECT
          "t9"."customer_id",
          "t9"."name",
          "t9"."parent_id",
          "t9"."domain",
          "t9"."tax_id",
          "t9"."created_at",
          "t9"."country",
          "t9"."industry",
          "t9"."size_band",
          "t9"."segment",
          "t9"."persona",
          "t9"."acquisition_channel",
          "t9"."timezone",
          "t9"."recorded_at",
          "t9"."source",
          "t9"."url"
        FROM "customer" AS "t9"
        ANTI JOIN (
          SELECT
            "t2"."customer_id"
          FROM "customer_attribute" AS "t2"
          WHERE
            "t2"."name" IN ('parent', 'parent_id')
        ) AS "t30"
          ON "t9"."customer_id" = "t30"."customer_id"
      ) AS "t41"
      WHERE
        "t41"."parent_id" IS NOT NULL
    ) AS "t53"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t50"."customer_id",
        'cohort' AS "name",
        "t50"."value",
        0 AS "from_month",
        9999999 AS "to_month"
      FROM (
        SELECT
          "t0"."customer_id",
          "t0"."first_day",
          "t0"."first_month",
          "t0"."churn_day",
          "t0"."churn_month",
          CAST(CAST(ROUND((
            "t0"."first_month" - (
              "t0"."first_month" % 12
            )
          ) / 12, 0) AS BIGINT) AS TEXT) || '-' || CASE
            WHEN (
              (
                "t0"."first_month" % 12
              ) + 1
            ) < 10
            THEN '0' || CAST((
              "t0"."first_month" % 12
            ) + 1 AS TEXT)
            ELSE CAST((
              "t0"."first_month" % 12
            ) + 1 AS TEXT)
          END AS "value"
        FROM "customer_start" AS "t0"
      ) AS "t50"
      WHERE
        "t50"."value" IS NOT NULL
    ) AS "t62"
  ) AS "t71"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t76"."customer_id",
        'seller' AS "name",
        COALESCE("t76"."seller", "t76"."person_id") AS "value",
        0 AS "from_month",
        9999999 AS "to_month"
      FROM (
        SELECT
          "t67"."deal_id",
          "t67"."customer_id",
          "t67"."subscription_id",
          "t67"."name",
          "t67"."kind",
          "t67"."person_id",
          "t67"."channel",
          "t67"."plan",
          "t67"."opened_at",
          "t67"."closed_at",
          "t67"."outcome",
          "t67"."lost_reason",
          "t67"."amount_cents",
          "t67"."mrr_cents",
          "t67"."list_mrr_cents",
          "t67"."currency",
          "t67"."term_months",
          "t67"."prepaid_months",
          "t67"."forecast_at",
          "t67"."recorded_at",
          "t67"."source",
          "t67"."url",
          "t67"."place",
          "t73"."deal_id" AS "deal_id_right",
          "t73"."seller"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t25"."deal_id",
              "t25"."customer_id",
              "t25"."subscription_id",
              "t25"."name",
              "t25"."kind",
              "t25"."person_id",
              "t25"."channel",
              "t25"."plan",
              "t25"."opened_at",
              "t25"."closed_at",
              "t25"."outcome",
              "t25"."lost_reason",
              "t25"."amount_cents",
              "t25"."mrr_cents",
              "t25"."list_mrr_cents",
              "t25"."currency",
              "t25"."term_months",
              "t25"."prepaid_months",
              "t25"."forecast_at",
              "t25"."recorded_at",
              "t25"."source",
              "t25"."url",
              ROW_NUMBER() OVER (
                PARTITION BY "t25"."customer_id"
                ORDER BY "t25"."closed_at" ASC, "t25"."deal_id" ASC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "place"
            FROM (
              SELECT
                *
              FROM "deal" AS "t4"
              WHERE
                "t4"."kind" = 'new' AND "t4"."outcome" = 'won' AND "t4"."customer_id" IS NOT NULL
            ) AS "t25"
          ) AS "t48"
          WHERE
            "t48"."place" = 0
        ) AS "t67"
        LEFT OUTER JOIN (
          SELECT
            "t51"."deal_id",
            "t51"."person_id" AS "seller"
          FROM (
            SELECT
              "t26"."deal_id",
              "t26"."role",
              "t26"."person_id",
              "t26"."share",
              "t26"."recorded_at",
              "t26"."source",
              "t26"."url",
              ROW_NUMBER() OVER (
                PARTITION BY "t26"."deal_id"
                ORDER BY COALESCE("t26"."share", 0) DESC, "t26"."person_id" ASC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "place"
            FROM (
              SELECT
                *
              FROM "deal_role" AS "t5"
              WHERE
                "t5"."role" = 'sold_by'
            ) AS "t26"
          ) AS "t51"
          WHERE
            "t51"."place" = 0
        ) AS "t73"
          ON "t67"."deal_id" = "t73"."deal_id"
      ) AS "t76"
      WHERE
        COALESCE("t76"."seller", "t76"."person_id") IS NOT NULL
    ) AS "t83"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t90"."customer_id",
        'plan' AS "name",
        "t90"."value",
        "t90"."from_month",
        "t90"."to_month"
      FROM (
        SELECT
          "t89"."customer_id",
          "t89"."value",
          "t89"."from_month",
          "t89"."until",
          COALESCE(
            LEAD("t89"."from_month") OVER (
              PARTITION BY "t89"."customer_id"
              ORDER BY "t89"."from_month" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ),
            9999999
          ) AS "to_month"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t77"."customer_id",
              "t77"."plan" AS "value",
              0 AS "from_month",
              "t77"."first_month" + 1 AS "until"
            FROM (
              SELECT
                "t69"."customer_id",
                "t69"."subscription_id",
                "t69"."item_id",
                "t69"."plan",
                "t69"."currency",
                "t69"."arr_e6",
                "t69"."from_day",
                "t69"."to_day",
                "t69"."interval",
                "t69"."start_cause",
                "t69"."end_cause",
                "t69"."is_first",
                "t69"."is_last",
                "t69"."term_end_on",
                "t69"."auto_renew",
                "t69"."first_day",
                "t69"."first_month",
                ROW_NUMBER() OVER (
                  PARTITION BY "t69"."customer_id"
                  ORDER BY "t69"."arr_e6" DESC, "t69"."subscription_id" ASC, "t69"."item_id" ASC
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "place"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t37"."customer_id",
                    "t37"."subscription_id",
                    "t37"."item_id",
                    "t37"."plan",
                    "t37"."currency",
                    "t37"."arr_e6",
                    "t37"."from_day",
                    "t37"."to_day",
                    "t37"."interval",
                    "t37"."start_cause",
                    "t37"."end_cause",
                    "t37"."is_first",
                    "t37"."is_last",
                    "t37"."term_end_on",
                    "t37"."auto_renew",
                    "t15"."first_day",
                    "t15"."first_month"
                  FROM (
                    SELECT
                      *
                    FROM "run_rate" AS "t6"
                    WHERE
                      "t6"."plan" IS NOT NULL AND "t6"."arr_e6" > 0
                  ) AS "t37"
                  INNER JOIN (
                    SELECT
                      "t0"."customer_id",
                      "t0"."first_day",
                      "t0"."first_month"
                    FROM "customer_start" AS "t0"
                  ) AS "t15"
                    ON "t37"."customer_id" = "t15"."customer_id"
                ) AS "t49"
                WHERE
                  "t49"."from_day" <= "t49"."first_day"
                  AND (
                    (
                      "t49"."to_day" IS NULL
                    ) OR (
                      "t49"."to_day" > "t49"."first_day"
                    )
                  )
              ) AS "t69"
            ) AS "t77"
            WHERE
              "t77"."place" = 0
          ) AS "t80"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t87"."customer_id",
              "t87"."plan" AS "value",
              "t87"."month" AS "from_month",
              9999999 AS "until"
            FROM (
              SELECT
                "t86"."customer_id",
                "t86"."subscription_id",
                "t86"."item_id",
                "t86"."plan",
                "t86"."currency",
                "t86"."arr_e6",
                "t86"."from_day",
                "t86"."to_day",
                "t86"."interval",
                "t86"."start_cause",
                "t86"."end_cause",
                "t86"."is_first",
                "t86"."is_last",
                "t86"."term_end_on",
                "t86"."auto_renew",
                "t86"."month",
                "t86"."first_day",
                "t86"."last_day",
                "t86"."first_month",
                ROW_NUMBER() OVER (
                  PARTITION BY "t86"."customer_id", "t86"."month"
                  ORDER BY "t86"."arr_e6" DESC, "t86"."subscription_id" ASC, "t86"."item_id" ASC
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "place"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t37"."customer_id",
                    "t37"."subscription_id",
                    "t37"."item_id",
                    "t37"."plan",
                    "t37"."currency",
                    "t37"."arr_e6",
                    "t37"."from_day",
                    "t37"."to_day",
                    "t37"."interval",
                    "t37"."start_cause",
                    "t37"."end_cause",
                    "t37"."is_first",
                    "t37"."is_last",
                    "t37"."term_end_on",
                    "t37"."auto_renew",
                    "t81"."month",
                    "t81"."first_day",
                    "t81"."last_day",
                    "t81"."first_month"
                  FROM (
                    SELECT
                      *
                    FROM "run_rate" AS "t6"
                    WHERE
                      "t6"."plan" IS NOT NULL AND "t6"."arr_e6" > 0
                  ) AS "t37"
                  INNER JOIN (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t70"."customer_id",
                        "t70"."month",
                        "t10"."first_day",
                        "t10"."last_day",
                        "t16"."first_month"
                      FROM (
                        SELECT DISTINCT
                          *
                        FROM (
                          SELECT
                            "t39"."customer_id",
                            "t29"."month"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t6"."customer_id",
                                "t6"."from_day" AS "day"
                              FROM "run_rate" AS "t6"
                            ) AS "t13"
                            UNION ALL
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t6"."customer_id",
                                "t6"."to_day" AS "day"
                              FROM "run_rate" AS "t6"
                              WHERE
                                "t6"."to_day" IS NOT NULL
                            ) AS "t28"
                          ) AS "t39"
                          INNER JOIN (
                            SELECT
                              "t8"."day",
                              "t8"."month"
                            FROM "calendar_day" AS "t8"
                          ) AS "t29"
                            ON "t39"."day" = "t29"."day"
                        ) AS "t52"
                      ) AS "t70"
                      INNER JOIN "calendar_month" AS "t10"
                        ON "t70"."month" = "t10"."month"
                      INNER JOIN (
                        SELECT
                          "t0"."customer_id",
                          "t0"."first_month"
                        FROM "customer_start" AS "t0"
                      ) AS "t16"
                        ON "t70"."customer_id" = "t16"."customer_id"
                    ) AS "t75"
                    WHERE
                      "t75"."month" > "t75"."first_month"
                  ) AS "t81"
                    ON "t37"."customer_id" = "t81"."customer_id"
                ) AS "t85"
                WHERE
                  "t85"."from_day" <= "t85"."last_day"
                  AND (
                    (
                      "t85"."to_day" IS NULL
                    ) OR (
                      "t85"."to_day" > "t85"."last_day"
                    )
                  )
              ) AS "t86"
            ) AS "t87"
            WHERE
              "t87"."place" = 0
          ) AS "t88"
        ) AS "t89"
      ) AS "t90"
    ) AS "t91"
  ) AS "t92"
) AS "t93"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t74"."customer_id",
        "t74"."name",
        "t74"."value",
        "t74"."from_month",
        COALESCE(
          LEAD("t74"."from_month") OVER (
            PARTITION BY "t74"."customer_id", "t74"."name"
            ORDER BY "t74"."from_month" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ),
          9999999
        ) AS "to_month"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t40"."customer_id",
            "t40"."name",
            "t40"."value",
            "t40"."from_day",
            "t40"."from_month",
            ROW_NUMBER() OVER (
              PARTITION BY "t40"."customer_id", "t40"."name", "t40"."from_month"
              ORDER BY "t40"."from_day" DESC, "t40"."value" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "place"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t3"."customer_id",
                CASE "t3"."name"
                  WHEN 'segment'
                  THEN 'segment'
                  WHEN 'country'
                  THEN 'country'
                  WHEN 'industry'
                  THEN 'industry'
                  WHEN 'size_band'
                  THEN 'size_band'
                  WHEN 'persona'
                  THEN 'persona'
                  WHEN 'acquisition_channel'
                  THEN 'channel'
                  WHEN 'parent_id'
                  THEN 'parent'
                  ELSE "t3"."name"
                END AS "name",
                "t3"."value",
                "t3"."from_day",
                "t3"."from_month"
              FROM "attribute_start" AS "t3"
            ) AS "t24"
            WHERE
              NOT (
                "t24"."name" IN ('plan', 'seller', 'cohort')
              )
          ) AS "t40"
        ) AS "t66"
        WHERE
          "t66"."place" = 0
      ) AS "t74"
    ) AS "t79"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t42"."customer_id",
          'segment' AS "name",
          "t42"."segment" AS "value",
          0 AS "from_month",
          9999999 AS "to_month"
        FROM (
          SELECT
            "t9"."customer_id",
            "t9"."name",
            "t9"."parent_id",
            "t9"."domain",
            "t9"."tax_id",
            "t9"."created_at",
            "t9"."country",
            "t9"."industry",
            "t9"."size_band",
            "t9"."segment",
            "t9"."persona",
            "t9"."acquisition_channel",
            "t9"."timezone",
            "t9"."recorded_at",
            "t9"."source",
            "t9"."url"
          FROM "customer" AS "t9"
          ANTI JOIN (
            SELECT
              "t2"."customer_id"
            FROM "customer_attribute" AS "t2"
            WHERE
              "t2"."name" IN ('segment', 'segment')
          ) AS "t31"
            ON "t9"."customer_id" = "t31"."customer_id"
        ) AS "t42"
        WHERE
          "t42"."segment" IS NOT NULL
      ) AS "t54"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t43"."customer_id",
          'country' AS "name",
          "t43"."country" AS "value",
          0 AS "from_month",
          9999999 AS "to_month"
        FROM (
          SELECT
            "t9"."customer_id",
            "t9"."name",
            "t9"."parent_id",
            "t9"."domain",
            "t9"."tax_id",
            "t9"."created_at",
            "t9"."country",
            "t9"."industry",
            "t9"."size_band",
            "t9"."segment",
            "t9"."persona",
            "t9"."acquisition_channel",
            "t9"."timezone",
            "t9"."recorded_at",
            "t9"."source",
            "t9"."url"
          FROM "customer" AS "t9"
          ANTI JOIN (
            SELECT
              "t2"."customer_id"
            FROM "customer_attribute" AS "t2"
            WHERE
              "t2"."name" IN ('country', 'country')
          ) AS "t32"
            ON "t9"."customer_id" = "t32"."customer_id"
        ) AS "t43"
        WHERE
          "t43"."country" IS NOT NULL
      ) AS "t55"
    ) AS "t63"
  ) AS "t82"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t44"."customer_id",
          'industry' AS "name",
          "t44"."industry" AS "value",
          0 AS "from_month",
          9999999 AS "to_month"
        FROM (
          SELECT
            "t9"."customer_id",
            "t9"."name",
            "t9"."parent_id",
            "t9"."domain",
            "t9"."tax_id",
            "t9"."created_at",
            "t9"."country",
            "t9"."industry",
            "t9"."size_band",
            "t9"."segment",
            "t9"."persona",
            "t9"."acquisition_channel",
            "t9"."timezone",
            "t9"."recorded_at",
            "t9"."source",
            "t9"."url"
          FROM "customer" AS "t9"
          ANTI JOIN (
            SELECT
              "t2"."customer_id"
            FROM "customer_attribute" AS "t2"
            WHERE
              "t2"."name" IN ('industry', 'industry')
          ) AS "t33"
            ON "t9"."customer_id" = "t33"."customer_id"
        ) AS "t44"
        WHERE
          "t44"."industry" IS NOT NULL
      ) AS "t56"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t45"."customer_id",
          'size_band' AS "name",
          "t45"."size_band" AS "value",
          0 AS "from_month",
          9999999 AS "to_month"
        FROM (
          SELECT
            "t9"."customer_id",
            "t9"."name",
            "t9"."parent_id",
            "t9"."domain",
            "t9"."tax_id",
            "t9"."created_at",
            "t9"."country",
            "t9"."industry",
            "t9"."size_band",
            "t9"."segment",
            "t9"."persona",
            "t9"."acquisition_channel",
            "t9"."timezone",
            "t9"."recorded_at",
            "t9"."source",
            "t9"."url"
          FROM "customer" AS "t9"
          ANTI JOIN (
            SELECT
              "t2"."customer_id"
            FROM "customer_attribute" AS "t2"
            WHERE
              "t2"."name" IN ('size_band', 'size_band')
          ) AS "t34"
            ON "t9"."customer_id" = "t34"."customer_id"
        ) AS "t45"
        WHERE
          "t45"."size_band" IS NOT NULL
      ) AS "t57"
    ) AS "t64"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t46"."customer_id",
          'persona' AS "name",
          "t46"."persona" AS "value",
          0 AS "from_month",
          9999999 AS "to_month"
        FROM (
          SELECT
            "t9"."customer_id",
            "t9"."name",
            "t9"."parent_id",
            "t9"."domain",
            "t9"."tax_id",
            "t9"."created_at",
            "t9"."country",
            "t9"."industry",
            "t9"."size_band",
            "t9"."segment",
            "t9"."persona",
            "t9"."acquisition_channel",
            "t9"."timezone",
            "t9"."recorded_at",
            "t9"."source",
            "t9"."url"
          FROM "customer" AS "t9"
          ANTI JOIN (
            SELECT
              "t2"."customer_id"
            FROM "customer_attribute" AS "t2"
            WHERE
              "t2"."name" IN ('persona', 'persona')
          ) AS "t35"
            ON "t9"."customer_id" = "t35"."customer_id"
        ) AS "t46"
        WHERE
          "t46"."persona" IS NOT NULL
      ) AS "t58"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t47"."customer_id",
          'channel' AS "name",
          "t47"."acquisition_channel" AS "value",
          0 AS "from_month",
          9999999 AS "to_month"
        FROM (
          SELECT
            "t9"."customer_id",
            "t9"."name",
            "t9"."parent_id",
            "t9"."domain",
            "t9"."tax_id",
            "t9"."created_at",
            "t9"."country",
            "t9"."industry",
            "t9"."size_band",
            "t9"."segment",
            "t9"."persona",
            "t9"."acquisition_channel",
            "t9"."timezone",
            "t9"."recorded_at",
            "t9"."source",
            "t9"."url"
          FROM "customer" AS "t9"
          ANTI JOIN (
            SELECT
              "t2"."customer_id"
            FROM "customer_attribute" AS "t2"
            WHERE
              "t2"."name" IN ('channel', 'acquisition_channel')
          ) AS "t36"
            ON "t9"."customer_id" = "t36"."customer_id"
        ) AS "t47"
        WHERE
          "t47"."acquisition_channel" IS NOT NULL
      ) AS "t59"
    ) AS "t65"
  ) AS "t72"
) AS "t84"
