SELECT
  "t1"."customer_id",
  "t1"."first_day",
  "t1"."first_month",
  CASE
    WHEN "t1"."churn_day" = "t1"."last_day"
    THEN "t1"."churn_day"
    ELSE CAST(NULL AS BIGINT)
  END AS "churn_day",
  CASE
    WHEN "t1"."churn_day" = "t1"."last_day"
    THEN "t1"."churn_month"
    ELSE CAST(NULL AS BIGINT)
  END AS "churn_month"
FROM (
  SELECT
    "t0"."customer_id",
    MIN("t0"."day") FILTER(WHERE
      "t0"."kind" = 'new') AS "first_day",
    MIN("t0"."month") FILTER(WHERE
      "t0"."kind" = 'new') AS "first_month",
    MAX("t0"."day") AS "last_day",
    MAX("t0"."day") FILTER(WHERE
      "t0"."kind" = 'churn') AS "churn_day",
    MAX("t0"."month") FILTER(WHERE
      "t0"."kind" = 'churn') AS "churn_month"
  FROM "movement" AS "t0"
  GROUP BY
    1
) AS "t1"
