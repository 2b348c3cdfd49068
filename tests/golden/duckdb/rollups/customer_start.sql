SELECT
  "t1"."customer_id",
  MIN("t1"."day") FILTER(WHERE
    "t1"."kind" = 'new') AS "first_day",
  MIN("t1"."month") FILTER(WHERE
    "t1"."kind" = 'new') AS "first_month",
  MAX("t1"."day") FILTER(WHERE
    (
      "t1"."place" = 0
    ) AND (
      "t1"."kind" = 'churn'
    )) AS "churn_day",
  MAX("t1"."month") FILTER(WHERE
    (
      "t1"."place" = 0
    ) AND (
      "t1"."kind" = 'churn'
    )) AS "churn_month"
FROM (
  SELECT
    "t0"."customer_id",
    "t0"."day",
    "t0"."month",
    "t0"."kind",
    "t0"."cause",
    "t0"."currency",
    "t0"."amount_e6",
    "t0"."base_e16",
    ROW_NUMBER() OVER (
      PARTITION BY "t0"."customer_id"
      ORDER BY "t0"."day" DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "place"
  FROM "movement" AS "t0"
) AS "t1"
GROUP BY
  1
