WITH "t24" AS (
  SELECT
    "t5"."customer_id",
    "t5"."currency",
    "t5"."arr_e6",
    "t5"."from_month",
    "t5"."to_month"
  FROM "mrr_level" AS "t5"
  ANTI JOIN (
    SELECT
      "t15"."customer_id"
    FROM (
      SELECT
        "t4"."customer_id",
        MIN("t4"."arr_e6") AS "least",
        MIN("t4"."currency") AS "one",
        MAX("t4"."currency") AS "other"
      FROM "mrr_level" AS "t4"
      GROUP BY
        1
    ) AS "t15"
    WHERE
      (
        "t15"."least" <= 0
      ) OR (
        "t15"."one" <> "t15"."other"
      )
  ) AS "t22"
    ON "t5"."customer_id" = "t22"."customer_id"
), "t32" AS (
  SELECT
    "t29"."customer_id",
    "t29"."currency",
    "t29"."arr_e6",
    "t29"."from_month",
    "t29"."to_month",
    "t29"."sign",
    "t18"."trait_customer",
    "t18"."slice",
    "t18"."trait_from",
    "t18"."trait_to"
  FROM (
    SELECT
      "t25"."customer_id",
      "t25"."currency",
      "t25"."arr_e6",
      "t25"."from_month",
      "t25"."to_month",
      1 AS "sign"
    FROM "t24" AS "t25"
  ) AS "t29"
  INNER JOIN (
    SELECT
      "t1"."customer_id" AS "trait_customer",
      "t1"."value" AS "slice",
      "t1"."from_month" AS "trait_from",
      "t1"."to_month" AS "trait_to"
    FROM "customer_trait" AS "t1"
    WHERE
      "t1"."name" = 'segment'
  ) AS "t18"
    ON "t29"."customer_id" = "t18"."trait_customer"
    AND "t29"."from_month" < "t18"."trait_to"
    AND "t18"."trait_from" < "t29"."to_month"
), "t39" AS (
  SELECT
    *
  FROM (
    SELECT
      "t33"."currency",
      -(
        "t33"."arr_e6"
      ) AS "arr_e6",
      GREATEST("t33"."from_month", "t33"."trait_from") AS "from_month",
      LEAST("t33"."to_month", "t33"."trait_to") AS "to_month",
      -(
        "t33"."sign"
      ) AS "sign",
      '(none)' AS "slice"
    FROM "t32" AS "t33"
  ) AS "t37"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t25"."currency",
        "t25"."arr_e6",
        "t25"."from_month",
        "t25"."to_month",
        1 AS "sign",
        '(none)' AS "slice"
      FROM "t24" AS "t25"
    ) AS "t27"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t33"."currency",
        "t33"."arr_e6",
        GREATEST("t33"."from_month", "t33"."trait_from") AS "from_month",
        LEAST("t33"."to_month", "t33"."trait_to") AS "to_month",
        "t33"."sign",
        "t33"."slice"
      FROM "t32" AS "t33"
    ) AS "t36"
  ) AS "t38"
)
SELECT
  "t64"."month",
  "t64"."slice",
  CAST(SUM("t64"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
  SUM("t64"."customers") AS "customers"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t61"."month",
        "t61"."slice",
        CAST(SUM("t61"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
        SUM("t61"."customers") AS "customers"
      FROM (
        SELECT
          "t59"."currency",
          "t59"."slice",
          "t59"."at_month",
          "t59"."arr_e6",
          "t59"."customers",
          "t59"."rate_currency",
          "t59"."rate_month",
          "t59"."rate_e10",
          "t59"."at_month" AS "month",
          "t59"."arr_e6" * CAST("t59"."rate_e10" AS DECIMAL(38, 0)) AS "base_e16"
        FROM (
          SELECT
            "t56"."currency",
            "t56"."slice",
            "t56"."at_month",
            "t56"."arr_e6",
            "t56"."customers",
            "t16"."rate_currency",
            "t16"."rate_month",
            "t16"."rate_e10"
          FROM (
            SELECT
              "t52"."currency",
              "t52"."slice",
              "t52"."at_month",
              CAST(SUM("t52"."arr_e6") AS DECIMAL(38, 0)) AS "arr_e6",
              SUM("t52"."customers") AS "customers"
            FROM (
              SELECT
                "t50"."currency",
                "t50"."slice",
                "t50"."month",
                "t50"."arr_e6",
                "t50"."customers",
                "t19"."at_month"
              FROM (
                SELECT
                  "t46"."currency",
                  "t46"."slice",
                  "t46"."month",
                  CAST(SUM("t46"."arr_e6") AS DECIMAL(38, 0)) AS "arr_e6",
                  SUM("t46"."customers") AS "customers"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t40"."currency",
                      "t40"."slice",
                      "t40"."from_month" AS "month",
                      CAST("t40"."arr_e6" AS DECIMAL(38, 0)) AS "arr_e6",
                      "t40"."sign" AS "customers"
                    FROM "t39" AS "t40"
                  ) AS "t43"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t40"."currency",
                      "t40"."slice",
                      "t40"."to_month" AS "month",
                      -(
                        CAST("t40"."arr_e6" AS DECIMAL(38, 0))
                      ) AS "arr_e6",
                      -(
                        "t40"."sign"
                      ) AS "customers"
                    FROM "t39" AS "t40"
                  ) AS "t44"
                ) AS "t46"
                GROUP BY
                  1,
                  2,
                  3
              ) AS "t50"
              INNER JOIN (
                SELECT
                  "t2"."month" AS "at_month"
                FROM "calendar_month" AS "t2"
                WHERE
                  "t2"."month" IN (24310, 24311)
              ) AS "t19"
                ON "t50"."month" <= "t19"."at_month"
            ) AS "t52"
            GROUP BY
              1,
              2,
              3
          ) AS "t56"
          INNER JOIN (
            SELECT
              "t0"."currency" AS "rate_currency",
              "t0"."month" AS "rate_month",
              "t0"."rate_e10"
            FROM "fx_month" AS "t0"
            WHERE
              "t0"."month" IN (24310, 24311)
          ) AS "t16"
            ON "t56"."currency" = "t16"."rate_currency"
            AND "t56"."at_month" = "t16"."rate_month"
        ) AS "t59"
      ) AS "t61"
      GROUP BY
        1,
        2
    ) AS "t62"
    WHERE
      "t62"."customers" > 0
  ) AS "t63"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t58"."month",
      "t58"."slice",
      CAST(SUM("t58"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
      COUNT(*) AS "customers"
    FROM (
      SELECT
        "t57".*
        EXCLUDE ("moment")
      FROM (
        SELECT
          "t55"."customer_id",
          "t55"."month",
          "t55"."base_e16",
          "t55"."key_month",
          "t55"."moment",
          COALESCE("t55"."trait_value", '(none)') AS "slice"
        FROM (
          SELECT
            "t53"."customer_id",
            "t53"."month",
            "t53"."base_e16",
            "t53"."key_month",
            "t53"."moment",
            "t17"."trait_customer",
            "t17"."trait_value",
            "t17"."trait_from",
            "t17"."trait_to"
          FROM (
            SELECT
              "t49"."customer_id",
              "t49"."month",
              "t49"."base_e16",
              "t49"."key_month",
              GREATEST("t49"."key_month", COALESCE("t49"."began", "t49"."key_month")) AS "moment"
            FROM (
              SELECT
                "t47"."customer_id",
                "t47"."month",
                "t47"."base_e16",
                "t47"."key_month",
                "t14"."starter",
                "t14"."began"
              FROM (
                SELECT
                  "t42"."customer_id",
                  "t42"."month",
                  "t42"."worth" AS "base_e16",
                  "t42"."month" AS "key_month"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t5"."customer_id",
                      "t20"."month",
                      CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t9"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                    FROM "mrr_level" AS "t5"
                    SEMI JOIN (
                      SELECT
                        "t15"."customer_id"
                      FROM (
                        SELECT
                          "t4"."customer_id",
                          MIN("t4"."arr_e6") AS "least",
                          MIN("t4"."currency") AS "one",
                          MAX("t4"."currency") AS "other"
                        FROM "mrr_level" AS "t4"
                        GROUP BY
                          1
                      ) AS "t15"
                      WHERE
                        (
                          "t15"."least" <= 0
                        ) OR (
                          "t15"."one" <> "t15"."other"
                        )
                    ) AS "t22"
                      ON "t5"."customer_id" = "t22"."customer_id"
                    ANTI JOIN (
                      SELECT
                        "t26"."customer_id"
                      FROM (
                        SELECT
                          "t23"."customer_id",
                          MIN("t23"."arr_e6") AS "least",
                          MIN("t23"."currency") AS "one",
                          MAX("t23"."currency") AS "other"
                        FROM (
                          SELECT
                            "t5"."customer_id",
                            "t5"."currency",
                            "t5"."arr_e6",
                            "t5"."from_month",
                            "t5"."to_month"
                          FROM "mrr_level" AS "t5"
                          SEMI JOIN (
                            SELECT
                              "t15"."customer_id"
                            FROM (
                              SELECT
                                "t4"."customer_id",
                                MIN("t4"."arr_e6") AS "least",
                                MIN("t4"."currency") AS "one",
                                MAX("t4"."currency") AS "other"
                              FROM "mrr_level" AS "t4"
                              GROUP BY
                                1
                            ) AS "t15"
                            WHERE
                              (
                                "t15"."least" <= 0
                              ) OR (
                                "t15"."one" <> "t15"."other"
                              )
                          ) AS "t22"
                            ON "t5"."customer_id" = "t22"."customer_id"
                        ) AS "t23"
                        GROUP BY
                          1
                      ) AS "t26"
                      WHERE
                        (
                          "t26"."least" <= 0
                        ) OR (
                          "t26"."one" <> "t26"."other"
                        )
                    ) AS "t31"
                      ON "t5"."customer_id" = "t31"."customer_id"
                    INNER JOIN (
                      SELECT
                        "t2"."month",
                        "t2"."month" AS "at",
                        "t2"."month" AS "rate_month"
                      FROM "calendar_month" AS "t2"
                      WHERE
                        "t2"."month" IN (24310, 24311)
                    ) AS "t20"
                      ON "t5"."from_month" <= "t20"."at" AND "t20"."at" < "t5"."to_month"
                    INNER JOIN (
                      SELECT
                        "t0"."currency",
                        "t0"."month" AS "rated",
                        "t0"."rate_e10"
                      FROM "fx_month" AS "t0"
                    ) AS "t9"
                      ON "t5"."currency" = "t9"."currency" AND "t20"."rate_month" = "t9"."rated"
                  ) AS "t34"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t35"."customer_id",
                      "t35"."month",
                      CAST(SUM("t35"."worth") AS DECIMAL(38, 0)) AS "worth"
                    FROM (
                      SELECT
                        "t5"."customer_id",
                        "t20"."month",
                        CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t9"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                      FROM "mrr_level" AS "t5"
                      SEMI JOIN (
                        SELECT
                          "t15"."customer_id"
                        FROM (
                          SELECT
                            "t4"."customer_id",
                            MIN("t4"."arr_e6") AS "least",
                            MIN("t4"."currency") AS "one",
                            MAX("t4"."currency") AS "other"
                          FROM "mrr_level" AS "t4"
                          GROUP BY
                            1
                        ) AS "t15"
                        WHERE
                          (
                            "t15"."least" <= 0
                          ) OR (
                            "t15"."one" <> "t15"."other"
                          )
                      ) AS "t22"
                        ON "t5"."customer_id" = "t22"."customer_id"
                      SEMI JOIN (
                        SELECT
                          "t26"."customer_id"
                        FROM (
                          SELECT
                            "t23"."customer_id",
                            MIN("t23"."arr_e6") AS "least",
                            MIN("t23"."currency") AS "one",
                            MAX("t23"."currency") AS "other"
                          FROM (
                            SELECT
                              "t5"."customer_id",
                              "t5"."currency",
                              "t5"."arr_e6",
                              "t5"."from_month",
                              "t5"."to_month"
                            FROM "mrr_level" AS "t5"
                            SEMI JOIN (
                              SELECT
                                "t15"."customer_id"
                              FROM (
                                SELECT
                                  "t4"."customer_id",
                                  MIN("t4"."arr_e6") AS "least",
                                  MIN("t4"."currency") AS "one",
                                  MAX("t4"."currency") AS "other"
                                FROM "mrr_level" AS "t4"
                                GROUP BY
                                  1
                              ) AS "t15"
                              WHERE
                                (
                                  "t15"."least" <= 0
                                ) OR (
                                  "t15"."one" <> "t15"."other"
                                )
                            ) AS "t22"
                              ON "t5"."customer_id" = "t22"."customer_id"
                          ) AS "t23"
                          GROUP BY
                            1
                        ) AS "t26"
                        WHERE
                          (
                            "t26"."least" <= 0
                          ) OR (
                            "t26"."one" <> "t26"."other"
                          )
                      ) AS "t31"
                        ON "t5"."customer_id" = "t31"."customer_id"
                      INNER JOIN (
                        SELECT
                          "t2"."month",
                          "t2"."month" AS "at",
                          "t2"."month" AS "rate_month"
                        FROM "calendar_month" AS "t2"
                        WHERE
                          "t2"."month" IN (24310, 24311)
                      ) AS "t20"
                        ON "t5"."from_month" <= "t20"."at" AND "t20"."at" < "t5"."to_month"
                      INNER JOIN (
                        SELECT
                          "t0"."currency",
                          "t0"."month" AS "rated",
                          "t0"."rate_e10"
                        FROM "fx_month" AS "t0"
                      ) AS "t9"
                        ON "t5"."currency" = "t9"."currency" AND "t20"."rate_month" = "t9"."rated"
                    ) AS "t35"
                    GROUP BY
                      1,
                      2
                  ) AS "t41"
                ) AS "t42"
                WHERE
                  "t42"."worth" > 0
              ) AS "t47"
              LEFT OUTER JOIN (
                SELECT
                  "t3"."customer_id" AS "starter",
                  "t3"."first_month" AS "began"
                FROM "customer_start" AS "t3"
              ) AS "t14"
                ON "t47"."customer_id" = "t14"."starter"
            ) AS "t49"
          ) AS "t53"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "trait_customer",
              "t1"."value" AS "trait_value",
              "t1"."from_month" AS "trait_from",
              "t1"."to_month" AS "trait_to"
            FROM "customer_trait" AS "t1"
            WHERE
              "t1"."name" = 'segment'
          ) AS "t17"
            ON "t53"."customer_id" = "t17"."trait_customer"
            AND "t53"."moment" >= "t17"."trait_from"
            AND "t53"."moment" < "t17"."trait_to"
        ) AS "t55"
      ) AS "t57"
    ) AS "t58"
    GROUP BY
      1,
      2
  ) AS "t60"
) AS "t64"
GROUP BY
  1,
  2
