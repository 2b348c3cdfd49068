SELECT
  "t17"."currency",
  "t17"."month",
  "t17"."slice",
  CAST(SUM("t17"."delta_e6") AS DECIMAL(38, 0)) AS "delta_e6"
FROM (
  SELECT
    "t16".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t15"."customer_id",
      "t15"."currency",
      "t15"."month",
      "t15"."delta_e6",
      "t15"."key_month",
      "t15"."moment",
      COALESCE("t15"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t14"."customer_id",
        "t14"."currency",
        "t14"."month",
        "t14"."delta_e6",
        "t14"."key_month",
        "t14"."moment",
        "t7"."trait_customer",
        "t7"."trait_value",
        "t7"."trait_from",
        "t7"."trait_to"
      FROM (
        SELECT
          "t12"."customer_id",
          "t12"."currency",
          "t12"."month",
          "t12"."delta_e6",
          "t12"."key_month",
          GREATEST("t12"."key_month", COALESCE("t12"."began", "t12"."key_month")) AS "moment"
        FROM (
          SELECT
            "t11"."customer_id",
            "t11"."currency",
            "t11"."month",
            "t11"."delta_e6",
            "t11"."key_month",
            "t5"."starter",
            "t5"."began"
          FROM (
            SELECT
              "t9"."customer_id",
              "t9"."currency",
              "t9"."month",
              "t9"."delta_e6",
              24251 AS "key_month"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t2"."customer_id",
                  "t2"."currency",
                  "t2"."from_month" AS "month",
                  CAST("t2"."arr_e6" AS DECIMAL(38, 0)) AS "delta_e6"
                FROM "mrr_level" AS "t2"
                WHERE
                  "t2"."from_month" <= 24311
              ) AS "t6"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t2"."customer_id",
                  "t2"."currency",
                  "t2"."to_month" AS "month",
                  -(
                    CAST("t2"."arr_e6" AS DECIMAL(38, 0))
                  ) AS "delta_e6"
                FROM "mrr_level" AS "t2"
                WHERE
                  "t2"."to_month" <= 24311 AND "t2"."to_month" < 9999999
              ) AS "t8"
            ) AS "t9"
          ) AS "t11"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t5"
            ON "t11"."customer_id" = "t5"."starter"
        ) AS "t12"
      ) AS "t14"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t7"
        ON "t14"."customer_id" = "t7"."trait_customer"
        AND "t14"."moment" >= "t7"."trait_from"
        AND "t14"."moment" < "t7"."trait_to"
    ) AS "t15"
  ) AS "t16"
) AS "t17"
GROUP BY
  1,
  2,
  3
