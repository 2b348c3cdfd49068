SELECT
  "t0"."customer_id",
  "t0"."day",
  (
    "t0"."month" + 0
  ) - (
    (
      "t0"."month" - 24310
    ) % 1
  ) AS "month",
  "t0"."kind",
  "t0"."cause",
  "t0"."currency",
  "t0"."amount_e6",
  "t0"."base_e16",
  (
    (
      "t0"."month" + 0
    ) - (
      (
        "t0"."month" - 24310
      ) % 1
    )
  ) - 1 AS "key_month"
FROM "movement" AS "t0"
WHERE
  "t0"."month" >= 24310 AND "t0"."month" <= 24311
ORDER BY
  "t0"."day" ASC,
  "t0"."customer_id" ASC
