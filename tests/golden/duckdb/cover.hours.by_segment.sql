SELECT
  "t0"."calendar",
  "t0"."from_s",
  "t0"."to_s"
FROM "open_hours" AS "t0"
WHERE
  "t0"."to_s" > 1759276800 AND "t0"."from_s" < 1767225600
ORDER BY
  "t0"."calendar" ASC,
  "t0"."from_s" ASC
