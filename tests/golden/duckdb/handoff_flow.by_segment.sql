WITH "t9" AS (
  SELECT
    "t2"."customer_id",
    "t2"."conversation_id" AS "thread"
  FROM "conversation" AS "t2"
  WHERE
    "t2"."customer_id" IS NOT NULL
), "t20" AS (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t3"."customer_id" AS "thread",
        CAST(0 AS BIGINT) AS "what",
        "t3"."from_at" AS "at",
        "t3"."role" AS "value"
      FROM "assignment" AS "t3"
      WHERE
        "t3"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
    ) AS "t10"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t3"."customer_id" AS "thread",
        CAST(1 AS BIGINT) AS "what",
        "t3"."from_at" AS "at",
        "t3"."person_id" AS "value"
      FROM "assignment" AS "t3"
      WHERE
        "t3"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
    ) AS "t11"
  ) AS "t16"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t4"."customer_id" AS "thread",
        CAST(0 AS BIGINT) AS "what",
        "t4"."accepted_at" AS "at",
        "t4"."to_role" AS "value"
      FROM "handoff" AS "t4"
      WHERE
        "t4"."accepted_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
    ) AS "t12"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t4"."customer_id" AS "thread",
        CAST(1 AS BIGINT) AS "what",
        "t4"."accepted_at" AS "at",
        "t4"."to_person_id" AS "value"
      FROM "handoff" AS "t4"
      WHERE
        "t4"."accepted_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
    ) AS "t13"
  ) AS "t17"
), "t21" AS (
  SELECT
    "t5"."conversation_id" AS "thread",
    CAST(CASE WHEN "t5"."kind" = 'group' THEN 2 ELSE 3 END AS BIGINT) AS "what",
    "t5"."at",
    "t5"."to_value" AS "value"
  FROM "conversation_event" AS "t5"
  WHERE
    "t5"."kind" IN ('assigned', 'group')
    AND "t5"."to_value" IS NOT NULL
    AND "t5"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
), "t36" AS (
  SELECT
    "t35"."thread",
    "t35"."what",
    COUNT(*) AS "n",
    SUM("t35"."back") AS "back"
  FROM (
    SELECT
      "t34"."thread",
      "t34"."what",
      CAST(COALESCE(
        LAG("t34"."before") OVER (
          PARTITION BY "t34"."thread", "t34"."what"
          ORDER BY "t34"."at" ASC, "t34"."value" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) = "t34"."value",
        FALSE
      ) AS BIGINT) AS "back"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t29"."thread",
          "t29"."what",
          "t29"."at",
          "t29"."value",
          LAG("t29"."value") OVER (
            PARTITION BY "t29"."thread", "t29"."what"
            ORDER BY "t29"."at" ASC, "t29"."value" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "before"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM "t20" AS "t22"
            UNION ALL
            SELECT
              *
            FROM "t21" AS "t23"
          ) AS "t25"
          WHERE
            "t25"."value" IS NOT NULL
        ) AS "t29"
      ) AS "t33"
      WHERE
        "t33"."before" <> "t33"."value"
    ) AS "t34"
  ) AS "t35"
  GROUP BY
    1,
    2
)
SELECT
  *
FROM (
  SELECT
    "t49".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t48"."first_at",
      "t48"."last_at",
      "t48"."team_handoffs",
      "t48"."person_handoffs",
      "t48"."ping_pongs",
      "t48"."customer_id",
      "t48"."key_month",
      "t48"."moment",
      COALESCE("t48"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t47"."first_at",
        "t47"."last_at",
        "t47"."team_handoffs",
        "t47"."person_handoffs",
        "t47"."ping_pongs",
        "t47"."customer_id",
        "t47"."key_month",
        "t47"."moment",
        "t14"."trait_customer",
        "t14"."trait_value",
        "t14"."trait_from",
        "t14"."trait_to"
      FROM (
        SELECT
          "t45"."first_at",
          "t45"."last_at",
          "t45"."team_handoffs",
          "t45"."person_handoffs",
          "t45"."ping_pongs",
          "t45"."customer_id",
          "t45"."key_month",
          GREATEST("t45"."key_month", COALESCE("t45"."began", "t45"."key_month")) AS "moment"
        FROM (
          SELECT
            "t28"."first_at",
            "t28"."last_at",
            COALESCE("t44"."team_handoffs", 0) AS "team_handoffs",
            COALESCE("t44"."person_handoffs", 0) AS "person_handoffs",
            COALESCE("t44"."ping_pongs", 0) AS "ping_pongs",
            "t32"."whose" AS "customer_id",
            24311 AS "key_month",
            "t8"."starter",
            "t8"."began"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t22"."thread" AS "whose"
              FROM "t20" AS "t22"
            ) AS "t26"
            UNION
            SELECT
              *
            FROM (
              SELECT
                "t18"."customer_id" AS "whose"
              FROM "t9" AS "t18"
              SEMI JOIN "t21" AS "t24"
                ON "t18"."thread" = "t24"."thread"
            ) AS "t30"
          ) AS "t32"
          LEFT OUTER JOIN (
            SELECT
              "t42"."customer_id",
              SUM("t42"."n") FILTER(WHERE
                "t42"."what" IN (0, 2)) AS "team_handoffs",
              SUM("t42"."n") FILTER(WHERE
                NOT (
                  "t42"."what" IN (0, 2)
                )) AS "person_handoffs",
              SUM("t42"."back") FILTER(WHERE
                NOT (
                  "t42"."what" IN (0, 2)
                )) AS "ping_pongs"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t37"."what",
                  "t37"."n",
                  "t37"."back",
                  "t37"."thread" AS "customer_id"
                FROM "t36" AS "t37"
                WHERE
                  "t37"."what" <= 1
              ) AS "t38"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t40"."what",
                  "t40"."n",
                  "t40"."back",
                  "t19"."customer_id"
                FROM (
                  SELECT
                    *
                  FROM "t36" AS "t37"
                  WHERE
                    "t37"."what" > 1
                ) AS "t40"
                INNER JOIN "t9" AS "t19"
                  ON "t40"."thread" = "t19"."thread"
              ) AS "t41"
            ) AS "t42"
            GROUP BY
              1
          ) AS "t44"
            ON "t32"."whose" = "t44"."customer_id"
          LEFT OUTER JOIN (
            SELECT
              "t22"."thread" AS "held",
              MIN("t22"."at") AS "first_at",
              MAX("t22"."at") AS "last_at"
            FROM "t20" AS "t22"
            GROUP BY
              1
          ) AS "t28"
            ON "t32"."whose" = "t28"."held"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t8"
            ON "t32"."whose" = "t8"."starter"
        ) AS "t45"
      ) AS "t47"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t14"
        ON "t47"."customer_id" = "t14"."trait_customer"
        AND "t47"."moment" >= "t14"."trait_from"
        AND "t47"."moment" < "t14"."trait_to"
    ) AS "t48"
  ) AS "t49"
) AS "t50"
ORDER BY
  "t50"."customer_id" ASC
