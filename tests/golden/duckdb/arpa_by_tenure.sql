SELECT
  "t24"."part",
  "t24"."tenure",
  COUNT(*) AS "customers",
  CAST(SUM("t24"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    "t23"."customer_id",
    "t23"."first_month",
    "t23"."part",
    "t23"."tenure",
    "t23"."base_e16",
    "t23"."first_month" AS "key_month"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t21"."customer_id",
        "t21"."first_month",
        'paying' AS "part",
        "t21"."month" - "t21"."first_month" AS "tenure",
        "t21"."base_e16"
      FROM (
        SELECT
          "t20"."customer_id",
          "t20"."month",
          "t20"."base_e16",
          "t10"."first_month"
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
                CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t9"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
              FROM "mrr_level" AS "t4"
              ANTI JOIN (
                SELECT
                  "t7"."customer_id"
                FROM (
                  SELECT
                    "t1"."customer_id",
                    MIN("t1"."arr_e6") AS "least",
                    MIN("t1"."currency") AS "one",
                    MAX("t1"."currency") AS "other"
                  FROM "mrr_level" AS "t1"
                  GROUP BY
                    1
                ) AS "t7"
                WHERE
                  (
                    "t7"."least" <= 0
                  ) OR (
                    "t7"."one" <> "t7"."other"
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
              ) AS "t9"
                ON "t4"."currency" = "t9"."currency" AND "t12"."rate_month" = "t9"."rated"
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
                  CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t9"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                FROM "mrr_level" AS "t4"
                SEMI JOIN (
                  SELECT
                    "t7"."customer_id"
                  FROM (
                    SELECT
                      "t1"."customer_id",
                      MIN("t1"."arr_e6") AS "least",
                      MIN("t1"."currency") AS "one",
                      MAX("t1"."currency") AS "other"
                    FROM "mrr_level" AS "t1"
                    GROUP BY
                      1
                  ) AS "t7"
                  WHERE
                    (
                      "t7"."least" <= 0
                    ) OR (
                      "t7"."one" <> "t7"."other"
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
                ) AS "t9"
                  ON "t4"."currency" = "t9"."currency" AND "t12"."rate_month" = "t9"."rated"
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
          WHERE
            "t0"."first_month" <= 24311
        ) AS "t10"
          ON "t20"."customer_id" = "t10"."customer_id"
      ) AS "t21"
      WHERE
        (
          "t21"."month" - "t21"."first_month"
        ) >= 0
        AND (
          "t21"."month" - "t21"."first_month"
        ) <= 24
    ) AS "t22"
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
    ) AS "t11"
  ) AS "t23"
) AS "t24"
GROUP BY
  1,
  2
