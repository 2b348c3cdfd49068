WITH "t11" AS (
  SELECT
    "t3"."customer_id",
    "t3"."currency",
    "t3"."arr_e6",
    "t3"."from_month",
    "t3"."to_month",
    "t10"."begin",
    "t10"."seen_from"
  FROM "mrr_level" AS "t3"
  INNER JOIN (
    SELECT
      "t8"."customer_id",
      "t8"."begin",
      "t8"."seen_from"
    FROM (
      SELECT
        "t1"."customer_id",
        "t1"."first_day",
        "t1"."first_month",
        "t1"."churn_day",
        "t1"."churn_month",
        CAST((
          "t1"."churn_month" IS NOT NULL
        ) AND (
          "t1"."churn_month" <= 24311
        ) AS BIGINT) AS "event",
        CASE
          WHEN (
            "t1"."churn_month" IS NOT NULL
          ) AND (
            "t1"."churn_month" <= 24311
          )
          THEN "t1"."churn_month"
          ELSE 24311
        END AS "end",
        "t1"."first_month" AS "begin",
        GREATEST(
          CASE
            WHEN "t1"."first_month" < "t1"."first_month"
            THEN "t1"."first_month" + 1
            ELSE "t1"."first_month"
          END,
          24252
        ) AS "seen_from"
      FROM "customer_start" AS "t1"
      WHERE
        "t1"."first_month" <= 24311
    ) AS "t8"
    WHERE
      "t8"."end" >= "t8"."seen_from"
  ) AS "t10"
    ON "t3"."customer_id" = "t10"."customer_id"
)
SELECT
  "t23"."currency",
  "t23"."age",
  "t23"."slice",
  CAST(SUM("t23"."arr") AS DECIMAL(38, 0)) AS "delta_e6",
  CAST(SUM("t23"."squared") AS DECIMAL(38, 0)) AS "delta_squared"
FROM (
  SELECT
    "t22".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t21"."customer_id",
      "t21"."currency",
      "t21"."age",
      "t21"."arr",
      "t21"."squared",
      "t21"."key_month",
      "t21"."moment",
      COALESCE("t21"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t20"."customer_id",
        "t20"."currency",
        "t20"."age",
        "t20"."arr",
        "t20"."squared",
        "t20"."key_month",
        "t20"."moment",
        "t7"."trait_customer",
        "t7"."trait_value",
        "t7"."trait_from",
        "t7"."trait_to"
      FROM (
        SELECT
          "t18"."customer_id",
          "t18"."currency",
          "t18"."age",
          "t18"."arr",
          "t18"."squared",
          "t18"."key_month",
          GREATEST("t18"."key_month", COALESCE("t18"."began", "t18"."key_month")) AS "moment"
        FROM (
          SELECT
            "t17"."customer_id",
            "t17"."currency",
            "t17"."age",
            "t17"."arr",
            "t17"."squared",
            "t17"."key_month",
            "t6"."starter",
            "t6"."began"
          FROM (
            SELECT
              "t15"."customer_id",
              "t15"."currency",
              "t15"."age",
              "t15"."arr",
              "t15"."squared",
              24251 AS "key_month"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t12"."customer_id",
                  "t12"."currency",
                  GREATEST("t12"."from_month", "t12"."seen_from") - "t12"."begin" AS "age",
                  CAST("t12"."arr_e6" AS DECIMAL(38, 0)) AS "arr",
                  CAST("t12"."arr_e6" AS DECIMAL(38, 0)) * CAST("t12"."arr_e6" AS DECIMAL(38, 0)) AS "squared"
                FROM "t11" AS "t12"
                WHERE
                  GREATEST("t12"."from_month", "t12"."seen_from") < LEAST("t12"."to_month", 24312)
              ) AS "t13"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t12"."customer_id",
                  "t12"."currency",
                  LEAST("t12"."to_month", 24312) - "t12"."begin" AS "age",
                  -(
                    CAST("t12"."arr_e6" AS DECIMAL(38, 0))
                  ) AS "arr",
                  -(
                    CAST("t12"."arr_e6" AS DECIMAL(38, 0)) * CAST("t12"."arr_e6" AS DECIMAL(38, 0))
                  ) AS "squared"
                FROM "t11" AS "t12"
                WHERE
                  GREATEST("t12"."from_month", "t12"."seen_from") < LEAST("t12"."to_month", 24312)
              ) AS "t14"
            ) AS "t15"
          ) AS "t17"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t6"
            ON "t17"."customer_id" = "t6"."starter"
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
      ) AS "t7"
        ON "t20"."customer_id" = "t7"."trait_customer"
        AND "t20"."moment" >= "t7"."trait_from"
        AND "t20"."moment" < "t7"."trait_to"
    ) AS "t21"
  ) AS "t22"
) AS "t23"
GROUP BY
  1,
  2,
  3
