WITH "t31" AS (
  SELECT
    "t19"."customer_id",
    "t19"."first_month",
    COALESCE("t24"."value", '(none)') AS "slice",
    COALESCE("t24"."since", 0) AS "since",
    COALESCE("t24"."until", 9999999) AS "until"
  FROM (
    SELECT
      "t4"."customer_id",
      "t4"."first_month"
    FROM "customer_start" AS "t4"
  ) AS "t19"
  LEFT OUTER JOIN (
    SELECT
      "t2"."customer_id" AS "holder",
      "t2"."value",
      "t2"."from_month" AS "since",
      "t2"."to_month" AS "until"
    FROM "customer_trait" AS "t2"
    WHERE
      "t2"."name" = 'segment'
  ) AS "t24"
    ON "t19"."customer_id" = "t24"."holder"
), "t69" AS (
  SELECT
    "t64"."held_from",
    "t64"."held_to",
    "t64"."slice",
    "t64"."currency",
    "t64"."from_month",
    "t64"."to_month",
    CAST(SUM(CAST("t64"."arr_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "arr_e6"
  FROM (
    SELECT
      "t61"."customer_id",
      "t61"."currency",
      "t61"."arr_e6",
      GREATEST("t61"."from_month", "t61"."value_from") AS "from_month",
      LEAST("t61"."to_month", "t61"."value_to") AS "to_month",
      "t61"."held_from",
      "t61"."held_to",
      "t61"."slice"
    FROM (
      SELECT
        "t50"."customer_id",
        "t50"."currency",
        "t50"."arr_e6",
        "t50"."from_month",
        "t50"."to_month",
        "t50"."held_from",
        "t50"."held_to",
        "t58"."holder",
        "t58"."slice",
        "t58"."value_from",
        "t58"."value_to"
      FROM (
        SELECT
          "t40"."customer_id",
          "t40"."currency",
          "t40"."arr_e6",
          "t40"."from_month",
          "t40"."to_month" + 1 AS "to_month",
          "t40"."from_month" AS "held_from",
          "t40"."to_month" AS "held_to"
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
              "t20"."customer_id"
            FROM (
              SELECT
                "t5"."customer_id",
                MIN("t5"."arr_e6") AS "least",
                MIN("t5"."currency") AS "one",
                MAX("t5"."currency") AS "other"
              FROM "mrr_level" AS "t5"
              GROUP BY
                1
            ) AS "t20"
            WHERE
              (
                "t20"."least" <= 0
              ) OR (
                "t20"."one" <> "t20"."other"
              )
          ) AS "t34"
            ON "t6"."customer_id" = "t34"."customer_id"
        ) AS "t40"
        WHERE
          "t40"."from_month" <= 24311 AND (
            "t40"."to_month" + 1
          ) > 24310
      ) AS "t50"
      INNER JOIN (
        SELECT
          "t55"."customer_id" AS "holder",
          "t55"."slice",
          "t55"."from_month" AS "value_from",
          "t55"."to_month" AS "value_to"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t35"."customer_id",
              "t35"."slice",
              CASE WHEN "t35"."since" > "t35"."first_month" THEN "t35"."since" + 1 ELSE 0 END AS "from_month",
              "t35"."until" + 1 AS "to_month"
            FROM "t31" AS "t35"
            WHERE
              "t35"."until" > "t35"."first_month"
          ) AS "t43"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t46"."customer_id",
              '(none)' AS "slice",
              0 AS "from_month",
              "t46"."since" + 1 AS "to_month"
            FROM (
              SELECT
                "t38"."customer_id",
                MIN("t38"."since") AS "since"
              FROM (
                SELECT
                  *
                FROM "t31" AS "t35"
                WHERE
                  "t35"."since" > "t35"."first_month"
              ) AS "t38"
              GROUP BY
                1
            ) AS "t46"
            ANTI JOIN (
              SELECT
                *
              FROM "t31" AS "t35"
              WHERE
                "t35"."since" <= "t35"."first_month" AND "t35"."until" > "t35"."first_month"
            ) AS "t44"
              ON "t46"."customer_id" = "t44"."customer_id"
          ) AS "t53"
        ) AS "t55"
      ) AS "t58"
        ON "t50"."customer_id" = "t58"."holder"
        AND "t50"."from_month" < "t58"."value_to"
        AND "t58"."value_from" < "t50"."to_month"
    ) AS "t61"
  ) AS "t64"
  GROUP BY
    1,
    2,
    3,
    4,
    5,
    6
)
SELECT
  "t89"."month",
  "t89"."part",
  "t89"."slice",
  CAST(SUM("t89"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
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
          "t81"."month",
          "t81"."part",
          "t81"."slice",
          CAST(SUM("t81"."base_e6") AS DECIMAL(38, 0)) AS "base_e16"
        FROM (
          SELECT
            "t78"."part",
            "t78"."slice",
            "t36"."at_month" AS "month",
            "t78"."base_e6" * CAST("t36"."rate_e10" AS DECIMAL(38, 0)) AS "base_e6"
          FROM (
            SELECT
              "t70"."held_from",
              "t70"."held_to",
              "t70"."slice",
              "t70"."currency",
              GREATEST("t70"."held_from" + 1, "t70"."from_month") AS "from_month",
              "t70"."to_month",
              "t70"."arr_e6" AS "base_e6",
              'opening' AS "part"
            FROM "t69" AS "t70"
          ) AS "t78"
          INNER JOIN (
            SELECT
              "t21"."rated",
              "t21"."at_month",
              "t21"."rate_e10"
            FROM (
              SELECT
                "t1"."currency" AS "rated",
                "t1"."month" + 1 AS "at_month",
                "t1"."rate_e10"
              FROM "fx_month" AS "t1"
            ) AS "t21"
            SEMI JOIN (
              SELECT
                "t3"."month" AS "at_month"
              FROM "calendar_month" AS "t3"
              WHERE
                "t3"."month" IN (24310, 24311)
            ) AS "t25"
              ON "t21"."at_month" = "t25"."at_month"
          ) AS "t36"
            ON "t78"."currency" = "t36"."rated"
            AND "t78"."from_month" <= "t36"."at_month"
            AND "t36"."at_month" < "t78"."to_month"
        ) AS "t81"
        GROUP BY
          1,
          2,
          3
      ) AS "t85"
    ) AS "t87"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t79"."month",
          "t79"."part",
          "t79"."slice",
          CAST(SUM("t79"."base_e6") AS DECIMAL(38, 0)) AS "base_e16"
        FROM (
          SELECT
            "t76"."part",
            "t76"."slice",
            "t37"."at_month" AS "month",
            "t76"."base_e6" * CAST("t37"."rate_e10" AS DECIMAL(38, 0)) AS "base_e6"
          FROM (
            SELECT
              "t70"."held_from",
              "t70"."held_to",
              "t70"."slice",
              "t70"."currency",
              "t70"."from_month",
              LEAST("t70"."held_to", "t70"."to_month") AS "to_month",
              "t70"."arr_e6" AS "base_e6",
              'closing' AS "part"
            FROM "t69" AS "t70"
          ) AS "t76"
          INNER JOIN (
            SELECT
              "t22"."rated",
              "t22"."at_month",
              "t22"."rate_e10"
            FROM (
              SELECT
                "t1"."currency" AS "rated",
                "t1"."month" + 0 AS "at_month",
                "t1"."rate_e10"
              FROM "fx_month" AS "t1"
            ) AS "t22"
            SEMI JOIN (
              SELECT
                "t3"."month" AS "at_month"
              FROM "calendar_month" AS "t3"
              WHERE
                "t3"."month" IN (24310, 24311)
            ) AS "t25"
              ON "t22"."at_month" = "t25"."at_month"
          ) AS "t37"
            ON "t76"."currency" = "t37"."rated"
            AND "t76"."from_month" <= "t37"."at_month"
            AND "t37"."at_month" < "t76"."to_month"
        ) AS "t79"
        GROUP BY
          1,
          2,
          3
      ) AS "t84"
    ) AS "t86"
  ) AS "t88"
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
          "t77"."month",
          "t77"."part",
          "t77"."slice",
          CAST(SUM("t77"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
        FROM (
          SELECT
            "t74".*
            EXCLUDE ("moment")
          FROM (
            SELECT
              "t71"."customer_id",
              "t71"."month",
              "t71"."base_e16",
              "t71"."part",
              "t71"."key_month",
              "t71"."moment",
              COALESCE("t71"."trait_value", '(none)') AS "slice"
            FROM (
              SELECT
                "t66"."customer_id",
                "t66"."month",
                "t66"."base_e16",
                "t66"."part",
                "t66"."key_month",
                "t66"."moment",
                "t23"."trait_customer",
                "t23"."trait_value",
                "t23"."trait_from",
                "t23"."trait_to"
              FROM (
                SELECT
                  "t62"."customer_id",
                  "t62"."month",
                  "t62"."base_e16",
                  "t62"."part",
                  "t62"."key_month",
                  GREATEST("t62"."key_month", COALESCE("t62"."began", "t62"."key_month")) AS "moment"
                FROM (
                  SELECT
                    "t59"."customer_id",
                    "t59"."month",
                    "t59"."base_e16",
                    "t59"."part",
                    "t59"."key_month",
                    "t18"."starter",
                    "t18"."began"
                  FROM (
                    SELECT
                      "t54"."customer_id",
                      "t54"."month",
                      "t54"."base_e16",
                      "t54"."part",
                      "t54"."month" - 1 AS "key_month"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t48"."customer_id",
                          "t48"."month" + 1 AS "month",
                          "t48"."worth" AS "base_e16",
                          'opening' AS "part"
                        FROM (
                          SELECT
                            "t41"."customer_id",
                            "t41"."month",
                            CAST(SUM("t41"."worth") AS DECIMAL(38, 0)) AS "worth"
                          FROM (
                            SELECT
                              "t6"."customer_id",
                              "t27"."month",
                              CAST("t6"."arr_e6" AS DECIMAL(38, 0)) * CAST("t12"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                            FROM "mrr_level" AS "t6"
                            SEMI JOIN (
                              SELECT
                                "t20"."customer_id"
                              FROM (
                                SELECT
                                  "t5"."customer_id",
                                  MIN("t5"."arr_e6") AS "least",
                                  MIN("t5"."currency") AS "one",
                                  MAX("t5"."currency") AS "other"
                                FROM "mrr_level" AS "t5"
                                GROUP BY
                                  1
                              ) AS "t20"
                              WHERE
                                (
                                  "t20"."least" <= 0
                                ) OR (
                                  "t20"."one" <> "t20"."other"
                                )
                            ) AS "t34"
                              ON "t6"."customer_id" = "t34"."customer_id"
                            INNER JOIN (
                              SELECT
                                "t3"."month",
                                "t3"."month" AS "at",
                                "t3"."month" AS "rate_month"
                              FROM "calendar_month" AS "t3"
                              WHERE
                                "t3"."month" IN (24309, 24310)
                            ) AS "t27"
                              ON "t6"."from_month" <= "t27"."at" AND "t27"."at" < "t6"."to_month"
                            INNER JOIN (
                              SELECT
                                "t1"."currency",
                                "t1"."month" AS "rated",
                                "t1"."rate_e10"
                              FROM "fx_month" AS "t1"
                            ) AS "t12"
                              ON "t6"."currency" = "t12"."currency" AND "t27"."rate_month" = "t12"."rated"
                          ) AS "t41"
                          GROUP BY
                            1,
                            2
                        ) AS "t48"
                        WHERE
                          "t48"."worth" > 0
                      ) AS "t51"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t49"."customer_id",
                          "t49"."month",
                          "t49"."worth" AS "base_e16",
                          'closing' AS "part"
                        FROM (
                          SELECT
                            "t42"."customer_id",
                            "t42"."month",
                            CAST(SUM("t42"."worth") AS DECIMAL(38, 0)) AS "worth"
                          FROM (
                            SELECT
                              "t6"."customer_id",
                              "t26"."month",
                              CAST("t6"."arr_e6" AS DECIMAL(38, 0)) * CAST("t12"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                            FROM "mrr_level" AS "t6"
                            SEMI JOIN (
                              SELECT
                                "t20"."customer_id"
                              FROM (
                                SELECT
                                  "t5"."customer_id",
                                  MIN("t5"."arr_e6") AS "least",
                                  MIN("t5"."currency") AS "one",
                                  MAX("t5"."currency") AS "other"
                                FROM "mrr_level" AS "t5"
                                GROUP BY
                                  1
                              ) AS "t20"
                              WHERE
                                (
                                  "t20"."least" <= 0
                                ) OR (
                                  "t20"."one" <> "t20"."other"
                                )
                            ) AS "t34"
                              ON "t6"."customer_id" = "t34"."customer_id"
                            INNER JOIN (
                              SELECT
                                "t3"."month",
                                "t3"."month" AS "at",
                                "t3"."month" AS "rate_month"
                              FROM "calendar_month" AS "t3"
                              WHERE
                                "t3"."month" IN (24310, 24311)
                            ) AS "t26"
                              ON "t6"."from_month" <= "t26"."at" AND "t26"."at" < "t6"."to_month"
                            INNER JOIN (
                              SELECT
                                "t1"."currency",
                                "t1"."month" AS "rated",
                                "t1"."rate_e10"
                              FROM "fx_month" AS "t1"
                            ) AS "t12"
                              ON "t6"."currency" = "t12"."currency" AND "t26"."rate_month" = "t12"."rated"
                          ) AS "t42"
                          GROUP BY
                            1,
                            2
                        ) AS "t49"
                        WHERE
                          "t49"."worth" > 0
                      ) AS "t52"
                    ) AS "t54"
                  ) AS "t59"
                  LEFT OUTER JOIN (
                    SELECT
                      "t4"."customer_id" AS "starter",
                      "t4"."first_month" AS "began"
                    FROM "customer_start" AS "t4"
                  ) AS "t18"
                    ON "t59"."customer_id" = "t18"."starter"
                ) AS "t62"
              ) AS "t66"
              LEFT OUTER JOIN (
                SELECT
                  "t2"."customer_id" AS "trait_customer",
                  "t2"."value" AS "trait_value",
                  "t2"."from_month" AS "trait_from",
                  "t2"."to_month" AS "trait_to"
                FROM "customer_trait" AS "t2"
                WHERE
                  "t2"."name" = 'segment'
              ) AS "t23"
                ON "t66"."customer_id" = "t23"."trait_customer"
                AND "t66"."moment" >= "t23"."trait_from"
                AND "t66"."moment" < "t23"."trait_to"
            ) AS "t71"
          ) AS "t74"
        ) AS "t77"
        GROUP BY
          1,
          2,
          3
      ) AS "t80"
    ) AS "t82"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t67".*
          EXCLUDE ("customers")
        FROM (
          SELECT
            "t63"."month",
            "t63"."part",
            "t63"."slice",
            CAST(SUM("t63"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
            COUNT(*) AS "customers"
          FROM (
            SELECT
              "t60"."customer_id",
              "t60"."kind",
              "t60"."base_e16",
              GREATEST("t60"."from_month", "t60"."value_from") AS "from_month",
              LEAST("t60"."to_month", "t60"."value_to") AS "to_month",
              "t60"."slice",
              GREATEST("t60"."from_month", "t60"."value_from") AS "month",
              "t60"."kind" AS "part"
            FROM (
              SELECT
                "t29"."customer_id",
                "t29"."kind",
                "t29"."base_e16",
                "t29"."from_month",
                "t29"."to_month",
                "t58"."holder",
                "t58"."slice",
                "t58"."value_from",
                "t58"."value_to"
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
                  "t0"."month" >= 24310 AND "t0"."month" <= 24311
              ) AS "t29"
              INNER JOIN (
                SELECT
                  "t55"."customer_id" AS "holder",
                  "t55"."slice",
                  "t55"."from_month" AS "value_from",
                  "t55"."to_month" AS "value_to"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t35"."customer_id",
                      "t35"."slice",
                      CASE WHEN "t35"."since" > "t35"."first_month" THEN "t35"."since" + 1 ELSE 0 END AS "from_month",
                      "t35"."until" + 1 AS "to_month"
                    FROM "t31" AS "t35"
                    WHERE
                      "t35"."until" > "t35"."first_month"
                  ) AS "t43"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t46"."customer_id",
                      '(none)' AS "slice",
                      0 AS "from_month",
                      "t46"."since" + 1 AS "to_month"
                    FROM (
                      SELECT
                        "t38"."customer_id",
                        MIN("t38"."since") AS "since"
                      FROM (
                        SELECT
                          *
                        FROM "t31" AS "t35"
                        WHERE
                          "t35"."since" > "t35"."first_month"
                      ) AS "t38"
                      GROUP BY
                        1
                    ) AS "t46"
                    ANTI JOIN (
                      SELECT
                        *
                      FROM "t31" AS "t35"
                      WHERE
                        "t35"."since" <= "t35"."first_month" AND "t35"."until" > "t35"."first_month"
                    ) AS "t44"
                      ON "t46"."customer_id" = "t44"."customer_id"
                  ) AS "t53"
                ) AS "t55"
              ) AS "t58"
                ON "t29"."customer_id" = "t58"."holder"
                AND "t29"."from_month" < "t58"."value_to"
                AND "t58"."value_from" < "t29"."to_month"
            ) AS "t60"
          ) AS "t63"
          GROUP BY
            1,
            2,
            3
        ) AS "t67"
      ) AS "t68"
    ) AS "t72"
  ) AS "t83"
) AS "t89"
GROUP BY
  1,
  2,
  3
