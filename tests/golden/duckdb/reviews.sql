SELECT
  *
FROM (
  SELECT
    "t5"."review_id",
    "t5"."conversation_id",
    "t5"."reviewer_id",
    "t5"."person_id",
    "t5"."at",
    "t5"."sampling",
    "t5"."probability",
    "t5"."pair_id",
    "t5"."criterion",
    "t5"."score",
    "t5"."max_score",
    COALESCE("t4"."team", '(none)') AS "team"
  FROM (
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
  ) AS "t5"
  LEFT OUTER JOIN (
    SELECT
      "t1"."team",
      "t1"."person_id" AS "who"
    FROM "person" AS "t1"
  ) AS "t4"
    ON "t5"."person_id" = "t4"."who"
) AS "t6"
ORDER BY
  "t6"."review_id" ASC,
  "t6"."criterion" ASC
