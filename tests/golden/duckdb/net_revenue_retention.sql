WITH "t21" AS (
  SELECT
    "t3"."customer_id",
    "t3"."currency",
    "t3"."arr_e6",
    "t3"."from_month",
    "t3"."to_month"
  FROM "mrr_level" AS "t3"
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
  ) AS "t16"
    ON "t3"."customer_id" = "t16"."customer_id"
)
SELECT
  "t48"."month",
  CAST(SUM("t48"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t48"."closing_e16") AS DECIMAL(38, 0)) AS "closing_e16",
  CAST(SUM("t48"."gross_e16") AS DECIMAL(38, 0)) AS "gross_e16",
  SUM("t48"."customers") AS "customers",
  SUM("t48"."lost") AS "lost"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t45"."month",
        CAST(SUM("t45"."opening_e6") AS DECIMAL(38, 0)) AS "opening_e16",
        CAST(SUM("t45"."closing_e6") AS DECIMAL(38, 0)) AS "closing_e16",
        CAST(SUM("t45"."gross_e6") AS DECIMAL(38, 0)) AS "gross_e16",
        SUM("t45"."customers") AS "customers",
        SUM("t45"."lost") AS "lost"
      FROM (
        SELECT
          "t44"."customers",
          "t44"."lost",
          "t18"."at_month" AS "month",
          "t44"."opening_e6" * CAST("t18"."rate_e10" AS DECIMAL(38, 0)) AS "opening_e6",
          "t44"."closing_e6" * CAST("t18"."rate_e10" AS DECIMAL(38, 0)) AS "closing_e6",
          "t44"."gross_e6" * CAST("t18"."rate_e10" AS DECIMAL(38, 0)) AS "gross_e6"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t34"."currency",
              "t34"."from_month" + 12 AS "from_month",
              "t34"."to_month" + 12 AS "to_month",
              "t34"."arr_e6" AS "opening_e6",
              CAST(0 AS DECIMAL(38, 0)) AS "closing_e6",
              CAST(0 AS DECIMAL(38, 0)) AS "gross_e6",
              "t34"."customers",
              "t34"."customers" AS "lost"
            FROM (
              SELECT
                "t25"."until_month",
                "t25"."currency",
                "t25"."from_month",
                "t25"."to_month",
                CAST(SUM(CAST("t25"."arr_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "arr_e6",
                SUM("t25"."customers") AS "customers"
              FROM (
                SELECT
                  "t22"."customer_id",
                  "t22"."currency",
                  "t22"."arr_e6",
                  "t22"."from_month",
                  "t22"."to_month",
                  "t22"."to_month" AS "until_month",
                  1 AS "customers"
                FROM "t21" AS "t22"
                WHERE
                  "t22"."from_month" <= 24299 AND "t22"."to_month" > 24298
              ) AS "t25"
              GROUP BY
                1,
                2,
                3,
                4
            ) AS "t34"
          ) AS "t37"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t40"."currency",
              "t40"."from_month",
              "t40"."to_month",
              CAST(0 AS DECIMAL(38, 0)) AS "opening_e6",
              "t40"."closing_e6",
              "t40"."gross_e6",
              CAST(0 AS BIGINT) AS "customers",
              "t40"."lost"
            FROM (
              SELECT
                "t38"."currency",
                "t38"."from_month",
                "t38"."to_month",
                CAST(SUM(CAST("t38"."closing_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "closing_e6",
                CAST(SUM(CAST("t38"."gross_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "gross_e6",
                SUM("t38"."lost") AS "lost"
              FROM (
                SELECT
                  "t35"."customer_id",
                  "t35"."currency",
                  "t35"."arr_e6",
                  GREATEST("t35"."from_month", "t35"."later_from") AS "from_month",
                  LEAST("t35"."to_month", "t35"."later_to") AS "to_month",
                  "t35"."until_month",
                  "t35"."later_e6",
                  "t35"."later_e6" AS "closing_e6",
                  LEAST("t35"."arr_e6", "t35"."later_e6") AS "gross_e6",
                  -1 AS "lost"
                FROM (
                  SELECT
                    "t28"."customer_id",
                    "t28"."currency",
                    "t28"."arr_e6",
                    "t28"."from_month",
                    "t28"."to_month",
                    "t28"."until_month",
                    "t29"."payer",
                    "t29"."later_e6",
                    "t29"."later_from",
                    "t29"."later_to"
                  FROM (
                    SELECT
                      "t22"."customer_id",
                      "t22"."currency",
                      "t22"."arr_e6",
                      "t22"."from_month" + 12 AS "from_month",
                      "t22"."to_month" + 12 AS "to_month",
                      "t22"."to_month" AS "until_month"
                    FROM "t21" AS "t22"
                    WHERE
                      "t22"."from_month" <= 24299 AND "t22"."to_month" > 24298
                  ) AS "t28"
                  INNER JOIN (
                    SELECT
                      "t22"."customer_id" AS "payer",
                      "t22"."arr_e6" AS "later_e6",
                      "t22"."from_month" AS "later_from",
                      "t22"."to_month" AS "later_to"
                    FROM "t21" AS "t22"
                    WHERE
                      "t22"."from_month" <= 24311 AND "t22"."to_month" > 24310
                  ) AS "t29"
                    ON "t28"."customer_id" = "t29"."payer"
                    AND "t28"."from_month" < "t29"."later_to"
                    AND "t29"."later_from" < "t28"."to_month"
                ) AS "t35"
              ) AS "t38"
              GROUP BY
                1,
                2,
                3
            ) AS "t40"
          ) AS "t42"
        ) AS "t44"
        INNER JOIN (
          SELECT
            "t11"."rated",
            "t11"."at_month",
            "t11"."rate_e10"
          FROM (
            SELECT
              "t0"."currency" AS "rated",
              "t0"."month" + 12 AS "at_month",
              "t0"."rate_e10"
            FROM "fx_month" AS "t0"
          ) AS "t11"
          SEMI JOIN (
            SELECT
              "t2"."month" AS "at_month"
            FROM "calendar_month" AS "t2"
            WHERE
              "t2"."month" IN (24310, 24311)
          ) AS "t12"
            ON "t11"."at_month" = "t12"."at_month"
        ) AS "t18"
          ON "t44"."currency" = "t18"."rated"
          AND "t44"."from_month" <= "t18"."at_month"
          AND "t18"."at_month" < "t44"."to_month"
      ) AS "t45"
      GROUP BY
        1
    ) AS "t46"
  ) AS "t47"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t36"."month",
        CAST(SUM("t36"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
        CAST(SUM("t36"."closing_e16") AS DECIMAL(38, 0)) AS "closing_e16",
        CAST(SUM(LEAST("t36"."opening_e16", "t36"."closing_e16")) AS DECIMAL(38, 0)) AS "gross_e16",
        COUNT(*) AS "customers",
        SUM(CAST("t36"."closing_e16" <= 0 AS INT)) AS "lost"
      FROM (
        SELECT
          "t32"."customer_id",
          "t32"."month",
          "t32"."opening_e16",
          COALESCE("t33"."closing_e16", CAST(0 AS DECIMAL(38, 0))) AS "closing_e16",
          "t32"."month" - 12 AS "key_month"
        FROM (
          SELECT
            "t23"."customer_id",
            "t23"."month",
            "t23"."worth" AS "opening_e16"
          FROM (
            SELECT
              "t19"."customer_id",
              "t19"."month",
              CAST(SUM("t19"."worth") AS DECIMAL(38, 0)) AS "worth"
            FROM (
              SELECT
                "t3"."customer_id",
                "t13"."month",
                CAST("t3"."arr_e6" AS DECIMAL(38, 0)) * CAST("t6"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
              FROM "mrr_level" AS "t3"
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
              ) AS "t16"
                ON "t3"."customer_id" = "t16"."customer_id"
              INNER JOIN (
                SELECT
                  "t2"."month",
                  "t2"."month" - 12 AS "at",
                  "t2"."month" - 12 AS "rate_month"
                FROM "calendar_month" AS "t2"
                WHERE
                  "t2"."month" IN (24310, 24311)
              ) AS "t13"
                ON "t3"."from_month" <= "t13"."at" AND "t13"."at" < "t3"."to_month"
              INNER JOIN (
                SELECT
                  "t0"."currency",
                  "t0"."month" AS "rated",
                  "t0"."rate_e10"
                FROM "fx_month" AS "t0"
              ) AS "t6"
                ON "t3"."currency" = "t6"."currency" AND "t13"."rate_month" = "t6"."rated"
            ) AS "t19"
            GROUP BY
              1,
              2
          ) AS "t23"
          WHERE
            "t23"."worth" > 0
        ) AS "t32"
        LEFT OUTER JOIN (
          SELECT
            "t24"."customer_id",
            "t24"."month",
            "t24"."worth" AS "closing_e16"
          FROM (
            SELECT
              "t20"."customer_id",
              "t20"."month",
              CAST(SUM("t20"."worth") AS DECIMAL(38, 0)) AS "worth"
            FROM (
              SELECT
                "t3"."customer_id",
                "t14"."month",
                CAST("t3"."arr_e6" AS DECIMAL(38, 0)) * CAST("t6"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
              FROM "mrr_level" AS "t3"
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
              ) AS "t16"
                ON "t3"."customer_id" = "t16"."customer_id"
              INNER JOIN (
                SELECT
                  "t2"."month",
                  "t2"."month" AS "at",
                  "t2"."month" - 12 AS "rate_month"
                FROM "calendar_month" AS "t2"
                WHERE
                  "t2"."month" IN (24310, 24311)
              ) AS "t14"
                ON "t3"."from_month" <= "t14"."at" AND "t14"."at" < "t3"."to_month"
              INNER JOIN (
                SELECT
                  "t0"."currency",
                  "t0"."month" AS "rated",
                  "t0"."rate_e10"
                FROM "fx_month" AS "t0"
              ) AS "t6"
                ON "t3"."currency" = "t6"."currency" AND "t14"."rate_month" = "t6"."rated"
            ) AS "t20"
            GROUP BY
              1,
              2
          ) AS "t24"
          WHERE
            "t24"."worth" > 0
        ) AS "t33"
          ON "t32"."customer_id" = "t33"."customer_id" AND "t32"."month" = "t33"."month"
      ) AS "t36"
      GROUP BY
        1
    ) AS "t39"
  ) AS "t41"
) AS "t48"
GROUP BY
  1
