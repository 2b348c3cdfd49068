SELECT
  "t36"."part",
  "t36"."tenure",
  "t36"."slice",
  COUNT(*) AS "customers",
  CAST(SUM("t36"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    "t35".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t34"."customer_id",
      "t34"."first_month",
      "t34"."part",
      "t34"."tenure",
      "t34"."base_e16",
      "t34"."key_month",
      "t34"."moment",
      COALESCE("t34"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t33"."customer_id",
        "t33"."first_month",
        "t33"."part",
        "t33"."tenure",
        "t33"."base_e16",
        "t33"."key_month",
        "t33"."moment",
        "t14"."trait_customer",
        "t14"."trait_value",
        "t14"."trait_from",
        "t14"."trait_to"
      FROM (
        SELECT
          "t31"."customer_id",
          "t31"."first_month",
          "t31"."part",
          "t31"."tenure",
          "t31"."base_e16",
          "t31"."key_month",
          GREATEST("t31"."key_month", COALESCE("t31"."began", "t31"."key_month")) AS "moment"
        FROM (
          SELECT
            "t30"."customer_id",
            "t30"."first_month",
            "t30"."part",
            "t30"."tenure",
            "t30"."base_e16",
            "t30"."key_month",
            "t9"."starter",
            "t9"."began"
          FROM (
            SELECT
              "t28"."customer_id",
              "t28"."first_month",
              "t28"."part",
              "t28"."tenure",
              "t28"."base_e16",
              "t28"."first_month" AS "key_month"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t26"."customer_id",
                  "t26"."first_month",
                  'paying' AS "part",
                  "t26"."month" - "t26"."first_month" AS "tenure",
                  "t26"."base_e16"
                FROM (
                  SELECT
                    "t25"."customer_id",
                    "t25"."month",
                    "t25"."base_e16",
                    "t15"."first_month"
                  FROM (
                    SELECT
                      "t23"."customer_id",
                      "t23"."month",
                      "t23"."worth" AS "base_e16"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t5"."customer_id",
                          "t17"."month",
                          CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t13"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                        FROM "mrr_level" AS "t5"
                        ANTI JOIN (
                          SELECT
                            "t11"."customer_id"
                          FROM (
                            SELECT
                              "t2"."customer_id",
                              MIN("t2"."arr_e6") AS "least",
                              MIN("t2"."currency") AS "one",
                              MAX("t2"."currency") AS "other"
                            FROM "mrr_level" AS "t2"
                            GROUP BY
                              1
                          ) AS "t11"
                          WHERE
                            (
                              "t11"."least" <= 0
                            ) OR (
                              "t11"."one" <> "t11"."other"
                            )
                        ) AS "t19"
                          ON "t5"."customer_id" = "t19"."customer_id"
                        INNER JOIN (
                          SELECT
                            "t3"."month",
                            "t3"."month" AS "at",
                            "t3"."month" AS "rate_month"
                          FROM "calendar_month" AS "t3"
                          WHERE
                            "t3"."month" IN (24310, 24311)
                        ) AS "t17"
                          ON "t5"."from_month" <= "t17"."at" AND "t17"."at" < "t5"."to_month"
                        INNER JOIN (
                          SELECT
                            "t4"."currency",
                            "t4"."month" AS "rated",
                            "t4"."rate_e10"
                          FROM "fx_month" AS "t4"
                        ) AS "t13"
                          ON "t5"."currency" = "t13"."currency" AND "t17"."rate_month" = "t13"."rated"
                      ) AS "t20"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t21"."customer_id",
                          "t21"."month",
                          CAST(SUM("t21"."worth") AS DECIMAL(38, 0)) AS "worth"
                        FROM (
                          SELECT
                            "t5"."customer_id",
                            "t17"."month",
                            CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t13"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                          FROM "mrr_level" AS "t5"
                          SEMI JOIN (
                            SELECT
                              "t11"."customer_id"
                            FROM (
                              SELECT
                                "t2"."customer_id",
                                MIN("t2"."arr_e6") AS "least",
                                MIN("t2"."currency") AS "one",
                                MAX("t2"."currency") AS "other"
                              FROM "mrr_level" AS "t2"
                              GROUP BY
                                1
                            ) AS "t11"
                            WHERE
                              (
                                "t11"."least" <= 0
                              ) OR (
                                "t11"."one" <> "t11"."other"
                              )
                          ) AS "t19"
                            ON "t5"."customer_id" = "t19"."customer_id"
                          INNER JOIN (
                            SELECT
                              "t3"."month",
                              "t3"."month" AS "at",
                              "t3"."month" AS "rate_month"
                            FROM "calendar_month" AS "t3"
                            WHERE
                              "t3"."month" IN (24310, 24311)
                          ) AS "t17"
                            ON "t5"."from_month" <= "t17"."at" AND "t17"."at" < "t5"."to_month"
                          INNER JOIN (
                            SELECT
                              "t4"."currency",
                              "t4"."month" AS "rated",
                              "t4"."rate_e10"
                            FROM "fx_month" AS "t4"
                          ) AS "t13"
                            ON "t5"."currency" = "t13"."currency" AND "t17"."rate_month" = "t13"."rated"
                        ) AS "t21"
                        GROUP BY
                          1,
                          2
                      ) AS "t22"
                    ) AS "t23"
                    WHERE
                      "t23"."worth" > 0
                  ) AS "t25"
                  INNER JOIN (
                    SELECT
                      "t1"."customer_id",
                      "t1"."first_month"
                    FROM "customer_start" AS "t1"
                    WHERE
                      "t1"."first_month" <= 24311
                  ) AS "t15"
                    ON "t25"."customer_id" = "t15"."customer_id"
                ) AS "t26"
                WHERE
                  (
                    "t26"."month" - "t26"."first_month"
                  ) >= 0
                  AND (
                    "t26"."month" - "t26"."first_month"
                  ) <= 24
              ) AS "t27"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t1"."customer_id",
                  "t1"."first_month",
                  'began' AS "part",
                  LEAST(24311 - "t1"."first_month", 24) AS "tenure",
                  CAST(0 AS DECIMAL(38, 0)) AS "base_e16"
                FROM "customer_start" AS "t1"
                WHERE
                  "t1"."first_month" <= 24311
              ) AS "t16"
            ) AS "t28"
          ) AS "t30"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t9"
            ON "t30"."customer_id" = "t9"."starter"
        ) AS "t31"
      ) AS "t33"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t14"
        ON "t33"."customer_id" = "t14"."trait_customer"
        AND "t33"."moment" >= "t14"."trait_from"
        AND "t33"."moment" < "t14"."trait_to"
    ) AS "t34"
  ) AS "t35"
) AS "t36"
GROUP BY
  1,
  2,
  3
