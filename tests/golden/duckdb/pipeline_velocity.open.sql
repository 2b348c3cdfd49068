SELECT
  "t4"."month_index" AS "month",
  "t4"."step"
FROM (
  SELECT
    "t3"."month_index",
    SUM("t3"."step") AS "step"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        (
          (
            CAST(EXTRACT(year FROM "t0"."opened_at") AS BIGINT) * 12
          ) + CAST(EXTRACT(month FROM "t0"."opened_at") AS BIGINT)
        ) - 1 AS "month_index",
        1 AS "step"
      FROM "deal" AS "t0"
      WHERE
        "t0"."kind" = 'new' AND CAST("t0"."opened_at" AS DATE) <= MAKE_DATE(2025, 12, 31)
    ) AS "t2"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        (
          (
            CAST(EXTRACT(year FROM "t0"."closed_at") AS BIGINT) * 12
          ) + CAST(EXTRACT(month FROM "t0"."closed_at") AS BIGINT)
        ) - 1 AS "month_index",
        -1 AS "step"
      FROM "deal" AS "t0"
      WHERE
        "t0"."kind" = 'new'
        AND CAST("t0"."opened_at" AS DATE) <= MAKE_DATE(2025, 12, 31)
        AND "t0"."closed_at" IS NOT NULL
        AND CAST("t0"."closed_at" AS DATE) <= MAKE_DATE(2025, 12, 31)
    ) AS "t1"
  ) AS "t3"
  GROUP BY
    1
) AS "t4"
