WITH "t64" AS (
  SELECT
    "t43"."customer_id",
    "t43"."plan",
    "t43"."arr_e6",
    "t43"."subscription_id",
    "t43"."item_id",
    CASE
      WHEN (
        "t43"."from_day" <= "t43"."first_day"
      )
      AND (
        (
          "t43"."to_day" IS NULL
        ) OR (
          "t43"."to_day" > "t43"."first_day"
        )
      )
      THEN 0
      ELSE "t43"."begun_month"
    END AS "from_month",
    COALESCE("t43"."ended_month", 9999999) AS "to_month"
  FROM (
    SELECT
      "t33"."customer_id",
      "t33"."subscription_id",
      "t33"."item_id",
      "t33"."plan",
      "t33"."currency",
      "t33"."arr_e6",
      "t33"."from_day",
      "t33"."to_day",
      "t33"."interval",
      "t33"."start_cause",
      "t33"."end_cause",
      "t33"."is_first",
      "t33"."is_last",
      "t33"."term_end_on",
      "t33"."auto_renew",
      "t33"."was_e6",
      "t33"."goes_on",
      "t33"."cause",
      "t12"."first_day",
      "t12"."first_month",
      "t24"."begun_month",
      "t25"."to_day" AS "to_day_right",
      "t25"."ended_month"
    FROM (
      SELECT
        *
      FROM "run_rate" AS "t6"
      WHERE
        "t6"."plan" IS NOT NULL AND "t6"."arr_e6" > 0
    ) AS "t33"
    INNER JOIN (
      SELECT
        "t0"."customer_id",
        "t0"."first_day",
        "t0"."first_month"
      FROM "customer_start" AS "t0"
    ) AS "t12"
      ON "t33"."customer_id" = "t12"."customer_id"
    INNER JOIN (
      SELECT
        "t7"."day" AS "from_day",
        "t7"."month" AS "begun_month"
      FROM "calendar_day" AS "t7"
    ) AS "t24"
      ON "t33"."from_day" = "t24"."from_day"
    LEFT OUTER JOIN (
      SELECT
        "t7"."day" AS "to_day",
        "t7"."month" AS "ended_month"
      FROM "calendar_day" AS "t7"
    ) AS "t25"
      ON "t33"."to_day" = "t25"."to_day"
  ) AS "t43"
  WHERE
    (
      (
        "t43"."from_day" <= "t43"."first_day"
      )
      AND (
        (
          "t43"."to_day" IS NULL
        ) OR (
          "t43"."to_day" > "t43"."first_day"
        )
      )
    )
    OR (
      (
        COALESCE("t43"."ended_month", 9999999) > "t43"."begun_month"
      )
      AND (
        COALESCE("t43"."ended_month", 9999999) > "t43"."first_month"
      )
    )
), "t69" AS (
  SELECT
    "t66"."customer_id",
    "t66"."plan",
    "t66"."arr_e6",
    "t66"."subscription_id",
    "t66"."item_id",
    "t66"."from_month",
    "t66"."to_month",
    MAX("t66"."to_month") OVER (
      PARTITION BY "t66"."customer_id"
      ORDER BY "t66"."from_month" ASC, "t66"."to_month" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 preceding
    ) AS "covered",
    LEAD("t66"."from_month") OVER (
      PARTITION BY "t66"."customer_id"
      ORDER BY "t66"."from_month" ASC, "t66"."to_month" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "next_month"
  FROM "t64" AS "t66"
), "t80" AS (
  SELECT
    "t67"."customer_id",
    "t67"."plan",
    "t67"."arr_e6",
    "t67"."subscription_id",
    "t67"."item_id",
    "t67"."from_month",
    "t67"."to_month"
  FROM "t64" AS "t67"
  SEMI JOIN (
    SELECT DISTINCT
      "t71"."customer_id"
    FROM "t69" AS "t71"
    WHERE
      "t71"."covered" > "t71"."from_month"
  ) AS "t77"
    ON "t67"."customer_id" = "t77"."customer_id"
)
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
        "t35"."customer_id",
        'parent' AS "name",
        "t35"."parent_id" AS "value",
        0 AS "from_month",
        9999999 AS "to_month"
      FROM (
        SELECT
          "t8"."customer_id",
          "t8"."name",
          "t8"."parent_id",
          "t8"."domain",
          "t8"."tax_id",
          "t8"."created_at",
          "t8"."country",
          "t8"."industry",
          "t8"."size_band",
          "t8"."segment",
          "t8"."persona",
          "t8"."acquisition_channel",
          "t8"."timezone",
          "t8"."recorded_at",
          "t8"."source",
          "t8"."url"
        FROM "customer" AS "t8"
        ANTI JOIN (
          SELECT
            "t2"."customer_id"
          FROM "customer_attribute" AS "t2"
          WHERE
            "t2"."name" IN ('parent', 'parent_id')
        ) AS "t26"
          ON "t8"."customer_id" = "t26"."customer_id"
      ) AS "t35"
      WHERE
        "t35"."parent_id" IS NOT NULL
    ) AS "t46"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t44"."customer_id",
        'cohort' AS "name",
        "t44"."value",
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
      ) AS "t44"
      WHERE
        "t44"."value" IS NOT NULL
    ) AS "t54"
  ) AS "t61"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t68"."customer_id",
        'seller' AS "name",
        COALESCE("t68"."seller", "t68"."person_id") AS "value",
        0 AS "from_month",
        9999999 AS "to_month"
      FROM (
        SELECT
          "t59"."deal_id",
          "t59"."customer_id",
          "t59"."subscription_id",
          "t59"."name",
          "t59"."kind",
          "t59"."person_id",
          "t59"."channel",
          "t59"."plan",
          "t59"."opened_at",
          "t59"."closed_at",
          "t59"."outcome",
          "t59"."lost_reason",
          "t59"."amount_cents",
          "t59"."mrr_cents",
          "t59"."list_mrr_cents",
          "t59"."currency",
          "t59"."term_months",
          "t59"."prepaid_months",
          "t59"."forecast_at",
          "t59"."recorded_at",
          "t59"."source",
          "t59"."url",
          "t59"."place",
          "t63"."deal_id" AS "deal_id_right",
          "t63"."seller"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t21"."deal_id",
              "t21"."customer_id",
              "t21"."subscription_id",
              "t21"."name",
              "t21"."kind",
              "t21"."person_id",
              "t21"."channel",
              "t21"."plan",
              "t21"."opened_at",
              "t21"."closed_at",
              "t21"."outcome",
              "t21"."lost_reason",
              "t21"."amount_cents",
              "t21"."mrr_cents",
              "t21"."list_mrr_cents",
              "t21"."currency",
              "t21"."term_months",
              "t21"."prepaid_months",
              "t21"."forecast_at",
              "t21"."recorded_at",
              "t21"."source",
              "t21"."url",
              ROW_NUMBER() OVER (
                PARTITION BY "t21"."customer_id"
                ORDER BY "t21"."closed_at" ASC, "t21"."deal_id" ASC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "place"
            FROM (
              SELECT
                *
              FROM "deal" AS "t4"
              WHERE
                "t4"."kind" = 'new' AND "t4"."outcome" = 'won' AND "t4"."customer_id" IS NOT NULL
            ) AS "t21"
          ) AS "t42"
          WHERE
            "t42"."place" = 0
        ) AS "t59"
        LEFT OUTER JOIN (
          SELECT
            "t45"."deal_id",
            "t45"."person_id" AS "seller"
          FROM (
            SELECT
              "t22"."deal_id",
              "t22"."role",
              "t22"."person_id",
              "t22"."share",
              "t22"."recorded_at",
              "t22"."source",
              "t22"."url",
              ROW_NUMBER() OVER (
                PARTITION BY "t22"."deal_id"
                ORDER BY COALESCE("t22"."share", 0) DESC, "t22"."person_id" ASC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "place"
            FROM (
              SELECT
                *
              FROM "deal_role" AS "t5"
              WHERE
                "t5"."role" = 'sold_by'
            ) AS "t22"
          ) AS "t45"
          WHERE
            "t45"."place" = 0
        ) AS "t63"
          ON "t59"."deal_id" = "t63"."deal_id"
      ) AS "t68"
      WHERE
        COALESCE("t68"."seller", "t68"."person_id") IS NOT NULL
    ) AS "t73"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t74"."customer_id",
          'plan' AS "name",
          "t74"."plan" AS "value",
          "t74"."from_month",
          COALESCE("t74"."next_month", 9999999) AS "to_month"
        FROM "t69" AS "t74"
        ANTI JOIN (
          SELECT DISTINCT
            "t71"."customer_id"
          FROM "t69" AS "t71"
          WHERE
            "t71"."covered" > "t71"."from_month"
        ) AS "t77"
          ON "t74"."customer_id" = "t77"."customer_id"
      ) AS "t78"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t91"."customer_id",
          'plan' AS "name",
          "t91"."plan" AS "value",
          "t91"."from_month",
          "t91"."to_month"
        FROM (
          SELECT
            "t90"."customer_id",
            "t90"."plan",
            "t90"."from_month",
            COALESCE(
              LEAD("t90"."from_month") OVER (
                PARTITION BY "t90"."customer_id"
                ORDER BY "t90"."from_month" ASC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ),
              9999999
            ) AS "to_month"
          FROM (
            SELECT
              "t89"."customer_id",
              "t89"."plan",
              "t89"."month" AS "from_month"
            FROM (
              SELECT
                "t88"."customer_id",
                "t88"."month",
                "t88"."plan",
                "t88"."arr_e6",
                "t88"."subscription_id",
                "t88"."item_id",
                "t88"."from_month",
                "t88"."to_month",
                ROW_NUMBER() OVER (
                  PARTITION BY "t88"."customer_id", "t88"."month"
                  ORDER BY "t88"."arr_e6" DESC, "t88"."subscription_id" ASC, "t88"."item_id" ASC
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "place"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t86"."customer_id",
                    "t86"."month",
                    "t82"."plan",
                    "t82"."arr_e6",
                    "t82"."subscription_id",
                    "t82"."item_id",
                    "t82"."from_month",
                    "t82"."to_month"
                  FROM (
                    SELECT DISTINCT
                      *
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t67"."customer_id",
                          "t67"."from_month" AS "month"
                        FROM "t64" AS "t67"
                        SEMI JOIN (
                          SELECT DISTINCT
                            "t71"."customer_id"
                          FROM "t69" AS "t71"
                          WHERE
                            "t71"."covered" > "t71"."from_month"
                        ) AS "t77"
                          ON "t67"."customer_id" = "t77"."customer_id"
                      ) AS "t79"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t81"."customer_id",
                          "t81"."to_month" AS "month"
                        FROM "t80" AS "t81"
                        WHERE
                          "t81"."to_month" < 9999999
                      ) AS "t83"
                    ) AS "t84"
                  ) AS "t86"
                  INNER JOIN "t80" AS "t82"
                    ON "t86"."customer_id" = "t82"."customer_id"
                ) AS "t87"
                WHERE
                  "t87"."from_month" <= "t87"."month" AND "t87"."month" < "t87"."to_month"
              ) AS "t88"
            ) AS "t89"
            WHERE
              "t89"."place" = 0
          ) AS "t90"
        ) AS "t91"
      ) AS "t92"
    ) AS "t93"
  ) AS "t94"
) AS "t95"
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
        "t65"."customer_id",
        "t65"."name",
        "t65"."value",
        "t65"."from_month",
        COALESCE(
          LEAD("t65"."from_month") OVER (
            PARTITION BY "t65"."customer_id", "t65"."name"
            ORDER BY "t65"."from_month" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ),
          9999999
        ) AS "to_month"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t34"."customer_id",
            "t34"."name",
            "t34"."value",
            "t34"."from_day",
            "t34"."from_month",
            ROW_NUMBER() OVER (
              PARTITION BY "t34"."customer_id", "t34"."name", "t34"."from_month"
              ORDER BY "t34"."from_day" DESC, "t34"."value" ASC
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
            ) AS "t20"
            WHERE
              NOT (
                "t20"."name" IN ('plan', 'seller', 'cohort')
              )
          ) AS "t34"
        ) AS "t58"
        WHERE
          "t58"."place" = 0
      ) AS "t65"
    ) AS "t70"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t36"."customer_id",
          'segment' AS "name",
          "t36"."segment" AS "value",
          0 AS "from_month",
          9999999 AS "to_month"
        FROM (
          SELECT
            "t8"."customer_id",
            "t8"."name",
            "t8"."parent_id",
            "t8"."domain",
            "t8"."tax_id",
            "t8"."created_at",
            "t8"."country",
            "t8"."industry",
            "t8"."size_band",
            "t8"."segment",
            "t8"."persona",
            "t8"."acquisition_channel",
            "t8"."timezone",
            "t8"."recorded_at",
            "t8"."source",
            "t8"."url"
          FROM "customer" AS "t8"
          ANTI JOIN (
            SELECT
              "t2"."customer_id"
            FROM "customer_attribute" AS "t2"
            WHERE
              "t2"."name" IN ('segment', 'segment')
          ) AS "t27"
            ON "t8"."customer_id" = "t27"."customer_id"
        ) AS "t36"
        WHERE
          "t36"."segment" IS NOT NULL
      ) AS "t47"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t37"."customer_id",
          'country' AS "name",
          "t37"."country" AS "value",
          0 AS "from_month",
          9999999 AS "to_month"
        FROM (
          SELECT
            "t8"."customer_id",
            "t8"."name",
            "t8"."parent_id",
            "t8"."domain",
            "t8"."tax_id",
            "t8"."created_at",
            "t8"."country",
            "t8"."industry",
            "t8"."size_band",
            "t8"."segment",
            "t8"."persona",
            "t8"."acquisition_channel",
            "t8"."timezone",
            "t8"."recorded_at",
            "t8"."source",
            "t8"."url"
          FROM "customer" AS "t8"
          ANTI JOIN (
            SELECT
              "t2"."customer_id"
            FROM "customer_attribute" AS "t2"
            WHERE
              "t2"."name" IN ('country', 'country')
          ) AS "t28"
            ON "t8"."customer_id" = "t28"."customer_id"
        ) AS "t37"
        WHERE
          "t37"."country" IS NOT NULL
      ) AS "t48"
    ) AS "t55"
  ) AS "t72"
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
          "t38"."customer_id",
          'industry' AS "name",
          "t38"."industry" AS "value",
          0 AS "from_month",
          9999999 AS "to_month"
        FROM (
          SELECT
            "t8"."customer_id",
            "t8"."name",
            "t8"."parent_id",
            "t8"."domain",
            "t8"."tax_id",
            "t8"."created_at",
            "t8"."country",
            "t8"."industry",
            "t8"."size_band",
            "t8"."segment",
            "t8"."persona",
            "t8"."acquisition_channel",
            "t8"."timezone",
            "t8"."recorded_at",
            "t8"."source",
            "t8"."url"
          FROM "customer" AS "t8"
          ANTI JOIN (
            SELECT
              "t2"."customer_id"
            FROM "customer_attribute" AS "t2"
            WHERE
              "t2"."name" IN ('industry', 'industry')
          ) AS "t29"
            ON "t8"."customer_id" = "t29"."customer_id"
        ) AS "t38"
        WHERE
          "t38"."industry" IS NOT NULL
      ) AS "t49"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t39"."customer_id",
          'size_band' AS "name",
          "t39"."size_band" AS "value",
          0 AS "from_month",
          9999999 AS "to_month"
        FROM (
          SELECT
            "t8"."customer_id",
            "t8"."name",
            "t8"."parent_id",
            "t8"."domain",
            "t8"."tax_id",
            "t8"."created_at",
            "t8"."country",
            "t8"."industry",
            "t8"."size_band",
            "t8"."segment",
            "t8"."persona",
            "t8"."acquisition_channel",
            "t8"."timezone",
            "t8"."recorded_at",
            "t8"."source",
            "t8"."url"
          FROM "customer" AS "t8"
          ANTI JOIN (
            SELECT
              "t2"."customer_id"
            FROM "customer_attribute" AS "t2"
            WHERE
              "t2"."name" IN ('size_band', 'size_band')
          ) AS "t30"
            ON "t8"."customer_id" = "t30"."customer_id"
        ) AS "t39"
        WHERE
          "t39"."size_band" IS NOT NULL
      ) AS "t50"
    ) AS "t56"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t40"."customer_id",
          'persona' AS "name",
          "t40"."persona" AS "value",
          0 AS "from_month",
          9999999 AS "to_month"
        FROM (
          SELECT
            "t8"."customer_id",
            "t8"."name",
            "t8"."parent_id",
            "t8"."domain",
            "t8"."tax_id",
            "t8"."created_at",
            "t8"."country",
            "t8"."industry",
            "t8"."size_band",
            "t8"."segment",
            "t8"."persona",
            "t8"."acquisition_channel",
            "t8"."timezone",
            "t8"."recorded_at",
            "t8"."source",
            "t8"."url"
          FROM "customer" AS "t8"
          ANTI JOIN (
            SELECT
              "t2"."customer_id"
            FROM "customer_attribute" AS "t2"
            WHERE
              "t2"."name" IN ('persona', 'persona')
          ) AS "t31"
            ON "t8"."customer_id" = "t31"."customer_id"
        ) AS "t40"
        WHERE
          "t40"."persona" IS NOT NULL
      ) AS "t51"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t41"."customer_id",
          'channel' AS "name",
          "t41"."acquisition_channel" AS "value",
          0 AS "from_month",
          9999999 AS "to_month"
        FROM (
          SELECT
            "t8"."customer_id",
            "t8"."name",
            "t8"."parent_id",
            "t8"."domain",
            "t8"."tax_id",
            "t8"."created_at",
            "t8"."country",
            "t8"."industry",
            "t8"."size_band",
            "t8"."segment",
            "t8"."persona",
            "t8"."acquisition_channel",
            "t8"."timezone",
            "t8"."recorded_at",
            "t8"."source",
            "t8"."url"
          FROM "customer" AS "t8"
          ANTI JOIN (
            SELECT
              "t2"."customer_id"
            FROM "customer_attribute" AS "t2"
            WHERE
              "t2"."name" IN ('channel', 'acquisition_channel')
          ) AS "t32"
            ON "t8"."customer_id" = "t32"."customer_id"
        ) AS "t41"
        WHERE
          "t41"."acquisition_channel" IS NOT NULL
      ) AS "t52"
    ) AS "t57"
  ) AS "t62"
) AS "t75"
