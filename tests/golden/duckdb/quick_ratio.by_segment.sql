SELECT
  "t35"."month",
  "t35"."part",
  "t35"."slice",
  CAST(SUM("t35"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    "t34".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t33"."customer_id",
      "t33"."month",
      "t33"."part",
      "t33"."base_e16",
      "t33"."key_month",
      "t33"."moment",
      COALESCE("t33"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t32"."customer_id",
        "t32"."month",
        "t32"."part",
        "t32"."base_e16",
        "t32"."key_month",
        "t32"."moment",
        "t14"."trait_customer",
        "t14"."trait_value",
        "t14"."trait_from",
        "t14"."trait_to"
      FROM (
        SELECT
          "t30"."customer_id",
          "t30"."month",
          "t30"."part",
          "t30"."base_e16",
          "t30"."key_month",
          GREATEST("t30"."key_month", COALESCE("t30"."began", "t30"."key_month")) AS "moment"
        FROM (
          SELECT
            "t29"."customer_id",
            "t29"."month",
            "t29"."part",
            "t29"."base_e16",
            "t29"."key_month",
            "t10"."starter",
            "t10"."began"
          FROM (
            SELECT
              "t27"."customer_id",
              "t27"."month",
              "t27"."part",
              "t27"."base_e16",
              "t27"."month" - 1 AS "key_month"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t2"."customer_id",
                  (
                    "t2"."month" + 0
                  ) - (
                    (
                      "t2"."month" - 24310
                    ) % 1
                  ) AS "month",
                  "t2"."kind" AS "part",
                  "t2"."base_e16"
                FROM "movement" AS "t2"
                WHERE
                  "t2"."month" >= 24310 AND "t2"."month" <= 24311
              ) AS "t17"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t22"."customer_id",
                    "t22"."month" + 1 AS "month",
                    'opening' AS "part",
                    "t22"."base_e16"
                  FROM (
                    SELECT
                      "t20"."customer_id",
                      "t20"."month",
                      CAST(SUM("t20"."worth") AS DECIMAL(38, 0)) AS "base_e16"
                    FROM (
                      SELECT
                        "t18"."customer_id",
                        "t18"."currency",
                        "t18"."arr_e6",
                        "t18"."from_month",
                        "t18"."to_month",
                        "t18"."month",
                        "t18"."at",
                        "t18"."rate_month",
                        "t18"."rated",
                        "t18"."rate_e10",
                        CAST("t18"."arr_e6" AS DECIMAL(38, 0)) * CAST("t18"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                      FROM (
                        SELECT
                          "t6"."customer_id",
                          "t6"."currency",
                          "t6"."arr_e6",
                          "t6"."from_month",
                          "t6"."to_month",
                          "t15"."month",
                          "t15"."at",
                          "t15"."rate_month",
                          "t13"."rated",
                          "t13"."rate_e10"
                        FROM "mrr_level" AS "t6"
                        INNER JOIN (
                          SELECT
                            "t4"."month",
                            "t4"."month" AS "at",
                            "t4"."month" AS "rate_month"
                          FROM "calendar_month" AS "t4"
                          WHERE
                            "t4"."month" IN (24309, 24310)
                        ) AS "t15"
                          ON "t6"."from_month" <= "t15"."at" AND "t15"."at" < "t6"."to_month"
                        INNER JOIN (
                          SELECT
                            "t5"."currency",
                            "t5"."month" AS "rated",
                            "t5"."rate_e10"
                          FROM "fx_month" AS "t5"
                        ) AS "t13"
                          ON "t6"."currency" = "t13"."currency" AND "t15"."rate_month" = "t13"."rated"
                      ) AS "t18"
                    ) AS "t20"
                    GROUP BY
                      1,
                      2
                  ) AS "t22"
                  WHERE
                    "t22"."base_e16" > 0
                ) AS "t24"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    "t23"."customer_id",
                    "t23"."month",
                    'closing' AS "part",
                    "t23"."base_e16"
                  FROM (
                    SELECT
                      "t21"."customer_id",
                      "t21"."month",
                      CAST(SUM("t21"."worth") AS DECIMAL(38, 0)) AS "base_e16"
                    FROM (
                      SELECT
                        "t19"."customer_id",
                        "t19"."currency",
                        "t19"."arr_e6",
                        "t19"."from_month",
                        "t19"."to_month",
                        "t19"."month",
                        "t19"."at",
                        "t19"."rate_month",
                        "t19"."rated",
                        "t19"."rate_e10",
                        CAST("t19"."arr_e6" AS DECIMAL(38, 0)) * CAST("t19"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                      FROM (
                        SELECT
                          "t6"."customer_id",
                          "t6"."currency",
                          "t6"."arr_e6",
                          "t6"."from_month",
                          "t6"."to_month",
                          "t16"."month",
                          "t16"."at",
                          "t16"."rate_month",
                          "t13"."rated",
                          "t13"."rate_e10"
                        FROM "mrr_level" AS "t6"
                        INNER JOIN (
                          SELECT
                            "t4"."month",
                            "t4"."month" AS "at",
                            "t4"."month" AS "rate_month"
                          FROM "calendar_month" AS "t4"
                          WHERE
                            "t4"."month" IN (24310, 24311)
                        ) AS "t16"
                          ON "t6"."from_month" <= "t16"."at" AND "t16"."at" < "t6"."to_month"
                        INNER JOIN (
                          SELECT
                            "t5"."currency",
                            "t5"."month" AS "rated",
                            "t5"."rate_e10"
                          FROM "fx_month" AS "t5"
                        ) AS "t13"
                          ON "t6"."currency" = "t13"."currency" AND "t16"."rate_month" = "t13"."rated"
                      ) AS "t19"
                    ) AS "t21"
                    GROUP BY
                      1,
                      2
                  ) AS "t23"
                  WHERE
                    "t23"."base_e16" > 0
                ) AS "t25"
              ) AS "t26"
            ) AS "t27"
          ) AS "t29"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t10"
            ON "t29"."customer_id" = "t10"."starter"
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
      ) AS "t14"
        ON "t32"."customer_id" = "t14"."trait_customer"
        AND "t32"."moment" >= "t14"."trait_from"
        AND "t32"."moment" < "t14"."trait_to"
    ) AS "t33"
  ) AS "t34"
) AS "t35"
GROUP BY
  1,
  2,
  3
