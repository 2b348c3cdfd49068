SELECT DISTINCT
  "t7"."conversation_id"
FROM (
  SELECT
    "t6"."conversation_id",
    "t6"."at",
    "t6"."words",
    ROW_NUMBER() OVER (
      PARTITION BY "t6"."conversation_id"
      ORDER BY "t6"."at" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "nth"
  FROM (
    SELECT
      "t4"."conversation_id",
      "t4"."at",
      LOWER("t4"."body") AS "words"
    FROM (
      SELECT
        *
      FROM "message" AS "t0"
      WHERE
        "t0"."author_kind" = 'human'
        AND "t0"."is_public"
        AND "t0"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
    ) AS "t4"
    SEMI JOIN (
      SELECT DISTINCT
        "t1"."conversation_id"
      FROM "review" AS "t1"
      WHERE
        "t1"."at" >= MAKE_TIMESTAMP(2025, 7, 1, 0, 0, 0.0)
        AND "t1"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
        AND "t1"."max_score" > 0
      ORDER BY
        "t1"."review_id" ASC,
        "t1"."criterion" ASC
    ) AS "t5"
      ON "t4"."conversation_id" = "t5"."conversation_id"
  ) AS "t6"
) AS "t7"
WHERE
  "t7"."nth" > 0
  AND (
    CONTAINS("t7"."words", 'correction:')
    OR CONTAINS("t7"."words", 'i have to correct')
    OR CONTAINS("t7"."words", 'i need to correct')
    OR CONTAINS("t7"."words", 'my previous answer was wrong')
    OR CONTAINS("t7"."words", 'what i told you was wrong')
    OR CONTAINS("t7"."words", 'corrección:')
    OR CONTAINS("t7"."words", 'tengo que corregir')
    OR CONTAINS("t7"."words", 'mi respuesta anterior era incorrecta')
    OR CONTAINS("t7"."words", 'lo que le dije no era correcto')
    OR CONTAINS("t7"."words", 'correção:')
    OR CONTAINS("t7"."words", 'preciso corrigir')
    OR CONTAINS("t7"."words", 'minha resposta anterior estava errada')
    OR CONTAINS("t7"."words", '更正：')
    OR CONTAINS("t7"."words", '更正:')
    OR CONTAINS("t7"."words", '我之前的回答有误')
  )
ORDER BY
  "t7"."conversation_id" ASC
