SELECT
  "t19"."first_month",
  "t19"."month",
  COUNT(*) AS "customers",
  CAST(SUM("t19"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    "t18"."customer_id",
    "t18"."first_month",
    "t18"."month",
    "t18"."base_e16",
    "t18"."first_month" AS "key_month"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t16"."customer_id",
        "t8"."first_month",
        "t16"."month",
        "t16"."base_e16"
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
                "t10"."rated",
                "t10"."rate_e10"
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
              ) AS "t10"
                ON "t4"."currency" = "t10"."currency" AND "t11"."rate_month" = "t10"."rated"
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
      ) AS "t8"
        ON "t16"."customer_id" = "t8"."customer_id"
    ) AS "t17"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t0"."customer_id",
        "t0"."first_month",
        CAST(NULL AS BIGINT) AS "month",
        CAST(0 AS DECIMAL(38, 0)) AS "base_e16"
      FROM "customer_start" AS "t0"
    ) AS "t6"
  ) AS "t18"
  WHERE
    "t18"."first_month" IN (24310, 24311)
) AS "t19"
GROUP BY
  1,
  2
