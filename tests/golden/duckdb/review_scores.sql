SELECT
  "t6"."review_id",
  "t6"."conversation_id",
  "t6"."reviewer_id",
  "t6"."person_id",
  "t6"."at",
  "t6"."sampling",
  "t6"."probability",
  "t6"."pair_id",
  "t6"."criterion",
  "t6"."score",
  "t6"."max_score",
  "t6"."customer_id"
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
    "t4"."customer_id",
    "t4"."channel",
    "t4"."category",
    (
      (
        CAST(EXTRACT(year FROM "t5"."at") AS BIGINT) * 12
      ) + CAST(EXTRACT(month FROM "t5"."at") AS BIGINT)
    ) - 1 AS "key_month"
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
      "t1"."customer_id",
      "t1"."channel",
      "t1"."category",
      "t1"."conversation_id" AS "talk"
    FROM "conversation" AS "t1"
  ) AS "t4"
    ON "t5"."conversation_id" = "t4"."talk"
) AS "t6"
ORDER BY
  "t6"."review_id" ASC,
  "t6"."criterion" ASC
