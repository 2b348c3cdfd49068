SELECT
  "t37"."month",
  "t37"."slice",
  COUNT(*) AS "customers",
  SUM(CAST(COALESCE("t37"."net_e16" > 0, FALSE) AS INT)) AS "upgraded",
  CAST(SUM("t37"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t37"."net_e16") FILTER(WHERE
    COALESCE("t37"."net_e16" > 0, FALSE)) AS DECIMAL(38, 0)) AS "upgrade_e16"
FROM (
  SELECT
    "t36"."month",
    "t36"."slice",
    "t36"."customer_id",
    "t36"."opening_e16",
    CAST(SUM("t36"."moved_e16") AS DECIMAL(38, 0)) AS "net_e16"
  FROM (
    SELECT
      "t35"."customer_id",
      "t35"."month",
      "t35"."opening_e16",
      "t35"."closing_e16",
      "t35"."key_month",
      "t35"."slice",
      "t18"."mover",
      "t18"."moved",
      "t18"."moved_e16"
    FROM (
      SELECT
        "t33".*
        EXCLUDE ("moment")
      FROM (
        SELECT
          "t32"."customer_id",
          "t32"."month",
          "t32"."opening_e16",
          "t32"."closing_e16",
          "t32"."key_month",
          "t32"."moment",
          COALESCE("t32"."trait_value", '(none)') AS "slice"
        FROM (
          SELECT
            "t31"."customer_id",
            "t31"."month",
            "t31"."opening_e16",
            "t31"."closing_e16",
            "t31"."key_month",
            "t31"."moment",
            "t14"."trait_customer",
            "t14"."trait_value",
            "t14"."trait_from",
            "t14"."trait_to"
          FROM (
            SELECT
              "t29"."customer_id",
              "t29"."month",
              "t29"."opening_e16",
              "t29"."closing_e16",
              "t29"."key_month",
              GREATEST("t29"."key_month", COALESCE("t29"."began", "t29"."key_month")) AS "moment"
            FROM (
              SELECT
                "t27"."customer_id",
                "t27"."month",
                "t27"."opening_e16",
                COALESCE("t28"."closing_e16", CAST(0 AS DECIMAL(38, 0))) AS "closing_e16",
                "t27"."month" - 1 AS "key_month",
                "t10"."starter",
                "t10"."began"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t21"."customer_id",
                    "t21"."month",
                    CAST(SUM("t21"."worth") AS DECIMAL(38, 0)) AS "opening_e16"
                  FROM (
                    SELECT
                      "t19"."customer_id",
                      "t19"."currency",
                      "t19"."arr_e6",
                      "t19"."from_month",
                      "t19"."to_month",
                      "t19"."month",
                      "t19"."at",
                      "t19"."rate_month",
                      "t19"."rated",
                      "t19"."rate_e10",
                      CAST("t19"."arr_e6" AS DECIMAL(38, 0)) * CAST("t19"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                    FROM (
                      SELECT
                        "t6"."customer_id",
                        "t6"."currency",
                        "t6"."arr_e6",
                        "t6"."from_month",
                        "t6"."to_month",
                        "t15"."month",
                        "t15"."at",
                        "t15"."rate_month",
                        "t13"."rated",
                        "t13"."rate_e10"
                      FROM "mrr_level" AS "t6"
                      INNER JOIN (
                        SELECT
                          "t4"."month",
                          "t4"."month" - 1 AS "at",
                          "t4"."month" - 1 AS "rate_month"
                        FROM "calendar_month" AS "t4"
                        WHERE
                          "t4"."month" IN (24310, 24311)
                      ) AS "t15"
                        ON "t6"."from_month" <= "t15"."at" AND "t15"."at" < "t6"."to_month"
                      INNER JOIN (
                        SELECT
                          "t5"."currency",
                          "t5"."month" AS "rated",
                          "t5"."rate_e10"
                        FROM "fx_month" AS "t5"
                      ) AS "t13"
                        ON "t6"."currency" = "t13"."currency" AND "t15"."rate_month" = "t13"."rated"
                    ) AS "t19"
                  ) AS "t21"
                  GROUP BY
                    1,
                    2
                ) AS "t23"
                WHERE
                  "t23"."opening_e16" > 0
              ) AS "t27"
              LEFT OUTER JOIN (
                SELECT
                  *
                FROM (
                  SELECT
                    "t22"."customer_id",
                    "t22"."month",
                    CAST(SUM("t22"."worth") AS DECIMAL(38, 0)) AS "closing_e16"
                  FROM (
                    SELECT
                      "t20"."customer_id",
                      "t20"."currency",
                      "t20"."arr_e6",
                      "t20"."from_month",
                      "t20"."to_month",
                      "t20"."month",
                      "t20"."at",
                      "t20"."rate_month",
                      "t20"."rated",
                      "t20"."rate_e10",
                      CAST("t20"."arr_e6" AS DECIMAL(38, 0)) * CAST("t20"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                    FROM (
                      SELECT
                        "t6"."customer_id",
                        "t6"."currency",
                        "t6"."arr_e6",
                        "t6"."from_month",
                        "t6"."to_month",
                        "t16"."month",
                        "t16"."at",
                        "t16"."rate_month",
                        "t13"."rated",
                        "t13"."rate_e10"
                      FROM "mrr_level" AS "t6"
                      INNER JOIN (
                        SELECT
                          "t4"."month",
                          "t4"."month" AS "at",
                          "t4"."month" - 1 AS "rate_month"
                        FROM "calendar_month" AS "t4"
                        WHERE
                          "t4"."month" IN (24310, 24311)
                      ) AS "t16"
                        ON "t6"."from_month" <= "t16"."at" AND "t16"."at" < "t6"."to_month"
                      INNER JOIN (
                        SELECT
                          "t5"."currency",
                          "t5"."month" AS "rated",
                          "t5"."rate_e10"
                        FROM "fx_month" AS "t5"
                      ) AS "t13"
                        ON "t6"."currency" = "t13"."currency" AND "t16"."rate_month" = "t13"."rated"
                    ) AS "t20"
                  ) AS "t22"
                  GROUP BY
                    1,
                    2
                ) AS "t24"
                WHERE
                  "t24"."closing_e16" > 0
              ) AS "t28"
                ON "t27"."customer_id" = "t28"."customer_id" AND "t27"."month" = "t28"."month"
              LEFT OUTER JOIN (
                SELECT
                  "t2"."customer_id" AS "starter",
                  "t2"."first_month" AS "began"
                FROM "customer_start" AS "t2"
              ) AS "t10"
                ON "t27"."customer_id" = "t10"."starter"
            ) AS "t29"
          ) AS "t31"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "trait_customer",
              "t1"."value" AS "trait_value",
              "t1"."from_month" AS "trait_from",
              "t1"."to_month" AS "trait_to"
            FROM "customer_trait" AS "t1"
            WHERE
              "t1"."name" = 'segment'
          ) AS "t14"
            ON "t31"."customer_id" = "t14"."trait_customer"
            AND "t31"."moment" >= "t14"."trait_from"
            AND "t31"."moment" < "t14"."trait_to"
        ) AS "t32"
      ) AS "t33"
    ) AS "t35"
    LEFT OUTER JOIN (
      SELECT
        "t0"."customer_id" AS "mover",
        "t0"."month" AS "moved",
        "t0"."base_e16" AS "moved_e16"
      FROM "movement" AS "t0"
      WHERE
        (
          (
            "t0"."kind" = 'expansion'
          ) AND "t0"."cause" IN ('seats', 'plan', 'add_on')
        )
        OR (
          (
            "t0"."kind" = 'contraction'
          )
          AND "t0"."cause" IN ('seats', 'plan', 'add_on', 'cancel')
        )
    ) AS "t18"
      ON "t35"."customer_id" = "t18"."mover"
      AND "t18"."moved" > (
        "t35"."month" - 1
      )
      AND "t18"."moved" <= "t35"."month"
  ) AS "t36"
  GROUP BY
    1,
    2,
    3,
    4
) AS "t37"
GROUP BY
  1,
  2
