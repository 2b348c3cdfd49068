SELECT
  "t22"."entry",
  "t22"."duration",
  "t22"."event",
  "t22"."level_0",
  "t22"."level_1",
  "t22"."level_2",
  "t22"."level_3",
  COUNT(*) AS "n"
FROM (
  SELECT
    "t21"."customer_id",
    "t21"."event",
    "t21"."entry",
    "t21"."duration",
    "t21"."moment",
    "t21"."level_0",
    "t21"."level_1",
    "t21"."level_2",
    COALESCE("t21"."trait_value", '(none)') AS "level_3"
  FROM (
    SELECT
      "t20"."customer_id",
      "t20"."event",
      "t20"."entry",
      "t20"."duration",
      "t20"."moment",
      "t20"."level_0",
      "t20"."level_1",
      "t20"."level_2",
      "t6"."trait_customer",
      "t6"."trait_value",
      "t6"."trait_from",
      "t6"."trait_to"
    FROM (
      SELECT
        "t18"."customer_id",
        "t18"."event",
        "t18"."entry",
        "t18"."duration",
        "t18"."moment",
        "t18"."level_0",
        "t18"."level_1",
        COALESCE("t18"."trait_value", '(none)') AS "level_2"
      FROM (
        SELECT
          "t17"."customer_id",
          "t17"."event",
          "t17"."entry",
          "t17"."duration",
          "t17"."moment",
          "t17"."level_0",
          "t17"."level_1",
          "t7"."trait_customer",
          "t7"."trait_value",
          "t7"."trait_from",
          "t7"."trait_to"
        FROM (
          SELECT
            "t15"."customer_id",
            "t15"."event",
            "t15"."entry",
            "t15"."duration",
            "t15"."moment",
            "t15"."level_0",
            COALESCE("t15"."trait_value", '(none)') AS "level_1"
          FROM (
            SELECT
              "t14"."customer_id",
              "t14"."event",
              "t14"."entry",
              "t14"."duration",
              "t14"."moment",
              "t14"."level_0",
              "t8"."trait_customer",
              "t8"."trait_value",
              "t8"."trait_from",
              "t8"."trait_to"
            FROM (
              SELECT
                "t12"."customer_id",
                "t12"."event",
                "t12"."entry",
                "t12"."duration",
                "t12"."moment",
                COALESCE("t12"."trait_value", '(none)') AS "level_0"
              FROM (
                SELECT
                  "t11"."customer_id",
                  "t11"."event",
                  "t11"."entry",
                  "t11"."duration",
                  "t11"."moment",
                  "t9"."trait_customer",
                  "t9"."trait_value",
                  "t9"."trait_from",
                  "t9"."trait_to"
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
                    "t1"."first_month" AS "moment"
                  FROM "customer_start" AS "t1"
                  WHERE
                    "t1"."first_month" <= 24311
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
                ) AS "t9"
                  ON "t11"."customer_id" = "t9"."trait_customer"
                  AND "t11"."moment" >= "t9"."trait_from"
                  AND "t11"."moment" < "t9"."trait_to"
              ) AS "t12"
            ) AS "t14"
            LEFT OUTER JOIN (
              SELECT
                "t0"."customer_id" AS "trait_customer",
                "t0"."value" AS "trait_value",
                "t0"."from_month" AS "trait_from",
                "t0"."to_month" AS "trait_to"
              FROM "customer_trait" AS "t0"
              WHERE
                "t0"."name" = 'plan'
            ) AS "t8"
              ON "t14"."customer_id" = "t8"."trait_customer"
              AND "t14"."moment" >= "t8"."trait_from"
              AND "t14"."moment" < "t8"."trait_to"
          ) AS "t15"
        ) AS "t17"
        LEFT OUTER JOIN (
          SELECT
            "t0"."customer_id" AS "trait_customer",
            "t0"."value" AS "trait_value",
            "t0"."from_month" AS "trait_from",
            "t0"."to_month" AS "trait_to"
          FROM "customer_trait" AS "t0"
          WHERE
            "t0"."name" = 'channel'
        ) AS "t7"
          ON "t17"."customer_id" = "t7"."trait_customer"
          AND "t17"."moment" >= "t7"."trait_from"
          AND "t17"."moment" < "t7"."trait_to"
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
        "t0"."name" = 'size_band'
    ) AS "t6"
      ON "t20"."customer_id" = "t6"."trait_customer"
      AND "t20"."moment" >= "t6"."trait_from"
      AND "t20"."moment" < "t6"."trait_to"
  ) AS "t21"
) AS "t22"
GROUP BY
  1,
  2,
  3,
  4,
  5,
  6,
  7
