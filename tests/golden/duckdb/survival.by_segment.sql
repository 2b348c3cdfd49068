SELECT
  "t7"."entry",
  "t7"."duration",
  "t7"."event",
  "t7"."slice",
  COUNT(*) AS "n"
FROM (
  SELECT
    "t6"."customer_id",
    "t6"."event",
    "t6"."entry",
    "t6"."duration",
    "t6"."moment",
    COALESCE("t6"."trait_value", '(none)') AS "slice"
  FROM (
    SELECT
      "t5"."customer_id",
      "t5"."event",
      "t5"."entry",
      "t5"."duration",
      "t5"."moment",
      "t3"."trait_customer",
      "t3"."trait_value",
      "t3"."trait_from",
      "t3"."trait_to"
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
    ) AS "t5"
    LEFT OUTER JOIN (
      SELECT
        "t1"."customer_id" AS "trait_customer",
        "t1"."value" AS "trait_value",
        "t1"."from_month" AS "trait_from",
        "t1"."to_month" AS "trait_to"
      FROM "customer_trait" AS "t1"
      WHERE
        "t1"."name" = 'segment'
    ) AS "t3"
      ON "t5"."customer_id" = "t3"."trait_customer"
      AND "t5"."moment" >= "t3"."trait_from"
      AND "t5"."moment" < "t3"."trait_to"
  ) AS "t6"
) AS "t7"
GROUP BY
  1,
  2,
  3,
  4
