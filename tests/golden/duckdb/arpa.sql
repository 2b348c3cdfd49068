WITH "t20" AS (
  SELECT
    "t4"."customer_id",
    "t4"."currency",
    "t4"."arr_e6",
    "t4"."from_month",
    "t4"."to_month"
  FROM "mrr_level" AS "t4"
  ANTI JOIN (
    SELECT
      "t6"."customer_id"
    FROM (
      SELECT
        "t1"."customer_id",
        MIN("t1"."arr_e6") AS "least",
        MIN("t1"."currency") AS "one",
        MAX("t1"."currency") AS "other"
      FROM "mrr_level" AS "t1"
      GROUP BY
        1
    ) AS "t6"
    WHERE
      (
        "t6"."least" <= 0
      ) OR (
        "t6"."one" <> "t6"."other"
      )
  ) AS "t16"
    ON "t4"."customer_id" = "t16"."customer_id"
)
SELECT
  "t46"."month",
  CAST(SUM("t46"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
  SUM("t46"."customers") AS "customers",
  CAST(SUM("t46"."new_e16") AS DECIMAL(38, 0)) AS "new_e16",
  SUM("t46"."new_customers") AS "new_customers"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t44"."month",
      "t44"."base_e16",
      "t44"."customers",
      CAST(0 AS DECIMAL(38, 0)) AS "new_e16",
      CAST(0 AS BIGINT) AS "new_customers"
    FROM (
      SELECT
        "t43"."month",
        CAST(SUM("t43"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
        SUM("t43"."customers") AS "customers"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t40"."month",
              CAST(SUM("t40"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
              SUM("t40"."customers") AS "customers"
            FROM (
              SELECT
                "t39"."currency",
                "t39"."at_month",
                "t39"."arr_e6",
                "t39"."customers",
                "t39"."rate_currency",
                "t39"."rate_month",
                "t39"."rate_e10",
                "t39"."at_month" AS "month",
                "t39"."arr_e6" * CAST("t39"."rate_e10" AS DECIMAL(38, 0)) AS "base_e16"
              FROM (
                SELECT
                  "t37"."currency",
                  "t37"."at_month",
                  "t37"."arr_e6",
                  "t37"."customers",
                  "t11"."rate_currency",
                  "t11"."rate_month",
                  "t11"."rate_e10"
                FROM (
                  SELECT
                    "t32"."currency",
                    "t32"."at_month",
                    CAST(SUM("t32"."arr_e6") AS DECIMAL(38, 0)) AS "arr_e6",
                    SUM("t32"."customers") AS "customers"
                  FROM (
                    SELECT
                      "t29"."currency",
                      "t29"."month",
                      "t29"."arr_e6",
                      "t29"."customers",
                      "t13"."at_month"
                    FROM (
                      SELECT
                        "t25"."currency",
                        "t25"."month",
                        CAST(SUM("t25"."arr_e6") AS DECIMAL(38, 0)) AS "arr_e6",
                        SUM("t25"."customers") AS "customers"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t21"."currency",
                            "t21"."from_month" AS "month",
                            CAST("t21"."arr_e6" AS DECIMAL(38, 0)) AS "arr_e6",
                            1 AS "customers"
                          FROM "t20" AS "t21"
                        ) AS "t23"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t21"."currency",
                            "t21"."to_month" AS "month",
                            -(
                              CAST("t21"."arr_e6" AS DECIMAL(38, 0))
                            ) AS "arr_e6",
                            -(
                              1
                            ) AS "customers"
                          FROM "t20" AS "t21"
                        ) AS "t24"
                      ) AS "t25"
                      GROUP BY
                        1,
                        2
                    ) AS "t29"
                    INNER JOIN (
                      SELECT
                        "t3"."month" AS "at_month"
                      FROM "calendar_month" AS "t3"
                      WHERE
                        "t3"."month" IN (24310, 24311)
                    ) AS "t13"
                      ON "t29"."month" <= "t13"."at_month"
                  ) AS "t32"
                  GROUP BY
                    1,
                    2
                ) AS "t37"
                INNER JOIN (
                  SELECT
                    "t2"."currency" AS "rate_currency",
                    "t2"."month" AS "rate_month",
                    "t2"."rate_e10"
                  FROM "fx_month" AS "t2"
                  WHERE
                    "t2"."month" IN (24310, 24311)
                ) AS "t11"
                  ON "t37"."currency" = "t11"."rate_currency"
                  AND "t37"."at_month" = "t11"."rate_month"
              ) AS "t39"
            ) AS "t40"
            GROUP BY
              1
          ) AS "t41"
          WHERE
            "t41"."customers" > 0
        ) AS "t42"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t36"."month",
            CAST(SUM("t36"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
            COUNT(*) AS "customers"
          FROM (
            SELECT
              "t34"."customer_id",
              "t34"."month",
              "t34"."worth" AS "base_e16",
              "t34"."month" AS "key_month"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t4"."customer_id",
                  "t12"."month",
                  CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t8"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                FROM "mrr_level" AS "t4"
                SEMI JOIN (
                  SELECT
                    "t6"."customer_id"
                  FROM (
                    SELECT
                      "t1"."customer_id",
                      MIN("t1"."arr_e6") AS "least",
                      MIN("t1"."currency") AS "one",
                      MAX("t1"."currency") AS "other"
                    FROM "mrr_level" AS "t1"
                    GROUP BY
                      1
                  ) AS "t6"
                  WHERE
                    (
                      "t6"."least" <= 0
                    ) OR (
                      "t6"."one" <> "t6"."other"
                    )
                ) AS "t16"
                  ON "t4"."customer_id" = "t16"."customer_id"
                ANTI JOIN (
                  SELECT
                    "t22"."customer_id"
                  FROM (
                    SELECT
                      "t19"."customer_id",
                      MIN("t19"."arr_e6") AS "least",
                      MIN("t19"."currency") AS "one",
                      MAX("t19"."currency") AS "other"
                    FROM (
                      SELECT
                        "t4"."customer_id",
                        "t4"."currency",
                        "t4"."arr_e6",
                        "t4"."from_month",
                        "t4"."to_month"
                      FROM "mrr_level" AS "t4"
                      SEMI JOIN (
                        SELECT
                          "t6"."customer_id"
                        FROM (
                          SELECT
                            "t1"."customer_id",
                            MIN("t1"."arr_e6") AS "least",
                            MIN("t1"."currency") AS "one",
                            MAX("t1"."currency") AS "other"
                          FROM "mrr_level" AS "t1"
                          GROUP BY
                            1
                        ) AS "t6"
                        WHERE
                          (
                            "t6"."least" <= 0
                          ) OR (
                            "t6"."one" <> "t6"."other"
                          )
                      ) AS "t16"
                        ON "t4"."customer_id" = "t16"."customer_id"
                    ) AS "t19"
                    GROUP BY
                      1
                  ) AS "t22"
                  WHERE
                    (
                      "t22"."least" <= 0
                    ) OR (
                      "t22"."one" <> "t22"."other"
                    )
                ) AS "t27"
                  ON "t4"."customer_id" = "t27"."customer_id"
                INNER JOIN (
                  SELECT
                    "t3"."month",
                    "t3"."month" AS "at",
                    "t3"."month" AS "rate_month"
                  FROM "calendar_month" AS "t3"
                  WHERE
                    "t3"."month" IN (24310, 24311)
                ) AS "t12"
                  ON "t4"."from_month" <= "t12"."at" AND "t12"."at" < "t4"."to_month"
                INNER JOIN (
                  SELECT
                    "t2"."currency",
                    "t2"."month" AS "rated",
                    "t2"."rate_e10"
                  FROM "fx_month" AS "t2"
                ) AS "t8"
                  ON "t4"."currency" = "t8"."currency" AND "t12"."rate_month" = "t8"."rated"
              ) AS "t30"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t31"."customer_id",
                  "t31"."month",
                  CAST(SUM("t31"."worth") AS DECIMAL(38, 0)) AS "worth"
                FROM (
                  SELECT
                    "t4"."customer_id",
                    "t12"."month",
                    CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t8"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                  FROM "mrr_level" AS "t4"
                  SEMI JOIN (
                    SELECT
                      "t6"."customer_id"
                    FROM (
                      SELECT
                        "t1"."customer_id",
                        MIN("t1"."arr_e6") AS "least",
                        MIN("t1"."currency") AS "one",
                        MAX("t1"."currency") AS "other"
                      FROM "mrr_level" AS "t1"
                      GROUP BY
                        1
                    ) AS "t6"
                    WHERE
                      (
                        "t6"."least" <= 0
                      ) OR (
                        "t6"."one" <> "t6"."other"
                      )
                  ) AS "t16"
                    ON "t4"."customer_id" = "t16"."customer_id"
                  SEMI JOIN (
                    SELECT
                      "t22"."customer_id"
                    FROM (
                      SELECT
                        "t19"."customer_id",
                        MIN("t19"."arr_e6") AS "least",
                        MIN("t19"."currency") AS "one",
                        MAX("t19"."currency") AS "other"
                      FROM (
                        SELECT
                          "t4"."customer_id",
                          "t4"."currency",
                          "t4"."arr_e6",
                          "t4"."from_month",
                          "t4"."to_month"
                        FROM "mrr_level" AS "t4"
                        SEMI JOIN (
                          SELECT
                            "t6"."customer_id"
                          FROM (
                            SELECT
                              "t1"."customer_id",
                              MIN("t1"."arr_e6") AS "least",
                              MIN("t1"."currency") AS "one",
                              MAX("t1"."currency") AS "other"
                            FROM "mrr_level" AS "t1"
                            GROUP BY
                              1
                          ) AS "t6"
                          WHERE
                            (
                              "t6"."least" <= 0
                            ) OR (
                              "t6"."one" <> "t6"."other"
                            )
                        ) AS "t16"
                          ON "t4"."customer_id" = "t16"."customer_id"
                      ) AS "t19"
                      GROUP BY
                        1
                    ) AS "t22"
                    WHERE
                      (
                        "t22"."least" <= 0
                      ) OR (
                        "t22"."one" <> "t22"."other"
                      )
                  ) AS "t27"
                    ON "t4"."customer_id" = "t27"."customer_id"
                  INNER JOIN (
                    SELECT
                      "t3"."month",
                      "t3"."month" AS "at",
                      "t3"."month" AS "rate_month"
                    FROM "calendar_month" AS "t3"
                    WHERE
                      "t3"."month" IN (24310, 24311)
                  ) AS "t12"
                    ON "t4"."from_month" <= "t12"."at" AND "t12"."at" < "t4"."to_month"
                  INNER JOIN (
                    SELECT
                      "t2"."currency",
                      "t2"."month" AS "rated",
                      "t2"."rate_e10"
                    FROM "fx_month" AS "t2"
                  ) AS "t8"
                    ON "t4"."currency" = "t8"."currency" AND "t12"."rate_month" = "t8"."rated"
                ) AS "t31"
                GROUP BY
                  1,
                  2
              ) AS "t33"
            ) AS "t34"
            WHERE
              "t34"."worth" > 0
          ) AS "t36"
          GROUP BY
            1
        ) AS "t38"
      ) AS "t43"
      GROUP BY
        1
    ) AS "t44"
  ) AS "t45"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t17"."month",
      "t17"."base_e16",
      CAST("t17"."customers" AS BIGINT) AS "customers",
      "t17"."new_e16",
      "t17"."new_customers"
    FROM (
      SELECT
        "t14"."month",
        CAST(0 AS DECIMAL(38, 0)) AS "base_e16",
        0 AS "customers",
        CAST(SUM("t14"."base_e16") AS DECIMAL(38, 0)) AS "new_e16",
        COUNT(*) AS "new_customers"
      FROM (
        SELECT
          "t0"."customer_id",
          "t0"."day",
          (
            "t0"."month" + 0
          ) - (
            (
              "t0"."month" - 24310
            ) % 1
          ) AS "month",
          "t0"."kind",
          "t0"."cause",
          "t0"."currency",
          "t0"."amount_e6",
          "t0"."base_e16",
          (
            "t0"."month" + 0
          ) - (
            (
              "t0"."month" - 24310
            ) % 1
          ) AS "key_month"
        FROM "movement" AS "t0"
        WHERE
          "t0"."month" >= 24310 AND "t0"."month" <= 24311 AND "t0"."kind" = 'new'
      ) AS "t14"
      GROUP BY
        1
    ) AS "t17"
  ) AS "t18"
) AS "t46"
GROUP BY
  1
