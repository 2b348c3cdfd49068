WITH "t8" AS (
  SELECT
    *
  FROM (
    SELECT
      "t0"."customer_id",
      CAST(NULL AS TEXT) AS "conversation_id",
      "t0"."from_at" AS "at",
      "t0"."role" AS "team",
      "t0"."person_id" AS "person"
    FROM "assignment" AS "t0"
    WHERE
      "t0"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
  ) AS "t4"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t1"."customer_id",
      CAST(NULL AS TEXT) AS "conversation_id",
      "t1"."accepted_at" AS "at",
      "t1"."to_role" AS "team",
      "t1"."to_person_id" AS "person"
    FROM "handoff" AS "t1"
    WHERE
      "t1"."accepted_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
  ) AS "t5"
), "t15" AS (
  SELECT
    *
  FROM "t8" AS "t11"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t10"."customer_id",
      "t9"."conversation_id",
      "t9"."at",
      CASE WHEN "t9"."kind" = 'group' THEN "t9"."to_value" ELSE CAST(NULL AS TEXT) END AS "team",
      CASE WHEN "t9"."kind" = 'assigned' THEN "t9"."to_value" ELSE CAST(NULL AS TEXT) END AS "person"
    FROM (
      SELECT
        *
      FROM "conversation_event" AS "t2"
      WHERE
        "t2"."kind" IN ('assigned', 'group')
        AND "t2"."to_value" IS NOT NULL
        AND "t2"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
    ) AS "t9"
    INNER JOIN (
      SELECT
        "t3"."conversation_id",
        "t3"."customer_id"
      FROM "conversation" AS "t3"
      WHERE
        "t3"."customer_id" IS NOT NULL
    ) AS "t10"
      ON "t9"."conversation_id" = "t10"."conversation_id"
  ) AS "t13"
)
SELECT
  *
FROM (
  SELECT
    "t29"."customer_id",
    "t29"."team_handoffs",
    "t29"."person_handoffs",
    "t29"."ping_pongs",
    "t14"."first_at",
    "t14"."last_at",
    24311 AS "key_month"
  FROM (
    SELECT
      "t27"."customer_id",
      SUM("t27"."team") AS "team_handoffs",
      SUM("t27"."person") AS "person_handoffs",
      SUM("t27"."back") AS "ping_pongs"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t23"."customer_id",
          CAST("t23"."handed" AS BIGINT) AS "team",
          0 AS "person",
          0 AS "back"
        FROM (
          SELECT
            "t21"."customer_id",
            "t21"."before" IS NOT NULL AS "handed",
            COALESCE(
              LAG("t21"."before") OVER (
                PARTITION BY "t21"."customer_id", "t21"."conversation_id"
                ORDER BY "t21"."at" ASC, "t21"."team" ASC, "t21"."person" ASC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) = "t21"."team",
              FALSE
            ) AS "back"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t17"."customer_id",
                "t17"."conversation_id",
                "t17"."at",
                "t17"."team",
                "t17"."person",
                LAG("t17"."team") OVER (
                  PARTITION BY "t17"."customer_id", "t17"."conversation_id"
                  ORDER BY "t17"."at" ASC, "t17"."team" ASC, "t17"."person" ASC
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) AS "before"
              FROM (
                SELECT
                  *
                FROM "t15" AS "t16"
                WHERE
                  "t16"."team" IS NOT NULL
              ) AS "t17"
            ) AS "t19"
            WHERE
              (
                "t19"."before" IS NULL
              ) OR (
                "t19"."before" <> "t19"."team"
              )
          ) AS "t21"
        ) AS "t23"
      ) AS "t25"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t24"."customer_id",
          0 AS "team",
          CAST("t24"."handed" AS BIGINT) AS "person",
          CAST("t24"."back" AS BIGINT) AS "back"
        FROM (
          SELECT
            "t22"."customer_id",
            "t22"."before" IS NOT NULL AS "handed",
            COALESCE(
              LAG("t22"."before") OVER (
                PARTITION BY "t22"."customer_id", "t22"."conversation_id"
                ORDER BY "t22"."at" ASC, "t22"."team" ASC, "t22"."person" ASC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) = "t22"."person",
              FALSE
            ) AS "back"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t18"."customer_id",
                "t18"."conversation_id",
                "t18"."at",
                "t18"."team",
                "t18"."person",
                LAG("t18"."person") OVER (
                  PARTITION BY "t18"."customer_id", "t18"."conversation_id"
                  ORDER BY "t18"."at" ASC, "t18"."team" ASC, "t18"."person" ASC
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) AS "before"
              FROM (
                SELECT
                  *
                FROM "t15" AS "t16"
                WHERE
                  "t16"."person" IS NOT NULL
              ) AS "t18"
            ) AS "t20"
            WHERE
              (
                "t20"."before" IS NULL
              ) OR (
                "t20"."before" <> "t20"."person"
              )
          ) AS "t22"
        ) AS "t24"
      ) AS "t26"
    ) AS "t27"
    GROUP BY
      1
  ) AS "t29"
  LEFT OUTER JOIN (
    SELECT
      "t11"."customer_id" AS "held",
      MIN("t11"."at") AS "first_at",
      MAX("t11"."at") AS "last_at"
    FROM "t8" AS "t11"
    GROUP BY
      1
  ) AS "t14"
    ON "t29"."customer_id" = "t14"."held"
) AS "t30"
ORDER BY
  "t30"."customer_id" ASC
