SELECT
  "t13"."customer_id",
  "t13"."day",
  "t9"."month",
  "t13"."currency",
  "t13"."delta_e6",
  CAST("t13"."delta_e6" AS DECIMAL(38, 0)) * CAST("t9"."rate_e10" AS DECIMAL(38, 0)) AS "base_e16",
  "t13"."items",
  "t13"."cause"
FROM (
  SELECT
    "t11"."customer_id",
    "t11"."day",
    "t11"."currency",
    "t11"."delta_e6",
    "t11"."items",
    CASE WHEN "t11"."items" = 1 THEN "t11"."cause" ELSE CAST(NULL AS TEXT) END AS "cause"
  FROM (
    SELECT
      "t10"."customer_id",
      "t10"."day",
      "t10"."currency",
      SUM("t10"."delta_e6") AS "delta_e6",
      COUNT(*) AS "items",
      MAX("t10"."cause") AS "cause"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t2"."customer_id",
            "t2"."currency",
            "t2"."cause",
            "t2"."from_day" AS "day",
            "t2"."arr_e6" - "t2"."was_e6" AS "delta_e6"
          FROM "run_rate" AS "t2"
        ) AS "t5"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t2"."customer_id",
            "t2"."currency",
            "t2"."end_cause" AS "cause",
            "t2"."to_day" AS "day",
            -(
              "t2"."arr_e6"
            ) AS "delta_e6"
          FROM "run_rate" AS "t2"
          WHERE
            "t2"."to_day" IS NOT NULL AND NOT (
              "t2"."goes_on"
            )
        ) AS "t6"
      ) AS "t7"
      WHERE
        "t7"."delta_e6" <> 0
    ) AS "t10"
    GROUP BY
      1,
      2,
      3
  ) AS "t11"
  WHERE
    "t11"."delta_e6" <> 0
) AS "t13"
INNER JOIN (
  SELECT
    "t4"."currency",
    "t3"."day",
    "t3"."month",
    "t4"."rate_e10"
  FROM "calendar_day" AS "t3"
  INNER JOIN "fx_day" AS "t4"
    ON "t3"."day" >= "t4"."from_day" AND "t3"."day" < "t4"."to_day"
) AS "t9"
  ON "t13"."currency" = "t9"."currency" AND "t13"."day" = "t9"."day"
