WITH "t15" AS (
  SELECT
    *
  FROM (
    SELECT
      "t1"."customer_id"
    FROM "customer_start" AS "t1"
    WHERE
      "t1"."churn_day" IS NULL
  ) AS "t9"
  UNION
  SELECT
    *
  FROM (
    SELECT
      "t2"."customer_id"
    FROM "deal" AS "t2"
    WHERE
      "t2"."outcome" = 'won'
      AND "t2"."closed_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
      AND "t2"."customer_id" IS NOT NULL
      AND "t2"."closed_at" >= MAKE_TIMESTAMP(2025, 10, 3, 0, 0, 0.0)
  ) AS "t11"
)
SELECT
  *
FROM (
  SELECT
    "t44".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t43"."customer_id",
      "t43"."rank",
      "t43"."role",
      "t43"."person_id",
      "t43"."since",
      "t43"."reason",
      "t43"."key_month",
      "t43"."moment",
      COALESCE("t43"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t42"."customer_id",
        "t42"."rank",
        "t42"."role",
        "t42"."person_id",
        "t42"."since",
        "t42"."reason",
        "t42"."key_month",
        "t42"."moment",
        "t14"."trait_customer",
        "t14"."trait_value",
        "t14"."trait_from",
        "t14"."trait_to"
      FROM (
        SELECT
          "t40"."customer_id",
          "t40"."rank",
          "t40"."role",
          "t40"."person_id",
          "t40"."since",
          "t40"."reason",
          "t40"."key_month",
          GREATEST("t40"."key_month", COALESCE("t40"."began", "t40"."key_month")) AS "moment"
        FROM (
          SELECT
            "t39"."customer_id",
            "t39"."rank",
            "t39"."role",
            "t39"."person_id",
            "t39"."since",
            "t39"."reason",
            "t39"."key_month",
            "t8"."starter",
            "t8"."began"
          FROM (
            SELECT
              "t37"."customer_id",
              "t37"."rank",
              "t37"."role",
              "t37"."person_id",
              "t37"."since",
              "t37"."reason",
              24311 AS "key_month"
            FROM (
              SELECT
                "t36".*
                EXCLUDE ("place")
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t34"."customer_id",
                    "t34"."rank",
                    "t34"."role",
                    "t34"."person_id",
                    "t34"."since",
                    "t34"."reason",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t34"."customer_id"
                      ORDER BY "t34"."rank" ASC, "t34"."since" DESC, "t34"."person_id" ASC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "place"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t32"."customer_id",
                        "t32"."rank",
                        "t32"."role",
                        "t32"."person_id",
                        "t32"."since",
                        "t32"."reason"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t29"."customer_id",
                            5 AS "rank",
                            'sales' AS "role",
                            "t29"."seller" AS "person_id",
                            "t29"."closed_at" AS "since",
                            'deal' AS "reason"
                          FROM (
                            SELECT
                              "t25"."deal_id",
                              "t25"."customer_id",
                              "t25"."kind",
                              "t25"."person_id",
                              "t25"."closed_at",
                              "t25"."place",
                              COALESCE("t25"."person_id", "t28"."sold_by") AS "seller"
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t10"."deal_id",
                                  "t10"."customer_id",
                                  "t10"."kind",
                                  "t10"."person_id",
                                  "t10"."closed_at",
                                  ROW_NUMBER() OVER (
                                    PARTITION BY "t10"."customer_id"
                                    ORDER BY "t10"."closed_at" DESC, "t10"."deal_id" ASC
                                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                  ) - 1 AS "place"
                                FROM (
                                  SELECT
                                    "t2"."deal_id",
                                    "t2"."customer_id",
                                    "t2"."kind",
                                    "t2"."person_id",
                                    "t2"."closed_at"
                                  FROM "deal" AS "t2"
                                  WHERE
                                    "t2"."outcome" = 'won'
                                    AND "t2"."closed_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                                    AND "t2"."customer_id" IS NOT NULL
                                ) AS "t10"
                              ) AS "t20"
                              WHERE
                                "t20"."place" = 0
                            ) AS "t25"
                            LEFT OUTER JOIN (
                              SELECT
                                "t22"."deal_id" AS "sold",
                                "t22"."person_id" AS "sold_by"
                              FROM (
                                SELECT
                                  "t13"."deal_id",
                                  "t13"."role",
                                  "t13"."person_id",
                                  "t13"."share",
                                  "t13"."recorded_at",
                                  "t13"."source",
                                  "t13"."url",
                                  ROW_NUMBER() OVER (
                                    PARTITION BY "t13"."deal_id"
                                    ORDER BY COALESCE("t13"."share", 0) DESC, "t13"."person_id" ASC
                                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                  ) - 1 AS "place"
                                FROM (
                                  SELECT
                                    *
                                  FROM "deal_role" AS "t5"
                                  WHERE
                                    "t5"."role" = 'sold_by'
                                ) AS "t13"
                              ) AS "t22"
                              WHERE
                                "t22"."place" = 0
                            ) AS "t28"
                              ON "t25"."deal_id" = "t28"."sold"
                          ) AS "t29"
                          WHERE
                            "t29"."seller" IS NOT NULL
                        ) AS "t30"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t21"."customer_id",
                              0 AS "rank",
                              "t21"."to_role" AS "role",
                              "t21"."to_person_id" AS "person_id",
                              "t21"."accepted_at" AS "since",
                              'handoff' AS "reason"
                            FROM (
                              SELECT
                                "t12"."handoff_id",
                                "t12"."customer_id",
                                "t12"."deal_id",
                                "t12"."template",
                                "t12"."from_role",
                                "t12"."to_role",
                                "t12"."from_person_id",
                                "t12"."to_person_id",
                                "t12"."given_at",
                                "t12"."returned_at",
                                "t12"."accepted_at",
                                "t12"."confirmed_at",
                                "t12"."completeness",
                                "t12"."accuracy",
                                "t12"."items",
                                "t12"."reasks",
                                "t12"."reasks_unfilled",
                                "t12"."customer_confirmed_at",
                                "t12"."recorded_at",
                                "t12"."source",
                                "t12"."url",
                                ROW_NUMBER() OVER (
                                  PARTITION BY "t12"."customer_id"
                                  ORDER BY "t12"."accepted_at" DESC, "t12"."handoff_id" ASC
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) - 1 AS "place"
                              FROM (
                                SELECT
                                  *
                                FROM "handoff" AS "t4"
                                WHERE
                                  "t4"."accepted_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                              ) AS "t12"
                            ) AS "t21"
                            WHERE
                              "t21"."place" = 0 AND "t21"."to_person_id" IS NOT NULL
                          ) AS "t24"
                          UNION ALL
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t3"."customer_id",
                              CAST(CASE "t3"."role"
                                WHEN 'success'
                                THEN 1
                                WHEN 'account_manager'
                                THEN 2
                                WHEN 'implementation'
                                THEN 3
                                WHEN 'sales'
                                THEN 4
                                ELSE 0
                              END AS BIGINT) AS "rank",
                              "t3"."role",
                              "t3"."person_id",
                              "t3"."from_at" AS "since",
                              'assignment' AS "reason"
                            FROM "assignment" AS "t3"
                            WHERE
                              "t3"."role" IN ('success', 'account_manager', 'implementation', 'sales')
                              AND "t3"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                              AND (
                                (
                                  "t3"."to_at" IS NULL
                                )
                                OR (
                                  "t3"."to_at" >= MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                                )
                              )
                          ) AS "t16"
                        ) AS "t26"
                      ) AS "t32"
                      SEMI JOIN "t15" AS "t18"
                        ON "t32"."customer_id" = "t18"."customer_id"
                    ) AS "t33"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t17"."customer_id",
                        6 AS "rank",
                        CAST(NULL AS TEXT) AS "role",
                        CAST(NULL AS TEXT) AS "person_id",
                        CAST(NULL AS TIMESTAMP) AS "since",
                        'nobody' AS "reason"
                      FROM "t15" AS "t17"
                    ) AS "t19"
                  ) AS "t34"
                ) AS "t35"
                WHERE
                  "t35"."place" = 0
              ) AS "t36"
            ) AS "t37"
          ) AS "t39"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t8"
            ON "t39"."customer_id" = "t8"."starter"
        ) AS "t40"
      ) AS "t42"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t14"
        ON "t42"."customer_id" = "t14"."trait_customer"
        AND "t42"."moment" >= "t14"."trait_from"
        AND "t42"."moment" < "t14"."trait_to"
    ) AS "t43"
  ) AS "t44"
) AS "t45"
ORDER BY
  "t45"."customer_id" ASC
