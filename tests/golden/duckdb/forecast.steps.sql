WITH "t5" AS (
  SELECT
    "t0"."customer_id",
    "t0"."first_month" AS "begin"
  FROM "customer_start" AS "t0"
), "t26" AS (
  SELECT
    "t4"."customer_id",
    "t4"."currency",
    "t4"."arr_e6",
    "t4"."from_month",
    "t4"."to_month"
  FROM "mrr_level" AS "t4"
  ANTI JOIN (
    SELECT
      "t10"."customer_id"
    FROM (
      SELECT
        "t2"."customer_id",
        MIN("t2"."arr_e6") AS "least",
        MIN("t2"."currency") AS "one",
        MAX("t2"."currency") AS "other"
      FROM "mrr_level" AS "t2"
      GROUP BY
        1
    ) AS "t10"
    WHERE
      (
        "t10"."least" <= 0
      ) OR (
        "t10"."one" <> "t10"."other"
      )
  ) AS "t21"
    ON "t4"."customer_id" = "t21"."customer_id"
), "t38" AS (
  SELECT
    "t33"."customer_id",
    "t33"."currency",
    "t33"."arr_e6",
    "t33"."from_month",
    "t33"."to_month",
    "t33"."until_month",
    "t15"."begin"
  FROM (
    SELECT
      "t27"."customer_id",
      "t27"."currency",
      "t27"."arr_e6",
      "t27"."from_month",
      "t27"."to_month",
      "t27"."to_month" AS "until_month"
    FROM "t26" AS "t27"
    WHERE
      "t27"."from_month" <= 24310 AND "t27"."to_month" > 24287
  ) AS "t33"
  INNER JOIN "t5" AS "t15"
    ON "t33"."customer_id" = "t15"."customer_id"
), "t45" AS (
  SELECT
    "t41"."begin",
    "t41"."until_month",
    "t41"."currency",
    "t41"."from_month",
    "t41"."to_month",
    CAST(SUM(CAST("t41"."arr_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "arr_e6",
    SUM("t41"."customers") AS "customers"
  FROM (
    SELECT
      "t39"."customer_id",
      "t39"."currency",
      "t39"."arr_e6",
      "t39"."from_month",
      "t39"."to_month",
      "t39"."until_month",
      "t39"."begin",
      1 AS "customers"
    FROM "t38" AS "t39"
  ) AS "t41"
  GROUP BY
    1,
    2,
    3,
    4,
    5
)
SELECT
  "t62"."month",
  "t62"."age",
  SUM("t62"."customers") AS "n",
  CAST(SUM("t62"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t62"."closing_e16") AS DECIMAL(38, 0)) AS "closing_e16"
FROM (
  SELECT
    "t61"."month",
    "t61"."begin",
    "t61"."opening_e16",
    "t61"."closing_e16",
    "t61"."gross_e16",
    "t61"."customers",
    "t61"."lost",
    "t61"."month" - "t61"."begin" AS "age"
  FROM (
    SELECT
      "t60"."month",
      "t60"."begin",
      CAST(SUM("t60"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
      CAST(SUM("t60"."closing_e16") AS DECIMAL(38, 0)) AS "closing_e16",
      CAST(SUM("t60"."gross_e16") AS DECIMAL(38, 0)) AS "gross_e16",
      SUM("t60"."customers") AS "customers",
      SUM("t60"."lost") AS "lost"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t57"."month",
            "t57"."begin",
            CAST(SUM("t57"."opening_e6") AS DECIMAL(38, 0)) AS "opening_e16",
            CAST(SUM("t57"."closing_e6") AS DECIMAL(38, 0)) AS "closing_e16",
            CAST(SUM("t57"."gross_e6") AS DECIMAL(38, 0)) AS "gross_e16",
            SUM("t57"."customers") AS "customers",
            SUM("t57"."lost") AS "lost"
          FROM (
            SELECT
              "t56"."begin",
              "t56"."customers",
              "t56"."lost",
              "t23"."at_month" AS "month",
              "t56"."opening_e6" * CAST("t23"."rate_e10" AS DECIMAL(38, 0)) AS "opening_e6",
              "t56"."closing_e6" * CAST("t23"."rate_e10" AS DECIMAL(38, 0)) AS "closing_e6",
              "t56"."gross_e6" * CAST("t23"."rate_e10" AS DECIMAL(38, 0)) AS "gross_e6"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t53"."begin",
                  "t53"."currency",
                  "t53"."from_month",
                  "t53"."to_month",
                  CAST(0 AS DECIMAL(38, 0)) AS "opening_e6",
                  "t53"."closing_e6",
                  "t53"."gross_e6",
                  CAST(0 AS BIGINT) AS "customers",
                  "t53"."lost"
                FROM (
                  SELECT
                    "t49"."begin",
                    "t49"."currency",
                    "t49"."from_month",
                    "t49"."to_month",
                    CAST(SUM(CAST("t49"."closing_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "closing_e6",
                    CAST(SUM(CAST("t49"."gross_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "gross_e6",
                    SUM("t49"."lost") AS "lost"
                  FROM (
                    SELECT
                      "t46"."customer_id",
                      "t46"."currency",
                      "t46"."arr_e6",
                      "t46"."until_month" AS "from_month",
                      "t46"."until_month" + 1 AS "to_month",
                      "t46"."until_month",
                      "t46"."begin",
                      "t46"."later_e6",
                      "t46"."later_e6" AS "closing_e6",
                      LEAST("t46"."arr_e6", "t46"."later_e6") AS "gross_e6",
                      -1 AS "lost"
                    FROM (
                      SELECT
                        "t43"."customer_id",
                        "t43"."currency",
                        "t43"."arr_e6",
                        "t43"."from_month",
                        "t43"."to_month",
                        "t43"."until_month",
                        "t43"."begin",
                        "t32"."later_e6"
                      FROM (
                        SELECT
                          *
                        FROM "t38" AS "t39"
                        WHERE
                          "t39"."to_month" = "t39"."until_month"
                      ) AS "t43"
                      INNER JOIN (
                        SELECT
                          "t27"."customer_id" AS "payer",
                          "t27"."from_month" AS "taken",
                          "t27"."arr_e6" AS "later_e6"
                        FROM "t26" AS "t27"
                        WHERE
                          "t27"."from_month" <= 24311 AND "t27"."to_month" > 24288
                      ) AS "t32"
                        ON "t43"."customer_id" = "t32"."payer" AND "t43"."until_month" = "t32"."taken"
                    ) AS "t46"
                  ) AS "t49"
                  GROUP BY
                    1,
                    2,
                    3,
                    4
                ) AS "t53"
              ) AS "t54"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t47"."begin",
                    "t47"."currency",
                    "t47"."from_month" + 1 AS "from_month",
                    "t47"."to_month" + 1 AS "to_month",
                    "t47"."arr_e6" AS "opening_e6",
                    CAST(0 AS DECIMAL(38, 0)) AS "closing_e6",
                    CAST(0 AS DECIMAL(38, 0)) AS "gross_e6",
                    "t47"."customers",
                    "t47"."customers" AS "lost"
                  FROM "t45" AS "t47"
                ) AS "t50"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    "t47"."begin",
                    "t47"."currency",
                    "t47"."from_month" + 1 AS "from_month",
                    LEAST("t47"."to_month" + 1, "t47"."until_month") AS "to_month",
                    CAST(0 AS DECIMAL(38, 0)) AS "opening_e6",
                    "t47"."arr_e6" AS "closing_e6",
                    "t47"."arr_e6" AS "gross_e6",
                    CAST(0 AS BIGINT) AS "customers",
                    -(
                      "t47"."customers"
                    ) AS "lost"
                  FROM "t45" AS "t47"
                  WHERE
                    (
                      "t47"."from_month" + 1
                    ) < LEAST("t47"."to_month" + 1, "t47"."until_month")
                ) AS "t51"
              ) AS "t52"
            ) AS "t56"
            INNER JOIN (
              SELECT
                "t16"."rated",
                "t16"."at_month",
                "t16"."rate_e10"
              FROM (
                SELECT
                  "t1"."currency" AS "rated",
                  "t1"."month" + 1 AS "at_month",
                  "t1"."rate_e10"
                FROM "fx_month" AS "t1"
              ) AS "t16"
              SEMI JOIN (
                SELECT
                  "t3"."month" AS "at_month"
                FROM "calendar_month" AS "t3"
                WHERE
                  "t3"."month" IN (
                    24288,
                    24289,
                    24290,
                    24291,
                    24292,
                    24293,
                    24294,
                    24295,
                    24296,
                    24297,
                    24298,
                    24299,
                    24300,
                    24301,
                    24302,
                    24303,
                    24304,
                    24305,
                    24306,
                    24307,
                    24308,
                    24309,
                    24310,
                    24311
                  )
              ) AS "t17"
                ON "t16"."at_month" = "t17"."at_month"
            ) AS "t23"
              ON "t56"."currency" = "t23"."rated"
              AND "t56"."from_month" <= "t23"."at_month"
              AND "t23"."at_month" < "t56"."to_month"
          ) AS "t57"
          GROUP BY
            1,
            2
        ) AS "t58"
      ) AS "t59"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t40"."month",
            "t40"."begin",
            CAST(SUM("t40"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
            CAST(SUM("t40"."closing_e16") AS DECIMAL(38, 0)) AS "closing_e16",
            CAST(SUM(LEAST("t40"."opening_e16", "t40"."closing_e16")) AS DECIMAL(38, 0)) AS "gross_e16",
            COUNT(*) AS "customers",
            SUM(CAST("t40"."closing_e16" <= 0 AS INT)) AS "lost"
          FROM (
            SELECT
              "t36"."customer_id",
              "t36"."month",
              "t36"."opening_e16",
              COALESCE("t37"."closing_e16", CAST(0 AS DECIMAL(38, 0))) AS "closing_e16",
              "t36"."month" - 1 AS "key_month",
              "t14"."begin"
            FROM (
              SELECT
                "t28"."customer_id",
                "t28"."month",
                "t28"."worth" AS "opening_e16"
              FROM (
                SELECT
                  "t24"."customer_id",
                  "t24"."month",
                  CAST(SUM("t24"."worth") AS DECIMAL(38, 0)) AS "worth"
                FROM (
                  SELECT
                    "t4"."customer_id",
                    "t18"."month",
                    CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t9"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                  FROM "mrr_level" AS "t4"
                  SEMI JOIN (
                    SELECT
                      "t10"."customer_id"
                    FROM (
                      SELECT
                        "t2"."customer_id",
                        MIN("t2"."arr_e6") AS "least",
                        MIN("t2"."currency") AS "one",
                        MAX("t2"."currency") AS "other"
                      FROM "mrr_level" AS "t2"
                      GROUP BY
                        1
                    ) AS "t10"
                    WHERE
                      (
                        "t10"."least" <= 0
                      ) OR (
                        "t10"."one" <> "t10"."other"
                      )
                  ) AS "t21"
                    ON "t4"."customer_id" = "t21"."customer_id"
                  INNER JOIN (
                    SELECT
                      "t3"."month",
                      "t3"."month" - 1 AS "at",
                      "t3"."month" - 1 AS "rate_month"
                    FROM "calendar_month" AS "t3"
                    WHERE
                      "t3"."month" IN (
                        24288,
                        24289,
                        24290,
                        24291,
                        24292,
                        24293,
                        24294,
                        24295,
                        24296,
                        24297,
                        24298,
                        24299,
                        24300,
                        24301,
                        24302,
                        24303,
                        24304,
                        24305,
                        24306,
                        24307,
                        24308,
                        24309,
                        24310,
                        24311
                      )
                  ) AS "t18"
                    ON "t4"."from_month" <= "t18"."at" AND "t18"."at" < "t4"."to_month"
                  INNER JOIN (
                    SELECT
                      "t1"."currency",
                      "t1"."month" AS "rated",
                      "t1"."rate_e10"
                    FROM "fx_month" AS "t1"
                  ) AS "t9"
                    ON "t4"."currency" = "t9"."currency" AND "t18"."rate_month" = "t9"."rated"
                ) AS "t24"
                GROUP BY
                  1,
                  2
              ) AS "t28"
              WHERE
                "t28"."worth" > 0
            ) AS "t36"
            LEFT OUTER JOIN (
              SELECT
                "t29"."customer_id",
                "t29"."month",
                "t29"."worth" AS "closing_e16"
              FROM (
                SELECT
                  "t25"."customer_id",
                  "t25"."month",
                  CAST(SUM("t25"."worth") AS DECIMAL(38, 0)) AS "worth"
                FROM (
                  SELECT
                    "t4"."customer_id",
                    "t19"."month",
                    CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t9"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                  FROM "mrr_level" AS "t4"
                  SEMI JOIN (
                    SELECT
                      "t10"."customer_id"
                    FROM (
                      SELECT
                        "t2"."customer_id",
                        MIN("t2"."arr_e6") AS "least",
                        MIN("t2"."currency") AS "one",
                        MAX("t2"."currency") AS "other"
                      FROM "mrr_level" AS "t2"
                      GROUP BY
                        1
                    ) AS "t10"
                    WHERE
                      (
                        "t10"."least" <= 0
                      ) OR (
                        "t10"."one" <> "t10"."other"
                      )
                  ) AS "t21"
                    ON "t4"."customer_id" = "t21"."customer_id"
                  INNER JOIN (
                    SELECT
                      "t3"."month",
                      "t3"."month" AS "at",
                      "t3"."month" - 1 AS "rate_month"
                    FROM "calendar_month" AS "t3"
                    WHERE
                      "t3"."month" IN (
                        24288,
                        24289,
                        24290,
                        24291,
                        24292,
                        24293,
                        24294,
                        24295,
                        24296,
                        24297,
                        24298,
                        24299,
                        24300,
                        24301,
                        24302,
                        24303,
                        24304,
                        24305,
                        24306,
                        24307,
                        24308,
                        24309,
                        24310,
                        24311
                      )
                  ) AS "t19"
                    ON "t4"."from_month" <= "t19"."at" AND "t19"."at" < "t4"."to_month"
                  INNER JOIN (
                    SELECT
                      "t1"."currency",
                      "t1"."month" AS "rated",
                      "t1"."rate_e10"
                    FROM "fx_month" AS "t1"
                  ) AS "t9"
                    ON "t4"."currency" = "t9"."currency" AND "t19"."rate_month" = "t9"."rated"
                ) AS "t25"
                GROUP BY
                  1,
                  2
              ) AS "t29"
              WHERE
                "t29"."worth" > 0
            ) AS "t37"
              ON "t36"."customer_id" = "t37"."customer_id" AND "t36"."month" = "t37"."month"
            INNER JOIN "t5" AS "t14"
              ON "t36"."customer_id" = "t14"."customer_id"
          ) AS "t40"
          GROUP BY
            1,
            2
        ) AS "t44"
      ) AS "t48"
    ) AS "t60"
    GROUP BY
      1,
      2
  ) AS "t61"
) AS "t62"
GROUP BY
  1,
  2
