WITH "t4" AS (
  SELECT
    "t0"."customer_id",
    "t0"."conversation_id" AS "thread"
  FROM "conversation" AS "t0"
  WHERE
    "t0"."customer_id" IS NOT NULL
), "t14" AS (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t1"."customer_id" AS "thread",
        CAST(0 AS BIGINT) AS "what",
        "t1"."from_at" AS "at",
        "t1"."role" AS "value"
      FROM "assignment" AS "t1"
      WHERE
        "t1"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
    ) AS "t5"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t1"."customer_id" AS "thread",
        CAST(1 AS BIGINT) AS "what",
        "t1"."from_at" AS "at",
        "t1"."person_id" AS "value"
      FROM "assignment" AS "t1"
      WHERE
        "t1"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
    ) AS "t6"
  ) AS "t10"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t2"."customer_id" AS "thread",
        CAST(0 AS BIGINT) AS "what",
        "t2"."accepted_at" AS "at",
        "t2"."to_role" AS "value"
      FROM "handoff" AS "t2"
      WHERE
        "t2"."accepted_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
    ) AS "t7"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t2"."customer_id" AS "thread",
        CAST(1 AS BIGINT) AS "what",
        "t2"."accepted_at" AS "at",
        "t2"."to_person_id" AS "value"
      FROM "handoff" AS "t2"
      WHERE
        "t2"."accepted_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
    ) AS "t8"
  ) AS "t11"
), "t15" AS (
  SELECT
    "t3"."conversation_id" AS "thread",
    CAST(CASE WHEN "t3"."kind" = 'group' THEN 2 ELSE 3 END AS BIGINT) AS "what",
    "t3"."at",
    "t3"."to_value" AS "value"
  FROM "conversation_event" AS "t3"
  WHERE
    "t3"."kind" IN ('assigned', 'group')
    AND "t3"."to_value" IS NOT NULL
    AND "t3"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
), "t30" AS (
  SELECT
    "t29"."thread",
    "t29"."what",
    COUNT(*) AS "n",
    SUM("t29"."back") AS "back"
  FROM (
    SELECT
      "t28"."thread",
      "t28"."what",
      CAST(COALESCE(
        LAG("t28"."before") OVER (
          PARTITION BY "t28"."thread", "t28"."what"
          ORDER BY "t28"."at" ASC, "t28"."value" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) = "t28"."value",
        FALSE
      ) AS BIGINT) AS "back"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t23"."thread",
          "t23"."what",
          "t23"."at",
          "t23"."value",
          LAG("t23"."value") OVER (
            PARTITION BY "t23"."thread", "t23"."what"
            ORDER BY "t23"."at" ASC, "t23"."value" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "before"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM "t14" AS "t16"
            UNION ALL
            SELECT
              *
            FROM "t15" AS "t17"
          ) AS "t19"
          WHERE
            "t19"."value" IS NOT NULL
        ) AS "t23"
      ) AS "t27"
      WHERE
        "t27"."before" <> "t27"."value"
    ) AS "t28"
  ) AS "t29"
  GROUP BY
    1,
    2
)
SELECT
  *
FROM (
  SELECT
    "t22"."first_at",
    "t22"."last_at",
    COALESCE("t38"."team_handoffs", 0) AS "team_handoffs",
    COALESCE("t38"."person_handoffs", 0) AS "person_handoffs",
    COALESCE("t38"."ping_pongs", 0) AS "ping_pongs",
    "t26"."whose" AS "customer_id",
    24311 AS "key_month"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t16"."thread" AS "whose"
      FROM "t14" AS "t16"
    ) AS "t20"
    UNION
    SELECT
      *
    FROM (
      SELECT
        "t12"."customer_id" AS "whose"
      FROM "t4" AS "t12"
      SEMI JOIN "t15" AS "t18"
        ON "t12"."thread" = "t18"."thread"
    ) AS "t24"
  ) AS "t26"
  LEFT OUTER JOIN (
    SELECT
      "t36"."customer_id",
      SUM("t36"."n") FILTER(WHERE
        "t36"."what" IN (0, 2)) AS "team_handoffs",
      SUM("t36"."n") FILTER(WHERE
        NOT (
          "t36"."what" IN (0, 2)
        )) AS "person_handoffs",
      SUM("t36"."back") FILTER(WHERE
        NOT (
          "t36"."what" IN (0, 2)
        )) AS "ping_pongs"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t31"."what",
          "t31"."n",
          "t31"."back",
          "t31"."thread" AS "customer_id"
        FROM "t30" AS "t31"
        WHERE
          "t31"."what" <= 1
      ) AS "t32"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t34"."what",
          "t34"."n",
          "t34"."back",
          "t13"."customer_id"
        FROM (
          SELECT
            *
          FROM "t30" AS "t31"
          WHERE
            "t31"."what" > 1
        ) AS "t34"
        INNER JOIN "t4" AS "t13"
          ON "t34"."thread" = "t13"."thread"
      ) AS "t35"
    ) AS "t36"
    GROUP BY
      1
  ) AS "t38"
    ON "t26"."whose" = "t38"."customer_id"
  LEFT OUTER JOIN (
    SELECT
      "t16"."thread" AS "held",
      MIN("t16"."at") AS "first_at",
      MAX("t16"."at") AS "last_at"
    FROM "t14" AS "t16"
    GROUP BY
      1
  ) AS "t22"
    ON "t26"."whose" = "t22"."held"
) AS "t39"
ORDER BY
  "t39"."customer_id" ASC
