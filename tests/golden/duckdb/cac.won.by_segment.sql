WITH "t9" AS (
  SELECT
    "t5"."customer_id",
    "t5"."first_month",
    COALESCE("t8"."value", '(none)') AS "slice",
    COALESCE("t8"."since", 0) AS "since",
    COALESCE("t8"."until", 9999999) AS "until"
  FROM (
    SELECT
      "t1"."customer_id",
      "t1"."first_month"
    FROM "customer_start" AS "t1"
  ) AS "t5"
  LEFT OUTER JOIN (
    SELECT
      "t2"."customer_id" AS "holder",
      "t2"."value",
      "t2"."from_month" AS "since",
      "t2"."to_month" AS "until"
    FROM "customer_trait" AS "t2"
    WHERE
      "t2"."name" = 'segment'
  ) AS "t8"
    ON "t5"."customer_id" = "t8"."holder"
)
SELECT
  "t23"."month",
  "t23"."slice",
  "t23"."base_e16",
  "t23"."customers" AS "n"
FROM (
  SELECT
    "t22"."month",
    "t22"."part",
    "t22"."slice",
    CAST(SUM("t22"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
    COUNT(*) AS "customers"
  FROM (
    SELECT
      "t21"."customer_id",
      "t21"."kind",
      "t21"."base_e16",
      GREATEST("t21"."from_month", "t21"."value_from") AS "from_month",
      LEAST("t21"."to_month", "t21"."value_to") AS "to_month",
      "t21"."slice",
      GREATEST("t21"."from_month", "t21"."value_from") AS "month",
      "t21"."kind" AS "part"
    FROM (
      SELECT
        "t7"."customer_id",
        "t7"."kind",
        "t7"."base_e16",
        "t7"."from_month",
        "t7"."to_month",
        "t20"."holder",
        "t20"."slice",
        "t20"."value_from",
        "t20"."value_to"
      FROM (
        SELECT
          "t0"."customer_id",
          "t0"."kind",
          "t0"."base_e16",
          "t0"."month" AS "from_month",
          "t0"."month" + 1 AS "to_month"
        FROM "movement" AS "t0"
        WHERE
          "t0"."kind" = 'new' AND "t0"."month" <= 24311
      ) AS "t7"
      INNER JOIN (
        SELECT
          "t18"."customer_id" AS "holder",
          "t18"."slice",
          "t18"."from_month" AS "value_from",
          "t18"."to_month" AS "value_to"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t10"."customer_id",
              "t10"."slice",
              CASE WHEN "t10"."since" > "t10"."first_month" THEN "t10"."since" + 0 ELSE 0 END AS "from_month",
              "t10"."until" + 0 AS "to_month"
            FROM "t9" AS "t10"
            WHERE
              "t10"."until" > "t10"."first_month"
          ) AS "t13"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t16"."customer_id",
              '(none)' AS "slice",
              0 AS "from_month",
              "t16"."since" + 0 AS "to_month"
            FROM (
              SELECT
                "t11"."customer_id",
                MIN("t11"."since") AS "since"
              FROM (
                SELECT
                  *
                FROM "t9" AS "t10"
                WHERE
                  "t10"."since" > "t10"."first_month"
              ) AS "t11"
              GROUP BY
                1
            ) AS "t16"
            ANTI JOIN (
              SELECT
                *
              FROM "t9" AS "t10"
              WHERE
                "t10"."since" <= "t10"."first_month" AND "t10"."until" > "t10"."first_month"
            ) AS "t14"
              ON "t16"."customer_id" = "t14"."customer_id"
          ) AS "t17"
        ) AS "t18"
      ) AS "t20"
        ON "t7"."customer_id" = "t20"."holder"
        AND "t7"."from_month" < "t20"."value_to"
        AND "t20"."value_from" < "t7"."to_month"
    ) AS "t21"
  ) AS "t22"
  GROUP BY
    1,
    2,
    3
) AS "t23"
