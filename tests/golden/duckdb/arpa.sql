SELECT
  "t37"."month",
  CAST(SUM("t37"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
  SUM("t37"."customers") AS "customers",
  CAST(SUM("t37"."new_e16") AS DECIMAL(38, 0)) AS "new_e16",
  SUM("t37"."new_customers") AS "new_customers"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t35"."month",
      "t35"."base_e16",
      "t35"."customers",
      CAST(0 AS DECIMAL(38, 0)) AS "new_e16",
      CAST(0 AS BIGINT) AS "new_customers"
    FROM (
      SELECT
        "t34"."month",
        CAST(SUM("t34"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
        SUM("t34"."customers") AS "customers"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t31"."month",
              CAST(SUM("t31"."base_e6") AS DECIMAL(38, 0)) AS "base_e16",
              SUM("t31"."customers") AS "customers"
            FROM (
              SELECT
                "t28"."customers",
                "t19"."at_month" AS "month",
                "t28"."base_e6" * CAST("t19"."rate_e10" AS DECIMAL(38, 0)) AS "base_e6"
              FROM (
                SELECT
                  "t24"."currency",
                  "t24"."from_month",
                  "t24"."to_month",
                  CAST(SUM(CAST("t24"."base_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "base_e6",
                  SUM("t24"."customers") AS "customers"
                FROM (
                  SELECT
                    "t22"."customer_id",
                    "t22"."currency",
                    "t22"."arr_e6",
                    "t22"."from_month",
                    "t22"."to_month",
                    "t22"."arr_e6" AS "base_e6",
                    1 AS "customers"
                  FROM (
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
                    ) AS "t17"
                      ON "t4"."customer_id" = "t17"."customer_id"
                  ) AS "t22"
                  WHERE
                    "t22"."from_month" <= 24311 AND "t22"."to_month" > 24310
                ) AS "t24"
                GROUP BY
                  1,
                  2,
                  3
              ) AS "t28"
              INNER JOIN (
                SELECT
                  "t11"."rated",
                  "t11"."at_month",
                  "t11"."rate_e10"
                FROM (
                  SELECT
                    "t2"."currency" AS "rated",
                    "t2"."month" + 0 AS "at_month",
                    "t2"."rate_e10"
                  FROM "fx_month" AS "t2"
                ) AS "t11"
                SEMI JOIN (
                  SELECT
                    "t3"."month" AS "at_month"
                  FROM "calendar_month" AS "t3"
                  WHERE
                    "t3"."month" IN (24310, 24311)
                ) AS "t13"
                  ON "t11"."at_month" = "t13"."at_month"
              ) AS "t19"
                ON "t28"."currency" = "t19"."rated"
                AND "t28"."from_month" <= "t19"."at_month"
                AND "t19"."at_month" < "t28"."to_month"
            ) AS "t31"
            GROUP BY
              1
          ) AS "t32"
        ) AS "t33"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t26"."month",
              CAST(SUM("t26"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
              COUNT(*) AS "customers"
            FROM (
              SELECT
                "t25"."customer_id",
                "t25"."month",
                "t25"."worth" AS "base_e16",
                "t25"."month" AS "key_month"
              FROM (
                SELECT
                  "t21"."customer_id",
                  "t21"."month",
                  CAST(SUM("t21"."worth") AS DECIMAL(38, 0)) AS "worth"
                FROM (
                  SELECT
                    "t4"."customer_id",
                    "t12"."month",
                    CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t7"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
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
                  ) AS "t17"
                    ON "t4"."customer_id" = "t17"."customer_id"
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
                  ) AS "t7"
                    ON "t4"."currency" = "t7"."currency" AND "t12"."rate_month" = "t7"."rated"
                ) AS "t21"
                GROUP BY
                  1,
                  2
              ) AS "t25"
              WHERE
                "t25"."worth" > 0
            ) AS "t26"
            GROUP BY
              1
          ) AS "t29"
        ) AS "t30"
      ) AS "t34"
      GROUP BY
        1
    ) AS "t35"
  ) AS "t36"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t20"."month",
      CAST(0 AS DECIMAL(38, 0)) AS "base_e16",
      CAST(0 AS BIGINT) AS "customers",
      "t20"."base_e16" AS "new_e16",
      "t20"."customers" AS "new_customers"
    FROM (
      SELECT
        "t16"."month",
        "t16"."part",
        CAST(SUM("t16"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
        COUNT(*) AS "customers"
      FROM (
        SELECT
          "t14"."customer_id",
          "t14"."kind",
          "t14"."base_e16",
          "t14"."from_month",
          "t14"."to_month",
          "t14"."from_month" AS "month",
          "t14"."kind" AS "part"
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
        ) AS "t14"
      ) AS "t16"
      GROUP BY
        1,
        2
    ) AS "t20"
  ) AS "t23"
) AS "t37"
GROUP BY
  1
