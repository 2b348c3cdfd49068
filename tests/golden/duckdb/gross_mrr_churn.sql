SELECT
  "t20"."month",
  CAST(SUM("t20"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t20"."closing_e16") AS DECIMAL(38, 0)) AS "closing_e16",
  CAST(SUM(LEAST("t20"."opening_e16", "t20"."closing_e16")) AS DECIMAL(38, 0)) AS "gross_e16",
  COUNT(*) AS "customers",
  SUM(CAST("t20"."closing_e16" <= 0 AS INT)) AS "lost"
FROM (
  SELECT
    "t18"."customer_id",
    "t18"."month",
    "t18"."opening_e16",
    COALESCE("t19"."closing_e16", CAST(0 AS DECIMAL(38, 0))) AS "closing_e16",
    "t18"."month" - 1 AS "key_month"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t12"."customer_id",
        "t12"."month",
        CAST(SUM("t12"."worth") AS DECIMAL(38, 0)) AS "opening_e16"
      FROM (
        SELECT
          "t10"."customer_id",
          "t10"."currency",
          "t10"."arr_e6",
          "t10"."from_month",
          "t10"."to_month",
          "t10"."month",
          "t10"."at",
          "t10"."rate_month",
          "t10"."rated",
          "t10"."rate_e10",
          CAST("t10"."arr_e6" AS DECIMAL(38, 0)) * CAST("t10"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
        FROM (
          SELECT
            "t3"."customer_id",
            "t3"."currency",
            "t3"."arr_e6",
            "t3"."from_month",
            "t3"."to_month",
            "t8"."month",
            "t8"."at",
            "t8"."rate_month",
            "t7"."rated",
            "t7"."rate_e10"
          FROM "mrr_level" AS "t3"
          INNER JOIN (
            SELECT
              "t1"."month",
              "t1"."month" - 1 AS "at",
              "t1"."month" - 1 AS "rate_month"
            FROM "calendar_month" AS "t1"
            WHERE
              "t1"."month" IN (24310, 24311)
          ) AS "t8"
            ON "t3"."from_month" <= "t8"."at" AND "t8"."at" < "t3"."to_month"
          INNER JOIN (
            SELECT
              "t2"."currency",
              "t2"."month" AS "rated",
              "t2"."rate_e10"
            FROM "fx_month" AS "t2"
          ) AS "t7"
            ON "t3"."currency" = "t7"."currency" AND "t8"."rate_month" = "t7"."rated"
        ) AS "t10"
      ) AS "t12"
      GROUP BY
        1,
        2
    ) AS "t14"
    WHERE
      "t14"."opening_e16" > 0
  ) AS "t18"
  LEFT OUTER JOIN (
    SELECT
      *
    FROM (
      SELECT
        "t13"."customer_id",
        "t13"."month",
        CAST(SUM("t13"."worth") AS DECIMAL(38, 0)) AS "closing_e16"
      FROM (
        SELECT
          "t11"."customer_id",
          "t11"."currency",
          "t11"."arr_e6",
          "t11"."from_month",
          "t11"."to_month",
          "t11"."month",
          "t11"."at",
          "t11"."rate_month",
          "t11"."rated",
          "t11"."rate_e10",
          CAST("t11"."arr_e6" AS DECIMAL(38, 0)) * CAST("t11"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
        FROM (
          SELECT
            "t3"."customer_id",
            "t3"."currency",
            "t3"."arr_e6",
            "t3"."from_month",
            "t3"."to_month",
            "t9"."month",
            "t9"."at",
            "t9"."rate_month",
            "t7"."rated",
            "t7"."rate_e10"
          FROM "mrr_level" AS "t3"
          INNER JOIN (
            SELECT
              "t1"."month",
              "t1"."month" AS "at",
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
          ) AS "t7"
            ON "t3"."currency" = "t7"."currency" AND "t9"."rate_month" = "t7"."rated"
        ) AS "t11"
      ) AS "t13"
      GROUP BY
        1,
        2
    ) AS "t15"
    WHERE
      "t15"."closing_e16" > 0
  ) AS "t19"
    ON "t18"."customer_id" = "t19"."customer_id" AND "t18"."month" = "t19"."month"
) AS "t20"
GROUP BY
  1
