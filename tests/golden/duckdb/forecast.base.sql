SELECT
  "t22"."age",
  COUNT(*) AS "n",
  CAST(SUM("t22"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    "t21"."customer_id",
    "t21"."month",
    "t21"."base_e16",
    "t21"."first_month",
    "t21"."begin",
    "t21"."month" AS "key_month",
    "t21"."month" - "t21"."begin" AS "age"
  FROM (
    SELECT
      "t20"."customer_id",
      "t20"."month",
      "t20"."base_e16",
      "t7"."first_month",
      "t7"."begin"
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
            "t11"."month",
            CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t10"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
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
          ) AS "t13"
            ON "t4"."customer_id" = "t13"."customer_id"
          INNER JOIN (
            SELECT
              "t2"."month",
              "t2"."month" AS "at",
              "t2"."month" AS "rate_month"
            FROM "calendar_month" AS "t2"
            WHERE
              "t2"."month" IN (24311)
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
        ) AS "t14"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t15"."customer_id",
              "t15"."month",
              CAST(SUM("t15"."worth") AS DECIMAL(38, 0)) AS "worth"
            FROM (
              SELECT
                "t4"."customer_id",
                "t11"."month",
                CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t10"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
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
              ) AS "t13"
                ON "t4"."customer_id" = "t13"."customer_id"
              INNER JOIN (
                SELECT
                  "t2"."month",
                  "t2"."month" AS "at",
                  "t2"."month" AS "rate_month"
                FROM "calendar_month" AS "t2"
                WHERE
                  "t2"."month" IN (24311)
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
            ) AS "t15"
            GROUP BY
              1,
              2
          ) AS "t16"
          WHERE
            "t16"."worth" > 0
        ) AS "t17"
      ) AS "t18"
    ) AS "t20"
    INNER JOIN (
      SELECT
        "t0"."customer_id",
        "t0"."first_month",
        "t0"."first_month" AS "begin"
      FROM "customer_start" AS "t0"
    ) AS "t7"
      ON "t20"."customer_id" = "t7"."customer_id"
  ) AS "t21"
) AS "t22"
GROUP BY
  1
