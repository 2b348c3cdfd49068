SELECT
  *
FROM "fx_month" AS "t0"
WHERE
  "t0"."month" <= 24311
