WITH "t14" AS (
  SELECT
    *
  FROM (
    SELECT
      "t2"."customer_id",
      CAST(NULL AS TEXT) AS "conversation_id",
      "t2"."from_at" AS "at",
      "t2"."role" AS "team",
      "t2"."person_id" AS "person"
    FROM "assignment" AS "t2"
    WHERE
      "t2"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
  ) AS "t9"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t3"."customer_id",
      CAST(NULL AS TEXT) AS "conversation_id",
      "t3"."accepted_at" AS "at",
      "t3"."to_role" AS "team",
      "t3"."to_person_id" AS "person"
    FROM "handoff" AS "t3"
    WHERE
      "t3"."accepted_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
  ) AS "t10"
), "t21" AS (
  SELECT
    *
  FROM "t14" AS "t17"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t16"."customer_id",
      "t15"."conversation_id",
      "t15"."at",
      CASE WHEN "t15"."kind" = 'group' THEN "t15"."to_value" ELSE CAST(NULL AS TEXT) END AS "team",
      CASE
        WHEN "t15"."kind" = 'assigned'
        THEN "t15"."to_value"
        ELSE CAST(NULL AS TEXT)
      END AS "person"
    FROM (
      SELECT
        *
      FROM "conversation_event" AS "t4"
      WHERE
        "t4"."kind" IN ('assigned', 'group')
        AND "t4"."to_value" IS NOT NULL
        AND "t4"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
    ) AS "t15"
    INNER JOIN (
      SELECT
        "t5"."conversation_id",
        "t5"."customer_id"
      FROM "conversation" AS "t5"
      WHERE
        "t5"."customer_id" IS NOT NULL
    ) AS "t16"
      ON "t15"."conversation_id" = "t16"."conversation_id"
  ) AS "t19"
)
SELECT
  *
FROM (
  SELECT
    "t40".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t39"."customer_id",
      "t39"."team_handoffs",
      "t39"."person_handoffs",
      "t39"."ping_pongs",
      "t39"."first_at",
      "t39"."last_at",
      "t39"."key_month",
      "t39"."moment",
      COALESCE("t39"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t38"."customer_id",
        "t38"."team_handoffs",
        "t38"."person_handoffs",
        "t38"."ping_pongs",
        "t38"."first_at",
        "t38"."last_at",
        "t38"."key_month",
        "t38"."moment",
        "t13"."trait_customer",
        "t13"."trait_value",
        "t13"."trait_from",
        "t13"."trait_to"
      FROM (
        SELECT
          "t36"."customer_id",
          "t36"."team_handoffs",
          "t36"."person_handoffs",
          "t36"."ping_pongs",
          "t36"."first_at",
          "t36"."last_at",
          "t36"."key_month",
          GREATEST("t36"."key_month", COALESCE("t36"."began", "t36"."key_month")) AS "moment"
        FROM (
          SELECT
            "t35"."customer_id",
            "t35"."team_handoffs",
            "t35"."person_handoffs",
            "t35"."ping_pongs",
            "t20"."first_at",
            "t20"."last_at",
            24311 AS "key_month",
            "t8"."starter",
            "t8"."began"
          FROM (
            SELECT
              "t33"."customer_id",
              SUM("t33"."team") AS "team_handoffs",
              SUM("t33"."person") AS "person_handoffs",
              SUM("t33"."back") AS "ping_pongs"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t29"."customer_id",
                  CAST("t29"."handed" AS BIGINT) AS "team",
                  0 AS "person",
                  0 AS "back"
                FROM (
                  SELECT
                    "t27"."customer_id",
                    "t27"."before" IS NOT NULL AS "handed",
                    COALESCE(
                      LAG("t27"."before") OVER (
                        PARTITION BY "t27"."customer_id", "t27"."conversation_id"
                        ORDER BY "t27"."at" ASC, "t27"."team" ASC, "t27"."person" ASC
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) = "t27"."team",
                      FALSE
                    ) AS "back"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t23"."customer_id",
                        "t23"."conversation_id",
                        "t23"."at",
                        "t23"."team",
                        "t23"."person",
                        LAG("t23"."team") OVER (
                          PARTITION BY "t23"."customer_id", "t23"."conversation_id"
                          ORDER BY "t23"."at" ASC, "t23"."team" ASC, "t23"."person" ASC
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        ) AS "before"
                      FROM (
                        SELECT
                          *
                        FROM "t21" AS "t22"
                        WHERE
                          "t22"."team" IS NOT NULL
                      ) AS "t23"
                    ) AS "t25"
                    WHERE
                      (
                        "t25"."before" IS NULL
                      ) OR (
                        "t25"."before" <> "t25"."team"
                      )
                  ) AS "t27"
                ) AS "t29"
              ) AS "t31"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t30"."customer_id",
                  0 AS "team",
                  CAST("t30"."handed" AS BIGINT) AS "person",
                  CAST("t30"."back" AS BIGINT) AS "back"
                FROM (
                  SELECT
                    "t28"."customer_id",
                    "t28"."before" IS NOT NULL AS "handed",
                    COALESCE(
                      LAG("t28"."before") OVER (
                        PARTITION BY "t28"."customer_id", "t28"."conversation_id"
                        ORDER BY "t28"."at" ASC, "t28"."team" ASC, "t28"."person" ASC
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) = "t28"."person",
                      FALSE
                    ) AS "back"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t24"."customer_id",
                        "t24"."conversation_id",
                        "t24"."at",
                        "t24"."team",
                        "t24"."person",
                        LAG("t24"."person") OVER (
                          PARTITION BY "t24"."customer_id", "t24"."conversation_id"
                          ORDER BY "t24"."at" ASC, "t24"."team" ASC, "t24"."person" ASC
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        ) AS "before"
                      FROM (
                        SELECT
                          *
                        FROM "t21" AS "t22"
                        WHERE
                          "t22"."person" IS NOT NULL
                      ) AS "t24"
                    ) AS "t26"
                    WHERE
                      (
                        "t26"."before" IS NULL
                      ) OR (
                        "t26"."before" <> "t26"."person"
                      )
                  ) AS "t28"
                ) AS "t30"
              ) AS "t32"
            ) AS "t33"
            GROUP BY
              1
          ) AS "t35"
          LEFT OUTER JOIN (
            SELECT
              "t17"."customer_id" AS "held",
              MIN("t17"."at") AS "first_at",
              MAX("t17"."at") AS "last_at"
            FROM "t14" AS "t17"
            GROUP BY
              1
          ) AS "t20"
            ON "t35"."customer_id" = "t20"."held"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t8"
            ON "t35"."customer_id" = "t8"."starter"
        ) AS "t36"
      ) AS "t38"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t13"
        ON "t38"."customer_id" = "t13"."trait_customer"
        AND "t38"."moment" >= "t13"."trait_from"
        AND "t38"."moment" < "t13"."trait_to"
    ) AS "t39"
  ) AS "t40"
) AS "t41"
ORDER BY
  "t41"."customer_id" ASC
