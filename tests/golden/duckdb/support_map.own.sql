WITH "t1" AS (
  SELECT
    "t0"."message_id",
    "t0"."conversation_id",
    "t0"."episode",
    "t0"."nth",
    "t0"."customer_id",
    "t0"."person_id",
    "t0"."at",
    "t0"."seconds_spent",
    "t0"."in_hours",
    "t0"."wait_s",
    "t0"."business_s",
    "t0"."reaction_s",
    "t0"."channel",
    "t0"."category",
    "t0"."tier",
    "t0"."priority",
    24309 AS "key_month"
  FROM "reply" AS "t0"
  WHERE
    "t0"."at" >= MAKE_TIMESTAMP(2025, 10, 1, 0, 0, 0.0)
    AND "t0"."at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
    AND "t0"."person_id" IS NOT NULL
    AND "t0"."wait_s" IS NOT NULL
)
SELECT
  "t8"."person_id",
  "t8"."seconds"
FROM (
  SELECT
    "t7"."person_id",
    "t7"."message_id",
    "t7"."category",
    "t7"."channel",
    "t7"."tier",
    "t7"."priority",
    "t7"."seconds",
    ROW_NUMBER() OVER (
      PARTITION BY "t7"."person_id"
      ORDER BY "t7"."seconds" ASC, "t7"."message_id" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "place",
    COUNT(*) OVER (
      PARTITION BY "t7"."person_id"
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "n"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t3"."person_id",
        "t3"."message_id",
        "t3"."category",
        "t3"."channel",
        "t3"."tier",
        "t3"."priority",
        CASE
          WHEN "t5"."shifts" > 0
          THEN "t3"."reaction_s"
          WHEN "t5"."schedules" > 0
          THEN "t3"."business_s"
          ELSE "t3"."wait_s"
        END AS "seconds"
      FROM "t1" AS "t3"
      CROSS JOIN (
        SELECT
          COUNT("t2"."reaction_s") AS "shifts",
          COUNT("t2"."business_s") AS "schedules"
        FROM "t1" AS "t2"
      ) AS "t5"
    ) AS "t6"
    WHERE
      "t6"."seconds" IS NOT NULL
  ) AS "t7"
) AS "t8"
WHERE
  (
    "t8"."place" * 2
  ) >= (
    "t8"."n" - 2
  )
  AND (
    "t8"."place" * 2
  ) <= "t8"."n"
