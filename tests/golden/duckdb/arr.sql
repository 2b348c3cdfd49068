SELECT
  "t29"."month",
  CAST(SUM("t29"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
  SUM("t29"."customers") AS "customers"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t26"."month",
        CAST(SUM("t26"."base_e6") AS DECIMAL(38, 0)) AS "base_e16",
        SUM("t26"."customers") AS "customers"
      FROM (
        SELECT
          "t23"."customers",
          "t16"."at_month" AS "month",
          "t23"."base_e6" * CAST("t16"."rate_e10" AS DECIMAL(38, 0)) AS "base_e6"
        FROM (
          SELECT
            "t19"."currency",
            "t19"."from_month",
            "t19"."to_month",
            CAST(SUM(CAST("t19"."base_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "base_e6",
            SUM("t19"."customers") AS "customers"
          FROM (
            SELECT
              "t18"."customer_id",
              "t18"."currency",
              "t18"."arr_e6",
              "t18"."from_month",
              "t18"."to_month",
              "t18"."arr_e6" AS "base_e6",
              1 AS "customers"
            FROM (
              SELECT
                "t3"."customer_id",
                "t3"."currency",
                "t3"."arr_e6",
                "t3"."from_month",
                "t3"."to_month"
              FROM "mrr_level" AS "t3"
              ANTI JOIN (
                SELECT
                  "t5"."customer_id"
                FROM (
                  SELECT
                    "t0"."customer_id",
                    MIN("t0"."arr_e6") AS "least",
                    MIN("t0"."currency") AS "one",
                    MAX("t0"."currency") AS "other"
                  FROM "mrr_level" AS "t0"
                  GROUP BY
                    1
                ) AS "t5"
                WHERE
                  (
                    "t5"."least" <= 0
                  ) OR (
                    "t5"."one" <> "t5"."other"
                  )
              ) AS "t14"
                ON "t3"."customer_id" = "t14"."customer_id"
            ) AS "t18"
            WHERE
              "t18"."from_month" <= 24311 AND "t18"."to_month" > 24310
          ) AS "t19"
          GROUP BY
            1,
            2,
            3
        ) AS "t23"
        INNER JOIN (
          SELECT
            "t10"."rated",
            "t10"."at_month",
            "t10"."rate_e10"
          FROM (
            SELECT
              "t1"."currency" AS "rated",
              "t1"."month" + 0 AS "at_month",
              "t1"."rate_e10"
            FROM "fx_month" AS "t1"
          ) AS "t10"
          SEMI JOIN (
            SELECT
              "t2"."month" AS "at_month"
            FROM "calendar_month" AS "t2"
            WHERE
              "t2"."month" IN (24310, 24311)
          ) AS "t12"
            ON "t10"."at_month" = "t12"."at_month"
        ) AS "t16"
          ON "t23"."currency" = "t16"."rated"
          AND "t23"."from_month" <= "t16"."at_month"
          AND "t16"."at_month" < "t23"."to_month"
      ) AS "t26"
      GROUP BY
        1
    ) AS "t27"
  ) AS "t28"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t21"."month",
        CAST(SUM("t21"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
        COUNT(*) AS "customers"
      FROM (
        SELECT
          "t20"."customer_id",
          "t20"."month",
          "t20"."worth" AS "base_e16",
          "t20"."month" AS "key_month"
        FROM (
          SELECT
            "t17"."customer_id",
            "t17"."month",
            CAST(SUM("t17"."worth") AS DECIMAL(38, 0)) AS "worth"
          FROM (
            SELECT
              "t3"."customer_id",
              "t11"."month",
              CAST("t3"."arr_e6" AS DECIMAL(38, 0)) * CAST("t6"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
            FROM "mrr_level" AS "t3"
            SEMI JOIN (
              SELECT
                "t5"."customer_id"
              FROM (
                SELECT
                  "t0"."customer_id",
                  MIN("t0"."arr_e6") AS "least",
                  MIN("t0"."currency") AS "one",
                  MAX("t0"."currency") AS "other"
                FROM "mrr_level" AS "t0"
                GROUP BY
                  1
              ) AS "t5"
              WHERE
                (
                  "t5"."least" <= 0
                ) OR (
                  "t5"."one" <> "t5"."other"
                )
            ) AS "t14"
              ON "t3"."customer_id" = "t14"."customer_id"
            INNER JOIN (
              SELECT
                "t2"."month",
                "t2"."month" AS "at",
                "t2"."month" AS "rate_month"
              FROM "calendar_month" AS "t2"
              WHERE
                "t2"."month" IN (24310, 24311)
            ) AS "t11"
              ON "t3"."from_month" <= "t11"."at" AND "t11"."at" < "t3"."to_month"
            INNER JOIN (
              SELECT
                "t1"."currency",
                "t1"."month" AS "rated",
                "t1"."rate_e10"
              FROM "fx_month" AS "t1"
            ) AS "t6"
              ON "t3"."currency" = "t6"."currency" AND "t11"."rate_month" = "t6"."rated"
          ) AS "t17"
          GROUP BY
            1,
            2
        ) AS "t20"
        WHERE
          "t20"."worth" > 0
      ) AS "t21"
      GROUP BY
        1
    ) AS "t24"
  ) AS "t25"
) AS "t29"
GROUP BY
  1
