SELECT
  "t10"."category",
  "t10"."channel",
  "t10"."kept",
  SUM("t10"."known") AS "known",
  SUM("t10"."offered") AS "offered",
  SUM("t10"."responses") AS "responses",
  SUM("t10"."asked") AS "asked",
  SUM("t10"."answered") AS "answered"
FROM (
  SELECT
    "t9"."conversation_id",
    "t9"."episode",
    "t9"."customer_id",
    "t9"."tier",
    "t9"."at",
    "t9"."category",
    "t9"."channel",
    "t9"."key_month",
    "t9"."known",
    "t9"."offered",
    "t9"."responses",
    "t9"."asked",
    "t9"."answered",
    "t9"."counts",
    CAST(NULL AS TEXT) AS "person",
    TRUE AS "kept"
  FROM (
    SELECT
      "t2"."conversation_id",
      "t2"."episode",
      "t2"."customer_id",
      "t2"."tier",
      "t2"."begun_at" AS "at",
      COALESCE("t2"."category", '(none)') AS "category",
      COALESCE("t2"."channel", '(none)') AS "channel",
      24306 AS "key_month",
      CASE WHEN "t2"."offered" IS NOT NULL THEN 1 ELSE 0 END AS "known",
      CASE
        WHEN (
          COALESCE("t2"."offered", FALSE)
          AND (
            (
              "t2"."begun_at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
            )
            AND (
              "t2"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
            )
          )
        )
        OR (
          "t8"."talk" IS NOT NULL
        )
        THEN 1
        ELSE 0
      END AS "offered",
      CASE WHEN "t8"."talk" IS NOT NULL THEN 1 ELSE 0 END AS "responses",
      CASE
        WHEN COALESCE("t2"."offered", FALSE)
        AND (
          (
            "t2"."begun_at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
          )
          AND (
            "t2"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
          )
        )
        THEN 1
        ELSE 0
      END AS "asked",
      CASE
        WHEN COALESCE("t2"."offered", FALSE)
        AND (
          (
            "t2"."begun_at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
          )
          AND (
            "t2"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
          )
        )
        AND (
          "t8"."talk" IS NOT NULL
        )
        THEN 1
        ELSE 0
      END AS "answered",
      (
        (
          "t2"."begun_at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
        )
        AND (
          "t2"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
        )
      )
      OR (
        "t8"."talk" IS NOT NULL
      ) AS "counts"
    FROM "episode" AS "t2"
    LEFT OUTER JOIN (
      SELECT DISTINCT
        "t6"."conversation_id" AS "talk",
        "t6"."episode" AS "turn"
      FROM (
        SELECT
          "t5".*
          EXCLUDE ("place")
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t3"."rating_id",
              "t3"."kind",
              "t3"."conversation_id",
              "t3"."episode",
              "t3"."customer_id",
              "t3"."contact_id",
              "t3"."at",
              "t3"."answer",
              "t3"."person_id",
              "t3"."part",
              "t3"."parts",
              "t3"."is_latest",
              "t3"."reason",
              "t3"."channel",
              "t3"."category",
              "t3"."tier",
              "t3"."priority",
              "t3"."language",
              "t3"."waited_before_s",
              "t3"."handlers_before",
              DENSE_RANK() OVER (
                PARTITION BY "t3"."conversation_id", "t3"."episode", COALESCE("t3"."customer_id", "t3"."contact_id")
                ORDER BY "t3"."at" DESC, "t3"."rating_id" DESC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "place"
            FROM (
              SELECT
                *
              FROM "vote" AS "t1"
              WHERE
                "t1"."at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
                AND "t1"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
            ) AS "t3"
          ) AS "t4"
          WHERE
            "t4"."place" = 0
        ) AS "t5"
      ) AS "t6"
    ) AS "t8"
      ON "t2"."conversation_id" = "t8"."talk" AND "t2"."episode" = "t8"."turn"
  ) AS "t9"
  WHERE
    "t9"."counts"
) AS "t10"
GROUP BY
  1,
  2,
  3
