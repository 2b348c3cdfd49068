SELECT
  "t26"."deal_id",
  "t26"."customer_id",
  "t26"."closed_at",
  "t26"."seller" AS "owner",
  24311 AS "key_month"
FROM (
  SELECT
    "t17"."deal_id",
    "t17"."customer_id",
    "t17"."kind",
    "t17"."person_id",
    "t17"."closed_at",
    COALESCE("t17"."person_id", "t15"."sold_by") AS "seller",
    "t25"."held_deal",
    "t25"."next_person"
  FROM (
    SELECT
      "t13"."deal_id",
      "t13"."customer_id",
      "t13"."kind",
      "t13"."person_id",
      "t13"."closed_at"
    FROM (
      SELECT
        "t8"."deal_id",
        "t8"."customer_id",
        "t8"."kind",
        "t8"."person_id",
        "t8"."closed_at",
        "t11"."handed",
        "t11"."last_at"
      FROM (
        SELECT
          "t0"."deal_id",
          "t0"."customer_id",
          "t0"."kind",
          "t0"."person_id",
          "t0"."closed_at"
        FROM "deal" AS "t0"
        WHERE
          "t0"."outcome" = 'won'
          AND "t0"."closed_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
          AND "t0"."kind" = 'new'
      ) AS "t8"
      LEFT OUTER JOIN (
        SELECT
          "t6"."customer_id" AS "handed",
          MAX("t6"."given_at") AS "last_at"
        FROM (
          SELECT
            *
          FROM "handoff" AS "t2"
          WHERE
            "t2"."given_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
        ) AS "t6"
        GROUP BY
          1
      ) AS "t11"
        ON "t8"."customer_id" = "t11"."handed"
    ) AS "t13"
    WHERE
      (
        "t13"."last_at" IS NULL
      )
      OR (
        "t13"."last_at" < (
          "t13"."closed_at" - INTERVAL '30' DAY
        )
      )
  ) AS "t17"
  LEFT OUTER JOIN (
    SELECT
      "t12"."deal_id" AS "sold",
      "t12"."person_id" AS "sold_by"
    FROM (
      SELECT
        "t5"."deal_id",
        "t5"."role",
        "t5"."person_id",
        "t5"."share",
        "t5"."recorded_at",
        "t5"."source",
        "t5"."url",
        ROW_NUMBER() OVER (
          PARTITION BY "t5"."deal_id"
          ORDER BY COALESCE("t5"."share", 0) DESC, "t5"."person_id" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "place"
      FROM (
        SELECT
          *
        FROM "deal_role" AS "t1"
        WHERE
          "t1"."role" = 'sold_by'
      ) AS "t5"
    ) AS "t12"
    WHERE
      "t12"."place" = 0
  ) AS "t15"
    ON "t17"."deal_id" = "t15"."sold"
  LEFT OUTER JOIN (
    SELECT
      "t23"."held_deal",
      "t23"."next_person"
    FROM (
      SELECT
        "t22"."held_deal",
        "t22"."buyer",
        "t22"."closed",
        "t22"."holder",
        "t22"."next_person",
        "t22"."begun",
        "t22"."ended",
        "t22"."rank",
        ROW_NUMBER() OVER (
          PARTITION BY "t22"."held_deal"
          ORDER BY "t22"."rank" ASC, GREATEST("t22"."begun", "t22"."closed") ASC, "t22"."begun" DESC, "t22"."next_person" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "place"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t20"."held_deal",
            "t20"."buyer",
            "t20"."closed",
            "t9"."holder",
            "t9"."next_person",
            "t9"."begun",
            "t9"."ended",
            "t9"."rank"
          FROM (
            SELECT
              "t18"."deal_id" AS "held_deal",
              "t18"."customer_id" AS "buyer",
              "t18"."closed_at" AS "closed"
            FROM (
              SELECT
                "t17"."deal_id",
                "t17"."customer_id",
                "t17"."kind",
                "t17"."person_id",
                "t17"."closed_at",
                COALESCE("t17"."person_id", "t15"."sold_by") AS "seller"
              FROM (
                SELECT
                  "t13"."deal_id",
                  "t13"."customer_id",
                  "t13"."kind",
                  "t13"."person_id",
                  "t13"."closed_at"
                FROM (
                  SELECT
                    "t8"."deal_id",
                    "t8"."customer_id",
                    "t8"."kind",
                    "t8"."person_id",
                    "t8"."closed_at",
                    "t11"."handed",
                    "t11"."last_at"
                  FROM (
                    SELECT
                      "t0"."deal_id",
                      "t0"."customer_id",
                      "t0"."kind",
                      "t0"."person_id",
                      "t0"."closed_at"
                    FROM "deal" AS "t0"
                    WHERE
                      "t0"."outcome" = 'won'
                      AND "t0"."closed_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                      AND "t0"."kind" = 'new'
                  ) AS "t8"
                  LEFT OUTER JOIN (
                    SELECT
                      "t6"."customer_id" AS "handed",
                      MAX("t6"."given_at") AS "last_at"
                    FROM (
                      SELECT
                        *
                      FROM "handoff" AS "t2"
                      WHERE
                        "t2"."given_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                    ) AS "t6"
                    GROUP BY
                      1
                  ) AS "t11"
                    ON "t8"."customer_id" = "t11"."handed"
                ) AS "t13"
                WHERE
                  (
                    "t13"."last_at" IS NULL
                  )
                  OR (
                    "t13"."last_at" < (
                      "t13"."closed_at" - INTERVAL '30' DAY
                    )
                  )
              ) AS "t17"
              LEFT OUTER JOIN (
                SELECT
                  "t12"."deal_id" AS "sold",
                  "t12"."person_id" AS "sold_by"
                FROM (
                  SELECT
                    "t5"."deal_id",
                    "t5"."role",
                    "t5"."person_id",
                    "t5"."share",
                    "t5"."recorded_at",
                    "t5"."source",
                    "t5"."url",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t5"."deal_id"
                      ORDER BY COALESCE("t5"."share", 0) DESC, "t5"."person_id" ASC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "place"
                  FROM (
                    SELECT
                      *
                    FROM "deal_role" AS "t1"
                    WHERE
                      "t1"."role" = 'sold_by'
                  ) AS "t5"
                ) AS "t12"
                WHERE
                  "t12"."place" = 0
              ) AS "t15"
                ON "t17"."deal_id" = "t15"."sold"
            ) AS "t18"
          ) AS "t20"
          INNER JOIN (
            SELECT
              "t3"."customer_id" AS "holder",
              "t3"."person_id" AS "next_person",
              "t3"."from_at" AS "begun",
              "t3"."to_at" AS "ended",
              CASE "t3"."role"
                WHEN 'presales'
                THEN 0
                WHEN 'implementation'
                THEN 1
                WHEN 'success'
                THEN 2
                WHEN 'account_manager'
                THEN 3
                WHEN 'support'
                THEN 4
                ELSE 5
              END AS "rank"
            FROM "assignment" AS "t3"
            WHERE
              "t3"."role" IN ('presales', 'implementation', 'success', 'account_manager', 'support')
              AND "t3"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
          ) AS "t9"
            ON "t20"."buyer" = "t9"."holder"
        ) AS "t21"
        WHERE
          (
            "t21"."ended" IS NULL
          )
          OR (
            (
              "t21"."ended" > "t21"."closed"
            ) AND (
              "t21"."ended" > "t21"."begun"
            )
          )
      ) AS "t22"
    ) AS "t23"
    WHERE
      "t23"."place" = 0
  ) AS "t25"
    ON "t17"."deal_id" = "t25"."held_deal"
) AS "t26"
WHERE
  (
    "t26"."next_person" IS NULL
  )
  OR (
    "t26"."seller" IS NULL
  )
  OR (
    "t26"."next_person" <> "t26"."seller"
  )
ORDER BY
  "t26"."closed_at" DESC,
  "t26"."deal_id" ASC
