SELECT
  COUNT(DISTINCT "t12"."customer_id") AS "customers"
FROM (
  SELECT
    "t11"."review_id",
    "t11"."conversation_id",
    "t11"."reviewer_id",
    "t11"."person_id",
    "t11"."at",
    "t11"."sampling",
    "t11"."probability",
    "t11"."pair_id",
    "t11"."criterion",
    "t11"."score",
    "t11"."max_score",
    "t11"."team",
    "t5"."customer_id",
    "t5"."talk"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t8"."review_id",
        "t8"."conversation_id",
        "t8"."reviewer_id",
        "t8"."person_id",
        "t8"."at",
        "t8"."sampling",
        "t8"."probability",
        "t8"."pair_id",
        "t8"."criterion",
        "t8"."score",
        "t8"."max_score",
        COALESCE("t7"."team", '(none)') AS "team"
      FROM (
        SELECT
          "t1"."review_id",
          "t1"."conversation_id",
          "t1"."reviewer_id",
          "t1"."person_id",
          "t1"."at",
          "t1"."sampling",
          "t1"."probability",
          "t1"."pair_id",
          "t1"."criterion",
          "t1"."score",
          "t1"."max_score"
        FROM "review" AS "t1"
        WHERE
          "t1"."at" >= MAKE_TIMESTAMP(2025, 7, 1, 0, 0, 0.0)
          AND "t1"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
          AND "t1"."max_score" > 0
        ORDER BY
          "t1"."review_id" ASC,
          "t1"."criterion" ASC
      ) AS "t8"
      LEFT OUTER JOIN (
        SELECT
          "t2"."team",
          "t2"."person_id" AS "who"
        FROM "person" AS "t2"
      ) AS "t7"
        ON "t8"."person_id" = "t7"."who"
    ) AS "t9"
    ORDER BY
      "t9"."review_id" ASC,
      "t9"."criterion" ASC
  ) AS "t11"
  LEFT OUTER JOIN (
    SELECT
      "t0"."customer_id",
      "t0"."conversation_id" AS "talk"
    FROM "conversation" AS "t0"
  ) AS "t5"
    ON "t11"."conversation_id" = "t5"."talk"
) AS "t12"
