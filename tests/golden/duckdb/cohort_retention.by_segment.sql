WITH "t24" AS (
  SELECT
    "t20"."customer_id",
    "t20"."first_month",
    COALESCE("t20"."trait_value", '(none)') AS "slice"
  FROM (
    SELECT
      "t14"."customer_id",
      "t14"."first_month",
      "t14"."moment",
      "t15"."trait_customer",
      "t15"."trait_value",
      "t15"."trait_from",
      "t15"."trait_to"
    FROM (
      SELECT
        "t0"."customer_id",
        "t0"."first_month",
        "t0"."first_month" AS "moment"
      FROM "customer_start" AS "t0"
      WHERE
        "t0"."first_month" IN (24310, 24311)
    ) AS "t14"
    LEFT OUTER JOIN (
      SELECT
        "t1"."customer_id" AS "trait_customer",
        "t1"."value" AS "trait_value",
        "t1"."from_month" AS "trait_from",
        "t1"."to_month" AS "trait_to"
      FROM "customer_trait" AS "t1"
      WHERE
        "t1"."name" = 'segment'
    ) AS "t15"
      ON "t14"."customer_id" = "t15"."trait_customer"
      AND "t14"."moment" >= "t15"."trait_from"
      AND "t14"."moment" < "t15"."trait_to"
  ) AS "t20"
)
SELECT
  *
