SELECT
  *
FROM (
  SELECT
    "t39".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t38"."deal_id",
      "t38"."customer_id",
      "t38"."closed_at",
      "t38"."owner",
      "t38"."key_month",
      "t38"."moment",
      COALESCE("t38"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t37"."deal_id",
        "t37"."customer_id",
        "t37"."closed_at",
        "t37"."owner",
        "t37"."key_month",
        "t37"."moment",
        "t13"."trait_customer",
        "t13"."trait_value",
        "t13"."trait_from",
        "t13"."trait_to"
      FROM (
        SELECT
          "t35"."deal_id",
          "t35"."customer_id",
          "t35"."closed_at",
          "t35"."owner",
          "t35"."key_month",
          GREATEST("t35"."key_month", COALESCE("t35"."began", "t35"."key_month")) AS "moment"
        FROM (
          SELECT
            "t34"."deal_id",
            "t34"."customer_id",
            "t34"."closed_at",
            "t34"."owner",
            "t34"."key_month",
            "t8"."starter",
            "t8"."began"
          FROM (
            SELECT
              "t32"."deal_id",
              "t32"."customer_id",
              "t32"."closed_at",
              "t32"."seller" AS "owner",
              24311 AS "key_month"
            FROM (
              SELECT
                "t23"."deal_id",
                "t23"."customer_id",
                "t23"."kind",
                "t23"."person_id",
                "t23"."closed_at",
                COALESCE("t23"."person_id", "t21"."sold_by") AS "seller",
                "t31"."held_deal",
                "t31"."next_person"
              FROM (
                SELECT
                  "t19"."deal_id",
                  "t19"."customer_id",
                  "t19"."kind",
                  "t19"."person_id",
                  "t19"."closed_at"
                FROM (
                  SELECT
                    "t14"."deal_id",
                    "t14"."customer_id",
                    "t14"."kind",
                    "t14"."person_id",
                    "t14"."closed_at",
                    "t17"."handed",
                    "t17"."last_at"
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
                      AND "t2"."kind" = 'new'
                  ) AS "t14"
                  LEFT OUTER JOIN (
                    SELECT
                      "t11"."customer_id" AS "handed",
                      MAX("t11"."given_at") AS "last_at"
                    FROM (
                      SELECT
                        *
                      FROM "handoff" AS "t4"
                      WHERE
                        "t4"."given_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                    ) AS "t11"
                    GROUP BY
                      1
                  ) AS "t17"
                    ON "t14"."customer_id" = "t17"."handed"
                ) AS "t19"
                WHERE
                  (
                    "t19"."last_at" IS NULL
                  )
                  OR (
                    "t19"."last_at" < (
                      "t19"."closed_at" - INTERVAL '30' DAY
                    )
                  )
              ) AS "t23"
              LEFT OUTER JOIN (
                SELECT
                  "t18"."deal_id" AS "sold",
                  "t18"."person_id" AS "sold_by"
                FROM (
                  SELECT
                    "t10"."deal_id",
                    "t10"."role",
                    "t10"."person_id",
                    "t10"."share",
                    "t10"."recorded_at",
                    "t10"."source",
                    "t10"."url",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t10"."deal_id"
                      ORDER BY COALESCE("t10"."share", 0) DESC, "t10"."person_id" ASC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "place"
                  FROM (
                    SELECT
                      *
                    FROM "deal_role" AS "t3"
                    WHERE
                      "t3"."role" = 'sold_by'
                  ) AS "t10"
                ) AS "t18"
                WHERE
                  "t18"."place" = 0
              ) AS "t21"
                ON "t23"."deal_id" = "t21"."sold"
              LEFT OUTER JOIN (
                SELECT
                  "t29"."held_deal",
                  "t29"."next_person"
                FROM (
                  SELECT
                    "t28"."held_deal",
                    "t28"."buyer",
                    "t28"."closed",
                    "t28"."holder",
                    "t28"."next_person",
                    "t28"."begun",
                    "t28"."ended",
                    "t28"."rank",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t28"."held_deal"
                      ORDER BY "t28"."rank" ASC, GREATEST("t28"."begun", "t28"."closed") ASC, "t28"."begun" DESC, "t28"."next_person" ASC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "place"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t26"."held_deal",
                        "t26"."buyer",
                        "t26"."closed",
                        "t15"."holder",
                        "t15"."next_person",
                        "t15"."begun",
                        "t15"."ended",
                        "t15"."rank"
                      FROM (
                        SELECT
                          "t24"."deal_id" AS "held_deal",
                          "t24"."customer_id" AS "buyer",
                          "t24"."closed_at" AS "closed"
                        FROM (
                          SELECT
                            "t23"."deal_id",
                            "t23"."customer_id",
                            "t23"."kind",
                            "t23"."person_id",
                            "t23"."closed_at",
                            COALESCE("t23"."person_id", "t21"."sold_by") AS "seller"
                          FROM (
                            SELECT
                              "t19"."deal_id",
                              "t19"."customer_id",
                              "t19"."kind",
                              "t19"."person_id",
                              "t19"."closed_at"
                            FROM (
                              SELECT
                                "t14"."deal_id",
                                "t14"."customer_id",
                                "t14"."kind",
                                "t14"."person_id",
                                "t14"."closed_at",
                                "t17"."handed",
                                "t17"."last_at"
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
                                  AND "t2"."kind" = 'new'
                              ) AS "t14"
                              LEFT OUTER JOIN (
                                SELECT
                                  "t11"."customer_id" AS "handed",
                                  MAX("t11"."given_at") AS "last_at"
                                FROM (
                                  SELECT
                                    *
                                  FROM "handoff" AS "t4"
                                  WHERE
                                    "t4"."given_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                                ) AS "t11"
                                GROUP BY
                                  1
                              ) AS "t17"
                                ON "t14"."customer_id" = "t17"."handed"
                            ) AS "t19"
                            WHERE
                              (
                                "t19"."last_at" IS NULL
                              )
                              OR (
                                "t19"."last_at" < (
                                  "t19"."closed_at" - INTERVAL '30' DAY
                                )
                              )
                          ) AS "t23"
                          LEFT OUTER JOIN (
                            SELECT
                              "t18"."deal_id" AS "sold",
                              "t18"."person_id" AS "sold_by"
                            FROM (
                              SELECT
                                "t10"."deal_id",
                                "t10"."role",
                                "t10"."person_id",
                                "t10"."share",
                                "t10"."recorded_at",
                                "t10"."source",
                                "t10"."url",
                                ROW_NUMBER() OVER (
                                  PARTITION BY "t10"."deal_id"
                                  ORDER BY COALESCE("t10"."share", 0) DESC, "t10"."person_id" ASC
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) - 1 AS "place"
                              FROM (
                                SELECT
                                  *
                                FROM "deal_role" AS "t3"
                                WHERE
                                  "t3"."role" = 'sold_by'
                              ) AS "t10"
                            ) AS "t18"
                            WHERE
                              "t18"."place" = 0
                          ) AS "t21"
                            ON "t23"."deal_id" = "t21"."sold"
                        ) AS "t24"
                      ) AS "t26"
                      INNER JOIN (
                        SELECT
                          "t5"."customer_id" AS "holder",
                          "t5"."person_id" AS "next_person",
                          "t5"."from_at" AS "begun",
                          "t5"."to_at" AS "ended",
                          CASE "t5"."role"
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
                        FROM "assignment" AS "t5"
                        WHERE
                          "t5"."role" IN ('presales', 'implementation', 'success', 'account_manager', 'support')
                          AND "t5"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                      ) AS "t15"
                        ON "t26"."buyer" = "t15"."holder"
                    ) AS "t27"
                    WHERE
                      (
                        "t27"."ended" IS NULL
                      )
                      OR (
                        (
                          "t27"."ended" > "t27"."closed"
                        ) AND (
                          "t27"."ended" > "t27"."begun"
                        )
                      )
                  ) AS "t28"
                ) AS "t29"
                WHERE
                  "t29"."place" = 0
              ) AS "t31"
                ON "t23"."deal_id" = "t31"."held_deal"
            ) AS "t32"
            WHERE
              (
                "t32"."next_person" IS NULL
              )
              OR (
                "t32"."seller" IS NULL
              )
              OR (
                "t32"."next_person" <> "t32"."seller"
              )
          ) AS "t34"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t8"
            ON "t34"."customer_id" = "t8"."starter"
        ) AS "t35"
      ) AS "t37"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t13"
        ON "t37"."customer_id" = "t13"."trait_customer"
        AND "t37"."moment" >= "t13"."trait_from"
        AND "t37"."moment" < "t13"."trait_to"
    ) AS "t38"
  ) AS "t39"
) AS "t40"
ORDER BY
  "t40"."closed_at" DESC,
  "t40"."deal_id" ASC
