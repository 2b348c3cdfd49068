SELECT
  "t4"."person_id",
  "t4"."week",
  "t4"."category",
  "t4"."channel",
  "t4"."tier",
  "t4"."priority",
  COUNT(*) AS "cases",
  SUM("t4"."part") AS "part",
  SUM("t4"."timed") AS "timed",
  SUM("t4"."outside") AS "outside"
FROM (
  SELECT
    "t3"."conversation_id",
    "t3"."episode",
    "t3"."category",
    "t3"."channel",
    "t3"."tier",
    "t3"."priority",
    "t3"."person_id",
    "t3"."first_at",
    "t3"."replies",
    "t3"."timed",
    "t3"."outside",
    "t3"."whole",
    "t3"."share",
    -1 + CASE
      WHEN "t3"."first_at" >= MAKE_TIMESTAMP(2025, 9, 29, 0, 0, 0.0)
      THEN 1
      ELSE 0
    END + CASE
      WHEN "t3"."first_at" >= MAKE_TIMESTAMP(2025, 10, 6, 0, 0, 0.0)
      THEN 1
      ELSE 0
    END + CASE
      WHEN "t3"."first_at" >= MAKE_TIMESTAMP(2025, 10, 13, 0, 0, 0.0)
      THEN 1
      ELSE 0
    END + CASE
      WHEN "t3"."first_at" >= MAKE_TIMESTAMP(2025, 10, 20, 0, 0, 0.0)
      THEN 1
      ELSE 0
    END + CASE
      WHEN "t3"."first_at" >= MAKE_TIMESTAMP(2025, 10, 27, 0, 0, 0.0)
      THEN 1
      ELSE 0
    END + CASE
      WHEN "t3"."first_at" >= MAKE_TIMESTAMP(2025, 11, 3, 0, 0, 0.0)
      THEN 1
      ELSE 0
    END + CASE
      WHEN "t3"."first_at" >= MAKE_TIMESTAMP(2025, 11, 10, 0, 0, 0.0)
      THEN 1
      ELSE 0
    END + CASE
      WHEN "t3"."first_at" >= MAKE_TIMESTAMP(2025, 11, 17, 0, 0, 0.0)
      THEN 1
      ELSE 0
    END + CASE
      WHEN "t3"."first_at" >= MAKE_TIMESTAMP(2025, 11, 24, 0, 0, 0.0)
      THEN 1
      ELSE 0
    END + CASE
      WHEN "t3"."first_at" >= MAKE_TIMESTAMP(2025, 12, 1, 0, 0, 0.0)
      THEN 1
      ELSE 0
    END + CASE
      WHEN "t3"."first_at" >= MAKE_TIMESTAMP(2025, 12, 8, 0, 0, 0.0)
      THEN 1
      ELSE 0
    END + CASE
      WHEN "t3"."first_at" >= MAKE_TIMESTAMP(2025, 12, 15, 0, 0, 0.0)
      THEN 1
      ELSE 0
    END + CASE
      WHEN "t3"."first_at" >= MAKE_TIMESTAMP(2025, 12, 22, 0, 0, 0.0)
      THEN 1
      ELSE 0
    END + CASE
      WHEN "t3"."first_at" >= MAKE_TIMESTAMP(2025, 12, 29, 0, 0, 0.0)
      THEN 1
      ELSE 0
    END AS "week",
    CAST(ROUND((
      "t3"."share" - (
        "t3"."share" % "t3"."whole"
      )
    ) / "t3"."whole", 0) AS BIGINT) AS "part"
  FROM (
    SELECT
      "t2"."conversation_id",
      "t2"."episode",
      "t2"."category",
      "t2"."channel",
      "t2"."tier",
      "t2"."priority",
      "t2"."person_id",
      "t2"."first_at",
      "t2"."replies",
      "t2"."timed",
      "t2"."outside",
      SUM("t2"."replies") OVER (
        PARTITION BY "t2"."conversation_id", "t2"."episode"
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "whole",
      "t2"."replies" * 1000000000 AS "share"
    FROM (
      SELECT
        "t1"."conversation_id",
        "t1"."episode",
        "t1"."category",
        "t1"."channel",
        "t1"."tier",
        "t1"."priority",
        "t1"."person_id",
        MIN("t1"."at") AS "first_at",
        COUNT(*) AS "replies",
        SUM(CAST("t1"."in_hours" IS NOT NULL AS BIGINT)) AS "timed",
        SUM(CAST((
          "t1"."in_hours" IS NOT NULL
        ) AND NOT (
          "t1"."in_hours"
        ) AS BIGINT)) AS "outside"
      FROM (
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
      ) AS "t1"
      GROUP BY
        1,
        2,
        3,
        4,
        5,
        6,
        7
    ) AS "t2"
  ) AS "t3"
  WHERE
    "t3"."person_id" IS NOT NULL
) AS "t4"
GROUP BY
  1,
  2,
  3,
  4,
  5,
  6
