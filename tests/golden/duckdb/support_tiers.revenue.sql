SELECT
  "t28"."month",
  "t28"."slice",
  CAST(SUM("t28"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
  COUNT(*) AS "customers"
FROM (
  SELECT
    "t27".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t26"."customer_id",
      "t26"."month",
      "t26"."base_e16",
      "t26"."key_month",
      "t26"."moment",
      COALESCE("t26"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t25"."customer_id",
        "t25"."month",
        "t25"."base_e16",
        "t25"."key_month",
        "t25"."moment",
        "t13"."trait_customer",
        "t13"."trait_value",
        "t13"."trait_from",
        "t13"."trait_to"
      FROM (
        SELECT
          "t23"."customer_id",
          "t23"."month",
          "t23"."base_e16",
          "t23"."key_month",
          GREATEST("t23"."key_month", COALESCE("t23"."began", "t23"."key_month")) AS "moment"
        FROM (
          SELECT
            "t22"."customer_id",
            "t22"."month",
            "t22"."base_e16",
            "t22"."key_month",
            "t9"."starter",
            "t9"."began"
          FROM (
            SELECT
              "t20"."customer_id",
              "t20"."month",
              "t20"."worth" AS "base_e16",
              "t20"."month" AS "key_month"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t5"."customer_id",
                  "t14"."month",
                  CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t12"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                FROM "mrr_level" AS "t5"
                ANTI JOIN (
                  SELECT
                    "t10"."customer_id"
                  FROM (
                    SELECT
                      "t2"."customer_id",
                      MIN("t2"."arr_e6") AS "least",
                      MIN("t2"."currency") AS "one",
                      MAX("t2"."currency") AS "other"
                    FROM "mrr_level" AS "t2"
                    GROUP BY
                      1
                  ) AS "t10"
                  WHERE
                    (
                      "t10"."least" <= 0
                    ) OR (
                      "t10"."one" <> "t10"."other"
                    )
                ) AS "t16"
                  ON "t5"."customer_id" = "t16"."customer_id"
                INNER JOIN (
                  SELECT
                    "t3"."month",
                    "t3"."month" AS "at",
                    "t3"."month" AS "rate_month"
                  FROM "calendar_month" AS "t3"
                  WHERE
                    "t3"."month" IN (24310, 24311)
                ) AS "t14"
                  ON "t5"."from_month" <= "t14"."at" AND "t14"."at" < "t5"."to_month"
                INNER JOIN (
                  SELECT
                    "t4"."currency",
                    "t4"."month" AS "rated",
                    "t4"."rate_e10"
                  FROM "fx_month" AS "t4"
                ) AS "t12"
                  ON "t5"."currency" = "t12"."currency" AND "t14"."rate_month" = "t12"."rated"
              ) AS "t17"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t18"."customer_id",
                  "t18"."month",
                  CAST(SUM("t18"."worth") AS DECIMAL(38, 0)) AS "worth"
                FROM (
                  SELECT
                    "t5"."customer_id",
                    "t14"."month",
                    CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t12"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                  FROM "mrr_level" AS "t5"
                  SEMI JOIN (
                    SELECT
                      "t10"."customer_id"
                    FROM (
                      SELECT
                        "t2"."customer_id",
                        MIN("t2"."arr_e6") AS "least",
                        MIN("t2"."currency") AS "one",
                        MAX("t2"."currency") AS "other"
                      FROM "mrr_level" AS "t2"
                      GROUP BY
                        1
                    ) AS "t10"
                    WHERE
                      (
                        "t10"."least" <= 0
                      ) OR (
                        "t10"."one" <> "t10"."other"
                      )
                  ) AS "t16"
                    ON "t5"."customer_id" = "t16"."customer_id"
                  INNER JOIN (
                    SELECT
                      "t3"."month",
                      "t3"."month" AS "at",
                      "t3"."month" AS "rate_month"
                    FROM "calendar_month" AS "t3"
                    WHERE
                      "t3"."month" IN (24310, 24311)
                  ) AS "t14"
                    ON "t5"."from_month" <= "t14"."at" AND "t14"."at" < "t5"."to_month"
                  INNER JOIN (
                    SELECT
                      "t4"."currency",
                      "t4"."month" AS "rated",
                      "t4"."rate_e10"
                    FROM "fx_month" AS "t4"
                  ) AS "t12"
                    ON "t5"."currency" = "t12"."currency" AND "t14"."rate_month" = "t12"."rated"
                ) AS "t18"
                GROUP BY
                  1,
                  2
              ) AS "t19"
            ) AS "t20"
            WHERE
              "t20"."worth" > 0
          ) AS "t22"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t9"
            ON "t22"."customer_id" = "t9"."starter"
        ) AS "t23"
      ) AS "t25"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'tier'
      ) AS "t13"
        ON "t25"."customer_id" = "t13"."trait_customer"
        AND "t25"."moment" >= "t13"."trait_from"
        AND "t25"."moment" < "t13"."trait_to"
    ) AS "t26"
  ) AS "t27"
) AS "t28"
GROUP BY
  1,
  2
