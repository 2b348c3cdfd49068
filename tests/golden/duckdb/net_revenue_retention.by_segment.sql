SELECT
  "t36"."month",
  "t36"."slice",
  CAST(SUM("t36"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t36"."closing_e16") AS DECIMAL(38, 0)) AS "closing_e16",
  CAST(SUM(LEAST("t36"."opening_e16", "t36"."closing_e16")) AS DECIMAL(38, 0)) AS "gross_e16",
  COUNT(*) AS "customers",
  SUM(CAST("t36"."closing_e16" <= 0 AS INT)) AS "lost"
FROM (
  SELECT
    "t35".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t34"."customer_id",
      "t34"."month",
      "t34"."opening_e16",
      "t34"."closing_e16",
      "t34"."key_month",
      "t34"."moment",
      COALESCE("t34"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t33"."customer_id",
        "t33"."month",
        "t33"."opening_e16",
        "t33"."closing_e16",
        "t33"."key_month",
        "t33"."moment",
        "t14"."trait_customer",
        "t14"."trait_value",
        "t14"."trait_from",
        "t14"."trait_to"
      FROM (
        SELECT
          "t31"."customer_id",
          "t31"."month",
          "t31"."opening_e16",
          "t31"."closing_e16",
          "t31"."key_month",
          GREATEST("t31"."key_month", COALESCE("t31"."began", "t31"."key_month")) AS "moment"
        FROM (
          SELECT
            "t29"."customer_id",
            "t29"."month",
            "t29"."opening_e16",
            COALESCE("t30"."closing_e16", CAST(0 AS DECIMAL(38, 0))) AS "closing_e16",
            "t29"."month" - 12 AS "key_month",
            "t9"."starter",
            "t9"."began"
          FROM (
            SELECT
              "t25"."customer_id",
              "t25"."month",
              "t25"."worth" AS "opening_e16"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t5"."customer_id",
                  "t15"."month",
                  CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t13"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                FROM "mrr_level" AS "t5"
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
                ) AS "t18"
                  ON "t5"."customer_id" = "t18"."customer_id"
                INNER JOIN (
                  SELECT
                    "t3"."month",
                    "t3"."month" - 12 AS "at",
                    "t3"."month" - 12 AS "rate_month"
                  FROM "calendar_month" AS "t3"
                  WHERE
                    "t3"."month" IN (24310, 24311)
                ) AS "t15"
                  ON "t5"."from_month" <= "t15"."at" AND "t15"."at" < "t5"."to_month"
                INNER JOIN (
                  SELECT
                    "t4"."currency",
                    "t4"."month" AS "rated",
                    "t4"."rate_e10"
                  FROM "fx_month" AS "t4"
                ) AS "t13"
                  ON "t5"."currency" = "t13"."currency" AND "t15"."rate_month" = "t13"."rated"
              ) AS "t19"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t21"."customer_id",
                  "t21"."month",
                  CAST(SUM("t21"."worth") AS DECIMAL(38, 0)) AS "worth"
                FROM (
                  SELECT
                    "t5"."customer_id",
                    "t15"."month",
                    CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t13"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                  FROM "mrr_level" AS "t5"
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
                  ) AS "t18"
                    ON "t5"."customer_id" = "t18"."customer_id"
                  INNER JOIN (
                    SELECT
                      "t3"."month",
                      "t3"."month" - 12 AS "at",
                      "t3"."month" - 12 AS "rate_month"
                    FROM "calendar_month" AS "t3"
                    WHERE
                      "t3"."month" IN (24310, 24311)
                  ) AS "t15"
                    ON "t5"."from_month" <= "t15"."at" AND "t15"."at" < "t5"."to_month"
                  INNER JOIN (
                    SELECT
                      "t4"."currency",
                      "t4"."month" AS "rated",
                      "t4"."rate_e10"
                    FROM "fx_month" AS "t4"
                  ) AS "t13"
                    ON "t5"."currency" = "t13"."currency" AND "t15"."rate_month" = "t13"."rated"
                ) AS "t21"
                GROUP BY
                  1,
                  2
              ) AS "t23"
            ) AS "t25"
            WHERE
              "t25"."worth" > 0
          ) AS "t29"
          LEFT OUTER JOIN (
            SELECT
              "t26"."customer_id",
              "t26"."month",
              "t26"."worth" AS "closing_e16"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t5"."customer_id",
                  "t16"."month",
                  CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t13"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                FROM "mrr_level" AS "t5"
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
                ) AS "t18"
                  ON "t5"."customer_id" = "t18"."customer_id"
                INNER JOIN (
                  SELECT
                    "t3"."month",
                    "t3"."month" AS "at",
                    "t3"."month" - 12 AS "rate_month"
                  FROM "calendar_month" AS "t3"
                  WHERE
                    "t3"."month" IN (24310, 24311)
                ) AS "t16"
                  ON "t5"."from_month" <= "t16"."at" AND "t16"."at" < "t5"."to_month"
                INNER JOIN (
                  SELECT
                    "t4"."currency",
                    "t4"."month" AS "rated",
                    "t4"."rate_e10"
                  FROM "fx_month" AS "t4"
                ) AS "t13"
                  ON "t5"."currency" = "t13"."currency" AND "t16"."rate_month" = "t13"."rated"
              ) AS "t20"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t22"."customer_id",
                  "t22"."month",
                  CAST(SUM("t22"."worth") AS DECIMAL(38, 0)) AS "worth"
                FROM (
                  SELECT
                    "t5"."customer_id",
                    "t16"."month",
                    CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t13"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                  FROM "mrr_level" AS "t5"
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
                  ) AS "t18"
                    ON "t5"."customer_id" = "t18"."customer_id"
                  INNER JOIN (
                    SELECT
                      "t3"."month",
                      "t3"."month" AS "at",
                      "t3"."month" - 12 AS "rate_month"
                    FROM "calendar_month" AS "t3"
                    WHERE
                      "t3"."month" IN (24310, 24311)
                  ) AS "t16"
                    ON "t5"."from_month" <= "t16"."at" AND "t16"."at" < "t5"."to_month"
                  INNER JOIN (
                    SELECT
                      "t4"."currency",
                      "t4"."month" AS "rated",
                      "t4"."rate_e10"
                    FROM "fx_month" AS "t4"
                  ) AS "t13"
                    ON "t5"."currency" = "t13"."currency" AND "t16"."rate_month" = "t13"."rated"
                ) AS "t22"
                GROUP BY
                  1,
                  2
              ) AS "t24"
            ) AS "t26"
            WHERE
              "t26"."worth" > 0
          ) AS "t30"
            ON "t29"."customer_id" = "t30"."customer_id" AND "t29"."month" = "t30"."month"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t9"
            ON "t29"."customer_id" = "t9"."starter"
        ) AS "t31"
      ) AS "t33"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t14"
        ON "t33"."customer_id" = "t14"."trait_customer"
        AND "t33"."moment" >= "t14"."trait_from"
        AND "t33"."moment" < "t14"."trait_to"
    ) AS "t34"
  ) AS "t35"
) AS "t36"
GROUP BY
  1,
  2
