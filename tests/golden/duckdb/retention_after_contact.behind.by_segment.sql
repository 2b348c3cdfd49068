WITH "t12" AS (
  SELECT
    "t11"."customer_id",
    "t11"."month",
    CAST(SUM("t11"."worth") AS DECIMAL(38, 0)) AS "worth"
  FROM (
    SELECT
      "t4"."customer_id",
      "t10"."month",
      CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t10"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
    FROM "mrr_level" AS "t4"
    INNER JOIN (
      SELECT
        "t3"."currency" AS "rated",
        "t3"."month",
        "t3"."rate_e10"
      FROM "fx_month" AS "t3"
      WHERE
        "t3"."month" BETWEEN 24287 AND 24311
    ) AS "t10"
      ON "t4"."currency" = "t10"."rated"
      AND "t4"."from_month" <= "t10"."month"
      AND "t10"."month" < "t4"."to_month"
  ) AS "t11"
  GROUP BY
    1,
    2
)
SELECT
  "t22"."slice",
  COUNT(DISTINCT "t22"."customer_id") AS "customers"
FROM (
  SELECT
    "t21"."customer_id",
    "t21"."month",
    "t21"."lost",
    "t21"."age",
    "t21"."moment",
    COALESCE("t21"."trait_value", '(none)') AS "slice"
  FROM (
    SELECT
      "t20"."customer_id",
      "t20"."month",
      "t20"."lost",
      "t20"."age",
      "t20"."moment",
      "t9"."trait_customer",
      "t9"."trait_value",
      "t9"."trait_from",
      "t9"."trait_to"
    FROM (
      SELECT
        "t18"."customer_id",
        "t18"."month",
        1 - COALESCE("t18"."still", 0) AS "lost",
        "t18"."month" - "t18"."began" AS "age",
        GREATEST("t18"."month" - 4, "t18"."began") AS "moment"
      FROM (
        SELECT
          "t16"."customer_id",
          "t16"."month",
          "t17"."still",
          "t7"."began"
        FROM (
          SELECT
            "t13"."customer_id",
            "t13"."month" + 1 AS "month"
          FROM "t12" AS "t13"
          WHERE
            "t13"."worth" > 0 AND "t13"."month" < 24311
        ) AS "t16"
        LEFT OUTER JOIN (
          SELECT
            "t13"."customer_id" AS "payer",
            "t13"."month" AS "paid_month",
            1 AS "still"
          FROM "t12" AS "t13"
          WHERE
            "t13"."worth" > 0
        ) AS "t17"
          ON "t16"."customer_id" = "t17"."payer" AND "t16"."month" = "t17"."paid_month"
        INNER JOIN (
          SELECT
            "t1"."customer_id" AS "starter",
            "t1"."first_month" AS "began"
          FROM "customer_start" AS "t1"
        ) AS "t7"
          ON "t16"."customer_id" = "t7"."starter"
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
        "t0"."name" = 'segment'
    ) AS "t9"
      ON "t20"."customer_id" = "t9"."trait_customer"
      AND "t20"."moment" >= "t9"."trait_from"
      AND "t20"."moment" < "t9"."trait_to"
  ) AS "t21"
) AS "t22"
GROUP BY
  1
