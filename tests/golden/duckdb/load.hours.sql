SELECT
  "t7"."person_id",
  SUM("t7"."until" - "t7"."since") AS "seconds"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t5"."person_id",
      "t5"."since",
      "t5"."until",
      "t5"."day"
    FROM (
      SELECT
        "t0"."person_id",
        GREATEST(CAST(EPOCH(CAST("t0"."from_at" AS TIMESTAMP)) AS BIGINT), 1759276800) AS "since",
        LEAST(CAST(EPOCH(CAST("t0"."to_at" AS TIMESTAMP)) AS BIGINT), 1767225600) AS "until",
        CAST(ROUND(
          (
            (
              CAST(EPOCH(CAST("t0"."from_at" AS TIMESTAMP)) AS BIGINT) + 0
            ) - (
              (
                CAST(EPOCH(CAST("t0"."from_at" AS TIMESTAMP)) AS BIGINT) + 0
              ) % 86400
            )
          ) / 86400,
          0
        ) AS BIGINT) AS "day"
      FROM "shift" AS "t0"
      WHERE
        "t0"."from_at" < MAKE_TIMESTAMP(2026, 1, 1, 0, 0, 0.0)
        AND "t0"."to_at" > MAKE_TIMESTAMP(2025, 10, 1, 0, 0, 0.0)
    ) AS "t5"
    ANTI JOIN (
      SELECT
        "t1"."person_id" AS "who",
        DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t1"."from_on") AS "from_day",
        DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t1"."to_on") AS "to_day"
      FROM "absence" AS "t1"
    ) AS "t3"
      ON "t5"."person_id" = "t3"."who"
      AND "t5"."day" >= "t3"."from_day"
      AND "t5"."day" < "t3"."to_day"
  ) AS "t6"
  WHERE
    "t6"."until" > "t6"."since"
) AS "t7"
GROUP BY
  1
