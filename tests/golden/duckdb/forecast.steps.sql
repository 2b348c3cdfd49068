SELECT
  "t29"."month",
  "t29"."age",
  COUNT(*) AS "n",
  CAST(SUM("t29"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t29"."closing_e16") AS DECIMAL(38, 0)) AS "closing_e16"
FROM (
  SELECT
    "t28"."customer_id",
    "t28"."month",
    "t28"."opening_e16",
    "t28"."closing_e16",
    "t28"."month" - 1 AS "key_month",
    "t28"."first_month",
    "t28"."begin",
    "t28"."month" - "t28"."begin" AS "age"
  FROM (
    SELECT
      "t26"."customer_id",
      "t26"."month",
      "t26"."opening_e16",
      COALESCE("t27"."closing_e16", CAST(0 AS DECIMAL(38, 0))) AS "closing_e16",
      "t26"."month" - 1 AS "key_month",
      "t7"."first_month",
      "t7"."begin"
    FROM (
      SELECT
        "t22"."customer_id",
        "t22"."month",
        "t22"."worth" AS "opening_e16"
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
              "t8"."customer_id"
            FROM (
              SELECT
                "t1"."customer_id",
                MIN("t1"."arr_e6") AS "least",
                MIN("t1"."currency") AS "one",
                MAX("t1"."currency") AS "other"
              FROM "mrr_level" AS "t1"
              GROUP BY
                1
            ) AS "t8"
            WHERE
              (
                "t8"."least" <= 0
              ) OR (
                "t8"."one" <> "t8"."other"
              )
          ) AS "t15"
            ON "t4"."customer_id" = "t15"."customer_id"
          INNER JOIN (
            SELECT
              "t2"."month",
              "t2"."month" - 1 AS "at",
              "t2"."month" - 1 AS "rate_month"
            FROM "calendar_month" AS "t2"
            WHERE
              "t2"."month" IN (
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
              "t12"."month",
              CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t11"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
            FROM "mrr_level" AS "t4"
            SEMI JOIN (
              SELECT
                "t8"."customer_id"
              FROM (
                SELECT
                  "t1"."customer_id",
                  MIN("t1"."arr_e6") AS "least",
                  MIN("t1"."currency") AS "one",
                  MAX("t1"."currency") AS "other"
                FROM "mrr_level" AS "t1"
                GROUP BY
                  1
              ) AS "t8"
              WHERE
                (
                  "t8"."least" <= 0
                ) OR (
                  "t8"."one" <> "t8"."other"
                )
            ) AS "t15"
              ON "t4"."customer_id" = "t15"."customer_id"
            INNER JOIN (
              SELECT
                "t2"."month",
                "t2"."month" - 1 AS "at",
                "t2"."month" - 1 AS "rate_month"
              FROM "calendar_month" AS "t2"
              WHERE
                "t2"."month" IN (
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
          ) AS "t18"
          GROUP BY
            1,
            2
        ) AS "t20"
      ) AS "t22"
      WHERE
        "t22"."worth" > 0
    ) AS "t26"
    LEFT OUTER JOIN (
      SELECT
        "t23"."customer_id",
        "t23"."month",
        "t23"."worth" AS "closing_e16"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t4"."customer_id",
            "t13"."month",
            CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t11"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
          FROM "mrr_level" AS "t4"
          ANTI JOIN (
            SELECT
              "t8"."customer_id"
            FROM (
              SELECT
                "t1"."customer_id",
                MIN("t1"."arr_e6") AS "least",
                MIN("t1"."currency") AS "one",
                MAX("t1"."currency") AS "other"
              FROM "mrr_level" AS "t1"
              GROUP BY
                1
            ) AS "t8"
            WHERE
              (
                "t8"."least" <= 0
              ) OR (
                "t8"."one" <> "t8"."other"
              )
          ) AS "t15"
            ON "t4"."customer_id" = "t15"."customer_id"
          INNER JOIN (
            SELECT
              "t2"."month",
              "t2"."month" AS "at",
              "t2"."month" - 1 AS "rate_month"
            FROM "calendar_month" AS "t2"
            WHERE
              "t2"."month" IN (
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
          ) AS "t13"
            ON "t4"."from_month" <= "t13"."at" AND "t13"."at" < "t4"."to_month"
          INNER JOIN (
            SELECT
              "t3"."currency",
              "t3"."month" AS "rated",
              "t3"."rate_e10"
            FROM "fx_month" AS "t3"
          ) AS "t11"
            ON "t4"."currency" = "t11"."currency" AND "t13"."rate_month" = "t11"."rated"
        ) AS "t17"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t19"."customer_id",
            "t19"."month",
            CAST(SUM("t19"."worth") AS DECIMAL(38, 0)) AS "worth"
          FROM (
            SELECT
              "t4"."customer_id",
              "t13"."month",
              CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t11"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
            FROM "mrr_level" AS "t4"
            SEMI JOIN (
              SELECT
                "t8"."customer_id"
              FROM (
                SELECT
                  "t1"."customer_id",
                  MIN("t1"."arr_e6") AS "least",
                  MIN("t1"."currency") AS "one",
                  MAX("t1"."currency") AS "other"
                FROM "mrr_level" AS "t1"
                GROUP BY
                  1
              ) AS "t8"
              WHERE
                (
                  "t8"."least" <= 0
                ) OR (
                  "t8"."one" <> "t8"."other"
                )
            ) AS "t15"
              ON "t4"."customer_id" = "t15"."customer_id"
            INNER JOIN (
              SELECT
                "t2"."month",
                "t2"."month" AS "at",
                "t2"."month" - 1 AS "rate_month"
              FROM "calendar_month" AS "t2"
              WHERE
                "t2"."month" IN (
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
            ) AS "t13"
              ON "t4"."from_month" <= "t13"."at" AND "t13"."at" < "t4"."to_month"
            INNER JOIN (
              SELECT
                "t3"."currency",
                "t3"."month" AS "rated",
                "t3"."rate_e10"
              FROM "fx_month" AS "t3"
            ) AS "t11"
              ON "t4"."currency" = "t11"."currency" AND "t13"."rate_month" = "t11"."rated"
          ) AS "t19"
          GROUP BY
            1,
            2
        ) AS "t21"
      ) AS "t23"
      WHERE
        "t23"."worth" > 0
    ) AS "t27"
      ON "t26"."customer_id" = "t27"."customer_id" AND "t26"."month" = "t27"."month"
    INNER JOIN (
      SELECT
        "t0"."customer_id",
        "t0"."first_month",
        "t0"."first_month" AS "begin"
      FROM "customer_start" AS "t0"
    ) AS "t7"
      ON "t26"."customer_id" = "t7"."customer_id"
  ) AS "t28"
) AS "t29"
GROUP BY
  1,
  2
