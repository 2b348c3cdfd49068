WITH "t10" AS (
  SELECT
    *
  FROM (
    SELECT
      "t0"."customer_id"
    FROM "customer_start" AS "t0"
    WHERE
      "t0"."churn_day" IS NULL
  ) AS "t5"
  UNION
  SELECT
    *
  FROM (
    SELECT
      "t1"."customer_id"
    FROM "deal" AS "t1"
    WHERE
      "t1"."outcome" = 'won'
      AND "t1"."closed_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
      AND "t1"."customer_id" IS NOT NULL
      AND "t1"."closed_at" >= MAKE_TIMESTAMP(2025, 10, 3, 0, 0, 0.0)
  ) AS "t7"
)
SELECT
  "t32"."customer_id",
  "t32"."rank",
  "t32"."role",
  "t32"."person_id",
  "t32"."since",
  "t32"."reason",
  24311 AS "key_month"
FROM (
  SELECT
    "t31".*
    EXCLUDE ("place")
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t29"."customer_id",
        "t29"."rank",
        "t29"."role",
        "t29"."person_id",
        "t29"."since",
        "t29"."reason",
        ROW_NUMBER() OVER (
          PARTITION BY "t29"."customer_id"
          ORDER BY "t29"."rank" ASC, "t29"."since" DESC, "t29"."person_id" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "place"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t27"."customer_id",
            "t27"."rank",
            "t27"."role",
            "t27"."person_id",
            "t27"."since",
            "t27"."reason"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t24"."customer_id",
                5 AS "rank",
                'sales' AS "role",
                "t24"."seller" AS "person_id",
                "t24"."closed_at" AS "since",
                'deal' AS "reason"
              FROM (
                SELECT
                  "t20"."deal_id",
                  "t20"."customer_id",
                  "t20"."kind",
                  "t20"."person_id",
                  "t20"."closed_at",
                  "t20"."place",
                  COALESCE("t20"."person_id", "t23"."sold_by") AS "seller"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t6"."deal_id",
                      "t6"."customer_id",
                      "t6"."kind",
                      "t6"."person_id",
                      "t6"."closed_at",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t6"."customer_id"
                        ORDER BY "t6"."closed_at" DESC, "t6"."deal_id" ASC
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "place"
                    FROM (
                      SELECT
                        "t1"."deal_id",
                        "t1"."customer_id",
                        "t1"."kind",
                        "t1"."person_id",
                        "t1"."closed_at"
                      FROM "deal" AS "t1"
                      WHERE
                        "t1"."outcome" = 'won'
                        AND "t1"."closed_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                        AND "t1"."customer_id" IS NOT NULL
                    ) AS "t6"
                  ) AS "t15"
                  WHERE
                    "t15"."place" = 0
                ) AS "t20"
                LEFT OUTER JOIN (
                  SELECT
                    "t17"."deal_id" AS "sold",
                    "t17"."person_id" AS "sold_by"
                  FROM (
                    SELECT
                      "t9"."deal_id",
                      "t9"."role",
                      "t9"."person_id",
                      "t9"."share",
                      "t9"."recorded_at",
                      "t9"."source",
                      "t9"."url",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t9"."deal_id"
                        ORDER BY COALESCE("t9"."share", 0) DESC, "t9"."person_id" ASC
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "place"
                    FROM (
                      SELECT
                        *
                      FROM "deal_role" AS "t4"
                      WHERE
                        "t4"."role" = 'sold_by'
                    ) AS "t9"
                  ) AS "t17"
                  WHERE
                    "t17"."place" = 0
                ) AS "t23"
                  ON "t20"."deal_id" = "t23"."sold"
              ) AS "t24"
              WHERE
                "t24"."seller" IS NOT NULL
            ) AS "t25"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t16"."customer_id",
                  0 AS "rank",
                  "t16"."to_role" AS "role",
                  "t16"."to_person_id" AS "person_id",
                  "t16"."accepted_at" AS "since",
                  'handoff' AS "reason"
                FROM (
                  SELECT
                    "t8"."handoff_id",
                    "t8"."customer_id",
                    "t8"."deal_id",
                    "t8"."template",
                    "t8"."from_role",
                    "t8"."to_role",
                    "t8"."from_person_id",
                    "t8"."to_person_id",
                    "t8"."given_at",
                    "t8"."returned_at",
                    "t8"."accepted_at",
                    "t8"."confirmed_at",
                    "t8"."completeness",
                    "t8"."accuracy",
                    "t8"."items",
                    "t8"."reasks",
                    "t8"."reasks_unfilled",
                    "t8"."customer_confirmed_at",
                    "t8"."recorded_at",
                    "t8"."source",
                    "t8"."url",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t8"."customer_id"
                      ORDER BY "t8"."accepted_at" DESC, "t8"."handoff_id" ASC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "place"
                  FROM (
                    SELECT
                      *
                    FROM "handoff" AS "t3"
                    WHERE
                      "t3"."accepted_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                  ) AS "t8"
                ) AS "t16"
                WHERE
                  "t16"."place" = 0 AND "t16"."to_person_id" IS NOT NULL
              ) AS "t19"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t2"."customer_id",
                  CAST(CASE "t2"."role"
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
                  "t2"."role",
                  "t2"."person_id",
                  "t2"."from_at" AS "since",
                  'assignment' AS "reason"
                FROM "assignment" AS "t2"
                WHERE
                  "t2"."role" IN ('success', 'account_manager', 'implementation', 'sales')
                  AND "t2"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                  AND (
                    (
                      "t2"."to_at" IS NULL
                    )
                    OR (
                      "t2"."to_at" >= MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                    )
                  )
              ) AS "t11"
            ) AS "t21"
          ) AS "t27"
          SEMI JOIN "t10" AS "t13"
            ON "t27"."customer_id" = "t13"."customer_id"
        ) AS "t28"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t12"."customer_id",
            6 AS "rank",
            CAST(NULL AS TEXT) AS "role",
            CAST(NULL AS TEXT) AS "person_id",
            CAST(NULL AS TIMESTAMP) AS "since",
            'nobody' AS "reason"
          FROM "t10" AS "t12"
        ) AS "t14"
      ) AS "t29"
    ) AS "t30"
    WHERE
      "t30"."place" = 0
  ) AS "t31"
) AS "t32"
ORDER BY
  "t32"."customer_id" ASC
