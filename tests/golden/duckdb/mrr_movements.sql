SELECT
  "t22"."month",
  "t22"."part",
  CAST(SUM("t22"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    "t21"."customer_id",
    "t21"."month",
    "t21"."part",
    "t21"."base_e16",
    "t21"."month" - 1 AS "key_month"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t0"."customer_id",
        (
          "t0"."month" + 0
        ) - (
          (
            "t0"."month" - 24310
          ) % 1
        ) AS "month",
        "t0"."kind" AS "part",
        "t0"."base_e16"
      FROM "movement" AS "t0"
      WHERE
        "t0"."month" >= 24310 AND "t0"."month" <= 24311
    ) AS "t11"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t16"."customer_id",
          "t16"."month" + 1 AS "month",
          'opening' AS "part",
          "t16"."base_e16"
        FROM (
          SELECT
            "t14"."customer_id",
            "t14"."month",
            CAST(SUM("t14"."worth") AS DECIMAL(38, 0)) AS "base_e16"
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
                "t9"."month",
                "t9"."at",
                "t9"."rate_month",
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
                  "t2"."month" IN (24309, 24310)
              ) AS "t9"
                ON "t4"."from_month" <= "t9"."at" AND "t9"."at" < "t4"."to_month"
              INNER JOIN (
                SELECT
                  "t3"."currency",
                  "t3"."month" AS "rated",
                  "t3"."rate_e10"
                FROM "fx_month" AS "t3"
              ) AS "t8"
                ON "t4"."currency" = "t8"."currency" AND "t9"."rate_month" = "t8"."rated"
            ) AS "t12"
          ) AS "t14"
          GROUP BY
            1,
            2
        ) AS "t16"
        WHERE
          "t16"."base_e16" > 0
      ) AS "t18"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t17"."customer_id",
          "t17"."month",
          'closing' AS "part",
          "t17"."base_e16"
        FROM (
          SELECT
            "t15"."customer_id",
            "t15"."month",
            CAST(SUM("t15"."worth") AS DECIMAL(38, 0)) AS "base_e16"
          FROM (
            SELECT
              "t13"."customer_id",
              "t13"."currency",
              "t13"."arr_e6",
              "t13"."from_month",
              "t13"."to_month",
              "t13"."month",
              "t13"."at",
              "t13"."rate_month",
              "t13"."rated",
              "t13"."rate_e10",
              CAST("t13"."arr_e6" AS DECIMAL(38, 0)) * CAST("t13"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
            FROM (
              SELECT
                "t4"."customer_id",
                "t4"."currency",
                "t4"."arr_e6",
                "t4"."from_month",
                "t4"."to_month",
                "t10"."month",
                "t10"."at",
                "t10"."rate_month",
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
              ) AS "t10"
                ON "t4"."from_month" <= "t10"."at" AND "t10"."at" < "t4"."to_month"
              INNER JOIN (
                SELECT
                  "t3"."currency",
                  "t3"."month" AS "rated",
                  "t3"."rate_e10"
                FROM "fx_month" AS "t3"
              ) AS "t8"
                ON "t4"."currency" = "t8"."currency" AND "t10"."rate_month" = "t8"."rated"
            ) AS "t13"
          ) AS "t15"
          GROUP BY
            1,
            2
        ) AS "t17"
        WHERE
          "t17"."base_e16" > 0
      ) AS "t19"
    ) AS "t20"
  ) AS "t21"
) AS "t22"
GROUP BY
  1,
  2
