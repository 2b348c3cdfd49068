SELECT
  "t13"."entry",
  "t13"."duration",
  "t13"."event",
  "t13"."slice",
  COUNT(*) AS "n"
FROM (
  SELECT
    "t12".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t11"."customer_id",
      "t11"."event",
      "t11"."entry",
      "t11"."duration",
      "t11"."key_month",
      "t11"."moment",
      COALESCE("t11"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t10"."customer_id",
        "t10"."event",
        "t10"."entry",
        "t10"."duration",
        "t10"."key_month",
        "t10"."moment",
        "t5"."trait_customer",
        "t5"."trait_value",
        "t5"."trait_from",
        "t5"."trait_to"
      FROM (
        SELECT
          "t8"."customer_id",
          "t8"."event",
          "t8"."entry",
          "t8"."duration",
          "t8"."key_month",
          GREATEST("t8"."key_month", COALESCE("t8"."began", "t8"."key_month")) AS "moment"
        FROM (
          SELECT
            "t7"."customer_id",
            "t7"."event",
            "t7"."entry",
            "t7"."duration",
            "t7"."key_month",
            "t4"."starter",
            "t4"."began"
          FROM (
            SELECT
              "t1"."customer_id",
              CAST((
                "t1"."churn_month" IS NOT NULL
              ) AND (
                "t1"."churn_month" <= 24311
              ) AS BIGINT) AS "event",
              CASE
                WHEN "t1"."first_month" < "t1"."first_month"
                THEN "t1"."first_month" - "t1"."first_month"
                ELSE -1
              END AS "entry",
              CASE
                WHEN (
                  "t1"."churn_month" IS NOT NULL
                ) AND (
                  "t1"."churn_month" <= 24311
                )
                THEN "t1"."churn_month"
                ELSE 24311
              END - "t1"."first_month" AS "duration",
              "t1"."first_month" AS "key_month"
            FROM "customer_start" AS "t1"
            WHERE
              "t1"."first_month" <= 24311
          ) AS "t7"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t4"
            ON "t7"."customer_id" = "t4"."starter"
        ) AS "t8"
      ) AS "t10"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t5"
        ON "t10"."customer_id" = "t5"."trait_customer"
        AND "t10"."moment" >= "t5"."trait_from"
        AND "t10"."moment" < "t5"."trait_to"
    ) AS "t11"
  ) AS "t12"
) AS "t13"
GROUP BY
  1,
  2,
  3,
  4
