SELECT
  *
FROM (
  SELECT
    "t1"."person_id",
    "t1"."coach_id",
    MAX("t1"."at") AS "last_at",
    SUM("t1"."inside") AS "n"
  FROM (
    SELECT
      "t0"."coaching_id",
      "t0"."person_id",
      "t0"."coach_id",
      "t0"."at",
      "t0"."review_id",
      "t0"."recorded_at",
      "t0"."source",
      "t0"."url",
      CASE WHEN "t0"."at" >= MAKE_TIMESTAMP(2025, 7, 1, 0, 0, 0.0) THEN 1 ELSE 0 END AS "inside"
    FROM "coaching" AS "t0"
    WHERE
      "t0"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
  ) AS "t1"
  GROUP BY
    1,
    2
) AS "t2"
ORDER BY
  "t2"."person_id" ASC,
  "t2"."coach_id" ASC
