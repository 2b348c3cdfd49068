SELECT
  "t27"."month",
  "t27"."part",
  CAST(SUM("t27"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    "t26"."customer_id",
    "t26"."month",
    "t26"."part",
    "t26"."base_e16",
    "t26"."month" - 1 AS "key_month"
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
    ) AS "t12"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t21"."customer_id",
          "t21"."month" + 1 AS "month",
          'opening' AS "part",
          "t21"."worth" AS "base_e16"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t4"."customer_id",
              "t10"."month",
              CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t9"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
            FROM "mrr_level" AS "t4"
            ANTI JOIN (
              SELECT
                "t6"."customer_id"
              FROM (
                SELECT
                  "t1"."customer_id",
                  MIN("t1"."arr_e6") AS "least",
                  MIN("t1"."currency") AS "one",
                  MAX("t1"."currency") AS "other"
                FROM "mrr_level" AS "t1"
                GROUP BY
                  1
              ) AS "t6"
              WHERE
                (
                  "t6"."least" <= 0
                ) OR (
                  "t6"."one" <> "t6"."other"
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
                "t2"."month" IN (24309, 24310)
            ) AS "t10"
              ON "t4"."from_month" <= "t10"."at" AND "t10"."at" < "t4"."to_month"
            INNER JOIN (
              SELECT
                "t3"."currency",
                "t3"."month" AS "rated",
                "t3"."rate_e10"
              FROM "fx_month" AS "t3"
            ) AS "t9"
              ON "t4"."currency" = "t9"."currency" AND "t10"."rate_month" = "t9"."rated"
          ) AS "t15"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t17"."customer_id",
              "t17"."month",
              CAST(SUM("t17"."worth") AS DECIMAL(38, 0)) AS "worth"
            FROM (
              SELECT
                "t4"."customer_id",
                "t10"."month",
                CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t9"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
              FROM "mrr_level" AS "t4"
              SEMI JOIN (
                SELECT
                  "t6"."customer_id"
                FROM (
                  SELECT
                    "t1"."customer_id",
                    MIN("t1"."arr_e6") AS "least",
                    MIN("t1"."currency") AS "one",
                    MAX("t1"."currency") AS "other"
                  FROM "mrr_level" AS "t1"
                  GROUP BY
                    1
                ) AS "t6"
                WHERE
                  (
                    "t6"."least" <= 0
                  ) OR (
                    "t6"."one" <> "t6"."other"
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
                  "t2"."month" IN (24309, 24310)
              ) AS "t10"
                ON "t4"."from_month" <= "t10"."at" AND "t10"."at" < "t4"."to_month"
              INNER JOIN (
                SELECT
                  "t3"."currency",
                  "t3"."month" AS "rated",
                  "t3"."rate_e10"
                FROM "fx_month" AS "t3"
              ) AS "t9"
                ON "t4"."currency" = "t9"."currency" AND "t10"."rate_month" = "t9"."rated"
            ) AS "t17"
            GROUP BY
              1,
              2
          ) AS "t19"
        ) AS "t21"
        WHERE
          "t21"."worth" > 0
      ) AS "t23"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t22"."customer_id",
          "t22"."month",
          'closing' AS "part",
          "t22"."worth" AS "base_e16"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t4"."customer_id",
              "t11"."month",
              CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t9"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
            FROM "mrr_level" AS "t4"
            ANTI JOIN (
              SELECT
                "t6"."customer_id"
              FROM (
                SELECT
                  "t1"."customer_id",
                  MIN("t1"."arr_e6") AS "least",
                  MIN("t1"."currency") AS "one",
                  MAX("t1"."currency") AS "other"
                FROM "mrr_level" AS "t1"
                GROUP BY
                  1
              ) AS "t6"
              WHERE
                (
                  "t6"."least" <= 0
                ) OR (
                  "t6"."one" <> "t6"."other"
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
            ) AS "t11"
              ON "t4"."from_month" <= "t11"."at" AND "t11"."at" < "t4"."to_month"
            INNER JOIN (
              SELECT
                "t3"."currency",
                "t3"."month" AS "rated",
                "t3"."rate_e10"
              FROM "fx_month" AS "t3"
            ) AS "t9"
              ON "t4"."currency" = "t9"."currency" AND "t11"."rate_month" = "t9"."rated"
          ) AS "t16"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t18"."customer_id",
              "t18"."month",
              CAST(SUM("t18"."worth") AS DECIMAL(38, 0)) AS "worth"
            FROM (
              SELECT
                "t4"."customer_id",
                "t11"."month",
                CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t9"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
              FROM "mrr_level" AS "t4"
              SEMI JOIN (
                SELECT
                  "t6"."customer_id"
                FROM (
                  SELECT
                    "t1"."customer_id",
                    MIN("t1"."arr_e6") AS "least",
                    MIN("t1"."currency") AS "one",
                    MAX("t1"."currency") AS "other"
                  FROM "mrr_level" AS "t1"
                  GROUP BY
                    1
                ) AS "t6"
                WHERE
                  (
                    "t6"."least" <= 0
                  ) OR (
                    "t6"."one" <> "t6"."other"
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
              ) AS "t11"
                ON "t4"."from_month" <= "t11"."at" AND "t11"."at" < "t4"."to_month"
              INNER JOIN (
                SELECT
                  "t3"."currency",
                  "t3"."month" AS "rated",
                  "t3"."rate_e10"
                FROM "fx_month" AS "t3"
              ) AS "t9"
                ON "t4"."currency" = "t9"."currency" AND "t11"."rate_month" = "t9"."rated"
            ) AS "t18"
            GROUP BY
              1,
              2
          ) AS "t20"
        ) AS "t22"
        WHERE
          "t22"."worth" > 0
      ) AS "t24"
    ) AS "t25"
  ) AS "t26"
) AS "t27"
GROUP BY
  1,
  2
