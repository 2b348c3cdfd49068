SELECT
  COUNT(*) AS "customer_months"
FROM (
  SELECT DISTINCT
    *
  FROM (
    SELECT
      "t4"."customer_id",
      "t5"."at",
      24309 AS "key_month"
    FROM (
      SELECT
        *
      FROM "mrr_level" AS "t0"
      WHERE
        "t0"."arr_e6" > 0
    ) AS "t4"
    INNER JOIN (
      SELECT
        "t1"."month" AS "at"
      FROM "calendar_month" AS "t1"
      WHERE
        "t1"."month" IN (24309, 24310, 24311)
    ) AS "t5"
      ON "t4"."from_month" <= "t5"."at" AND "t5"."at" < "t4"."to_month"
  ) AS "t6"
) AS "t7"
