WITH "t16" AS (
  SELECT
    "t3"."customer_id",
    "t3"."currency",
    "t3"."arr_e6",
    "t3"."from_month",
    "t3"."to_month"
  FROM "mrr_level" AS "t3"
  ANTI JOIN (
    SELECT
      "t5"."customer_id"
    FROM (
      SELECT
        "t0"."customer_id",
        MIN("t0"."arr_e6") AS "least",
        MIN("t0"."currency") AS "one",
        MAX("t0"."currency") AS "other"
      FROM "mrr_level" AS "t0"
      GROUP BY
        1
    ) AS "t5"
    WHERE
      (
        "t5"."least" <= 0
      ) OR (
        "t5"."one" <> "t5"."other"
      )
  ) AS "t14"
    ON "t3"."customer_id" = "t14"."customer_id"
)
SELECT
  "t39"."month",
  CAST(SUM("t39"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
  SUM("t39"."customers") AS "customers"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t36"."month",
        CAST(SUM("t36"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
        SUM("t36"."customers") AS "customers"
      FROM (
        SELECT
          "t35"."currency",
          "t35"."at_month",
          "t35"."arr_e6",
          "t35"."customers",
          "t35"."rate_currency",
          "t35"."rate_month",
          "t35"."rate_e10",
          "t35"."at_month" AS "month",
          "t35"."arr_e6" * CAST("t35"."rate_e10" AS DECIMAL(38, 0)) AS "base_e16"
        FROM (
          SELECT
            "t33"."currency",
            "t33"."at_month",
            "t33"."arr_e6",
            "t33"."customers",
            "t10"."rate_currency",
            "t10"."rate_month",
            "t10"."rate_e10"
          FROM (
            SELECT
              "t28"."currency",
              "t28"."at_month",
              CAST(SUM("t28"."arr_e6") AS DECIMAL(38, 0)) AS "arr_e6",
              SUM("t28"."customers") AS "customers"
            FROM (
              SELECT
                "t25"."currency",
                "t25"."month",
                "t25"."arr_e6",
                "t25"."customers",
                "t12"."at_month"
              FROM (
                SELECT
                  "t21"."currency",
                  "t21"."month",
                  CAST(SUM("t21"."arr_e6") AS DECIMAL(38, 0)) AS "arr_e6",
                  SUM("t21"."customers") AS "customers"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t17"."currency",
                      "t17"."from_month" AS "month",
                      CAST("t17"."arr_e6" AS DECIMAL(38, 0)) AS "arr_e6",
                      1 AS "customers"
                    FROM "t16" AS "t17"
                  ) AS "t19"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t17"."currency",
                      "t17"."to_month" AS "month",
                      -(
                        CAST("t17"."arr_e6" AS DECIMAL(38, 0))
                      ) AS "arr_e6",
                      -(
                        1
                      ) AS "customers"
                    FROM "t16" AS "t17"
                  ) AS "t20"
                ) AS "t21"
                GROUP BY
                  1,
                  2
              ) AS "t25"
              INNER JOIN (
                SELECT
                  "t2"."month" AS "at_month"
                FROM "calendar_month" AS "t2"
                WHERE
                  "t2"."month" IN (24310, 24311)
              ) AS "t12"
                ON "t25"."month" <= "t12"."at_month"
            ) AS "t28"
            GROUP BY
              1,
              2
          ) AS "t33"
          INNER JOIN (
            SELECT
              "t1"."currency" AS "rate_currency",
              "t1"."month" AS "rate_month",
              "t1"."rate_e10"
            FROM "fx_month" AS "t1"
            WHERE
              "t1"."month" IN (24310, 24311)
          ) AS "t10"
            ON "t33"."currency" = "t10"."rate_currency"
            AND "t33"."at_month" = "t10"."rate_month"
        ) AS "t35"
      ) AS "t36"
      GROUP BY
        1
    ) AS "t37"
    WHERE
      "t37"."customers" > 0
  ) AS "t38"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t32"."month",
      CAST(SUM("t32"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
      COUNT(*) AS "customers"
    FROM (
      SELECT
        "t30"."customer_id",
        "t30"."month",
        "t30"."worth" AS "base_e16",
        "t30"."month" AS "key_month"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t3"."customer_id",
            "t11"."month",
            CAST("t3"."arr_e6" AS DECIMAL(38, 0)) * CAST("t7"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
          FROM "mrr_level" AS "t3"
          SEMI JOIN (
            SELECT
              "t5"."customer_id"
            FROM (
              SELECT
                "t0"."customer_id",
                MIN("t0"."arr_e6") AS "least",
                MIN("t0"."currency") AS "one",
                MAX("t0"."currency") AS "other"
              FROM "mrr_level" AS "t0"
              GROUP BY
                1
            ) AS "t5"
            WHERE
              (
                "t5"."least" <= 0
              ) OR (
                "t5"."one" <> "t5"."other"
              )
          ) AS "t14"
            ON "t3"."customer_id" = "t14"."customer_id"
          ANTI JOIN (
            SELECT
              "t18"."customer_id"
            FROM (
              SELECT
                "t15"."customer_id",
                MIN("t15"."arr_e6") AS "least",
                MIN("t15"."currency") AS "one",
                MAX("t15"."currency") AS "other"
              FROM (
                SELECT
                  "t3"."customer_id",
                  "t3"."currency",
                  "t3"."arr_e6",
                  "t3"."from_month",
                  "t3"."to_month"
                FROM "mrr_level" AS "t3"
                SEMI JOIN (
                  SELECT
                    "t5"."customer_id"
                  FROM (
                    SELECT
                      "t0"."customer_id",
                      MIN("t0"."arr_e6") AS "least",
                      MIN("t0"."currency") AS "one",
                      MAX("t0"."currency") AS "other"
                    FROM "mrr_level" AS "t0"
                    GROUP BY
                      1
                  ) AS "t5"
                  WHERE
                    (
                      "t5"."least" <= 0
                    ) OR (
                      "t5"."one" <> "t5"."other"
                    )
                ) AS "t14"
                  ON "t3"."customer_id" = "t14"."customer_id"
              ) AS "t15"
              GROUP BY
                1
            ) AS "t18"
            WHERE
              (
                "t18"."least" <= 0
              ) OR (
                "t18"."one" <> "t18"."other"
              )
          ) AS "t23"
            ON "t3"."customer_id" = "t23"."customer_id"
          INNER JOIN (
            SELECT
              "t2"."month",
              "t2"."month" AS "at",
              "t2"."month" AS "rate_month"
            FROM "calendar_month" AS "t2"
            WHERE
              "t2"."month" IN (24310, 24311)
          ) AS "t11"
            ON "t3"."from_month" <= "t11"."at" AND "t11"."at" < "t3"."to_month"
          INNER JOIN (
            SELECT
              "t1"."currency",
              "t1"."month" AS "rated",
              "t1"."rate_e10"
            FROM "fx_month" AS "t1"
          ) AS "t7"
            ON "t3"."currency" = "t7"."currency" AND "t11"."rate_month" = "t7"."rated"
        ) AS "t26"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t27"."customer_id",
            "t27"."month",
            CAST(SUM("t27"."worth") AS DECIMAL(38, 0)) AS "worth"
          FROM (
            SELECT
              "t3"."customer_id",
              "t11"."month",
              CAST("t3"."arr_e6" AS DECIMAL(38, 0)) * CAST("t7"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
            FROM "mrr_level" AS "t3"
            SEMI JOIN (
              SELECT
                "t5"."customer_id"
              FROM (
                SELECT
                  "t0"."customer_id",
                  MIN("t0"."arr_e6") AS "least",
                  MIN("t0"."currency") AS "one",
                  MAX("t0"."currency") AS "other"
                FROM "mrr_level" AS "t0"
                GROUP BY
                  1
              ) AS "t5"
              WHERE
                (
                  "t5"."least" <= 0
                ) OR (
                  "t5"."one" <> "t5"."other"
                )
            ) AS "t14"
              ON "t3"."customer_id" = "t14"."customer_id"
            SEMI JOIN (
              SELECT
                "t18"."customer_id"
              FROM (
                SELECT
                  "t15"."customer_id",
                  MIN("t15"."arr_e6") AS "least",
                  MIN("t15"."currency") AS "one",
                  MAX("t15"."currency") AS "other"
                FROM (
                  SELECT
                    "t3"."customer_id",
                    "t3"."currency",
                    "t3"."arr_e6",
                    "t3"."from_month",
                    "t3"."to_month"
                  FROM "mrr_level" AS "t3"
                  SEMI JOIN (
                    SELECT
                      "t5"."customer_id"
                    FROM (
                      SELECT
                        "t0"."customer_id",
                        MIN("t0"."arr_e6") AS "least",
                        MIN("t0"."currency") AS "one",
                        MAX("t0"."currency") AS "other"
                      FROM "mrr_level" AS "t0"
                      GROUP BY
                        1
                    ) AS "t5"
                    WHERE
                      (
                        "t5"."least" <= 0
                      ) OR (
                        "t5"."one" <> "t5"."other"
                      )
                  ) AS "t14"
                    ON "t3"."customer_id" = "t14"."customer_id"
                ) AS "t15"
                GROUP BY
                  1
              ) AS "t18"
              WHERE
                (
                  "t18"."least" <= 0
                ) OR (
                  "t18"."one" <> "t18"."other"
                )
            ) AS "t23"
              ON "t3"."customer_id" = "t23"."customer_id"
            INNER JOIN (
              SELECT
                "t2"."month",
                "t2"."month" AS "at",
                "t2"."month" AS "rate_month"
              FROM "calendar_month" AS "t2"
              WHERE
                "t2"."month" IN (24310, 24311)
            ) AS "t11"
              ON "t3"."from_month" <= "t11"."at" AND "t11"."at" < "t3"."to_month"
            INNER JOIN (
              SELECT
                "t1"."currency",
                "t1"."month" AS "rated",
                "t1"."rate_e10"
              FROM "fx_month" AS "t1"
            ) AS "t7"
              ON "t3"."currency" = "t7"."currency" AND "t11"."rate_month" = "t7"."rated"
          ) AS "t27"
          GROUP BY
            1,
            2
        ) AS "t29"
      ) AS "t30"
      WHERE
        "t30"."worth" > 0
    ) AS "t32"
    GROUP BY
      1
  ) AS "t34"
) AS "t39"
GROUP BY
  1
