SELECT
  "t0"."review_id",
  "t0"."conversation_id",
  "t0"."reviewer_id",
  "t0"."person_id",
  "t0"."at",
  "t0"."sampling",
  "t0"."probability",
  "t0"."pair_id",
  "t0"."criterion",
  "t0"."score",
  "t0"."max_score"
FROM "review" AS "t0"
WHERE
  "t0"."at" >= MAKE_TIMESTAMP(2025, 7, 1, 0, 0, 0.0)
  AND "t0"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
  AND "t0"."max_score" > 0
ORDER BY
  "t0"."review_id" ASC,
  "t0"."criterion" ASC
