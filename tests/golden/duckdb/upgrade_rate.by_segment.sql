WITH "t31" AS (
  SELECT
    "t19"."customer_id",
    "t19"."first_month",
    COALESCE("t23"."value", '(none)') AS "slice",
    COALESCE("t23"."since", 0) AS "since",
    COALESCE("t23"."until", 9999999) AS "until"
  FROM (
    SELECT
      "t4"."customer_id",
      "t4"."first_month"
    FROM "customer_start" AS "t4"
  ) AS "t19"
  LEFT OUTER JOIN (
    SELECT
      "t1"."customer_id" AS "holder",
      "t1"."value",
      "t1"."from_month" AS "since",
      "t1"."to_month" AS "until"
    FROM "customer_trait" AS "t1"
    WHERE
      "t1"."name" = 'segment'
  ) AS "t23"
    ON "t19"."customer_id" = "t23"."holder"
), "t62" AS (
  SELECT
    "t48"."customer_id",
    "t48"."currency",
    "t48"."arr_e6",
    "t48"."from_month",
    "t48"."to_month",
    "t48"."until_month",
    "t60"."holder",
    "t60"."slice",
    "t60"."value_from",
    "t60"."value_to"
  FROM (
    SELECT
      "t39"."customer_id",
      "t39"."currency",
      "t39"."arr_e6",
      "t39"."from_month",
      "t39"."to_month",
      "t39"."to_month" AS "until_month"
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
      ) AS "t33"
        ON "t6"."customer_id" = "t33"."customer_id"
    ) AS "t39"
    WHERE
      "t39"."from_month" <= 24310 AND "t39"."to_month" > 24309
  ) AS "t48"
  INNER JOIN (
    SELECT
      "t58"."customer_id" AS "holder",
      "t58"."slice",
      "t58"."from_month" AS "value_from",
      "t58"."to_month" AS "value_to"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t34"."customer_id",
          "t34"."slice",
          CASE WHEN "t34"."since" > "t34"."first_month" THEN "t34"."since" + 0 ELSE 0 END AS "from_month",
          "t34"."until" + 0 AS "to_month"
        FROM "t31" AS "t34"
        WHERE
          "t34"."until" > "t34"."first_month"
      ) AS "t42"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t47"."customer_id",
          '(none)' AS "slice",
          0 AS "from_month",
          "t47"."since" + 0 AS "to_month"
        FROM (
          SELECT
            "t37"."customer_id",
            MIN("t37"."since") AS "since"
          FROM (
            SELECT
              *
            FROM "t31" AS "t34"
            WHERE
              "t34"."since" > "t34"."first_month"
          ) AS "t37"
          GROUP BY
            1
        ) AS "t47"
        ANTI JOIN (
          SELECT
            *
          FROM "t31" AS "t34"
          WHERE
            "t34"."since" <= "t34"."first_month" AND "t34"."until" > "t34"."first_month"
        ) AS "t43"
          ON "t47"."customer_id" = "t43"."customer_id"
      ) AS "t55"
    ) AS "t58"
  ) AS "t60"
    ON "t48"."customer_id" = "t60"."holder"
    AND "t48"."from_month" < "t60"."value_to"
    AND "t60"."value_from" < "t48"."to_month"
)
SELECT
  "t88"."month",
  "t88"."slice",
  SUM("t88"."customers") AS "customers",
  SUM("t88"."upgraded") AS "upgraded",
  CAST(SUM("t88"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t88"."upgrade_e16") AS DECIMAL(38, 0)) AS "upgrade_e16"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t83"."month",
        "t83"."slice",
        "t83"."customers",
        0 AS "upgraded",
        "t83"."base_e16" AS "opening_e16",
        CAST(0 AS DECIMAL(38, 0)) AS "upgrade_e16"
      FROM (
        SELECT
          "t80"."month",
          "t80"."slice",
          CAST(SUM("t80"."base_e6") AS DECIMAL(38, 0)) AS "base_e16",
          SUM("t80"."customers") AS "customers"
        FROM (
          SELECT
            "t75"."slice",
            "t75"."customers",
            "t35"."at_month" AS "month",
            "t75"."base_e6" * CAST("t35"."rate_e10" AS DECIMAL(38, 0)) AS "base_e6"
          FROM (
            SELECT
              "t68"."slice",
              "t68"."currency",
              "t68"."from_month",
              "t68"."to_month",
              CAST(SUM(CAST("t68"."base_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "base_e6",
              SUM("t68"."customers") AS "customers"
            FROM (
              SELECT
                "t64"."customer_id",
                "t64"."currency",
                "t64"."arr_e6",
                GREATEST("t64"."from_month", "t64"."value_from") + 1 AS "from_month",
                LEAST("t64"."to_month", "t64"."value_to") + 1 AS "to_month",
                "t64"."until_month",
                "t64"."slice",
                "t64"."arr_e6" AS "base_e6",
                1 AS "customers"
              FROM "t62" AS "t64"
            ) AS "t68"
            GROUP BY
              1,
              2,
              3,
              4
          ) AS "t75"
          INNER JOIN (
            SELECT
              "t21"."rated",
              "t21"."at_month",
              "t21"."rate_e10"
            FROM (
              SELECT
                "t0"."currency" AS "rated",
                "t0"."month" + 1 AS "at_month",
                "t0"."rate_e10"
              FROM "fx_month" AS "t0"
            ) AS "t21"
            SEMI JOIN (
              SELECT
                "t2"."month" AS "at_month"
              FROM "calendar_month" AS "t2"
              WHERE
                "t2"."month" IN (24310, 24311)
            ) AS "t24"
              ON "t21"."at_month" = "t24"."at_month"
          ) AS "t35"
            ON "t75"."currency" = "t35"."rated"
            AND "t75"."from_month" <= "t35"."at_month"
            AND "t35"."at_month" < "t75"."to_month"
        ) AS "t80"
        GROUP BY
          1,
          2
      ) AS "t83"
    ) AS "t85"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t77"."month",
        "t77"."slice",
        "t77"."customers",
        0 AS "upgraded",
        "t77"."opening_e16",
        CAST(0 AS DECIMAL(38, 0)) AS "upgrade_e16"
      FROM (
        SELECT
          "t72"."month",
          "t72"."slice",
          CAST(SUM("t72"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
          COUNT(*) AS "customers"
        FROM (
          SELECT
            "t70".*
            EXCLUDE ("moment")
          FROM (
            SELECT
              "t69"."customer_id",
              "t69"."month",
              "t69"."opening_e16",
              "t69"."closing_e16",
              "t69"."key_month",
              "t69"."moment",
              COALESCE("t69"."trait_value", '(none)') AS "slice"
            FROM (
              SELECT
                "t65"."customer_id",
                "t65"."month",
                "t65"."opening_e16",
                "t65"."closing_e16",
                "t65"."key_month",
                "t65"."moment",
                "t22"."trait_customer",
                "t22"."trait_value",
                "t22"."trait_from",
                "t22"."trait_to"
              FROM (
                SELECT
                  "t61"."customer_id",
                  "t61"."month",
                  "t61"."opening_e16",
                  "t61"."closing_e16",
                  "t61"."key_month",
                  GREATEST("t61"."key_month", COALESCE("t61"."began", "t61"."key_month")) AS "moment"
                FROM (
                  SELECT
                    "t56"."customer_id",
                    "t56"."month",
                    "t56"."opening_e16",
                    COALESCE("t57"."closing_e16", CAST(0 AS DECIMAL(38, 0))) AS "closing_e16",
                    "t56"."month" - 1 AS "key_month",
                    "t18"."starter",
                    "t18"."began"
                  FROM (
                    SELECT
                      "t49"."customer_id",
                      "t49"."month",
                      "t49"."worth" AS "opening_e16"
                    FROM (
                      SELECT
                        "t40"."customer_id",
                        "t40"."month",
                        CAST(SUM("t40"."worth") AS DECIMAL(38, 0)) AS "worth"
                      FROM (
                        SELECT
                          "t6"."customer_id",
                          "t26"."month",
                          CAST("t6"."arr_e6" AS DECIMAL(38, 0)) * CAST("t11"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
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
                        ) AS "t33"
                          ON "t6"."customer_id" = "t33"."customer_id"
                        INNER JOIN (
                          SELECT
                            "t2"."month",
                            "t2"."month" - 1 AS "at",
                            "t2"."month" - 1 AS "rate_month"
                          FROM "calendar_month" AS "t2"
                          WHERE
                            "t2"."month" IN (24310, 24311)
                        ) AS "t26"
                          ON "t6"."from_month" <= "t26"."at" AND "t26"."at" < "t6"."to_month"
                        INNER JOIN (
                          SELECT
                            "t0"."currency",
                            "t0"."month" AS "rated",
                            "t0"."rate_e10"
                          FROM "fx_month" AS "t0"
                        ) AS "t11"
                          ON "t6"."currency" = "t11"."currency" AND "t26"."rate_month" = "t11"."rated"
                      ) AS "t40"
                      GROUP BY
                        1,
                        2
                    ) AS "t49"
                    WHERE
                      "t49"."worth" > 0
                  ) AS "t56"
                  LEFT OUTER JOIN (
                    SELECT
                      "t50"."customer_id",
                      "t50"."month",
                      "t50"."worth" AS "closing_e16"
                    FROM (
                      SELECT
                        "t41"."customer_id",
                        "t41"."month",
                        CAST(SUM("t41"."worth") AS DECIMAL(38, 0)) AS "worth"
                      FROM (
                        SELECT
                          "t6"."customer_id",
                          "t27"."month",
                          CAST("t6"."arr_e6" AS DECIMAL(38, 0)) * CAST("t11"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
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
                        ) AS "t33"
                          ON "t6"."customer_id" = "t33"."customer_id"
                        INNER JOIN (
                          SELECT
                            "t2"."month",
                            "t2"."month" AS "at",
                            "t2"."month" - 1 AS "rate_month"
                          FROM "calendar_month" AS "t2"
                          WHERE
                            "t2"."month" IN (24310, 24311)
                        ) AS "t27"
                          ON "t6"."from_month" <= "t27"."at" AND "t27"."at" < "t6"."to_month"
                        INNER JOIN (
                          SELECT
                            "t0"."currency",
                            "t0"."month" AS "rated",
                            "t0"."rate_e10"
                          FROM "fx_month" AS "t0"
                        ) AS "t11"
                          ON "t6"."currency" = "t11"."currency" AND "t27"."rate_month" = "t11"."rated"
                      ) AS "t41"
                      GROUP BY
                        1,
                        2
                    ) AS "t50"
                    WHERE
                      "t50"."worth" > 0
                  ) AS "t57"
                    ON "t56"."customer_id" = "t57"."customer_id" AND "t56"."month" = "t57"."month"
                  LEFT OUTER JOIN (
                    SELECT
                      "t4"."customer_id" AS "starter",
                      "t4"."first_month" AS "began"
                    FROM "customer_start" AS "t4"
                  ) AS "t18"
                    ON "t56"."customer_id" = "t18"."starter"
                ) AS "t61"
              ) AS "t65"
              LEFT OUTER JOIN (
                SELECT
                  "t1"."customer_id" AS "trait_customer",
                  "t1"."value" AS "trait_value",
                  "t1"."from_month" AS "trait_from",
                  "t1"."to_month" AS "trait_to"
                FROM "customer_trait" AS "t1"
                WHERE
                  "t1"."name" = 'segment'
              ) AS "t22"
                ON "t65"."customer_id" = "t22"."trait_customer"
                AND "t65"."moment" >= "t22"."trait_from"
                AND "t65"."moment" < "t22"."trait_to"
            ) AS "t69"
          ) AS "t70"
        ) AS "t72"
        GROUP BY
          1,
          2
      ) AS "t77"
    ) AS "t81"
  ) AS "t87"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t76"."month",
        "t76"."slice",
        0 AS "customers",
        "t76"."upgraded",
        CAST(0 AS DECIMAL(38, 0)) AS "opening_e16",
        "t76"."upgrade_e16"
      FROM (
        SELECT
          "t71"."month",
          "t71"."slice",
          CAST(SUM("t71"."upgrade_e16") AS DECIMAL(38, 0)) AS "upgrade_e16",
          COUNT(*) AS "upgraded"
        FROM (
          SELECT
            "t67"."customer_id",
            "t67"."currency",
            "t67"."arr_e6",
            "t67"."from_month",
            "t67"."to_month",
            "t67"."until_month",
            "t67"."slice",
            "t52"."mover",
            "t52"."month",
            "t52"."upgrade_e16"
          FROM (
            SELECT
              "t64"."customer_id",
              "t64"."currency",
              "t64"."arr_e6",
              GREATEST("t64"."from_month", "t64"."value_from") AS "from_month",
              LEAST("t64"."to_month", "t64"."value_to") AS "to_month",
              "t64"."until_month",
              "t64"."slice"
            FROM "t62" AS "t64"
          ) AS "t67"
          INNER JOIN (
            SELECT
              "t44"."customer_id" AS "mover",
              "t44"."month",
              "t44"."upgrade_e16"
            FROM (
              SELECT
                "t36"."customer_id",
                "t36"."month",
                CAST(SUM("t36"."base_e16") AS DECIMAL(38, 0)) AS "upgrade_e16"
              FROM (
                SELECT
                  "t29"."customer_id",
                  "t29"."base_e16",
                  "t29"."at",
                  "t25"."month"
                FROM (
                  SELECT
                    "t3"."customer_id",
                    "t3"."base_e16",
                    "t3"."month" AS "at"
                  FROM "movement" AS "t3"
                  WHERE
                    (
                      (
                        "t3"."kind" = 'expansion'
                      ) AND "t3"."cause" IN ('seats', 'plan', 'add_on')
                    )
                    OR (
                      (
                        "t3"."kind" = 'contraction'
                      )
                      AND "t3"."cause" IN ('seats', 'plan', 'add_on', 'cancel')
                    )
                ) AS "t29"
                INNER JOIN (
                  SELECT
                    "t2"."month"
                  FROM "calendar_month" AS "t2"
                  WHERE
                    "t2"."month" IN (24310, 24311)
                ) AS "t25"
                  ON "t29"."at" > (
                    "t25"."month" - 1
                  ) AND "t29"."at" <= "t25"."month"
              ) AS "t36"
              GROUP BY
                1,
                2
            ) AS "t44"
            WHERE
              "t44"."upgrade_e16" > 0
          ) AS "t52"
            ON "t67"."customer_id" = "t52"."mover"
            AND "t67"."from_month" <= (
              "t52"."month" - 1
            )
            AND (
              "t52"."month" - 1
            ) < "t67"."to_month"
        ) AS "t71"
        GROUP BY
          1,
          2
      ) AS "t76"
    ) AS "t79"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t82"."month",
        "t82"."slice",
        0 AS "customers",
        "t82"."upgraded",
        CAST(0 AS DECIMAL(38, 0)) AS "opening_e16",
        "t82"."upgrade_e16"
      FROM (
        SELECT
          "t78"."month",
          "t78"."slice",
          CAST(SUM("t78"."upgrade_e16") AS DECIMAL(38, 0)) AS "upgrade_e16",
          COUNT(*) AS "upgraded"
        FROM (
          SELECT
            "t74"."customer_id",
            "t74"."month",
            "t74"."opening_e16",
            "t74"."closing_e16",
            "t74"."key_month",
            "t74"."slice",
            "t52"."mover",
            "t52"."upgrade_e16"
          FROM (
            SELECT
              "t70".*
              EXCLUDE ("moment")
            FROM (
              SELECT
                "t69"."customer_id",
                "t69"."month",
                "t69"."opening_e16",
                "t69"."closing_e16",
                "t69"."key_month",
                "t69"."moment",
                COALESCE("t69"."trait_value", '(none)') AS "slice"
              FROM (
                SELECT
                  "t65"."customer_id",
                  "t65"."month",
                  "t65"."opening_e16",
                  "t65"."closing_e16",
                  "t65"."key_month",
                  "t65"."moment",
                  "t22"."trait_customer",
                  "t22"."trait_value",
                  "t22"."trait_from",
                  "t22"."trait_to"
                FROM (
                  SELECT
                    "t61"."customer_id",
                    "t61"."month",
                    "t61"."opening_e16",
                    "t61"."closing_e16",
                    "t61"."key_month",
                    GREATEST("t61"."key_month", COALESCE("t61"."began", "t61"."key_month")) AS "moment"
                  FROM (
                    SELECT
                      "t56"."customer_id",
                      "t56"."month",
                      "t56"."opening_e16",
                      COALESCE("t57"."closing_e16", CAST(0 AS DECIMAL(38, 0))) AS "closing_e16",
                      "t56"."month" - 1 AS "key_month",
                      "t18"."starter",
                      "t18"."began"
                    FROM (
                      SELECT
                        "t49"."customer_id",
                        "t49"."month",
                        "t49"."worth" AS "opening_e16"
                      FROM (
                        SELECT
                          "t40"."customer_id",
                          "t40"."month",
                          CAST(SUM("t40"."worth") AS DECIMAL(38, 0)) AS "worth"
                        FROM (
                          SELECT
                            "t6"."customer_id",
                            "t26"."month",
                            CAST("t6"."arr_e6" AS DECIMAL(38, 0)) * CAST("t11"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
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
                          ) AS "t33"
                            ON "t6"."customer_id" = "t33"."customer_id"
                          INNER JOIN (
                            SELECT
                              "t2"."month",
                              "t2"."month" - 1 AS "at",
                              "t2"."month" - 1 AS "rate_month"
                            FROM "calendar_month" AS "t2"
                            WHERE
                              "t2"."month" IN (24310, 24311)
                          ) AS "t26"
                            ON "t6"."from_month" <= "t26"."at" AND "t26"."at" < "t6"."to_month"
                          INNER JOIN (
                            SELECT
                              "t0"."currency",
                              "t0"."month" AS "rated",
                              "t0"."rate_e10"
                            FROM "fx_month" AS "t0"
                          ) AS "t11"
                            ON "t6"."currency" = "t11"."currency" AND "t26"."rate_month" = "t11"."rated"
                        ) AS "t40"
                        GROUP BY
                          1,
                          2
                      ) AS "t49"
                      WHERE
                        "t49"."worth" > 0
                    ) AS "t56"
                    LEFT OUTER JOIN (
                      SELECT
                        "t50"."customer_id",
                        "t50"."month",
                        "t50"."worth" AS "closing_e16"
                      FROM (
                        SELECT
                          "t41"."customer_id",
                          "t41"."month",
                          CAST(SUM("t41"."worth") AS DECIMAL(38, 0)) AS "worth"
                        FROM (
                          SELECT
                            "t6"."customer_id",
                            "t27"."month",
                            CAST("t6"."arr_e6" AS DECIMAL(38, 0)) * CAST("t11"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
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
                          ) AS "t33"
                            ON "t6"."customer_id" = "t33"."customer_id"
                          INNER JOIN (
                            SELECT
                              "t2"."month",
                              "t2"."month" AS "at",
                              "t2"."month" - 1 AS "rate_month"
                            FROM "calendar_month" AS "t2"
                            WHERE
                              "t2"."month" IN (24310, 24311)
                          ) AS "t27"
                            ON "t6"."from_month" <= "t27"."at" AND "t27"."at" < "t6"."to_month"
                          INNER JOIN (
                            SELECT
                              "t0"."currency",
                              "t0"."month" AS "rated",
                              "t0"."rate_e10"
                            FROM "fx_month" AS "t0"
                          ) AS "t11"
                            ON "t6"."currency" = "t11"."currency" AND "t27"."rate_month" = "t11"."rated"
                        ) AS "t41"
                        GROUP BY
                          1,
                          2
                      ) AS "t50"
                      WHERE
                        "t50"."worth" > 0
                    ) AS "t57"
                      ON "t56"."customer_id" = "t57"."customer_id" AND "t56"."month" = "t57"."month"
                    LEFT OUTER JOIN (
                      SELECT
                        "t4"."customer_id" AS "starter",
                        "t4"."first_month" AS "began"
                      FROM "customer_start" AS "t4"
                    ) AS "t18"
                      ON "t56"."customer_id" = "t18"."starter"
                  ) AS "t61"
                ) AS "t65"
                LEFT OUTER JOIN (
                  SELECT
                    "t1"."customer_id" AS "trait_customer",
                    "t1"."value" AS "trait_value",
                    "t1"."from_month" AS "trait_from",
                    "t1"."to_month" AS "trait_to"
                  FROM "customer_trait" AS "t1"
                  WHERE
                    "t1"."name" = 'segment'
                ) AS "t22"
                  ON "t65"."customer_id" = "t22"."trait_customer"
                  AND "t65"."moment" >= "t22"."trait_from"
                  AND "t65"."moment" < "t22"."trait_to"
              ) AS "t69"
            ) AS "t70"
          ) AS "t74"
          INNER JOIN (
            SELECT
              "t44"."customer_id" AS "mover",
              "t44"."month",
              "t44"."upgrade_e16"
            FROM (
              SELECT
                "t36"."customer_id",
                "t36"."month",
                CAST(SUM("t36"."base_e16") AS DECIMAL(38, 0)) AS "upgrade_e16"
              FROM (
                SELECT
                  "t29"."customer_id",
                  "t29"."base_e16",
                  "t29"."at",
                  "t25"."month"
                FROM (
                  SELECT
                    "t3"."customer_id",
                    "t3"."base_e16",
                    "t3"."month" AS "at"
                  FROM "movement" AS "t3"
                  WHERE
                    (
                      (
                        "t3"."kind" = 'expansion'
                      ) AND "t3"."cause" IN ('seats', 'plan', 'add_on')
                    )
                    OR (
                      (
                        "t3"."kind" = 'contraction'
                      )
                      AND "t3"."cause" IN ('seats', 'plan', 'add_on', 'cancel')
                    )
                ) AS "t29"
                INNER JOIN (
                  SELECT
                    "t2"."month"
                  FROM "calendar_month" AS "t2"
                  WHERE
                    "t2"."month" IN (24310, 24311)
                ) AS "t25"
                  ON "t29"."at" > (
                    "t25"."month" - 1
                  ) AND "t29"."at" <= "t25"."month"
              ) AS "t36"
              GROUP BY
                1,
                2
            ) AS "t44"
            WHERE
              "t44"."upgrade_e16" > 0
          ) AS "t52"
            ON "t74"."customer_id" = "t52"."mover" AND "t74"."month" = "t52"."month"
        ) AS "t78"
        GROUP BY
          1,
          2
      ) AS "t82"
    ) AS "t84"
  ) AS "t86"
) AS "t88"
GROUP BY
  1,
  2
