SELECT
  "t24"."category",
  "t24"."channel",
  "t24"."kept",
  "t24"."slice",
  SUM("t24"."known") AS "known",
  SUM("t24"."offered") AS "offered",
  SUM("t24"."responses") AS "responses",
  SUM("t24"."asked") AS "asked",
  SUM("t24"."answered") AS "answered"
FROM (
  SELECT
    "t23"."conversation_id",
    "t23"."episode",
    "t23"."customer_id",
    "t23"."tier",
    "t23"."at",
    "t23"."category",
    "t23"."channel",
    "t23"."key_month",
    "t23"."known",
    "t23"."offered",
    "t23"."responses",
    "t23"."asked",
    "t23"."answered",
    "t23"."counts",
    "t23"."person",
    "t23"."slice",
    TRUE AS "kept"
  FROM (
    SELECT
      "t22".*
      EXCLUDE ("moment")
    FROM (
      SELECT
        "t21"."conversation_id",
        "t21"."episode",
        "t21"."customer_id",
        "t21"."tier",
        "t21"."at",
        "t21"."category",
        "t21"."channel",
        "t21"."key_month",
        "t21"."known",
        "t21"."offered",
        "t21"."responses",
        "t21"."asked",
        "t21"."answered",
        "t21"."counts",
        "t21"."person",
        "t21"."moment",
        COALESCE("t21"."trait_value", '(none)') AS "slice"
      FROM (
        SELECT
          "t20"."conversation_id",
          "t20"."episode",
          "t20"."customer_id",
          "t20"."tier",
          "t20"."at",
          "t20"."category",
          "t20"."channel",
          "t20"."key_month",
          "t20"."known",
          "t20"."offered",
          "t20"."responses",
          "t20"."asked",
          "t20"."answered",
          "t20"."counts",
          "t20"."person",
          "t20"."moment",
          "t9"."trait_customer",
          "t9"."trait_value",
          "t9"."trait_from",
          "t9"."trait_to"
        FROM (
          SELECT
            "t18"."conversation_id",
            "t18"."episode",
            "t18"."customer_id",
            "t18"."tier",
            "t18"."at",
            "t18"."category",
            "t18"."channel",
            "t18"."key_month",
            "t18"."known",
            "t18"."offered",
            "t18"."responses",
            "t18"."asked",
            "t18"."answered",
            "t18"."counts",
            "t18"."person",
            GREATEST("t18"."key_month", COALESCE("t18"."began", "t18"."key_month")) AS "moment"
          FROM (
            SELECT
              "t17"."conversation_id",
              "t17"."episode",
              "t17"."customer_id",
              "t17"."tier",
              "t17"."at",
              "t17"."category",
              "t17"."channel",
              "t17"."key_month",
              "t17"."known",
              "t17"."offered",
              "t17"."responses",
              "t17"."asked",
              "t17"."answered",
              "t17"."counts",
              "t17"."person",
              "t7"."starter",
              "t7"."began"
            FROM (
              SELECT
                "t15"."conversation_id",
                "t15"."episode",
                "t15"."customer_id",
                "t15"."tier",
                "t15"."at",
                "t15"."category",
                "t15"."channel",
                "t15"."key_month",
                "t15"."known",
                "t15"."offered",
                "t15"."responses",
                "t15"."asked",
                "t15"."answered",
                "t15"."counts",
                CAST(NULL AS TEXT) AS "person"
              FROM (
                SELECT
                  "t4"."conversation_id",
                  "t4"."episode",
                  "t4"."customer_id",
                  "t4"."tier",
                  "t4"."begun_at" AS "at",
                  COALESCE("t4"."category", '(none)') AS "category",
                  COALESCE("t4"."channel", '(none)') AS "channel",
                  24306 AS "key_month",
                  CASE WHEN "t4"."offered" IS NOT NULL THEN 1 ELSE 0 END AS "known",
                  CASE
                    WHEN (
                      COALESCE("t4"."offered", FALSE)
                      AND (
                        (
                          "t4"."begun_at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
                        )
                        AND (
                          "t4"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                        )
                      )
                    )
                    OR (
                      "t14"."talk" IS NOT NULL
                    )
                    THEN 1
                    ELSE 0
                  END AS "offered",
                  CASE WHEN "t14"."talk" IS NOT NULL THEN 1 ELSE 0 END AS "responses",
                  CASE
                    WHEN COALESCE("t4"."offered", FALSE)
                    AND (
                      (
                        "t4"."begun_at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
                      )
                      AND (
                        "t4"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                      )
                    )
                    THEN 1
                    ELSE 0
                  END AS "asked",
                  CASE
                    WHEN COALESCE("t4"."offered", FALSE)
                    AND (
                      (
                        "t4"."begun_at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
                      )
                      AND (
                        "t4"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                      )
                    )
                    AND (
                      "t14"."talk" IS NOT NULL
                    )
                    THEN 1
                    ELSE 0
                  END AS "answered",
                  (
                    (
                      "t4"."begun_at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
                    )
                    AND (
                      "t4"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                    )
                  )
                  OR (
                    "t14"."talk" IS NOT NULL
                  ) AS "counts"
                FROM "episode" AS "t4"
                LEFT OUTER JOIN (
                  SELECT DISTINCT
                    "t12"."conversation_id" AS "talk",
                    "t12"."episode" AS "turn"
                  FROM (
                    SELECT
                      "t11".*
                      EXCLUDE ("place")
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t8"."rating_id",
                          "t8"."kind",
                          "t8"."conversation_id",
                          "t8"."episode",
                          "t8"."customer_id",
                          "t8"."contact_id",
                          "t8"."at",
                          "t8"."answer",
                          "t8"."person_id",
                          "t8"."part",
                          "t8"."parts",
                          "t8"."is_latest",
                          "t8"."reason",
                          "t8"."channel",
                          "t8"."category",
                          "t8"."tier",
                          "t8"."priority",
                          "t8"."language",
                          "t8"."waited_before_s",
                          "t8"."handlers_before",
                          DENSE_RANK() OVER (
                            PARTITION BY "t8"."conversation_id", "t8"."episode", COALESCE("t8"."customer_id", "t8"."contact_id")
                            ORDER BY "t8"."at" DESC, "t8"."rating_id" DESC
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                          ) - 1 AS "place"
                        FROM (
                          SELECT
                            *
                          FROM "vote" AS "t3"
                          WHERE
                            "t3"."at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
                            AND "t3"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                        ) AS "t8"
                      ) AS "t10"
                      WHERE
                        "t10"."place" = 0
                    ) AS "t11"
                  ) AS "t12"
                ) AS "t14"
                  ON "t4"."conversation_id" = "t14"."talk" AND "t4"."episode" = "t14"."turn"
              ) AS "t15"
              WHERE
                "t15"."counts"
            ) AS "t17"
            LEFT OUTER JOIN (
              SELECT
                "t1"."customer_id" AS "starter",
                "t1"."first_month" AS "began"
              FROM "customer_start" AS "t1"
            ) AS "t7"
              ON "t17"."customer_id" = "t7"."starter"
          ) AS "t18"
        ) AS "t20"
        LEFT OUTER JOIN (
          SELECT
            "t0"."customer_id" AS "trait_customer",
            "t0"."value" AS "trait_value",
            "t0"."from_month" AS "trait_from",
            "t0"."to_month" AS "trait_to"
          FROM "customer_trait" AS "t0"
          WHERE
            "t0"."name" = 'segment'
        ) AS "t9"
          ON "t20"."customer_id" = "t9"."trait_customer"
          AND "t20"."moment" >= "t9"."trait_from"
          AND "t20"."moment" < "t9"."trait_to"
      ) AS "t21"
    ) AS "t22"
  ) AS "t23"
) AS "t24"
GROUP BY
  1,
  2,
  3,
  4
