SELECT
  "t1"."completeness",
  "t1"."accuracy",
  "t1"."items",
  "t1"."unfilled",
  COUNT(*) AS "n"
FROM (
  SELECT
    "t0"."customer_id",
    "t0"."completeness",
    "t0"."accuracy",
    "t0"."template",
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
GROUP BY
  1,
  2,
  3,
  4
