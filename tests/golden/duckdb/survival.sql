SELECT
  "t1"."entry",
  "t1"."duration",
  "t1"."event",
  COUNT(*) AS "n"
FROM (
  SELECT
    "t0"."customer_id",
    CAST((
      "t0"."churn_month" IS NOT NULL
    ) AND (
      "t0"."churn_month" <= 24311
    ) AS BIGINT) AS "event",
    CASE
      WHEN "t0"."first_month" < "t0"."first_month"
      THEN "t0"."first_month" - "t0"."first_month"
      ELSE -1
    END AS "entry",
    CASE
      WHEN (
        "t0"."churn_month" IS NOT NULL
      ) AND (
        "t0"."churn_month" <= 24311
      )
      THEN "t0"."churn_month"
      ELSE 24311
    END - "t0"."first_month" AS "duration",
    "t0"."first_month" AS "moment"
  FROM "customer_start" AS "t0"
  WHERE
    "t0"."first_month" <= 24311
) AS "t1"
GROUP BY
  1,
  2,
  3
