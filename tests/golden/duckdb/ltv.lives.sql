SELECT
  "t8"."entry",
  "t8"."duration",
  "t8"."event",
  "t8"."slice",
  COUNT(*) AS "n"
FROM (
  SELECT
    "t7"."customer_id",
    "t7"."begin",
    "t7"."seen_from",
    "t7"."end",
    "t7"."event",
    "t7"."moment",
    COALESCE("t7"."trait_value", '(none)') AS "slice",
    (
      "t7"."seen_from" - "t7"."begin"
    ) - 1 AS "entry",
    "t7"."end" - "t7"."begin" AS "duration"
  FROM (
    SELECT
      "t6"."customer_id",
      "t6"."begin",
      "t6"."seen_from",
      "t6"."end",
      "t6"."event",
      "t6"."moment",
      "t3"."trait_customer",
      "t3"."trait_value",
      "t3"."trait_from",
      "t3"."trait_to"
    FROM (
      SELECT
        "t4"."customer_id",
        "t4"."begin",
        "t4"."seen_from",
        "t4"."end",
        "t4"."event",
        GREATEST("t4"."first_month", 24251) AS "moment"
      FROM (
        SELECT
          "t0"."customer_id",
          "t0"."first_day",
          "t0"."first_month",
          "t0"."churn_day",
          "t0"."churn_month",
          CAST((
            "t0"."churn_month" IS NOT NULL
          ) AND (
            "t0"."churn_month" <= 24311
          ) AS BIGINT) AS "event",
          CASE
            WHEN (
              "t0"."churn_month" IS NOT NULL
            ) AND (
              "t0"."churn_month" <= 24311
            )
            THEN "t0"."churn_month"
            ELSE 24311
          END AS "end",
          "t0"."first_month" AS "begin",
          GREATEST(
            CASE
              WHEN "t0"."first_month" < "t0"."first_month"
              THEN "t0"."first_month" + 1
              ELSE "t0"."first_month"
            END,
            24252
          ) AS "seen_from"
        FROM "customer_start" AS "t0"
        WHERE
          "t0"."first_month" <= 24311
      ) AS "t4"
      WHERE
        "t4"."end" >= "t4"."seen_from"
    ) AS "t6"
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
      ON "t6"."customer_id" = "t3"."trait_customer"
      AND "t6"."moment" >= "t3"."trait_from"
      AND "t6"."moment" < "t3"."trait_to"
  ) AS "t7"
) AS "t8"
GROUP BY
  1,
  2,
  3,
  4
