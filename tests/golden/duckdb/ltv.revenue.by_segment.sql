WITH "t18" AS (
  SELECT
    "t17"."currency",
    "t17"."slice",
    "t17"."from_month",
    "t17"."to_month",
    CAST(SUM(CAST("t17"."arr_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "delta_e6"
  FROM (
    SELECT
      "t3"."customer_id",
      "t3"."currency",
      "t3"."arr_e6",
      "t3"."from_month",
      "t3"."to_month",
      "t16"."slice"
    FROM "mrr_level" AS "t3"
    INNER JOIN (
      SELECT
        "t14"."customer_id",
        COALESCE("t14"."trait_value", '(none)') AS "slice"
      FROM (
        SELECT
          "t13"."customer_id",
          "t13"."moment",
          "t9"."trait_customer",
          "t9"."trait_value",
          "t9"."trait_from",
          "t9"."trait_to"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t1"."customer_id",
              GREATEST("t1"."first_month", 24251) AS "moment"
            FROM "customer_start" AS "t1"
          ) AS "t6"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t10"."customer_id",
              24251 AS "moment"
            FROM (
              SELECT
                "t8"."customer_id"
              FROM (
                SELECT DISTINCT
                  "t0"."customer_id"
                FROM "mrr_level" AS "t0"
                WHERE
                  "t0"."arr_e6" <= 0
              ) AS "t8"
              ANTI JOIN "customer_start" AS "t4"
                ON "t8"."customer_id" = "t4"."customer_id"
            ) AS "t10"
          ) AS "t11"
        ) AS "t13"
        LEFT OUTER JOIN (
          SELECT
            "t2"."customer_id" AS "trait_customer",
            "t2"."value" AS "trait_value",
            "t2"."from_month" AS "trait_from",
            "t2"."to_month" AS "trait_to"
          FROM "customer_trait" AS "t2"
          WHERE
            "t2"."name" = 'segment'
        ) AS "t9"
          ON "t13"."customer_id" = "t9"."trait_customer"
          AND "t13"."moment" >= "t9"."trait_from"
          AND "t13"."moment" < "t9"."trait_to"
      ) AS "t14"
    ) AS "t16"
      ON "t3"."customer_id" = "t16"."customer_id"
  ) AS "t17"
  GROUP BY
    1,
    2,
    3,
    4
)
SELECT
  "t22"."currency",
  "t22"."month",
  "t22"."slice",
  CAST(SUM("t22"."delta_e6") AS DECIMAL(38, 0)) AS "delta_e6"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t19"."currency",
      "t19"."from_month" AS "month",
      "t19"."slice",
      "t19"."delta_e6"
    FROM "t18" AS "t19"
    WHERE
      "t19"."from_month" <= 24311
  ) AS "t20"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t19"."currency",
      "t19"."to_month" AS "month",
      "t19"."slice",
      -(
        "t19"."delta_e6"
      ) AS "delta_e6"
    FROM "t18" AS "t19"
    WHERE
      "t19"."to_month" <= 24311 AND "t19"."to_month" < 9999999
  ) AS "t21"
) AS "t22"
GROUP BY
  1,
  2,
  3
