SELECT
  "t2"."month",
  "t2"."base_e16",
  "t2"."customers" AS "n"
FROM (
  SELECT
    "t1"."month",
    "t1"."part",
    CAST(SUM("t1"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
    COUNT(*) AS "customers"
  FROM (
    SELECT
      "t0"."customer_id",
      "t0"."kind",
      "t0"."base_e16",
      "t0"."month" AS "from_month",
      "t0"."month" + 1 AS "to_month",
      "t0"."month",
      "t0"."kind" AS "part"
    FROM "movement" AS "t0"
    WHERE
      "t0"."kind" = 'new' AND "t0"."month" <= 24311
  ) AS "t1"
  GROUP BY
    1,
    2
) AS "t2"
