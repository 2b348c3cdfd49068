WITH "t20" AS (
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
      "t0"."first_month" <= 24311
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
)
SELECT
  "t50"."part",
  "t50"."tenure",
  "t50"."slice",
  SUM("t50"."customers") AS "customers",
  CAST(SUM("t50"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    *
  FROM (
    SELECT
      'paying' AS "part",
      "t48"."month" - "t48"."first_month" AS "tenure",
      "t48"."slice",
      "t48"."customers",
      "t48"."base_e16"
    FROM (
      SELECT
        "t47"."month",
        "t47"."first_month",
        "t47"."slice",
        CAST(SUM("t47"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
        SUM("t47"."customers") AS "customers"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t44"."month",
              "t44"."first_month",
              "t44"."slice",
              CAST(SUM("t44"."base_e6") AS DECIMAL(38, 0)) AS "base_e16",
              SUM("t44"."customers") AS "customers"
            FROM (
              SELECT
                "t42"."first_month",
                "t42"."slice",
                "t42"."customers",
                "t24"."at_month" AS "month",
                "t42"."base_e6" * CAST("t24"."rate_e10" AS DECIMAL(38, 0)) AS "base_e6"
              FROM (
                SELECT
                  "t38"."first_month",
                  "t38"."slice",
                  "t38"."currency",
                  "t38"."from_month",
                  "t38"."to_month",
                  CAST(SUM(CAST("t38"."base_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "base_e6",
                  SUM("t38"."customers") AS "customers"
                FROM (
                  SELECT
                    "t37"."customer_id",
                    "t37"."currency",
                    "t37"."arr_e6",
                    "t37"."from_month",
                    "t37"."to_month",
                    "t37"."first_month",
                    "t37"."slice",
                    "t37"."arr_e6" AS "base_e6",
                    1 AS "customers"
                  FROM (
                    SELECT
                      "t33"."customer_id",
                      "t33"."currency",
                      "t33"."arr_e6",
                      "t33"."from_month",
                      "t33"."to_month",
                      "t29"."first_month",
                      "t29"."slice"
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
                    INNER JOIN (
                      SELECT
                        "t23"."customer_id",
                        "t23"."first_month",
                        COALESCE("t23"."trait_value", '(none)') AS "slice"
                      FROM "t20" AS "t23"
                    ) AS "t29"
                      ON "t33"."customer_id" = "t29"."customer_id"
                  ) AS "t37"
                ) AS "t38"
                GROUP BY
                  1,
                  2,
                  3,
                  4,
                  5
              ) AS "t42"
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
              ) AS "t24"
                ON "t42"."currency" = "t24"."rated"
                AND "t42"."from_month" <= "t24"."at_month"
                AND "t24"."at_month" < "t42"."to_month"
            ) AS "t44"
            GROUP BY
              1,
              2,
              3
          ) AS "t45"
        ) AS "t46"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t39"."month",
              "t39"."first_month",
              "t39"."slice",
              CAST(SUM("t39"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
              COUNT(*) AS "customers"
            FROM (
              SELECT
                "t36"."customer_id",
                "t36"."month",
                "t36"."base_e16",
                "t29"."first_month",
                "t29"."slice"
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
              ) AS "t36"
              INNER JOIN (
                SELECT
                  "t23"."customer_id",
                  "t23"."first_month",
                  COALESCE("t23"."trait_value", '(none)') AS "slice"
                FROM "t20" AS "t23"
              ) AS "t29"
                ON "t36"."customer_id" = "t29"."customer_id"
            ) AS "t39"
            GROUP BY
              1,
              2,
              3
          ) AS "t41"
        ) AS "t43"
      ) AS "t47"
      GROUP BY
        1,
        2,
        3
    ) AS "t48"
    WHERE
      (
        "t48"."month" - "t48"."first_month"
      ) >= 0
      AND (
        "t48"."month" - "t48"."first_month"
      ) <= 24
  ) AS "t49"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t28"."part",
        "t28"."tenure",
        "t28"."slice",
        COUNT(*) AS "customers",
        CAST(0 AS DECIMAL(38, 0)) AS "base_e16"
      FROM (
        SELECT
          "t23"."customer_id",
          "t23"."first_month",
          COALESCE("t23"."trait_value", '(none)') AS "slice",
          'began' AS "part",
          LEAST(24311 - "t23"."first_month", 24) AS "tenure"
        FROM "t20" AS "t23"
      ) AS "t28"
      GROUP BY
        1,
        2,
        3
    ) AS "t30"
  ) AS "t34"
) AS "t50"
GROUP BY
  1,
  2,
  3
