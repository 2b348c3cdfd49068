SELECT
  COUNT(DISTINCT "t1"."customer_id") AS "customers"
FROM (
  SELECT
    "t0"."customer_id",
    "t0"."template",
    CAST("t0"."completeness" AS DECIMAL(10, 9)) AS "completeness",
    CAST("t0"."accuracy" AS DECIMAL(10, 9)) AS "accuracy",
    "t0"."from_person_id" AS "from_person",
    "t0"."to_person_id" AS "to_person",
    COALESCE("t0"."given_month", 0) AS "key_month",
    CASE WHEN COALESCE("t0"."items", 0) > 0 THEN "t0"."items" ELSE 6 END AS "items",
    LEAST(
      COALESCE("t0"."reasks_unfilled", 0),
      CASE WHEN COALESCE("t0"."items", 0) > 0 THEN "t0"."items" ELSE 6 END
    ) AS "unfilled"
  FROM "handoff_day" AS "t0"
  WHERE
    "t0"."confirmed_day" <= 20453
    AND "t0"."completeness" BETWEEN 0 AND 1
    AND "t0"."accuracy" BETWEEN 0 AND 1
) AS "t1"
