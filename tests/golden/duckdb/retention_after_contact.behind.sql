WITH "t9" AS (
  SELECT
    "t8"."customer_id",
    "t8"."month",
    CAST(SUM("t8"."worth") AS DECIMAL(38, 0)) AS "worth"
  FROM (
    SELECT
      "t3"."customer_id",
      "t7"."month",
      CAST("t3"."arr_e6" AS DECIMAL(38, 0)) * CAST("t7"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
    FROM "mrr_level" AS "t3"
    INNER JOIN (
      SELECT
        "t2"."currency" AS "rated",
        "t2"."month",
        "t2"."rate_e10"
      FROM "fx_month" AS "t2"
      WHERE
        "t2"."month" BETWEEN 24287 AND 24311
    ) AS "t7"
      ON "t3"."currency" = "t7"."rated"
      AND "t3"."from_month" <= "t7"."month"
      AND "t7"."month" < "t3"."to_month"
  ) AS "t8"
  GROUP BY
    1,
    2
)
SELECT
  COUNT(DISTINCT "t16"."customer_id") AS "customers"
FROM (
  SELECT
    "t15"."customer_id",
    "t15"."month",
    1 - COALESCE("t15"."still", 0) AS "lost",
    "t15"."month" - "t15"."began" AS "age",
    GREATEST("t15"."month" - 4, "t15"."began") AS "moment"
  FROM (
    SELECT
      "t13"."customer_id",
      "t13"."month",
      "t14"."still",
      "t5"."began"
    FROM (
      SELECT
        "t10"."customer_id",
        "t10"."month" + 1 AS "month"
      FROM "t9" AS "t10"
      WHERE
        "t10"."worth" > 0 AND "t10"."month" < 24311
    ) AS "t13"
    LEFT OUTER JOIN (
      SELECT
        "t10"."customer_id" AS "payer",
        "t10"."month" AS "paid_month",
        1 AS "still"
      FROM "t9" AS "t10"
      WHERE
        "t10"."worth" > 0
    ) AS "t14"
      ON "t13"."customer_id" = "t14"."payer" AND "t13"."month" = "t14"."paid_month"
    INNER JOIN (
      SELECT
        "t0"."customer_id" AS "starter",
        "t0"."first_month" AS "began"
      FROM "customer_start" AS "t0"
    ) AS "t5"
      ON "t13"."customer_id" = "t5"."starter"
  ) AS "t15"
) AS "t16"
