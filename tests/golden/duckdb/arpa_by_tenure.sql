SELECT
  "t20"."part",
  "t20"."tenure",
  COUNT(*) AS "customers",
  CAST(SUM("t20"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    "t19"."customer_id",
    "t19"."first_month",
    "t19"."part",
    "t19"."tenure",
    "t19"."base_e16",
    "t19"."first_month" AS "key_month"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t17"."customer_id",
        "t17"."first_month",
        'paying' AS "part",
        "t17"."month" - "t17"."first_month" AS "tenure",
        "t17"."base_e16"
      FROM (
        SELECT
          "t16"."customer_id",
          "t16"."month",
          "t16"."base_e16",
          "t9"."first_month"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t13"."customer_id",
              "t13"."month",
              CAST(SUM("t13"."worth") AS DECIMAL(38, 0)) AS "base_e16"
            FROM (
              SELECT
                "t12"."customer_id",
                "t12"."currency",
                "t12"."arr_e6",
                "t12"."from_month",
                "t12"."to_month",
                "t12"."month",
                "t12"."at",
                "t12"."rate_month",
                "t12"."rated",
                "t12"."rate_e10",
                CAST("t12"."arr_e6" AS DECIMAL(38, 0)) * CAST("t12"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
              FROM (
                SELECT
                  "t4"."customer_id",
                  "t4"."currency",
                  "t4"."arr_e6",
                  "t4"."from_month",
                  "t4"."to_month",
                  "t11"."month",
                  "t11"."at",
                  "t11"."rate_month",
                  "t8"."rated",
                  "t8"."rate_e10"
                FROM "mrr_level" AS "t4"
                INNER JOIN (
                  SELECT
                    "t2"."month",
                    "t2"."month" AS "at",
                    "t2"."month" AS "rate_month"
                  FROM "calendar_month" AS "t2"
                  WHERE
                    "t2"."month" IN (24310, 24311)
                ) AS "t11"
                  ON "t4"."from_month" <= "t11"."at" AND "t11"."at" < "t4"."to_month"
                INNER JOIN (
                  SELECT
                    "t3"."currency",
                    "t3"."month" AS "rated",
                    "t3"."rate_e10"
                  FROM "fx_month" AS "t3"
                ) AS "t8"
                  ON "t4"."currency" = "t8"."currency" AND "t11"."rate_month" = "t8"."rated"
              ) AS "t12"
            ) AS "t13"
            GROUP BY
              1,
              2
          ) AS "t14"
          WHERE
            "t14"."base_e16" > 0
        ) AS "t16"
        INNER JOIN (
          SELECT
            "t0"."customer_id",
            "t0"."first_month"
          FROM "customer_start" AS "t0"
          WHERE
            "t0"."first_month" <= 24311
        ) AS "t9"
          ON "t16"."customer_id" = "t9"."customer_id"
      ) AS "t17"
      WHERE
        (
          "t17"."month" - "t17"."first_month"
        ) >= 0
        AND (
          "t17"."month" - "t17"."first_month"
        ) <= 24
    ) AS "t18"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t0"."customer_id",
        "t0"."first_month",
        'began' AS "part",
        LEAST(24311 - "t0"."first_month", 24) AS "tenure",
        CAST(0 AS DECIMAL(38, 0)) AS "base_e16"
      FROM "customer_start" AS "t0"
      WHERE
        "t0"."first_month" <= 24311
    ) AS "t10"
  ) AS "t19"
) AS "t20"
GROUP BY
  1,
  2
