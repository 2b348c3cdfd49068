SELECT
  "t15"."entry",
  "t15"."duration",
  "t15"."event",
  "t15"."slice",
  COUNT(*) AS "n"
FROM (
  SELECT
    "t14"."customer_id",
    "t14"."begin",
    "t14"."seen_from",
    "t14"."end",
    "t14"."event",
    "t14"."key_month",
    "t14"."slice",
    (
      "t14"."seen_from" - "t14"."begin"
    ) - 1 AS "entry",
    "t14"."end" - "t14"."begin" AS "duration"
  FROM (
    SELECT
      "t13".*
      EXCLUDE ("moment")
    FROM (
      SELECT
        "t12"."customer_id",
        "t12"."begin",
        "t12"."seen_from",
        "t12"."end",
        "t12"."event",
        "t12"."key_month",
        "t12"."moment",
        COALESCE("t12"."trait_value", '(none)') AS "slice"
      FROM (
        SELECT
          "t11"."customer_id",
          "t11"."begin",
          "t11"."seen_from",
          "t11"."end",
          "t11"."event",
          "t11"."key_month",
          "t11"."moment",
          "t5"."trait_customer",
          "t5"."trait_value",
          "t5"."trait_from",
          "t5"."trait_to"
        FROM (
          SELECT
            "t9"."customer_id",
            "t9"."begin",
            "t9"."seen_from",
            "t9"."end",
            "t9"."event",
            "t9"."key_month",
            GREATEST("t9"."key_month", COALESCE("t9"."began", "t9"."key_month")) AS "moment"
          FROM (
            SELECT
              "t8"."customer_id",
              "t8"."begin",
              "t8"."seen_from",
              "t8"."end",
              "t8"."event",
              "t8"."key_month",
              "t4"."starter",
              "t4"."began"
            FROM (
              SELECT
                "t6"."customer_id",
                "t6"."begin",
                "t6"."seen_from",
                "t6"."end",
                "t6"."event",
                24251 AS "key_month"
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
                "t1"."customer_id" AS "starter",
                "t1"."first_month" AS "began"
              FROM "customer_start" AS "t1"
            ) AS "t4"
              ON "t8"."customer_id" = "t4"."starter"
          ) AS "t9"
        ) AS "t11"
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
          ON "t11"."customer_id" = "t5"."trait_customer"
          AND "t11"."moment" >= "t5"."trait_from"
          AND "t11"."moment" < "t5"."trait_to"
      ) AS "t12"
    ) AS "t13"
  ) AS "t14"
) AS "t15"
GROUP BY
  1,
  2,
  3,
  4
