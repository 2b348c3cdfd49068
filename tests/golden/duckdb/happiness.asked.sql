SELECT
  "t25"."category",
  "t25"."channel",
  "t25"."kept",
  SUM("t25"."known") AS "known",
  SUM("t25"."offered") AS "offered",
  SUM("t25"."responses") AS "responses",
  SUM("t25"."asked") AS "asked",
  SUM("t25"."answered") AS "answered"
FROM (
  SELECT
    "t24"."conversation_id",
    "t24"."episode",
    "t24"."customer_id",
    "t24"."tier",
    "t24"."at",
    "t24"."category",
    "t24"."channel",
    "t24"."key_month",
    "t24"."known",
    "t24"."offered",
    "t24"."responses",
    "t24"."asked",
    "t24"."answered",
    "t24"."counts",
    "t24"."person",
    "t24"."team",
    TRUE AS "kept"
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
      COALESCE("t11"."then", "t7"."now") AS "team"
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
        "t21"."talk",
        "t21"."turn",
        "t21"."holder",
        COALESCE("t21"."person", "t21"."holder") AS "helper"
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
          "t8"."talk",
          "t8"."turn",
          "t8"."holder"
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
                OR COALESCE("t17"."inside", FALSE)
                THEN 1
                ELSE 0
              END AS "offered",
              CASE WHEN COALESCE("t17"."inside", FALSE) THEN 1 ELSE 0 END AS "responses",
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
                  "t17"."talk" IS NOT NULL
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
              OR COALESCE("t17"."inside", FALSE) AS "counts"
            FROM "episode" AS "t4"
            LEFT OUTER JOIN (
              SELECT
                "t15"."talk",
                "t15"."turn",
                BOOL_OR(CAST("t15"."inside" AS BOOLEAN)) AS "inside"
              FROM (
                SELECT
                  "t14"."conversation_id" AS "talk",
                  "t14"."episode" AS "turn",
                  (
                    "t14"."at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
                  )
                  AND (
                    "t14"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                  ) AS "inside"
                FROM (
                  SELECT
                    "t13".*
                    EXCLUDE ("place")
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t9"."rating_id",
                        "t9"."kind",
                        "t9"."conversation_id",
                        "t9"."episode",
                        "t9"."customer_id",
                        "t9"."contact_id",
                        "t9"."at",
                        "t9"."answer",
                        "t9"."person_id",
                        "t9"."part",
                        "t9"."parts",
                        "t9"."is_latest",
                        "t9"."reason",
                        "t9"."channel",
                        "t9"."category",
                        "t9"."tier",
                        "t9"."priority",
                        "t9"."language",
                        "t9"."waited_before_s",
                        "t9"."handlers_before",
                        DENSE_RANK() OVER (
                          PARTITION BY "t9"."conversation_id", "t9"."episode", COALESCE("t9"."customer_id", "t9"."contact_id")
                          ORDER BY "t9"."at" DESC, "t9"."rating_id" DESC
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        ) - 1 AS "place"
                      FROM (
                        SELECT
                          *
                        FROM "vote" AS "t3"
                        WHERE
                          "t3"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                      ) AS "t9"
                    ) AS "t12"
                    WHERE
                      "t12"."place" = 0
                  ) AS "t13"
                ) AS "t14"
              ) AS "t15"
              GROUP BY
                1,
                2
            ) AS "t17"
              ON "t4"."conversation_id" = "t17"."talk" AND "t4"."episode" = "t17"."turn"
          ) AS "t18"
          WHERE
            "t18"."counts"
        ) AS "t20"
        LEFT OUTER JOIN (
          SELECT
            "t2"."conversation_id" AS "talk",
            "t2"."episode" AS "turn",
            "t2"."holder_id" AS "holder"
          FROM "episode" AS "t2"
        ) AS "t8"
          ON "t20"."conversation_id" = "t8"."talk" AND "t20"."episode" = "t8"."turn"
      ) AS "t21"
    ) AS "t23"
    LEFT OUTER JOIN (
      SELECT
        "t0"."person_id" AS "member",
        "t0"."team" AS "then",
        "t0"."from_on" AS "since",
        CASE
          WHEN LEAD("t0"."from_on") OVER (
            PARTITION BY "t0"."person_id"
            ORDER BY "t0"."from_on" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) < "t0"."to_on"
          THEN LEAD("t0"."from_on") OVER (
            PARTITION BY "t0"."person_id"
            ORDER BY "t0"."from_on" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          )
          ELSE COALESCE(
            "t0"."to_on",
            LEAD("t0"."from_on") OVER (
              PARTITION BY "t0"."person_id"
              ORDER BY "t0"."from_on" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            )
          )
        END AS "until"
      FROM "person_role" AS "t0"
    ) AS "t11"
      ON "t23"."helper" = "t11"."member"
      AND "t11"."since" <= CAST("t23"."at" AS DATE)
      AND (
        (
          "t11"."until" IS NULL
        ) OR (
          "t11"."until" > CAST("t23"."at" AS DATE)
        )
      )
    LEFT OUTER JOIN (
      SELECT
        "t1"."person_id" AS "known",
        "t1"."team" AS "now"
      FROM "person" AS "t1"
    ) AS "t7"
      ON "t23"."helper" = "t7"."known"
  ) AS "t24"
) AS "t25"
GROUP BY
  1,
  2,
  3
