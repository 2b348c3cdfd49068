WITH "t14" AS (
  SELECT
    "t13"."currency",
    "t13"."slice",
    "t13"."first",
    "t13"."last",
    CAST(SUM("t13"."arr") AS DECIMAL(38, 0)) AS "arr",
    CAST(SUM("t13"."arr" * "t13"."arr") AS DECIMAL(38, 0)) AS "squared"
  FROM (
    SELECT
      "t12"."customer_id",
      "t12"."currency",
      "t12"."arr_e6",
      "t12"."from_month",
      "t12"."to_month",
      "t12"."begin",
      "t12"."seen_from",
      "t12"."slice",
      GREATEST("t12"."from_month", "t12"."seen_from") - "t12"."begin" AS "first",
      LEAST("t12"."to_month", 24312) - "t12"."begin" AS "last",
      CAST("t12"."arr_e6" AS DECIMAL(38, 0)) AS "arr"
    FROM (
      SELECT
        "t3"."customer_id",
        "t3"."currency",
        "t3"."arr_e6",
        "t3"."from_month",
        "t3"."to_month",
        "t11"."begin",
        "t11"."seen_from",
        "t11"."slice"
      FROM "mrr_level" AS "t3"
      INNER JOIN (
        SELECT
          "t9"."customer_id",
          "t9"."begin",
          "t9"."seen_from",
          COALESCE("t9"."trait_value", '(none)') AS "slice"
        FROM (
          SELECT
            "t8"."customer_id",
            "t8"."begin",
            "t8"."seen_from",
            "t8"."end",
            "t8"."event",
            "t8"."moment",
            "t5"."trait_customer",
            "t5"."trait_value",
            "t5"."trait_from",
            "t5"."trait_to"
          FROM (
            SELECT
              "t6"."customer_id",
              "t6"."begin",
              "t6"."seen_from",
              "t6"."end",
              "t6"."event",
              GREATEST("t6"."first_month", 24251) AS "moment"
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
            ) AS "t6"
            WHERE
              "t6"."end" >= "t6"."seen_from"
          ) AS "t8"
          LEFT OUTER JOIN (
            SELECT
              "t2"."customer_id" AS "trait_customer",
              "t2"."value" AS "trait_value",
              "t2"."from_month" AS "trait_from",
              "t2"."to_month" AS "trait_to"
            FROM "customer_trait" AS "t2"
            WHERE
              "t2"."name" = 'segment'
          ) AS "t5"
            ON "t8"."customer_id" = "t5"."trait_customer"
            AND "t8"."moment" >= "t5"."trait_from"
            AND "t8"."moment" < "t5"."trait_to"
        ) AS "t9"
      ) AS "t11"
        ON "t3"."customer_id" = "t11"."customer_id"
    ) AS "t12"
    WHERE
      (
        GREATEST("t12"."from_month", "t12"."seen_from") - "t12"."begin"
      ) < (
        LEAST("t12"."to_month", 24312) - "t12"."begin"
      )
  ) AS "t13"
  GROUP BY
    1,
    2,
    3,
    4
)
SELECT
  "t18"."currency",
  "t18"."age",
  "t18"."slice",
  CAST(SUM("t18"."arr") AS DECIMAL(38, 0)) AS "delta_e6",
  CAST(SUM("t18"."squared") AS DECIMAL(38, 0)) AS "delta_squared"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t15"."currency",
      "t15"."first" AS "age",
      "t15"."slice",
      "t15"."arr",
      "t15"."squared"
    FROM "t14" AS "t15"
  ) AS "t16"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t15"."currency",
      "t15"."last" AS "age",
      "t15"."slice",
      -(
        "t15"."arr"
      ) AS "arr",
      -(
        "t15"."squared"
      ) AS "squared"
    FROM "t14" AS "t15"
  ) AS "t17"
) AS "t18"
GROUP BY
  1,
  2,
  3
