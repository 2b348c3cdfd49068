SELECT
  "t20"."slice",
  COUNT(*) AS "customer_months"
FROM (
  SELECT
    "t19".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t18"."customer_id",
      "t18"."at",
      "t18"."key_month",
      "t18"."moment",
      COALESCE("t18"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t17"."customer_id",
        "t17"."at",
        "t17"."key_month",
        "t17"."moment",
        "t9"."trait_customer",
        "t9"."trait_value",
        "t9"."trait_from",
        "t9"."trait_to"
      FROM (
        SELECT
          "t15"."customer_id",
          "t15"."at",
          "t15"."key_month",
          GREATEST("t15"."key_month", COALESCE("t15"."began", "t15"."key_month")) AS "moment"
        FROM (
          SELECT
            "t14"."customer_id",
            "t14"."at",
            "t14"."key_month",
            "t6"."starter",
            "t6"."began"
          FROM (
            SELECT DISTINCT
              *
            FROM (
              SELECT
                "t10"."customer_id",
                "t11"."at",
                24309 AS "key_month"
              FROM (
                SELECT
                  *
                FROM "mrr_level" AS "t2"
                WHERE
                  "t2"."arr_e6" > 0
              ) AS "t10"
              INNER JOIN (
                SELECT
                  "t3"."month" AS "at"
                FROM "calendar_month" AS "t3"
                WHERE
                  "t3"."month" IN (24309, 24310, 24311)
              ) AS "t11"
                ON "t10"."from_month" <= "t11"."at" AND "t11"."at" < "t10"."to_month"
            ) AS "t12"
          ) AS "t14"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t6"
            ON "t14"."customer_id" = "t6"."starter"
        ) AS "t15"
      ) AS "t17"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t9"
        ON "t17"."customer_id" = "t9"."trait_customer"
        AND "t17"."moment" >= "t9"."trait_from"
        AND "t17"."moment" < "t9"."trait_to"
    ) AS "t18"
  ) AS "t19"
) AS "t20"
GROUP BY
  1
