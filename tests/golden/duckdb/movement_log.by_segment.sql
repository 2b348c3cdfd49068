SELECT
  *
FROM (
  SELECT
    "t13".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t12"."customer_id",
      "t12"."day",
      "t12"."month",
      "t12"."kind",
      "t12"."cause",
      "t12"."currency",
      "t12"."amount_e6",
      "t12"."base_e16",
      "t12"."key_month",
      "t12"."moment",
      COALESCE("t12"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t11"."customer_id",
        "t11"."day",
        "t11"."month",
        "t11"."kind",
        "t11"."cause",
        "t11"."currency",
        "t11"."amount_e6",
        "t11"."base_e16",
        "t11"."key_month",
        "t11"."moment",
        "t6"."trait_customer",
        "t6"."trait_value",
        "t6"."trait_from",
        "t6"."trait_to"
      FROM (
        SELECT
          "t9"."customer_id",
          "t9"."day",
          "t9"."month",
          "t9"."kind",
          "t9"."cause",
          "t9"."currency",
          "t9"."amount_e6",
          "t9"."base_e16",
          "t9"."key_month",
          GREATEST("t9"."key_month", COALESCE("t9"."began", "t9"."key_month")) AS "moment"
        FROM (
          SELECT
            "t8"."customer_id",
            "t8"."day",
            "t8"."month",
            "t8"."kind",
            "t8"."cause",
            "t8"."currency",
            "t8"."amount_e6",
            "t8"."base_e16",
            "t8"."key_month",
            "t5"."starter",
            "t5"."began"
          FROM (
            SELECT
              "t1"."customer_id",
              "t1"."day",
              (
                "t1"."month" + 0
              ) - (
                (
                  "t1"."month" - 24310
                ) % 1
              ) AS "month",
              "t1"."kind",
              "t1"."cause",
              "t1"."currency",
              "t1"."amount_e6",
              "t1"."base_e16",
              (
                (
                  "t1"."month" + 0
                ) - (
                  (
                    "t1"."month" - 24310
                  ) % 1
                )
              ) - 1 AS "key_month"
            FROM "movement" AS "t1"
            WHERE
              "t1"."month" >= 24310 AND "t1"."month" <= 24311
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
ORDER BY
  "t14"."day" ASC,
  "t14"."customer_id" ASC
