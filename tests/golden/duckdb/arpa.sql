SELECT
  "t18"."month",
  CAST(SUM("t18"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
  SUM("t18"."customers") AS "customers",
  CAST(SUM("t18"."new_e16") AS DECIMAL(38, 0)) AS "new_e16",
  SUM("t18"."new_customers") AS "new_customers"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t16"."month",
      "t16"."base_e16",
      "t16"."customers",
      CAST(0 AS DECIMAL(38, 0)) AS "new_e16",
      CAST(0 AS BIGINT) AS "new_customers"
    FROM (
      SELECT
        "t15"."month",
        CAST(SUM("t15"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
        COUNT(*) AS "customers"
      FROM (
        SELECT
          "t14"."customer_id",
          "t14"."month",
          "t14"."base_e16",
          "t14"."month" AS "key_month"
        FROM (
          SELECT
            "t13"."customer_id",
            "t13"."month",
            CAST(SUM("t13"."worth") AS DECIMAL(38, 0)) AS "base_e16"
          FROM (
            SELECT
              "t10"."customer_id",
              "t10"."currency",
              "t10"."arr_e6",
              "t10"."from_month",
              "t10"."to_month",
              "t10"."month",
              "t10"."at",
              "t10"."rate_month",
              "t10"."rated",
              "t10"."rate_e10",
              CAST("t10"."arr_e6" AS DECIMAL(38, 0)) * CAST("t10"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
            FROM (
              SELECT
                "t4"."customer_id",
                "t4"."currency",
                "t4"."arr_e6",
                "t4"."from_month",
                "t4"."to_month",
                "t8"."month",
                "t8"."at",
                "t8"."rate_month",
                "t7"."rated",
                "t7"."rate_e10"
              FROM "mrr_level" AS "t4"
              INNER JOIN (
                SELECT
                  "t2"."month",
                  "t2"."month" AS "at",
                  "t2"."month" AS "rate_month"
                FROM "calendar_month" AS "t2"
                WHERE
                  "t2"."month" IN (24310, 24311)
              ) AS "t8"
                ON "t4"."from_month" <= "t8"."at" AND "t8"."at" < "t4"."to_month"
              INNER JOIN (
                SELECT
                  "t3"."currency",
                  "t3"."month" AS "rated",
                  "t3"."rate_e10"
                FROM "fx_month" AS "t3"
              ) AS "t7"
                ON "t4"."currency" = "t7"."currency" AND "t8"."rate_month" = "t7"."rated"
            ) AS "t10"
          ) AS "t13"
          GROUP BY
            1,
            2
        ) AS "t14"
        WHERE
          "t14"."base_e16" > 0
      ) AS "t15"
      GROUP BY
        1
    ) AS "t16"
  ) AS "t17"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t11"."month",
      "t11"."base_e16",
      CAST("t11"."customers" AS BIGINT) AS "customers",
      "t11"."new_e16",
      "t11"."new_customers"
    FROM (
      SELECT
        "t9"."month",
        CAST(0 AS DECIMAL(38, 0)) AS "base_e16",
        0 AS "customers",
        CAST(SUM("t9"."base_e16") AS DECIMAL(38, 0)) AS "new_e16",
        COUNT(*) AS "new_customers"
      FROM (
        SELECT
          "t0"."customer_id",
          "t0"."day",
          (
            "t0"."month" + 0
          ) - (
            (
              "t0"."month" - 24310
            ) % 1
          ) AS "month",
          "t0"."kind",
          "t0"."cause",
          "t0"."currency",
          "t0"."amount_e6",
          "t0"."base_e16",
          (
            "t0"."month" + 0
          ) - (
            (
              "t0"."month" - 24310
            ) % 1
          ) AS "key_month"
        FROM "movement" AS "t0"
        WHERE
          "t0"."kind" = 'new' AND "t0"."month" >= 24310 AND "t0"."month" <= 24311
      ) AS "t9"
      GROUP BY
        1
    ) AS "t11"
  ) AS "t12"
) AS "t18"
GROUP BY
  1
