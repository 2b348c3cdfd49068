WITH "t28" AS (
  SELECT
    "t6"."customer_id",
    "t6"."currency",
    "t6"."arr_e6",
    "t6"."from_month",
    "t6"."to_month"
  FROM "mrr_level" AS "t6"
  ANTI JOIN (
    SELECT
      "t16"."customer_id"
    FROM (
      SELECT
        "t5"."customer_id",
        MIN("t5"."arr_e6") AS "least",
        MIN("t5"."currency") AS "one",
        MAX("t5"."currency") AS "other"
      FROM "mrr_level" AS "t5"
      GROUP BY
        1
    ) AS "t16"
    WHERE
      (
        "t16"."least" <= 0
      ) OR (
        "t16"."one" <> "t16"."other"
      )
  ) AS "t25"
    ON "t6"."customer_id" = "t25"."customer_id"
), "t39" AS (
  SELECT
    "t35"."customer_id",
    "t35"."currency",
    "t35"."arr_e6",
    "t35"."from_month",
    "t35"."to_month",
    "t35"."sign",
    "t18"."trait_customer",
    "t18"."slice",
    "t18"."trait_from",
    "t18"."trait_to"
  FROM (
    SELECT
      "t29"."customer_id",
      "t29"."currency",
      "t29"."arr_e6",
      "t29"."from_month",
      "t29"."to_month",
      1 AS "sign"
    FROM "t28" AS "t29"
  ) AS "t35"
  INNER JOIN (
    SELECT
      "t0"."customer_id" AS "trait_customer",
      "t0"."value" AS "slice",
      "t0"."from_month" AS "trait_from",
      "t0"."to_month" AS "trait_to"
    FROM "customer_trait" AS "t0"
    WHERE
      "t0"."name" = 'segment'
  ) AS "t18"
    ON "t35"."customer_id" = "t18"."trait_customer"
    AND "t35"."from_month" < "t18"."trait_to"
    AND "t18"."trait_from" < "t35"."to_month"
), "t48" AS (
  SELECT
    *
  FROM (
    SELECT
      "t40"."currency",
      -(
        "t40"."arr_e6"
      ) AS "arr_e6",
      GREATEST("t40"."from_month", "t40"."trait_from") AS "from_month",
      LEAST("t40"."to_month", "t40"."trait_to") AS "to_month",
      -(
        "t40"."sign"
      ) AS "sign",
      '(none)' AS "slice"
    FROM "t39" AS "t40"
  ) AS "t46"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t29"."currency",
        "t29"."arr_e6",
        "t29"."from_month",
        "t29"."to_month",
        1 AS "sign",
        '(none)' AS "slice"
      FROM "t28" AS "t29"
    ) AS "t33"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t40"."currency",
        "t40"."arr_e6",
        GREATEST("t40"."from_month", "t40"."trait_from") AS "from_month",
        LEAST("t40"."to_month", "t40"."trait_to") AS "to_month",
        "t40"."sign",
        "t40"."slice"
      FROM "t39" AS "t40"
    ) AS "t45"
  ) AS "t47"
)
SELECT
  "t78"."month",
  "t78"."slice",
  CAST(SUM("t78"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
  SUM("t78"."customers") AS "customers",
  CAST(SUM("t78"."new_e16") AS DECIMAL(38, 0)) AS "new_e16",
  SUM("t78"."new_customers") AS "new_customers"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t76"."month",
      "t76"."slice",
      "t76"."base_e16",
      "t76"."customers",
      CAST(0 AS DECIMAL(38, 0)) AS "new_e16",
      CAST(0 AS BIGINT) AS "new_customers"
    FROM (
      SELECT
        "t75"."month",
        "t75"."slice",
        CAST(SUM("t75"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
        SUM("t75"."customers") AS "customers"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t72"."month",
              "t72"."slice",
              CAST(SUM("t72"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
              SUM("t72"."customers") AS "customers"
            FROM (
              SELECT
                "t70"."currency",
                "t70"."slice",
                "t70"."at_month",
                "t70"."arr_e6",
                "t70"."customers",
                "t70"."rate_currency",
                "t70"."rate_month",
                "t70"."rate_e10",
                "t70"."at_month" AS "month",
                "t70"."arr_e6" * CAST("t70"."rate_e10" AS DECIMAL(38, 0)) AS "base_e16"
              FROM (
                SELECT
                  "t67"."currency",
                  "t67"."slice",
                  "t67"."at_month",
                  "t67"."arr_e6",
                  "t67"."customers",
                  "t19"."rate_currency",
                  "t19"."rate_month",
                  "t19"."rate_e10"
                FROM (
                  SELECT
                    "t63"."currency",
                    "t63"."slice",
                    "t63"."at_month",
                    CAST(SUM("t63"."arr_e6") AS DECIMAL(38, 0)) AS "arr_e6",
                    SUM("t63"."customers") AS "customers"
                  FROM (
                    SELECT
                      "t61"."currency",
                      "t61"."slice",
                      "t61"."month",
                      "t61"."arr_e6",
                      "t61"."customers",
                      "t20"."at_month"
                    FROM (
                      SELECT
                        "t57"."currency",
                        "t57"."slice",
                        "t57"."month",
                        CAST(SUM("t57"."arr_e6") AS DECIMAL(38, 0)) AS "arr_e6",
                        SUM("t57"."customers") AS "customers"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t50"."currency",
                            "t50"."slice",
                            "t50"."from_month" AS "month",
                            CAST("t50"."arr_e6" AS DECIMAL(38, 0)) AS "arr_e6",
                            "t50"."sign" AS "customers"
                          FROM "t48" AS "t50"
                        ) AS "t54"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t50"."currency",
                            "t50"."slice",
                            "t50"."to_month" AS "month",
                            -(
                              CAST("t50"."arr_e6" AS DECIMAL(38, 0))
                            ) AS "arr_e6",
                            -(
                              "t50"."sign"
                            ) AS "customers"
                          FROM "t48" AS "t50"
                        ) AS "t55"
                      ) AS "t57"
                      GROUP BY
                        1,
                        2,
                        3
                    ) AS "t61"
                    INNER JOIN (
                      SELECT
                        "t4"."month" AS "at_month"
                      FROM "calendar_month" AS "t4"
                      WHERE
                        "t4"."month" IN (24310, 24311)
                    ) AS "t20"
                      ON "t61"."month" <= "t20"."at_month"
                  ) AS "t63"
                  GROUP BY
                    1,
                    2,
                    3
                ) AS "t67"
                INNER JOIN (
                  SELECT
                    "t1"."currency" AS "rate_currency",
                    "t1"."month" AS "rate_month",
                    "t1"."rate_e10"
                  FROM "fx_month" AS "t1"
                  WHERE
                    "t1"."month" IN (24310, 24311)
                ) AS "t19"
                  ON "t67"."currency" = "t19"."rate_currency"
                  AND "t67"."at_month" = "t19"."rate_month"
              ) AS "t70"
            ) AS "t72"
            GROUP BY
              1,
              2
          ) AS "t73"
          WHERE
            "t73"."customers" > 0
        ) AS "t74"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t69"."month",
            "t69"."slice",
            CAST(SUM("t69"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
            COUNT(*) AS "customers"
          FROM (
            SELECT
              "t68".*
              EXCLUDE ("moment")
            FROM (
              SELECT
                "t66"."customer_id",
                "t66"."month",
                "t66"."base_e16",
                "t66"."key_month",
                "t66"."moment",
                COALESCE("t66"."trait_value", '(none)') AS "slice"
              FROM (
                SELECT
                  "t64"."customer_id",
                  "t64"."month",
                  "t64"."base_e16",
                  "t64"."key_month",
                  "t64"."moment",
                  "t17"."trait_customer",
                  "t17"."trait_value",
                  "t17"."trait_from",
                  "t17"."trait_to"
                FROM (
                  SELECT
                    "t60"."customer_id",
                    "t60"."month",
                    "t60"."base_e16",
                    "t60"."key_month",
                    GREATEST("t60"."key_month", COALESCE("t60"."began", "t60"."key_month")) AS "moment"
                  FROM (
                    SELECT
                      "t58"."customer_id",
                      "t58"."month",
                      "t58"."base_e16",
                      "t58"."key_month",
                      "t13"."starter",
                      "t13"."began"
                    FROM (
                      SELECT
                        "t52"."customer_id",
                        "t52"."month",
                        "t52"."worth" AS "base_e16",
                        "t52"."month" AS "key_month"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t6"."customer_id",
                            "t21"."month",
                            CAST("t6"."arr_e6" AS DECIMAL(38, 0)) * CAST("t12"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                          FROM "mrr_level" AS "t6"
                          SEMI JOIN (
                            SELECT
                              "t16"."customer_id"
                            FROM (
                              SELECT
                                "t5"."customer_id",
                                MIN("t5"."arr_e6") AS "least",
                                MIN("t5"."currency") AS "one",
                                MAX("t5"."currency") AS "other"
                              FROM "mrr_level" AS "t5"
                              GROUP BY
                                1
                            ) AS "t16"
                            WHERE
                              (
                                "t16"."least" <= 0
                              ) OR (
                                "t16"."one" <> "t16"."other"
                              )
                          ) AS "t25"
                            ON "t6"."customer_id" = "t25"."customer_id"
                          ANTI JOIN (
                            SELECT
                              "t32"."customer_id"
                            FROM (
                              SELECT
                                "t27"."customer_id",
                                MIN("t27"."arr_e6") AS "least",
                                MIN("t27"."currency") AS "one",
                                MAX("t27"."currency") AS "other"
                              FROM (
                                SELECT
                                  "t6"."customer_id",
                                  "t6"."currency",
                                  "t6"."arr_e6",
                                  "t6"."from_month",
                                  "t6"."to_month"
                                FROM "mrr_level" AS "t6"
                                SEMI JOIN (
                                  SELECT
                                    "t16"."customer_id"
                                  FROM (
                                    SELECT
                                      "t5"."customer_id",
                                      MIN("t5"."arr_e6") AS "least",
                                      MIN("t5"."currency") AS "one",
                                      MAX("t5"."currency") AS "other"
                                    FROM "mrr_level" AS "t5"
                                    GROUP BY
                                      1
                                  ) AS "t16"
                                  WHERE
                                    (
                                      "t16"."least" <= 0
                                    ) OR (
                                      "t16"."one" <> "t16"."other"
                                    )
                                ) AS "t25"
                                  ON "t6"."customer_id" = "t25"."customer_id"
                              ) AS "t27"
                              GROUP BY
                                1
                            ) AS "t32"
                            WHERE
                              (
                                "t32"."least" <= 0
                              ) OR (
                                "t32"."one" <> "t32"."other"
                              )
                          ) AS "t38"
                            ON "t6"."customer_id" = "t38"."customer_id"
                          INNER JOIN (
                            SELECT
                              "t4"."month",
                              "t4"."month" AS "at",
                              "t4"."month" AS "rate_month"
                            FROM "calendar_month" AS "t4"
                            WHERE
                              "t4"."month" IN (24310, 24311)
                          ) AS "t21"
                            ON "t6"."from_month" <= "t21"."at" AND "t21"."at" < "t6"."to_month"
                          INNER JOIN (
                            SELECT
                              "t1"."currency",
                              "t1"."month" AS "rated",
                              "t1"."rate_e10"
                            FROM "fx_month" AS "t1"
                          ) AS "t12"
                            ON "t6"."currency" = "t12"."currency" AND "t21"."rate_month" = "t12"."rated"
                        ) AS "t43"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t44"."customer_id",
                            "t44"."month",
                            CAST(SUM("t44"."worth") AS DECIMAL(38, 0)) AS "worth"
                          FROM (
                            SELECT
                              "t6"."customer_id",
                              "t21"."month",
                              CAST("t6"."arr_e6" AS DECIMAL(38, 0)) * CAST("t12"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                            FROM "mrr_level" AS "t6"
                            SEMI JOIN (
                              SELECT
                                "t16"."customer_id"
                              FROM (
                                SELECT
                                  "t5"."customer_id",
                                  MIN("t5"."arr_e6") AS "least",
                                  MIN("t5"."currency") AS "one",
                                  MAX("t5"."currency") AS "other"
                                FROM "mrr_level" AS "t5"
                                GROUP BY
                                  1
                              ) AS "t16"
                              WHERE
                                (
                                  "t16"."least" <= 0
                                ) OR (
                                  "t16"."one" <> "t16"."other"
                                )
                            ) AS "t25"
                              ON "t6"."customer_id" = "t25"."customer_id"
                            SEMI JOIN (
                              SELECT
                                "t32"."customer_id"
                              FROM (
                                SELECT
                                  "t27"."customer_id",
                                  MIN("t27"."arr_e6") AS "least",
                                  MIN("t27"."currency") AS "one",
                                  MAX("t27"."currency") AS "other"
                                FROM (
                                  SELECT
                                    "t6"."customer_id",
                                    "t6"."currency",
                                    "t6"."arr_e6",
                                    "t6"."from_month",
                                    "t6"."to_month"
                                  FROM "mrr_level" AS "t6"
                                  SEMI JOIN (
                                    SELECT
                                      "t16"."customer_id"
                                    FROM (
                                      SELECT
                                        "t5"."customer_id",
                                        MIN("t5"."arr_e6") AS "least",
                                        MIN("t5"."currency") AS "one",
                                        MAX("t5"."currency") AS "other"
                                      FROM "mrr_level" AS "t5"
                                      GROUP BY
                                        1
                                    ) AS "t16"
                                    WHERE
                                      (
                                        "t16"."least" <= 0
                                      ) OR (
                                        "t16"."one" <> "t16"."other"
                                      )
                                  ) AS "t25"
                                    ON "t6"."customer_id" = "t25"."customer_id"
                                ) AS "t27"
                                GROUP BY
                                  1
                              ) AS "t32"
                              WHERE
                                (
                                  "t32"."least" <= 0
                                ) OR (
                                  "t32"."one" <> "t32"."other"
                                )
                            ) AS "t38"
                              ON "t6"."customer_id" = "t38"."customer_id"
                            INNER JOIN (
                              SELECT
                                "t4"."month",
                                "t4"."month" AS "at",
                                "t4"."month" AS "rate_month"
                              FROM "calendar_month" AS "t4"
                              WHERE
                                "t4"."month" IN (24310, 24311)
                            ) AS "t21"
                              ON "t6"."from_month" <= "t21"."at" AND "t21"."at" < "t6"."to_month"
                            INNER JOIN (
                              SELECT
                                "t1"."currency",
                                "t1"."month" AS "rated",
                                "t1"."rate_e10"
                              FROM "fx_month" AS "t1"
                            ) AS "t12"
                              ON "t6"."currency" = "t12"."currency" AND "t21"."rate_month" = "t12"."rated"
                          ) AS "t44"
                          GROUP BY
                            1,
                            2
                        ) AS "t51"
                      ) AS "t52"
                      WHERE
                        "t52"."worth" > 0
                    ) AS "t58"
                    LEFT OUTER JOIN (
                      SELECT
                        "t3"."customer_id" AS "starter",
                        "t3"."first_month" AS "began"
                      FROM "customer_start" AS "t3"
                    ) AS "t13"
                      ON "t58"."customer_id" = "t13"."starter"
                  ) AS "t60"
                ) AS "t64"
                LEFT OUTER JOIN (
                  SELECT
                    "t0"."customer_id" AS "trait_customer",
                    "t0"."value" AS "trait_value",
                    "t0"."from_month" AS "trait_from",
                    "t0"."to_month" AS "trait_to"
                  FROM "customer_trait" AS "t0"
                  WHERE
                    "t0"."name" = 'segment'
                ) AS "t17"
                  ON "t64"."customer_id" = "t17"."trait_customer"
                  AND "t64"."moment" >= "t17"."trait_from"
                  AND "t64"."moment" < "t17"."trait_to"
              ) AS "t66"
            ) AS "t68"
          ) AS "t69"
          GROUP BY
            1,
            2
        ) AS "t71"
      ) AS "t75"
      GROUP BY
        1,
        2
    ) AS "t76"
  ) AS "t77"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t49"."month",
      "t49"."slice",
      "t49"."base_e16",
      CAST("t49"."customers" AS BIGINT) AS "customers",
      "t49"."new_e16",
      "t49"."new_customers"
    FROM (
      SELECT
        "t42"."month",
        "t42"."slice",
        CAST(0 AS DECIMAL(38, 0)) AS "base_e16",
        0 AS "customers",
        CAST(SUM("t42"."base_e16") AS DECIMAL(38, 0)) AS "new_e16",
        COUNT(*) AS "new_customers"
      FROM (
        SELECT
          "t41".*
          EXCLUDE ("moment")
        FROM (
          SELECT
            "t36"."customer_id",
            "t36"."day",
            "t36"."month",
            "t36"."kind",
            "t36"."cause",
            "t36"."currency",
            "t36"."amount_e6",
            "t36"."base_e16",
            "t36"."key_month",
            "t36"."moment",
            COALESCE("t36"."trait_value", '(none)') AS "slice"
          FROM (
            SELECT
              "t31"."customer_id",
              "t31"."day",
              "t31"."month",
              "t31"."kind",
              "t31"."cause",
              "t31"."currency",
              "t31"."amount_e6",
              "t31"."base_e16",
              "t31"."key_month",
              "t31"."moment",
              "t17"."trait_customer",
              "t17"."trait_value",
              "t17"."trait_from",
              "t17"."trait_to"
            FROM (
              SELECT
                "t26"."customer_id",
                "t26"."day",
                "t26"."month",
                "t26"."kind",
                "t26"."cause",
                "t26"."currency",
                "t26"."amount_e6",
                "t26"."base_e16",
                "t26"."key_month",
                GREATEST("t26"."key_month", COALESCE("t26"."began", "t26"."key_month")) AS "moment"
              FROM (
                SELECT
                  "t23"."customer_id",
                  "t23"."day",
                  "t23"."month",
                  "t23"."kind",
                  "t23"."cause",
                  "t23"."currency",
                  "t23"."amount_e6",
                  "t23"."base_e16",
                  "t23"."key_month",
                  "t13"."starter",
                  "t13"."began"
                FROM (
                  SELECT
                    "t2"."customer_id",
                    "t2"."day",
                    (
                      "t2"."month" + 0
                    ) - (
                      (
                        "t2"."month" - 24310
                      ) % 1
                    ) AS "month",
                    "t2"."kind",
                    "t2"."cause",
                    "t2"."currency",
                    "t2"."amount_e6",
                    "t2"."base_e16",
                    (
                      "t2"."month" + 0
                    ) - (
                      (
                        "t2"."month" - 24310
                      ) % 1
                    ) AS "key_month"
                  FROM "movement" AS "t2"
                  WHERE
                    "t2"."month" >= 24310 AND "t2"."month" <= 24311 AND "t2"."kind" = 'new'
                ) AS "t23"
                LEFT OUTER JOIN (
                  SELECT
                    "t3"."customer_id" AS "starter",
                    "t3"."first_month" AS "began"
                  FROM "customer_start" AS "t3"
                ) AS "t13"
                  ON "t23"."customer_id" = "t13"."starter"
              ) AS "t26"
            ) AS "t31"
            LEFT OUTER JOIN (
              SELECT
                "t0"."customer_id" AS "trait_customer",
                "t0"."value" AS "trait_value",
                "t0"."from_month" AS "trait_from",
                "t0"."to_month" AS "trait_to"
              FROM "customer_trait" AS "t0"
              WHERE
                "t0"."name" = 'segment'
            ) AS "t17"
              ON "t31"."customer_id" = "t17"."trait_customer"
              AND "t31"."moment" >= "t17"."trait_from"
              AND "t31"."moment" < "t17"."trait_to"
          ) AS "t36"
        ) AS "t41"
      ) AS "t42"
      GROUP BY
        1,
        2
    ) AS "t49"
  ) AS "t53"
) AS "t78"
GROUP BY
  1,
  2
