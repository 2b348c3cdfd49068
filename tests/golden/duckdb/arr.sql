SELECT
  "t11"."month",
  CAST(SUM("t11"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
  COUNT(*) AS "customers"
FROM (
  SELECT
    "t10"."customer_id",
    "t10"."month",
    "t10"."base_e16",
    "t10"."month" AS "key_month"
  FROM (
    SELECT
      "t9"."customer_id",
      "t9"."month",
      CAST(SUM("t9"."worth") AS DECIMAL(38, 0)) AS "base_e16"
    FROM (
      SELECT
        "t8"."customer_id",
        "t8"."currency",
        "t8"."arr_e6",
        "t8"."from_month",
        "t8"."to_month",
        "t8"."month",
        "t8"."at",
        "t8"."rate_month",
        "t8"."rated",
        "t8"."rate_e10",
        CAST("t8"."arr_e6" AS DECIMAL(38, 0)) * CAST("t8"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
      FROM (
        SELECT
          "t3"."customer_id",
          "t3"."currency",
          "t3"."arr_e6",
          "t3"."from_month",
          "t3"."to_month",
          "t7"."month",
          "t7"."at",
          "t7"."rate_month",
          "t6"."rated",
          "t6"."rate_e10"
        FROM "mrr_level" AS "t3"
        INNER JOIN (
          SELECT
            "t1"."month",
            "t1"."month" AS "at",
            "t1"."month" AS "rate_month"
          FROM "calendar_month" AS "t1"
          WHERE
            "t1"."month" IN (24310, 24311)
        ) AS "t7"
          ON "t3"."from_month" <= "t7"."at" AND "t7"."at" < "t3"."to_month"
        INNER JOIN (
          SELECT
            "t2"."currency",
            "t2"."month" AS "rated",
            "t2"."rate_e10"
          FROM "fx_month" AS "t2"
        ) AS "t6"
          ON "t3"."currency" = "t6"."currency" AND "t7"."rate_month" = "t6"."rated"
      ) AS "t8"
    ) AS "t9"
    GROUP BY
      1,
      2
  ) AS "t10"
  WHERE
    "t10"."base_e16" > 0
) AS "t11"
GROUP BY
  1
