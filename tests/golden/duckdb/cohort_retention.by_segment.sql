SELECT
  "t35"."first_month",
  "t35"."month",
  "t35"."slice",
  COUNT(*) AS "customers",
  CAST(SUM("t35"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    "t34".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t33"."customer_id",
      "t33"."first_month",
      "t33"."month",
      "t33"."base_e16",
      "t33"."key_month",
      "t33"."moment",
      COALESCE("t33"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t32"."customer_id",
        "t32"."first_month",
        "t32"."month",
        "t32"."base_e16",
        "t32"."key_month",
        "t32"."moment",
        "t16"."trait_customer",
        "t16"."trait_value",
        "t16"."trait_from",
        "t16"."trait_to"
      FROM (
        SELECT
          "t30"."customer_id",
          "t30"."first_month",
          "t30"."month",
          "t30"."base_e16",
          "t30"."key_month",
          GREATEST("t30"."key_month", COALESCE("t30"."began", "t30"."key_month")) AS "moment"
        FROM (
          SELECT
            "t29"."customer_id",
            "t29"."first_month",
            "t29"."month",
            "t29"."base_e16",
            "t29"."key_month",
            "t11"."starter",
            "t11"."began"
          FROM (
            SELECT
              "t27"."customer_id",
              "t27"."first_month",
              "t27"."month",
              "t27"."base_e16",
              "t27"."first_month" AS "key_month"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t25"."customer_id",
                  "t12"."first_month",
                  "t25"."month",
                  "t25"."base_e16"
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
                        CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t15"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                      FROM "mrr_level" AS "t5"
                      ANTI JOIN (
                        SELECT
                          "t13"."customer_id"
                        FROM (
                          SELECT
                            "t2"."customer_id",
                            MIN("t2"."arr_e6") AS "least",
                            MIN("t2"."currency") AS "one",
                            MAX("t2"."currency") AS "other"
                          FROM "mrr_level" AS "t2"
                          GROUP BY
                            1
                        ) AS "t13"
                        WHERE
                          (
                            "t13"."least" <= 0
                          ) OR (
                            "t13"."one" <> "t13"."other"
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
                      ) AS "t15"
                        ON "t5"."currency" = "t15"."currency" AND "t17"."rate_month" = "t15"."rated"
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
                          CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t15"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                        FROM "mrr_level" AS "t5"
                        SEMI JOIN (
                          SELECT
                            "t13"."customer_id"
                          FROM (
                            SELECT
                              "t2"."customer_id",
                              MIN("t2"."arr_e6") AS "least",
                              MIN("t2"."currency") AS "one",
                              MAX("t2"."currency") AS "other"
                            FROM "mrr_level" AS "t2"
                            GROUP BY
                              1
                          ) AS "t13"
                          WHERE
                            (
                              "t13"."least" <= 0
                            ) OR (
                              "t13"."one" <> "t13"."other"
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
                        ) AS "t15"
                          ON "t5"."currency" = "t15"."currency" AND "t17"."rate_month" = "t15"."rated"
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
                ) AS "t12"
                  ON "t25"."customer_id" = "t12"."customer_id"
              ) AS "t26"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t1"."customer_id",
                  "t1"."first_month",
                  CAST(NULL AS BIGINT) AS "month",
                  CAST(0 AS DECIMAL(38, 0)) AS "base_e16"
                FROM "customer_start" AS "t1"
              ) AS "t8"
            ) AS "t27"
            WHERE
              "t27"."first_month" IN (24310, 24311)
          ) AS "t29"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t11"
            ON "t29"."customer_id" = "t11"."starter"
        ) AS "t30"
      ) AS "t32"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t16"
        ON "t32"."customer_id" = "t16"."trait_customer"
        AND "t32"."moment" >= "t16"."trait_from"
        AND "t32"."moment" < "t16"."trait_to"
    ) AS "t33"
  ) AS "t34"
) AS "t35"
GROUP BY
  1,
  2,
  3
