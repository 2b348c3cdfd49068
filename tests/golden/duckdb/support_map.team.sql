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
  "t7"."category",
  "t7"."channel",
  "t7"."tier",
  "t7"."priority",
  "t7"."about",
  COUNT(*) AS "n",
  SUM("t7"."seconds") AS "seconds"
FROM (
  SELECT
    "t6"."person_id",
    "t6"."message_id",
    "t6"."category",
    "t6"."channel",
    "t6"."tier",
    "t6"."priority",
    "t6"."seconds",
    CASE
      WHEN "t6"."seconds" < 200
      THEN "t6"."seconds" - (
        "t6"."seconds" % 1
      )
      ELSE CASE
        WHEN "t6"."seconds" < 2000
        THEN "t6"."seconds" - (
          "t6"."seconds" % 10
        )
        ELSE CASE
          WHEN "t6"."seconds" < 20000
          THEN "t6"."seconds" - (
            "t6"."seconds" % 100
          )
          ELSE CASE
            WHEN "t6"."seconds" < 200000
            THEN "t6"."seconds" - (
              "t6"."seconds" % 1000
            )
            ELSE "t6"."seconds" - (
              "t6"."seconds" % 10000
            )
          END
        END
      END
    END AS "about"
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
GROUP BY
  1,
  2,
  3,
  4,
  5
