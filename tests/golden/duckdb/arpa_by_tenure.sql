SELECT
  "t43"."part",
  "t43"."tenure",
  SUM("t43"."customers") AS "customers",
  CAST(SUM("t43"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    *
  FROM (
    SELECT
      'paying' AS "part",
      "t41"."month" - "t41"."first_month" AS "tenure",
      "t41"."customers",
      "t41"."base_e16"
    FROM (
      SELECT
        "t40"."month",
        "t40"."first_month",
        CAST(SUM("t40"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
        SUM("t40"."customers") AS "customers"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t37"."month",
              "t37"."first_month",
              CAST(SUM("t37"."base_e6") AS DECIMAL(38, 0)) AS "base_e16",
              SUM("t37"."customers") AS "customers"
            FROM (
              SELECT
                "t35"."first_month",
                "t35"."customers",
                "t22"."at_month" AS "month",
                "t35"."base_e6" * CAST("t22"."rate_e10" AS DECIMAL(38, 0)) AS "base_e6"
              FROM (
                SELECT
                  "t31"."first_month",
                  "t31"."currency",
                  "t31"."from_month",
                  "t31"."to_month",
                  CAST(SUM(CAST("t31"."base_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "base_e6",
                  SUM("t31"."customers") AS "customers"
                FROM (
                  SELECT
                    "t30"."customer_id",
                    "t30"."currency",
                    "t30"."arr_e6",
                    "t30"."from_month",
                    "t30"."to_month",
                    "t30"."first_month",
                    "t30"."arr_e6" AS "base_e6",
                    1 AS "customers"
                  FROM (
                    SELECT
                      "t27"."customer_id",
                      "t27"."currency",
                      "t27"."arr_e6",
                      "t27"."from_month",
                      "t27"."to_month",
                      "t12"."first_month"
                    FROM (
                      SELECT
                        *
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
                            "t9"."customer_id"
                          FROM (
                            SELECT
                              "t2"."customer_id",
                              MIN("t2"."arr_e6") AS "least",
                              MIN("t2"."currency") AS "one",
                              MAX("t2"."currency") AS "other"
                            FROM "mrr_level" AS "t2"
                            GROUP BY
                              1
                          ) AS "t9"
                          WHERE
                            (
                              "t9"."least" <= 0
                            ) OR (
                              "t9"."one" <> "t9"."other"
                            )
                        ) AS "t20"
                          ON "t4"."customer_id" = "t20"."customer_id"
                      ) AS "t24"
                      WHERE
                        "t24"."from_month" <= 24311 AND "t24"."to_month" > 24310
                    ) AS "t27"
                    INNER JOIN (
                      SELECT
                        "t0"."customer_id",
                        "t0"."first_month"
                      FROM "customer_start" AS "t0"
                      WHERE
                        "t0"."first_month" <= 24311
                    ) AS "t12"
                      ON "t27"."customer_id" = "t12"."customer_id"
                  ) AS "t30"
                ) AS "t31"
                GROUP BY
                  1,
                  2,
                  3,
                  4
              ) AS "t35"
              INNER JOIN (
                SELECT
                  "t14"."rated",
                  "t14"."at_month",
                  "t14"."rate_e10"
                FROM (
                  SELECT
                    "t1"."currency" AS "rated",
                    "t1"."month" + 0 AS "at_month",
                    "t1"."rate_e10"
                  FROM "fx_month" AS "t1"
                ) AS "t14"
                SEMI JOIN (
                  SELECT
                    "t3"."month" AS "at_month"
                  FROM "calendar_month" AS "t3"
                  WHERE
                    "t3"."month" IN (24310, 24311)
                ) AS "t15"
                  ON "t14"."at_month" = "t15"."at_month"
              ) AS "t22"
                ON "t35"."currency" = "t22"."rated"
                AND "t35"."from_month" <= "t22"."at_month"
                AND "t22"."at_month" < "t35"."to_month"
            ) AS "t37"
            GROUP BY
              1,
              2
          ) AS "t38"
        ) AS "t39"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t32"."month",
              "t32"."first_month",
              CAST(SUM("t32"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
              COUNT(*) AS "customers"
            FROM (
              SELECT
                "t29"."customer_id",
                "t29"."month",
                "t29"."base_e16",
                "t12"."first_month"
              FROM (
                SELECT
                  "t26"."customer_id",
                  "t26"."month",
                  "t26"."worth" AS "base_e16"
                FROM (
                  SELECT
                    "t23"."customer_id",
                    "t23"."month",
                    CAST(SUM("t23"."worth") AS DECIMAL(38, 0)) AS "worth"
                  FROM (
                    SELECT
                      "t4"."customer_id",
                      "t16"."month",
                      CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t8"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                    FROM "mrr_level" AS "t4"
                    SEMI JOIN (
                      SELECT
                        "t9"."customer_id"
                      FROM (
                        SELECT
                          "t2"."customer_id",
                          MIN("t2"."arr_e6") AS "least",
                          MIN("t2"."currency") AS "one",
                          MAX("t2"."currency") AS "other"
                        FROM "mrr_level" AS "t2"
                        GROUP BY
                          1
                      ) AS "t9"
                      WHERE
                        (
                          "t9"."least" <= 0
                        ) OR (
                          "t9"."one" <> "t9"."other"
                        )
                    ) AS "t20"
                      ON "t4"."customer_id" = "t20"."customer_id"
                    INNER JOIN (
                      SELECT
                        "t3"."month",
                        "t3"."month" AS "at",
                        "t3"."month" AS "rate_month"
                      FROM "calendar_month" AS "t3"
                      WHERE
                        "t3"."month" IN (24310, 24311)
                    ) AS "t16"
                      ON "t4"."from_month" <= "t16"."at" AND "t16"."at" < "t4"."to_month"
                    INNER JOIN (
                      SELECT
                        "t1"."currency",
                        "t1"."month" AS "rated",
                        "t1"."rate_e10"
                      FROM "fx_month" AS "t1"
                    ) AS "t8"
                      ON "t4"."currency" = "t8"."currency" AND "t16"."rate_month" = "t8"."rated"
                  ) AS "t23"
                  GROUP BY
                    1,
                    2
                ) AS "t26"
                WHERE
                  "t26"."worth" > 0
              ) AS "t29"
              INNER JOIN (
                SELECT
                  "t0"."customer_id",
                  "t0"."first_month"
                FROM "customer_start" AS "t0"
                WHERE
                  "t0"."first_month" <= 24311
              ) AS "t12"
                ON "t29"."customer_id" = "t12"."customer_id"
            ) AS "t32"
            GROUP BY
              1,
              2
          ) AS "t34"
        ) AS "t36"
      ) AS "t40"
      GROUP BY
        1,
        2
    ) AS "t41"
    WHERE
      (
        "t41"."month" - "t41"."first_month"
      ) >= 0
      AND (
        "t41"."month" - "t41"."first_month"
      ) <= 24
  ) AS "t42"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t13"."part",
        "t13"."tenure",
        COUNT(*) AS "customers",
        CAST(0 AS DECIMAL(38, 0)) AS "base_e16"
      FROM (
        SELECT
          "t0"."customer_id",
          "t0"."first_month",
          'began' AS "part",
          LEAST(24311 - "t0"."first_month", 24) AS "tenure"
        FROM "customer_start" AS "t0"
        WHERE
          "t0"."first_month" <= 24311
      ) AS "t13"
      GROUP BY
        1,
        2
    ) AS "t17"
  ) AS "t19"
) AS "t43"
GROUP BY
  1,
  2
