SELECT
  "t23"."month",
  "t23"."slice",
  CAST(SUM("t23"."cost") AS DECIMAL(38, 0)) AS "cost"
FROM (
  SELECT
    "t22".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t21"."person_id",
      "t21"."customer_id",
      "t21"."activity",
      "t21"."on_date",
      "t21"."minutes",
      "t21"."recorded_at",
      "t21"."source",
      "t21"."url",
      "t21"."month",
      "t21"."worker",
      "t21"."hourly",
      "t21"."paid_in",
      "t21"."rated",
      "t21"."rate_month",
      "t21"."rate_e10",
      "t21"."cost",
      "t21"."key_month",
      "t21"."moment",
      COALESCE("t21"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t20"."person_id",
        "t20"."customer_id",
        "t20"."activity",
        "t20"."on_date",
        "t20"."minutes",
        "t20"."recorded_at",
        "t20"."source",
        "t20"."url",
        "t20"."month",
        "t20"."worker",
        "t20"."hourly",
        "t20"."paid_in",
        "t20"."rated",
        "t20"."rate_month",
        "t20"."rate_e10",
        "t20"."cost",
        "t20"."key_month",
        "t20"."moment",
        "t11"."trait_customer",
        "t11"."trait_value",
        "t11"."trait_from",
        "t11"."trait_to"
      FROM (
        SELECT
          "t18"."person_id",
          "t18"."customer_id",
          "t18"."activity",
          "t18"."on_date",
          "t18"."minutes",
          "t18"."recorded_at",
          "t18"."source",
          "t18"."url",
          "t18"."month",
          "t18"."worker",
          "t18"."hourly",
          "t18"."paid_in",
          "t18"."rated",
          "t18"."rate_month",
          "t18"."rate_e10",
          "t18"."cost",
          "t18"."key_month",
          GREATEST("t18"."key_month", COALESCE("t18"."began", "t18"."key_month")) AS "moment"
        FROM (
          SELECT
            "t17"."person_id",
            "t17"."customer_id",
            "t17"."activity",
            "t17"."on_date",
            "t17"."minutes",
            "t17"."recorded_at",
            "t17"."source",
            "t17"."url",
            "t17"."month",
            "t17"."worker",
            "t17"."hourly",
            "t17"."paid_in",
            "t17"."rated",
            "t17"."rate_month",
            "t17"."rate_e10",
            "t17"."cost",
            "t17"."key_month",
            "t8"."starter",
            "t8"."began"
          FROM (
            SELECT
              "t15"."person_id",
              "t15"."customer_id",
              "t15"."activity",
              "t15"."on_date",
              "t15"."minutes",
              "t15"."recorded_at",
              "t15"."source",
              "t15"."url",
              "t15"."month",
              "t15"."worker",
              "t15"."hourly",
              "t15"."paid_in",
              "t15"."rated",
              "t15"."rate_month",
              "t15"."rate_e10",
              CAST("t15"."minutes" AS DECIMAL(38, 0)) * CAST("t15"."hourly" AS DECIMAL(38, 0)) * CAST("t15"."rate_e10" AS DECIMAL(38, 0)) AS "cost",
              "t15"."month" AS "key_month"
            FROM (
              SELECT
                "t14"."person_id",
                "t14"."customer_id",
                "t14"."activity",
                "t14"."on_date",
                "t14"."minutes",
                "t14"."recorded_at",
                "t14"."source",
                "t14"."url",
                "t14"."month",
                "t12"."worker",
                "t12"."hourly",
                "t12"."paid_in",
                "t10"."rated",
                "t10"."rate_month",
                "t10"."rate_e10"
              FROM (
                SELECT
                  "t2"."person_id",
                  "t2"."customer_id",
                  "t2"."activity",
                  "t2"."on_date",
                  "t2"."minutes",
                  "t2"."recorded_at",
                  "t2"."source",
                  "t2"."url",
                  (
                    (
                      EXTRACT(year FROM "t2"."on_date") * 12
                    ) + EXTRACT(month FROM "t2"."on_date")
                  ) - 1 AS "month"
                FROM "work" AS "t2"
                WHERE
                  "t2"."activity" = 'support'
                  AND (
                    (
                      EXTRACT(year FROM "t2"."on_date") * 12
                    ) + EXTRACT(month FROM "t2"."on_date")
                  ) - 1 IN (24310, 24311)
              ) AS "t14"
              INNER JOIN (
                SELECT
                  "t3"."person_id" AS "worker",
                  "t3"."hourly_cost_cents" AS "hourly",
                  "t3"."currency" AS "paid_in"
                FROM "person" AS "t3"
                WHERE
                  "t3"."hourly_cost_cents" IS NOT NULL
              ) AS "t12"
                ON "t14"."person_id" = "t12"."worker"
              INNER JOIN (
                SELECT
                  "t4"."currency" AS "rated",
                  "t4"."month" AS "rate_month",
                  "t4"."rate_e10"
                FROM "fx_month" AS "t4"
              ) AS "t10"
                ON COALESCE("t12"."paid_in", 'EUR') = "t10"."rated"
                AND "t14"."month" = "t10"."rate_month"
            ) AS "t15"
          ) AS "t17"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t8"
            ON "t17"."customer_id" = "t8"."starter"
        ) AS "t18"
      ) AS "t20"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'tier'
      ) AS "t11"
        ON "t20"."customer_id" = "t11"."trait_customer"
        AND "t20"."moment" >= "t11"."trait_from"
        AND "t20"."moment" < "t11"."trait_to"
    ) AS "t21"
  ) AS "t22"
) AS "t23"
GROUP BY
  1,
  2
