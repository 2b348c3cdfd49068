SELECT
  "t14"."slice",
  COUNT(*) AS "made",
  SUM("t14"."due") AS "due",
  SUM("t14"."kept") AS "kept",
  SUM("t14"."late") AS "late",
  SUM("t14"."broken") AS "broken"
FROM (
  SELECT
    "t13".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t12"."customer_id",
      "t12"."promise_id",
      "t12"."deal_id",
      "t12"."product_state",
      "t12"."person",
      "t12"."key_month",
      "t12"."due",
      "t12"."kept",
      "t12"."late",
      "t12"."broken",
      "t12"."moment",
      COALESCE("t12"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t11"."customer_id",
        "t11"."promise_id",
        "t11"."deal_id",
        "t11"."product_state",
        "t11"."person",
        "t11"."key_month",
        "t11"."due",
        "t11"."kept",
        "t11"."late",
        "t11"."broken",
        "t11"."moment",
        "t6"."trait_customer",
        "t6"."trait_value",
        "t6"."trait_from",
        "t6"."trait_to"
      FROM (
        SELECT
          "t9"."customer_id",
          "t9"."promise_id",
          "t9"."deal_id",
          "t9"."product_state",
          "t9"."person",
          "t9"."key_month",
          "t9"."due",
          "t9"."kept",
          "t9"."late",
          "t9"."broken",
          GREATEST("t9"."key_month", COALESCE("t9"."began", "t9"."key_month")) AS "moment"
        FROM (
          SELECT
            "t8"."customer_id",
            "t8"."promise_id",
            "t8"."deal_id",
            "t8"."product_state",
            "t8"."person",
            "t8"."key_month",
            "t8"."due",
            "t8"."kept",
            "t8"."late",
            "t8"."broken",
            "t5"."starter",
            "t5"."began"
          FROM (
            SELECT
              "t1"."customer_id",
              "t1"."promise_id",
              "t1"."deal_id",
              "t1"."product_state",
              "t1"."person_id" AS "person",
              "t1"."made_month" AS "key_month",
              CASE
                WHEN COALESCE("t1"."kept_day" <= 20453, FALSE)
                OR COALESCE("t1"."due_day" <= 20453, FALSE)
                OR COALESCE("t1"."broken_day" <= 20453, FALSE)
                THEN 1
                ELSE 0
              END AS "due",
              CASE
                WHEN COALESCE("t1"."kept_day" <= 20453, FALSE)
                AND NOT (
                  COALESCE("t1"."kept_day" <= 20453, FALSE)
                  AND (
                    "t1"."kept_after_broken" OR COALESCE("t1"."kept_day" > "t1"."due_day", FALSE)
                  )
                )
                THEN 1
                ELSE 0
              END AS "kept",
              CASE
                WHEN COALESCE("t1"."kept_day" <= 20453, FALSE)
                AND (
                  "t1"."kept_after_broken" OR COALESCE("t1"."kept_day" > "t1"."due_day", FALSE)
                )
                THEN 1
                ELSE 0
              END AS "late",
              CASE
                WHEN (
                  COALESCE("t1"."kept_day" <= 20453, FALSE)
                  OR COALESCE("t1"."due_day" <= 20453, FALSE)
                  OR COALESCE("t1"."broken_day" <= 20453, FALSE)
                )
                AND NOT (
                  COALESCE("t1"."kept_day" <= 20453, FALSE)
                )
                THEN 1
                ELSE 0
              END AS "broken"
            FROM "promise_day" AS "t1"
            WHERE
              "t1"."made_day" <= 20453
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
GROUP BY
  1
