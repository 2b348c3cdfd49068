WITH "t27" AS (
  SELECT
    "t16"."customer_id",
    "t16"."first_month",
    COALESCE("t21"."value", '(none)') AS "slice",
    COALESCE("t21"."since", 0) AS "since",
    COALESCE("t21"."until", 9999999) AS "until"
  FROM (
    SELECT
      "t4"."customer_id",
      "t4"."first_month"
    FROM "customer_start" AS "t4"
  ) AS "t16"
  LEFT OUTER JOIN (
    SELECT
      "t2"."customer_id" AS "holder",
      "t2"."value",
      "t2"."from_month" AS "since",
      "t2"."to_month" AS "until"
    FROM "customer_trait" AS "t2"
    WHERE
      "t2"."name" = 'segment'
  ) AS "t21"
    ON "t16"."customer_id" = "t21"."holder"
)
SELECT
  "t71"."month",
  "t71"."slice",
  CAST(SUM("t71"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
  SUM("t71"."customers") AS "customers",
  CAST(SUM("t71"."new_e16") AS DECIMAL(38, 0)) AS "new_e16",
  SUM("t71"."new_customers") AS "new_customers"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t69"."month",
      "t69"."slice",
      "t69"."base_e16",
      "t69"."customers",
      CAST(0 AS DECIMAL(38, 0)) AS "new_e16",
      CAST(0 AS BIGINT) AS "new_customers"
    FROM (
      SELECT
        "t68"."month",
        "t68"."slice",
        CAST(SUM("t68"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
        SUM("t68"."customers") AS "customers"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t63"."month",
              "t63"."slice",
              CAST(SUM("t63"."base_e6") AS DECIMAL(38, 0)) AS "base_e16",
              SUM("t63"."customers") AS "customers"
            FROM (
              SELECT
                "t61"."slice",
                "t61"."customers",
                "t31"."at_month" AS "month",
                "t61"."base_e6" * CAST("t31"."rate_e10" AS DECIMAL(38, 0)) AS "base_e6"
              FROM (
                SELECT
                  "t55"."slice",
                  "t55"."currency",
                  "t55"."from_month",
                  "t55"."to_month",
                  CAST(SUM(CAST("t55"."base_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "base_e6",
                  SUM("t55"."customers") AS "customers"
                FROM (
                  SELECT
                    "t51"."customer_id",
                    "t51"."currency",
                    "t51"."arr_e6",
                    GREATEST("t51"."from_month", "t51"."value_from") AS "from_month",
                    LEAST("t51"."to_month", "t51"."value_to") AS "to_month",
                    "t51"."slice",
                    "t51"."arr_e6" AS "base_e6",
                    1 AS "customers"
                  FROM (
                    SELECT
                      "t41"."customer_id",
                      "t41"."currency",
                      "t41"."arr_e6",
                      "t41"."from_month",
                      "t41"."to_month",
                      "t48"."holder",
                      "t48"."slice",
                      "t48"."value_from",
                      "t48"."value_to"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t6"."customer_id",
                          "t6"."currency",
                          "t6"."arr_e6",
                          "t6"."from_month",
                          "t6"."to_month"
                        FROM "mrr_level" AS "t6"
                        ANTI JOIN (
                          SELECT
                            "t18"."customer_id"
                          FROM (
                            SELECT
                              "t5"."customer_id",
                              MIN("t5"."arr_e6") AS "least",
                              MIN("t5"."currency") AS "one",
                              MAX("t5"."currency") AS "other"
                            FROM "mrr_level" AS "t5"
                            GROUP BY
                              1
                          ) AS "t18"
                          WHERE
                            (
                              "t18"."least" <= 0
                            ) OR (
                              "t18"."one" <> "t18"."other"
                            )
                        ) AS "t29"
                          ON "t6"."customer_id" = "t29"."customer_id"
                      ) AS "t34"
                      WHERE
                        "t34"."from_month" <= 24311 AND "t34"."to_month" > 24310
                    ) AS "t41"
                    INNER JOIN (
                      SELECT
                        "t46"."customer_id" AS "holder",
                        "t46"."slice",
                        "t46"."from_month" AS "value_from",
                        "t46"."to_month" AS "value_to"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t30"."customer_id",
                            "t30"."slice",
                            CASE WHEN "t30"."since" > "t30"."first_month" THEN "t30"."since" + 0 ELSE 0 END AS "from_month",
                            "t30"."until" + 0 AS "to_month"
                          FROM "t27" AS "t30"
                          WHERE
                            "t30"."until" > "t30"."first_month"
                        ) AS "t36"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t40"."customer_id",
                            '(none)' AS "slice",
                            0 AS "from_month",
                            "t40"."since" + 0 AS "to_month"
                          FROM (
                            SELECT
                              "t32"."customer_id",
                              MIN("t32"."since") AS "since"
                            FROM (
                              SELECT
                                *
                              FROM "t27" AS "t30"
                              WHERE
                                "t30"."since" > "t30"."first_month"
                            ) AS "t32"
                            GROUP BY
                              1
                          ) AS "t40"
                          ANTI JOIN (
                            SELECT
                              *
                            FROM "t27" AS "t30"
                            WHERE
                              "t30"."since" <= "t30"."first_month" AND "t30"."until" > "t30"."first_month"
                          ) AS "t37"
                            ON "t40"."customer_id" = "t37"."customer_id"
                        ) AS "t44"
                      ) AS "t46"
                    ) AS "t48"
                      ON "t41"."customer_id" = "t48"."holder"
                      AND "t41"."from_month" < "t48"."value_to"
                      AND "t48"."value_from" < "t41"."to_month"
                  ) AS "t51"
                ) AS "t55"
                GROUP BY
                  1,
                  2,
                  3,
                  4
              ) AS "t61"
              INNER JOIN (
                SELECT
                  "t19"."rated",
                  "t19"."at_month",
                  "t19"."rate_e10"
                FROM (
                  SELECT
                    "t1"."currency" AS "rated",
                    "t1"."month" + 0 AS "at_month",
                    "t1"."rate_e10"
                  FROM "fx_month" AS "t1"
                ) AS "t19"
                SEMI JOIN (
                  SELECT
                    "t3"."month" AS "at_month"
                  FROM "calendar_month" AS "t3"
                  WHERE
                    "t3"."month" IN (24310, 24311)
                ) AS "t22"
                  ON "t19"."at_month" = "t22"."at_month"
              ) AS "t31"
                ON "t61"."currency" = "t31"."rated"
                AND "t61"."from_month" <= "t31"."at_month"
                AND "t31"."at_month" < "t61"."to_month"
            ) AS "t63"
            GROUP BY
              1,
              2
          ) AS "t66"
        ) AS "t67"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t62"."month",
              "t62"."slice",
              CAST(SUM("t62"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
              COUNT(*) AS "customers"
            FROM (
              SELECT
                "t59".*
                EXCLUDE ("moment")
              FROM (
                SELECT
                  "t56"."customer_id",
                  "t56"."month",
                  "t56"."base_e16",
                  "t56"."key_month",
                  "t56"."moment",
                  COALESCE("t56"."trait_value", '(none)') AS "slice"
                FROM (
                  SELECT
                    "t53"."customer_id",
                    "t53"."month",
                    "t53"."base_e16",
                    "t53"."key_month",
                    "t53"."moment",
                    "t20"."trait_customer",
                    "t20"."trait_value",
                    "t20"."trait_from",
                    "t20"."trait_to"
                  FROM (
                    SELECT
                      "t49"."customer_id",
                      "t49"."month",
                      "t49"."base_e16",
                      "t49"."key_month",
                      GREATEST("t49"."key_month", COALESCE("t49"."began", "t49"."key_month")) AS "moment"
                    FROM (
                      SELECT
                        "t45"."customer_id",
                        "t45"."month",
                        "t45"."base_e16",
                        "t45"."key_month",
                        "t17"."starter",
                        "t17"."began"
                      FROM (
                        SELECT
                          "t42"."customer_id",
                          "t42"."month",
                          "t42"."worth" AS "base_e16",
                          "t42"."month" AS "key_month"
                        FROM (
                          SELECT
                            "t35"."customer_id",
                            "t35"."month",
                            CAST(SUM("t35"."worth") AS DECIMAL(38, 0)) AS "worth"
                          FROM (
                            SELECT
                              "t6"."customer_id",
                              "t23"."month",
                              CAST("t6"."arr_e6" AS DECIMAL(38, 0)) * CAST("t11"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                            FROM "mrr_level" AS "t6"
                            SEMI JOIN (
                              SELECT
                                "t18"."customer_id"
                              FROM (
                                SELECT
                                  "t5"."customer_id",
                                  MIN("t5"."arr_e6") AS "least",
                                  MIN("t5"."currency") AS "one",
                                  MAX("t5"."currency") AS "other"
                                FROM "mrr_level" AS "t5"
                                GROUP BY
                                  1
                              ) AS "t18"
                              WHERE
                                (
                                  "t18"."least" <= 0
                                ) OR (
                                  "t18"."one" <> "t18"."other"
                                )
                            ) AS "t29"
                              ON "t6"."customer_id" = "t29"."customer_id"
                            INNER JOIN (
                              SELECT
                                "t3"."month",
                                "t3"."month" AS "at",
                                "t3"."month" AS "rate_month"
                              FROM "calendar_month" AS "t3"
                              WHERE
                                "t3"."month" IN (24310, 24311)
                            ) AS "t23"
                              ON "t6"."from_month" <= "t23"."at" AND "t23"."at" < "t6"."to_month"
                            INNER JOIN (
                              SELECT
                                "t1"."currency",
                                "t1"."month" AS "rated",
                                "t1"."rate_e10"
                              FROM "fx_month" AS "t1"
                            ) AS "t11"
                              ON "t6"."currency" = "t11"."currency" AND "t23"."rate_month" = "t11"."rated"
                          ) AS "t35"
                          GROUP BY
                            1,
                            2
                        ) AS "t42"
                        WHERE
                          "t42"."worth" > 0
                      ) AS "t45"
                      LEFT OUTER JOIN (
                        SELECT
                          "t4"."customer_id" AS "starter",
                          "t4"."first_month" AS "began"
                        FROM "customer_start" AS "t4"
                      ) AS "t17"
                        ON "t45"."customer_id" = "t17"."starter"
                    ) AS "t49"
                  ) AS "t53"
                  LEFT OUTER JOIN (
                    SELECT
                      "t2"."customer_id" AS "trait_customer",
                      "t2"."value" AS "trait_value",
                      "t2"."from_month" AS "trait_from",
                      "t2"."to_month" AS "trait_to"
                    FROM "customer_trait" AS "t2"
                    WHERE
                      "t2"."name" = 'segment'
                  ) AS "t20"
                    ON "t53"."customer_id" = "t20"."trait_customer"
                    AND "t53"."moment" >= "t20"."trait_from"
                    AND "t53"."moment" < "t20"."trait_to"
                ) AS "t56"
              ) AS "t59"
            ) AS "t62"
            GROUP BY
              1,
              2
          ) AS "t64"
        ) AS "t65"
      ) AS "t68"
      GROUP BY
        1,
        2
    ) AS "t69"
  ) AS "t70"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t57"."month",
      "t57"."slice",
      CAST(0 AS DECIMAL(38, 0)) AS "base_e16",
      CAST(0 AS BIGINT) AS "customers",
      "t57"."base_e16" AS "new_e16",
      "t57"."customers" AS "new_customers"
    FROM (
      SELECT
        "t54"."month",
        "t54"."part",
        "t54"."slice",
        CAST(SUM("t54"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
        COUNT(*) AS "customers"
      FROM (
        SELECT
          "t50"."customer_id",
          "t50"."kind",
          "t50"."base_e16",
          GREATEST("t50"."from_month", "t50"."value_from") AS "from_month",
          LEAST("t50"."to_month", "t50"."value_to") AS "to_month",
          "t50"."slice",
          GREATEST("t50"."from_month", "t50"."value_from") AS "month",
          "t50"."kind" AS "part"
        FROM (
          SELECT
            "t25"."customer_id",
            "t25"."kind",
            "t25"."base_e16",
            "t25"."from_month",
            "t25"."to_month",
            "t48"."holder",
            "t48"."slice",
            "t48"."value_from",
            "t48"."value_to"
          FROM (
            SELECT
              "t0"."customer_id",
              "t0"."kind",
              "t0"."base_e16",
              (
                "t0"."month" + 0
              ) - (
                (
                  "t0"."month" - 24310
                ) % 1
              ) AS "from_month",
              (
                (
                  "t0"."month" + 0
                ) - (
                  (
                    "t0"."month" - 24310
                  ) % 1
                )
              ) + 1 AS "to_month"
            FROM "movement" AS "t0"
            WHERE
              "t0"."month" >= 24310 AND "t0"."month" <= 24311 AND "t0"."kind" = 'new'
          ) AS "t25"
          INNER JOIN (
            SELECT
              "t46"."customer_id" AS "holder",
              "t46"."slice",
              "t46"."from_month" AS "value_from",
              "t46"."to_month" AS "value_to"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t30"."customer_id",
                  "t30"."slice",
                  CASE WHEN "t30"."since" > "t30"."first_month" THEN "t30"."since" + 0 ELSE 0 END AS "from_month",
                  "t30"."until" + 0 AS "to_month"
                FROM "t27" AS "t30"
                WHERE
                  "t30"."until" > "t30"."first_month"
              ) AS "t36"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t40"."customer_id",
                  '(none)' AS "slice",
                  0 AS "from_month",
                  "t40"."since" + 0 AS "to_month"
                FROM (
                  SELECT
                    "t32"."customer_id",
                    MIN("t32"."since") AS "since"
                  FROM (
                    SELECT
                      *
                    FROM "t27" AS "t30"
                    WHERE
                      "t30"."since" > "t30"."first_month"
                  ) AS "t32"
                  GROUP BY
                    1
                ) AS "t40"
                ANTI JOIN (
                  SELECT
                    *
                  FROM "t27" AS "t30"
                  WHERE
                    "t30"."since" <= "t30"."first_month" AND "t30"."until" > "t30"."first_month"
                ) AS "t37"
                  ON "t40"."customer_id" = "t37"."customer_id"
              ) AS "t44"
            ) AS "t46"
          ) AS "t48"
            ON "t25"."customer_id" = "t48"."holder"
            AND "t25"."from_month" < "t48"."value_to"
            AND "t48"."value_from" < "t25"."to_month"
        ) AS "t50"
      ) AS "t54"
      GROUP BY
        1,
        2,
        3
    ) AS "t57"
  ) AS "t60"
) AS "t71"
GROUP BY
  1,
  2
