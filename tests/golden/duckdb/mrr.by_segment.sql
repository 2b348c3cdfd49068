SELECT
  "t24"."month",
  "t24"."slice",
  CAST(SUM("t24"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
  COUNT(*) AS "customers"
FROM (
  SELECT
    "t23".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t22"."customer_id",
      "t22"."month",
      "t22"."base_e16",
      "t22"."key_month",
      "t22"."moment",
      COALESCE("t22"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t21"."customer_id",
        "t21"."month",
        "t21"."base_e16",
        "t21"."key_month",
        "t21"."moment",
        "t12"."trait_customer",
        "t12"."trait_value",
        "t12"."trait_from",
        "t12"."trait_to"
      FROM (
        SELECT
          "t19"."customer_id",
          "t19"."month",
          "t19"."base_e16",
          "t19"."key_month",
          GREATEST("t19"."key_month", COALESCE("t19"."began", "t19"."key_month")) AS "moment"
        FROM (
          SELECT
            "t18"."customer_id",
            "t18"."month",
            "t18"."base_e16",
            "t18"."key_month",
            "t9"."starter",
            "t9"."began"
          FROM (
            SELECT
              "t16"."customer_id",
              "t16"."month",
              "t16"."base_e16",
              "t16"."month" AS "key_month"
            FROM (
              SELECT
                "t15"."customer_id",
                "t15"."month",
                CAST(SUM("t15"."worth") AS DECIMAL(38, 0)) AS "base_e16"
              FROM (
                SELECT
                  "t14"."customer_id",
                  "t14"."currency",
                  "t14"."arr_e6",
                  "t14"."from_month",
                  "t14"."to_month",
                  "t14"."month",
                  "t14"."at",
                  "t14"."rate_month",
                  "t14"."rated",
                  "t14"."rate_e10",
                  CAST("t14"."arr_e6" AS DECIMAL(38, 0)) * CAST("t14"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                FROM (
                  SELECT
                    "t5"."customer_id",
                    "t5"."currency",
                    "t5"."arr_e6",
                    "t5"."from_month",
                    "t5"."to_month",
                    "t13"."month",
                    "t13"."at",
                    "t13"."rate_month",
                    "t11"."rated",
                    "t11"."rate_e10"
                  FROM "mrr_level" AS "t5"
                  INNER JOIN (
                    SELECT
                      "t3"."month",
                      "t3"."month" AS "at",
                      "t3"."month" AS "rate_month"
                    FROM "calendar_month" AS "t3"
                    WHERE
                      "t3"."month" IN (24310, 24311)
                  ) AS "t13"
                    ON "t5"."from_month" <= "t13"."at" AND "t13"."at" < "t5"."to_month"
                  INNER JOIN (
                    SELECT
                      "t4"."currency",
                      "t4"."month" AS "rated",
                      "t4"."rate_e10"
                    FROM "fx_month" AS "t4"
                  ) AS "t11"
                    ON "t5"."currency" = "t11"."currency" AND "t13"."rate_month" = "t11"."rated"
                ) AS "t14"
              ) AS "t15"
              GROUP BY
                1,
                2
            ) AS "t16"
            WHERE
              "t16"."base_e16" > 0
          ) AS "t18"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t9"
            ON "t18"."customer_id" = "t9"."starter"
        ) AS "t19"
      ) AS "t21"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t12"
        ON "t21"."customer_id" = "t12"."trait_customer"
        AND "t21"."moment" >= "t12"."trait_from"
        AND "t21"."moment" < "t12"."trait_to"
    ) AS "t22"
  ) AS "t23"
) AS "t24"
GROUP BY
  1,
  2
