SELECT
  "t15"."items",
  "t15"."unfilled",
  "t15"."slice",
  COUNT(*) AS "n",
  SUM("t15"."completeness") AS "completeness",
  SUM("t15"."accuracy") AS "accuracy",
  SUM("t15"."product") AS "products",
  VARIANCE(CAST("t15"."product" AS DOUBLE)) AS "variance"
FROM (
  SELECT
    "t14"."customer_id",
    "t14"."template",
    "t14"."completeness",
    "t14"."accuracy",
    "t14"."from_person",
    "t14"."to_person",
    "t14"."key_month",
    "t14"."items",
    "t14"."unfilled",
    "t14"."slice",
    "t14"."completeness" * "t14"."accuracy" AS "product"
  FROM (
    SELECT
      "t13".*
      EXCLUDE ("moment")
    FROM (
      SELECT
        "t12"."customer_id",
        "t12"."template",
        "t12"."completeness",
        "t12"."accuracy",
        "t12"."from_person",
        "t12"."to_person",
        "t12"."key_month",
        "t12"."items",
        "t12"."unfilled",
        "t12"."moment",
        COALESCE("t12"."trait_value", '(none)') AS "slice"
      FROM (
        SELECT
          "t11"."customer_id",
          "t11"."template",
          "t11"."completeness",
          "t11"."accuracy",
          "t11"."from_person",
          "t11"."to_person",
          "t11"."key_month",
          "t11"."items",
          "t11"."unfilled",
          "t11"."moment",
          "t6"."trait_customer",
          "t6"."trait_value",
          "t6"."trait_from",
          "t6"."trait_to"
        FROM (
          SELECT
            "t9"."customer_id",
            "t9"."template",
            "t9"."completeness",
            "t9"."accuracy",
            "t9"."from_person",
            "t9"."to_person",
            "t9"."key_month",
            "t9"."items",
            "t9"."unfilled",
            GREATEST("t9"."key_month", COALESCE("t9"."began", "t9"."key_month")) AS "moment"
          FROM (
            SELECT
              "t8"."customer_id",
              "t8"."template",
              "t8"."completeness",
              "t8"."accuracy",
              "t8"."from_person",
              "t8"."to_person",
              "t8"."key_month",
              "t8"."items",
              "t8"."unfilled",
              "t5"."starter",
              "t5"."began"
            FROM (
              SELECT
                "t1"."customer_id",
                "t1"."template",
                CAST("t1"."completeness" AS DECIMAL(10, 9)) AS "completeness",
                CAST("t1"."accuracy" AS DECIMAL(10, 9)) AS "accuracy",
                "t1"."from_person_id" AS "from_person",
                "t1"."to_person_id" AS "to_person",
                COALESCE("t1"."given_month", 0) AS "key_month",
                CASE WHEN COALESCE("t1"."items", 0) > 0 THEN "t1"."items" ELSE 6 END AS "items",
                LEAST(
                  COALESCE("t1"."reasks_unfilled", 0),
                  CASE WHEN COALESCE("t1"."items", 0) > 0 THEN "t1"."items" ELSE 6 END
                ) AS "unfilled"
              FROM "handoff_day" AS "t1"
              WHERE
                "t1"."confirmed_day" <= 20453
                AND "t1"."completeness" BETWEEN 0 AND 1
                AND "t1"."accuracy" BETWEEN 0 AND 1
            ) AS "t8"
            LEFT OUTER JOIN (
              SELECT
                "t2"."customer_id" AS "starter",
                "t2"."first_month" AS "began"
              FROM "customer_start" AS "t2"
            ) AS "t5"
              ON "t8"."customer_id" = "t5"."starter"
          ) AS "t9"
        ) AS "t11"
        LEFT OUTER JOIN (
          SELECT
            "t0"."customer_id" AS "trait_customer",
            "t0"."value" AS "trait_value",
            "t0"."from_month" AS "trait_from",
            "t0"."to_month" AS "trait_to"
          FROM "customer_trait" AS "t0"
          WHERE
            "t0"."name" = 'segment'
        ) AS "t6"
          ON "t11"."customer_id" = "t6"."trait_customer"
          AND "t11"."moment" >= "t6"."trait_from"
          AND "t11"."moment" < "t6"."trait_to"
      ) AS "t12"
    ) AS "t13"
  ) AS "t14"
) AS "t15"
GROUP BY
  1,
  2,
  3