FROM (
  SELECT
    "t47"."first_month",
    "t47"."slice",
    "t47"."month",
    "t47"."customers",
    "t47"."base_e16"
  FROM (
    SELECT
      "t46"."month",
      "t46"."first_month",
      "t46"."slice",
      CAST(SUM("t46"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
      SUM("t46"."customers") AS "customers"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t43"."month",
            "t43"."first_month",
            "t43"."slice",
            CAST(SUM("t43"."base_e6") AS DECIMAL(38, 0)) AS "base_e16",
            SUM("t43"."customers") AS "customers"
          FROM (
            SELECT
              "t41"."first_month",
              "t41"."slice",
              "t41"."customers",
              "t23"."at_month" AS "month",
              "t41"."base_e6" * CAST("t23"."rate_e10" AS DECIMAL(38, 0)) AS "base_e6"
            FROM (
              SELECT
                "t37"."first_month",
                "t37"."slice",
                "t37"."currency",
                "t37"."from_month",
                "t37"."to_month",
                CAST(SUM(CAST("t37"."base_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "base_e6",
                SUM("t37"."customers") AS "customers"
              FROM (
                SELECT
                  "t36"."customer_id",
                  "t36"."currency",
                  "t36"."arr_e6",
                  "t36"."from_month",
                  "t36"."to_month",
                  "t36"."first_month",
                  "t36"."slice",
                  "t36"."arr_e6" AS "base_e6",
                  1 AS "customers"
                FROM (
                  SELECT
                    "t33"."customer_id",
                    "t33"."currency",
                    "t33"."arr_e6",
                    "t33"."from_month",
                    "t33"."to_month",
                    "t28"."first_month",
                    "t28"."slice"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t5"."customer_id",
                        "t5"."currency",
                        "t5"."arr_e6",
                        "t5"."from_month",
                        "t5"."to_month"
                      FROM "mrr_level" AS "t5"
                      ANTI JOIN (
                        SELECT
                          "t11"."customer_id"
                        FROM (
                          SELECT
                            "t3"."customer_id",
                            MIN("t3"."arr_e6") AS "least",
                            MIN("t3"."currency") AS "one",
                            MAX("t3"."currency") AS "other"
                          FROM "mrr_level" AS "t3"
                          GROUP BY
                            1
                        ) AS "t11"
                        WHERE
                          (
                            "t11"."least" <= 0
                          ) OR (
                            "t11"."one" <> "t11"."other"
                          )
                      ) AS "t21"
                        ON "t5"."customer_id" = "t21"."customer_id"
                    ) AS "t27"
                    WHERE
                      "t27"."from_month" <= 24311 AND "t27"."to_month" > 24310
                  ) AS "t33"
                  INNER JOIN "t24" AS "t28"
                    ON "t33"."customer_id" = "t28"."customer_id"
                ) AS "t36"
              ) AS "t37"
              GROUP BY
                1,
                2,
                3,
                4,
                5
            ) AS "t41"
            INNER JOIN (
              SELECT
                "t16"."rated",
                "t16"."at_month",
                "t16"."rate_e10"
              FROM (
                SELECT
                  "t2"."currency" AS "rated",
                  "t2"."month" + 0 AS "at_month",
                  "t2"."rate_e10"
                FROM "fx_month" AS "t2"
              ) AS "t16"
              SEMI JOIN (
                SELECT
                  "t4"."month" AS "at_month"
                FROM "calendar_month" AS "t4"
                WHERE
                  "t4"."month" IN (24310, 24311)
              ) AS "t17"
                ON "t16"."at_month" = "t17"."at_month"
            ) AS "t23"
              ON "t41"."currency" = "t23"."rated"
              AND "t41"."from_month" <= "t23"."at_month"
              AND "t23"."at_month" < "t41"."to_month"
          ) AS "t43"
          GROUP BY
            1,
            2,
            3
        ) AS "t44"
      ) AS "t45"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t38"."month",
            "t38"."first_month",
            "t38"."slice",
            CAST(SUM("t38"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
            COUNT(*) AS "customers"
          FROM (
            SELECT
              "t35"."customer_id",
              "t35"."month",
              "t35"."base_e16",
              "t28"."first_month",
              "t28"."slice"
            FROM (
              SELECT
                "t32"."customer_id",
                "t32"."month",
                "t32"."worth" AS "base_e16"
              FROM (
                SELECT
                  "t26"."customer_id",
                  "t26"."month",
                  CAST(SUM("t26"."worth") AS DECIMAL(38, 0)) AS "worth"
                FROM (
                  SELECT
                    "t5"."customer_id",
                    "t18"."month",
                    CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t10"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                  FROM "mrr_level" AS "t5"
                  SEMI JOIN (
                    SELECT
                      "t11"."customer_id"
                    FROM (
                      SELECT
                        "t3"."customer_id",
                        MIN("t3"."arr_e6") AS "least",
                        MIN("t3"."currency") AS "one",
                        MAX("t3"."currency") AS "other"
                      FROM "mrr_level" AS "t3"
                      GROUP BY
                        1
                    ) AS "t11"
                    WHERE
                      (
                        "t11"."least" <= 0
                      ) OR (
                        "t11"."one" <> "t11"."other"
                      )
                  ) AS "t21"
                    ON "t5"."customer_id" = "t21"."customer_id"
                  INNER JOIN (
                    SELECT
                      "t4"."month",
                      "t4"."month" AS "at",
                      "t4"."month" AS "rate_month"
                    FROM "calendar_month" AS "t4"
                    WHERE
                      "t4"."month" IN (24310, 24311)
                  ) AS "t18"
                    ON "t5"."from_month" <= "t18"."at" AND "t18"."at" < "t5"."to_month"
                  INNER JOIN (
                    SELECT
                      "t2"."currency",
                      "t2"."month" AS "rated",
                      "t2"."rate_e10"
                    FROM "fx_month" AS "t2"
                  ) AS "t10"
                    ON "t5"."currency" = "t10"."currency" AND "t18"."rate_month" = "t10"."rated"
                ) AS "t26"
                GROUP BY
                  1,
                  2
              ) AS "t32"
              WHERE
                "t32"."worth" > 0
            ) AS "t35"
            INNER JOIN "t24" AS "t28"
              ON "t35"."customer_id" = "t28"."customer_id"
          ) AS "t38"
          GROUP BY
            1,
            2,
            3
        ) AS "t40"
      ) AS "t42"
    ) AS "t46"
    GROUP BY
      1,
      2,
      3
  ) AS "t47"
) AS "t48"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t25"."first_month",
      "t25"."slice",
      CAST(NULL AS BIGINT) AS "month",
      COUNT(*) AS "customers",
      CAST(0 AS DECIMAL(38, 0)) AS "base_e16"
    FROM "t24" AS "t25"
    GROUP BY
      1,
      2
  ) AS "t29"
) AS "t31"
