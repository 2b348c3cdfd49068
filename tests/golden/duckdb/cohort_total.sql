SELECT
  "t23"."first_month",
  "t23"."month",
  COUNT(*) AS "customers",
  CAST(SUM("t23"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    "t22"."customer_id",
    "t22"."first_month",
    "t22"."month",
    "t22"."base_e16",
    "t22"."first_month" AS "key_month"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t20"."customer_id",
        "t8"."first_month",
        "t20"."month",
        "t20"."base_e16"
      FROM (
        SELECT
          "t18"."customer_id",
          "t18"."month",
          "t18"."worth" AS "base_e16"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t4"."customer_id",
              "t12"."month",
              CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t11"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
            FROM "mrr_level" AS "t4"
            ANTI JOIN (
              SELECT
                "t9"."customer_id"
              FROM (
                SELECT
                  "t1"."customer_id",
                  MIN("t1"."arr_e6") AS "least",
                  MIN("t1"."currency") AS "one",
                  MAX("t1"."currency") AS "other"
                FROM "mrr_level" AS "t1"
                GROUP BY
                  1
              ) AS "t9"
              WHERE
                (
                  "t9"."least" <= 0
                ) OR (
                  "t9"."one" <> "t9"."other"
                )
            ) AS "t14"
              ON "t4"."customer_id" = "t14"."customer_id"
            INNER JOIN (
              SELECT
                "t2"."month",
                "t2"."month" AS "at",
                "t2"."month" AS "rate_month"
              FROM "calendar_month" AS "t2"
              WHERE
                "t2"."month" IN (24310, 24311)
            ) AS "t12"
              ON "t4"."from_month" <= "t12"."at" AND "t12"."at" < "t4"."to_month"
            INNER JOIN (
              SELECT
                "t3"."currency",
                "t3"."month" AS "rated",
                "t3"."rate_e10"
              FROM "fx_month" AS "t3"
            ) AS "t11"
              ON "t4"."currency" = "t11"."currency" AND "t12"."rate_month" = "t11"."rated"
          ) AS "t15"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t16"."customer_id",
              "t16"."month",
              CAST(SUM("t16"."worth") AS DECIMAL(38, 0)) AS "worth"
            FROM (
              SELECT
                "t4"."customer_id",
                "t12"."month",
                CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t11"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
              FROM "mrr_level" AS "t4"
              SEMI JOIN (
                SELECT
                  "t9"."customer_id"
                FROM (
                  SELECT
                    "t1"."customer_id",
                    MIN("t1"."arr_e6") AS "least",
                    MIN("t1"."currency") AS "one",
                    MAX("t1"."currency") AS "other"
                  FROM "mrr_level" AS "t1"
                  GROUP BY
                    1
                ) AS "t9"
                WHERE
                  (
                    "t9"."least" <= 0
                  ) OR (
                    "t9"."one" <> "t9"."other"
                  )
              ) AS "t14"
                ON "t4"."customer_id" = "t14"."customer_id"
              INNER JOIN (
                SELECT
                  "t2"."month",
                  "t2"."month" AS "at",
                  "t2"."month" AS "rate_month"
                FROM "calendar_month" AS "t2"
                WHERE
                  "t2"."month" IN (24310, 24311)
              ) AS "t12"
                ON "t4"."from_month" <= "t12"."at" AND "t12"."at" < "t4"."to_month"
              INNER JOIN (
                SELECT
                  "t3"."currency",
                  "t3"."month" AS "rated",
                  "t3"."rate_e10"
                FROM "fx_month" AS "t3"
              ) AS "t11"
                ON "t4"."currency" = "t11"."currency" AND "t12"."rate_month" = "t11"."rated"
            ) AS "t16"
            GROUP BY
              1,
              2
          ) AS "t17"
        ) AS "t18"
        WHERE
          "t18"."worth" > 0
      ) AS "t20"
      INNER JOIN (
        SELECT
          "t0"."customer_id",
          "t0"."first_month"
        FROM "customer_start" AS "t0"
      ) AS "t8"
        ON "t20"."customer_id" = "t8"."customer_id"
    ) AS "t21"
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
  ) AS "t22"
  WHERE
    "t22"."first_month" IN (24310, 24311)
) AS "t23"
GROUP BY
  1,
  2
