SELECT
  "t36"."category",
  "t36"."channel",
  "t36"."kept",
  "t36"."slice",
  SUM("t36"."known") AS "known",
  SUM("t36"."offered") AS "offered",
  SUM("t36"."responses") AS "responses",
  SUM("t36"."asked") AS "asked",
  SUM("t36"."answered") AS "answered"
FROM (
  SELECT
    "t35"."conversation_id",
    "t35"."episode",
    "t35"."customer_id",
    "t35"."tier",
    "t35"."at",
    "t35"."category",
    "t35"."channel",
    "t35"."key_month",
    "t35"."known",
    "t35"."offered",
    "t35"."responses",
    "t35"."asked",
    "t35"."answered",
    "t35"."counts",
    "t35"."person",
    "t35"."team",
    "t35"."slice",
    TRUE AS "kept"
  FROM (
    SELECT
      "t34".*
      EXCLUDE ("moment")
    FROM (
      SELECT
        "t33"."conversation_id",
        "t33"."episode",
        "t33"."customer_id",
        "t33"."tier",
        "t33"."at",
        "t33"."category",
        "t33"."channel",
        "t33"."key_month",
        "t33"."known",
        "t33"."offered",
        "t33"."responses",
        "t33"."asked",
        "t33"."answered",
        "t33"."counts",
        "t33"."person",
        "t33"."team",
        "t33"."moment",
        COALESCE("t33"."trait_value", '(none)') AS "slice"
      FROM (
        SELECT
          "t32"."conversation_id",
          "t32"."episode",
          "t32"."customer_id",
          "t32"."tier",
          "t32"."at",
          "t32"."category",
          "t32"."channel",
          "t32"."key_month",
          "t32"."known",
          "t32"."offered",
          "t32"."responses",
          "t32"."asked",
          "t32"."answered",
          "t32"."counts",
          "t32"."person",
          "t32"."team",
          "t32"."moment",
          "t15"."trait_customer",
          "t15"."trait_value",
          "t15"."trait_from",
          "t15"."trait_to"
        FROM (
          SELECT
            "t30"."conversation_id",
            "t30"."episode",
            "t30"."customer_id",
            "t30"."tier",
            "t30"."at",
            "t30"."category",
            "t30"."channel",
            "t30"."key_month",
            "t30"."known",
            "t30"."offered",
            "t30"."responses",
            "t30"."asked",
            "t30"."answered",
            "t30"."counts",
            "t30"."person",
            "t30"."team",
            GREATEST("t30"."key_month", COALESCE("t30"."began", "t30"."key_month")) AS "moment"
          FROM (
            SELECT
              "t29"."conversation_id",
              "t29"."episode",
              "t29"."customer_id",
              "t29"."tier",
              "t29"."at",
              "t29"."category",
              "t29"."channel",
              "t29"."key_month",
              "t29"."known",
              "t29"."offered",
              "t29"."responses",
              "t29"."asked",
              "t29"."answered",
              "t29"."counts",
              "t29"."person",
              COALESCE("t17"."then", "t11"."now") AS "team",
              "t12"."starter",
              "t12"."began"
            FROM (
              SELECT
                "t27"."conversation_id",
                "t27"."episode",
                "t27"."customer_id",
                "t27"."tier",
                "t27"."at",
                "t27"."category",
                "t27"."channel",
                "t27"."key_month",
                "t27"."known",
                "t27"."offered",
                "t27"."responses",
                "t27"."asked",
                "t27"."answered",
                "t27"."counts",
                "t27"."person",
                "t27"."talk",
                "t27"."turn",
                "t27"."holder",
                COALESCE("t27"."person", "t27"."holder") AS "helper"
              FROM (
                SELECT
                  "t26"."conversation_id",
                  "t26"."episode",
                  "t26"."customer_id",
                  "t26"."tier",
                  "t26"."at",
                  "t26"."category",
                  "t26"."channel",
                  "t26"."key_month",
                  "t26"."known",
                  "t26"."offered",
                  "t26"."responses",
                  "t26"."asked",
                  "t26"."answered",
                  "t26"."counts",
                  "t26"."person",
                  "t13"."talk",
                  "t13"."turn",
                  "t13"."holder"
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
                    CAST(NULL AS TEXT) AS "person"
                  FROM (
                    SELECT
                      "t6"."conversation_id",
                      "t6"."episode",
                      "t6"."customer_id",
                      "t6"."tier",
                      "t6"."begun_at" AS "at",
                      COALESCE("t6"."category", '(none)') AS "category",
                      COALESCE("t6"."channel", '(none)') AS "channel",
                      24306 AS "key_month",
                      CASE WHEN "t6"."offered" IS NOT NULL THEN 1 ELSE 0 END AS "known",
                      CASE
                        WHEN (
                          COALESCE("t6"."offered", FALSE)
                          AND (
                            (
                              "t6"."begun_at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
                            )
                            AND (
                              "t6"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                            )
                          )
                        )
                        OR COALESCE("t23"."inside", FALSE)
                        THEN 1
                        ELSE 0
                      END AS "offered",
                      CASE WHEN COALESCE("t23"."inside", FALSE) THEN 1 ELSE 0 END AS "responses",
                      CASE
                        WHEN COALESCE("t6"."offered", FALSE)
                        AND (
                          (
                            "t6"."begun_at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
                          )
                          AND (
                            "t6"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                          )
                        )
                        THEN 1
                        ELSE 0
                      END AS "asked",
                      CASE
                        WHEN COALESCE("t6"."offered", FALSE)
                        AND (
                          (
                            "t6"."begun_at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
                          )
                          AND (
                            "t6"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                          )
                        )
                        AND (
                          "t23"."talk" IS NOT NULL
                        )
                        THEN 1
                        ELSE 0
                      END AS "answered",
                      (
                        (
                          "t6"."begun_at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
                        )
                        AND (
                          "t6"."begun_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                        )
                      )
                      OR COALESCE("t23"."inside", FALSE) AS "counts"
                    FROM "episode" AS "t6"
                    LEFT OUTER JOIN (
                      SELECT
                        "t21"."talk",
                        "t21"."turn",
                        BOOL_OR(CAST("t21"."inside" AS BOOLEAN)) AS "inside"
                      FROM (
                        SELECT
                          "t20"."conversation_id" AS "talk",
                          "t20"."episode" AS "turn",
                          (
                            "t20"."at" >= MAKE_TIMESTAMP(2025, 7, 5, 0, 0, 0.0)
                          )
                          AND (
                            "t20"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                          ) AS "inside"
                        FROM (
                          SELECT
                            "t19".*
                            EXCLUDE ("place")
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t14"."rating_id",
                                "t14"."kind",
                                "t14"."conversation_id",
                                "t14"."episode",
                                "t14"."customer_id",
                                "t14"."contact_id",
                                "t14"."at",
                                "t14"."answer",
                                "t14"."person_id",
                                "t14"."part",
                                "t14"."parts",
                                "t14"."is_latest",
                                "t14"."reason",
                                "t14"."channel",
                                "t14"."category",
                                "t14"."tier",
                                "t14"."priority",
                                "t14"."language",
                                "t14"."waited_before_s",
                                "t14"."handlers_before",
                                DENSE_RANK() OVER (
                                  PARTITION BY "t14"."conversation_id", "t14"."episode", COALESCE("t14"."customer_id", "t14"."contact_id")
                                  ORDER BY "t14"."at" DESC, "t14"."rating_id" DESC
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) - 1 AS "place"
                              FROM (
                                SELECT
                                  *
                                FROM "vote" AS "t5"
                                WHERE
                                  "t5"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
                              ) AS "t14"
                            ) AS "t18"
                            WHERE
                              "t18"."place" = 0
                          ) AS "t19"
                        ) AS "t20"
                      ) AS "t21"
                      GROUP BY
                        1,
                        2
                    ) AS "t23"
                      ON "t6"."conversation_id" = "t23"."talk" AND "t6"."episode" = "t23"."turn"
                  ) AS "t24"
                  WHERE
                    "t24"."counts"
                ) AS "t26"
                LEFT OUTER JOIN (
                  SELECT
                    "t4"."conversation_id" AS "talk",
                    "t4"."episode" AS "turn",
                    "t4"."holder_id" AS "holder"
                  FROM "episode" AS "t4"
                ) AS "t13"
                  ON "t26"."conversation_id" = "t13"."talk" AND "t26"."episode" = "t13"."turn"
              ) AS "t27"
            ) AS "t29"
            LEFT OUTER JOIN (
              SELECT
                "t1"."person_id" AS "member",
                "t1"."team" AS "then",
                "t1"."from_on" AS "since",
                CASE
                  WHEN LEAD("t1"."from_on") OVER (
                    PARTITION BY "t1"."person_id"
                    ORDER BY "t1"."from_on" ASC
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) < "t1"."to_on"
                  THEN LEAD("t1"."from_on") OVER (
                    PARTITION BY "t1"."person_id"
                    ORDER BY "t1"."from_on" ASC
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  )
                  ELSE COALESCE(
                    "t1"."to_on",
                    LEAD("t1"."from_on") OVER (
                      PARTITION BY "t1"."person_id"
                      ORDER BY "t1"."from_on" ASC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    )
                  )
                END AS "until"
              FROM "person_role" AS "t1"
            ) AS "t17"
              ON "t29"."helper" = "t17"."member"
              AND "t17"."since" <= CAST("t29"."at" AS DATE)
              AND (
                (
                  "t17"."until" IS NULL
                ) OR (
                  "t17"."until" > CAST("t29"."at" AS DATE)
                )
              )
            LEFT OUTER JOIN (
              SELECT
                "t2"."person_id" AS "known",
                "t2"."team" AS "now"
              FROM "person" AS "t2"
            ) AS "t11"
              ON "t29"."helper" = "t11"."known"
            LEFT OUTER JOIN (
              SELECT
                "t3"."customer_id" AS "starter",
                "t3"."first_month" AS "began"
              FROM "customer_start" AS "t3"
            ) AS "t12"
              ON "t29"."customer_id" = "t12"."starter"
          ) AS "t30"
        ) AS "t32"
        LEFT OUTER JOIN (
          SELECT
            "t0"."customer_id" AS "trait_customer",
            "t0"."value" AS "trait_value",
            "t0"."from_month" AS "trait_from",
            "t0"."to_month" AS "trait_to"
          FROM "customer_trait" AS "t0"
          WHERE
            "t0"."name" = 'segment'
        ) AS "t15"
          ON "t32"."customer_id" = "t15"."trait_customer"
          AND "t32"."moment" >= "t15"."trait_from"
          AND "t32"."moment" < "t15"."trait_to"
      ) AS "t33"
    ) AS "t34"
  ) AS "t35"
) AS "t36"
GROUP BY
  1,
  2,
  3,
  4
