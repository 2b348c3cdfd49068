SELECT
  "t25"."month",
  CAST(SUM("t25"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t25"."closing_e16") AS DECIMAL(38, 0)) AS "closing_e16",
  CAST(SUM(LEAST("t25"."opening_e16", "t25"."closing_e16")) AS DECIMAL(38, 0)) AS "gross_e16",
  COUNT(*) AS "customers",
  SUM(CAST("t25"."closing_e16" <= 0 AS INT)) AS "lost"
FROM (
  SELECT
    "t23"."customer_id",
    "t23"."month",
    "t23"."opening_e16",
    COALESCE("t24"."closing_e16", CAST(0 AS DECIMAL(38, 0))) AS "closing_e16",
    "t23"."month" - 1 AS "key_month"
  FROM (
    SELECT
      "t19"."customer_id",
      "t19"."month",
      "t19"."worth" AS "opening_e16"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t3"."customer_id",
          "t9"."month",
          CAST("t3"."arr_e6" AS DECIMAL(38, 0)) * CAST("t8"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
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
        ) AS "t12"
          ON "t3"."customer_id" = "t12"."customer_id"
        INNER JOIN (
          SELECT
            "t1"."month",
            "t1"."month" - 1 AS "at",
            "t1"."month" - 1 AS "rate_month"
          FROM "calendar_month" AS "t1"
          WHERE
            "t1"."month" IN (24310, 24311)
        ) AS "t9"
          ON "t3"."from_month" <= "t9"."at" AND "t9"."at" < "t3"."to_month"
        INNER JOIN (
          SELECT
            "t2"."currency",
            "t2"."month" AS "rated",
            "t2"."rate_e10"
          FROM "fx_month" AS "t2"
        ) AS "t8"
          ON "t3"."currency" = "t8"."currency" AND "t9"."rate_month" = "t8"."rated"
      ) AS "t13"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t15"."customer_id",
          "t15"."month",
          CAST(SUM("t15"."worth") AS DECIMAL(38, 0)) AS "worth"
        FROM (
          SELECT
            "t3"."customer_id",
            "t9"."month",
            CAST("t3"."arr_e6" AS DECIMAL(38, 0)) * CAST("t8"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
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
          ) AS "t12"
            ON "t3"."customer_id" = "t12"."customer_id"
          INNER JOIN (
            SELECT
              "t1"."month",
              "t1"."month" - 1 AS "at",
              "t1"."month" - 1 AS "rate_month"
            FROM "calendar_month" AS "t1"
            WHERE
              "t1"."month" IN (24310, 24311)
          ) AS "t9"
            ON "t3"."from_month" <= "t9"."at" AND "t9"."at" < "t3"."to_month"
          INNER JOIN (
            SELECT
              "t2"."currency",
              "t2"."month" AS "rated",
              "t2"."rate_e10"
            FROM "fx_month" AS "t2"
          ) AS "t8"
            ON "t3"."currency" = "t8"."currency" AND "t9"."rate_month" = "t8"."rated"
        ) AS "t15"
        GROUP BY
          1,
          2
      ) AS "t17"
    ) AS "t19"
    WHERE
      "t19"."worth" > 0
  ) AS "t23"
  LEFT OUTER JOIN (
    SELECT
      "t20"."customer_id",
      "t20"."month",
      "t20"."worth" AS "closing_e16"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t3"."customer_id",
          "t10"."month",
          CAST("t3"."arr_e6" AS DECIMAL(38, 0)) * CAST("t8"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
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
        ) AS "t12"
          ON "t3"."customer_id" = "t12"."customer_id"
        INNER JOIN (
          SELECT
            "t1"."month",
            "t1"."month" AS "at",
            "t1"."month" - 1 AS "rate_month"
          FROM "calendar_month" AS "t1"
          WHERE
            "t1"."month" IN (24310, 24311)
        ) AS "t10"
          ON "t3"."from_month" <= "t10"."at" AND "t10"."at" < "t3"."to_month"
        INNER JOIN (
          SELECT
            "t2"."currency",
            "t2"."month" AS "rated",
            "t2"."rate_e10"
          FROM "fx_month" AS "t2"
        ) AS "t8"
          ON "t3"."currency" = "t8"."currency" AND "t10"."rate_month" = "t8"."rated"
      ) AS "t14"
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
            "t3"."customer_id",
            "t10"."month",
            CAST("t3"."arr_e6" AS DECIMAL(38, 0)) * CAST("t8"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
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
          ) AS "t12"
            ON "t3"."customer_id" = "t12"."customer_id"
          INNER JOIN (
            SELECT
              "t1"."month",
              "t1"."month" AS "at",
              "t1"."month" - 1 AS "rate_month"
            FROM "calendar_month" AS "t1"
            WHERE
              "t1"."month" IN (24310, 24311)
          ) AS "t10"
            ON "t3"."from_month" <= "t10"."at" AND "t10"."at" < "t3"."to_month"
          INNER JOIN (
            SELECT
              "t2"."currency",
              "t2"."month" AS "rated",
              "t2"."rate_e10"
            FROM "fx_month" AS "t2"
          ) AS "t8"
            ON "t3"."currency" = "t8"."currency" AND "t10"."rate_month" = "t8"."rated"
        ) AS "t16"
        GROUP BY
          1,
          2
      ) AS "t18"
    ) AS "t20"
    WHERE
      "t20"."worth" > 0
  ) AS "t24"
    ON "t23"."customer_id" = "t24"."customer_id" AND "t23"."month" = "t24"."month"
) AS "t25"
GROUP BY
  1
