SELECT
  "t40"."month",
  "t40"."part",
  "t40"."slice",
  CAST(SUM("t40"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    "t39".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t38"."customer_id",
      "t38"."month",
      "t38"."part",
      "t38"."base_e16",
      "t38"."key_month",
      "t38"."moment",
      COALESCE("t38"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t37"."customer_id",
        "t37"."month",
        "t37"."part",
        "t37"."base_e16",
        "t37"."key_month",
        "t37"."moment",
        "t15"."trait_customer",
        "t15"."trait_value",
        "t15"."trait_from",
        "t15"."trait_to"
      FROM (
        SELECT
          "t35"."customer_id",
          "t35"."month",
          "t35"."part",
          "t35"."base_e16",
          "t35"."key_month",
          GREATEST("t35"."key_month", COALESCE("t35"."began", "t35"."key_month")) AS "moment"
        FROM (
          SELECT
            "t34"."customer_id",
            "t34"."month",
            "t34"."part",
            "t34"."base_e16",
            "t34"."key_month",
            "t10"."starter",
            "t10"."began"
          FROM (
            SELECT
              "t32"."customer_id",
              "t32"."month",
              "t32"."part",
              "t32"."base_e16",
              "t32"."month" - 1 AS "key_month"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t2"."customer_id",
                  (
                    "t2"."month" + 0
                  ) - (
                    (
                      "t2"."month" - 24310
                    ) % 1
                  ) AS "month",
                  "t2"."kind" AS "part",
                  "t2"."base_e16"
                FROM "movement" AS "t2"
                WHERE
                  "t2"."month" >= 24310 AND "t2"."month" <= 24311
              ) AS "t18"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t27"."customer_id",
                    "t27"."month" + 1 AS "month",
                    'opening' AS "part",
                    "t27"."worth" AS "base_e16"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t6"."customer_id",
                        "t16"."month",
                        CAST("t6"."arr_e6" AS DECIMAL(38, 0)) * CAST("t14"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                      FROM "mrr_level" AS "t6"
                      ANTI JOIN (
                        SELECT
                          "t11"."customer_id"
                        FROM (
                          SELECT
                            "t3"."customer_id",
                            MIN("t3"."arr_e6") AS "least",
                            MIN("t3"."currency") AS "one",
                            MAX("t3"."currency") AS "other"
                          FROM "mrr_level" AS "t3"
                          GROUP BY
                            1
                        ) AS "t11"
                        WHERE
                          (
                            "t11"."least" <= 0
                          ) OR (
                            "t11"."one" <> "t11"."other"
                          )
                      ) AS "t20"
                        ON "t6"."customer_id" = "t20"."customer_id"
                      INNER JOIN (
                        SELECT
                          "t4"."month",
                          "t4"."month" AS "at",
                          "t4"."month" AS "rate_month"
                        FROM "calendar_month" AS "t4"
                        WHERE
                          "t4"."month" IN (24309, 24310)
                      ) AS "t16"
                        ON "t6"."from_month" <= "t16"."at" AND "t16"."at" < "t6"."to_month"
                      INNER JOIN (
                        SELECT
                          "t5"."currency",
                          "t5"."month" AS "rated",
                          "t5"."rate_e10"
                        FROM "fx_month" AS "t5"
                      ) AS "t14"
                        ON "t6"."currency" = "t14"."currency" AND "t16"."rate_month" = "t14"."rated"
                    ) AS "t21"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t23"."customer_id",
                        "t23"."month",
                        CAST(SUM("t23"."worth") AS DECIMAL(38, 0)) AS "worth"
                      FROM (
                        SELECT
                          "t6"."customer_id",
                          "t16"."month",
                          CAST("t6"."arr_e6" AS DECIMAL(38, 0)) * CAST("t14"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                        FROM "mrr_level" AS "t6"
                        SEMI JOIN (
                          SELECT
                            "t11"."customer_id"
                          FROM (
                            SELECT
                              "t3"."customer_id",
                              MIN("t3"."arr_e6") AS "least",
                              MIN("t3"."currency") AS "one",
                              MAX("t3"."currency") AS "other"
                            FROM "mrr_level" AS "t3"
                            GROUP BY
                              1
                          ) AS "t11"
                          WHERE
                            (
                              "t11"."least" <= 0
                            ) OR (
                              "t11"."one" <> "t11"."other"
                            )
                        ) AS "t20"
                          ON "t6"."customer_id" = "t20"."customer_id"
                        INNER JOIN (
                          SELECT
                            "t4"."month",
                            "t4"."month" AS "at",
                            "t4"."month" AS "rate_month"
                          FROM "calendar_month" AS "t4"
                          WHERE
                            "t4"."month" IN (24309, 24310)
                        ) AS "t16"
                          ON "t6"."from_month" <= "t16"."at" AND "t16"."at" < "t6"."to_month"
                        INNER JOIN (
                          SELECT
                            "t5"."currency",
                            "t5"."month" AS "rated",
                            "t5"."rate_e10"
                          FROM "fx_month" AS "t5"
                        ) AS "t14"
                          ON "t6"."currency" = "t14"."currency" AND "t16"."rate_month" = "t14"."rated"
                      ) AS "t23"
                      GROUP BY
                        1,
                        2
                    ) AS "t25"
                  ) AS "t27"
                  WHERE
                    "t27"."worth" > 0
                ) AS "t29"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    "t28"."customer_id",
                    "t28"."month",
                    'closing' AS "part",
                    "t28"."worth" AS "base_e16"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t6"."customer_id",
                        "t17"."month",
                        CAST("t6"."arr_e6" AS DECIMAL(38, 0)) * CAST("t14"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                      FROM "mrr_level" AS "t6"
                      ANTI JOIN (
                        SELECT
                          "t11"."customer_id"
                        FROM (
                          SELECT
                            "t3"."customer_id",
                            MIN("t3"."arr_e6") AS "least",
                            MIN("t3"."currency") AS "one",
                            MAX("t3"."currency") AS "other"
                          FROM "mrr_level" AS "t3"
                          GROUP BY
                            1
                        ) AS "t11"
                        WHERE
                          (
                            "t11"."least" <= 0
                          ) OR (
                            "t11"."one" <> "t11"."other"
                          )
                      ) AS "t20"
                        ON "t6"."customer_id" = "t20"."customer_id"
                      INNER JOIN (
                        SELECT
                          "t4"."month",
                          "t4"."month" AS "at",
                          "t4"."month" AS "rate_month"
                        FROM "calendar_month" AS "t4"
                        WHERE
                          "t4"."month" IN (24310, 24311)
                      ) AS "t17"
                        ON "t6"."from_month" <= "t17"."at" AND "t17"."at" < "t6"."to_month"
                      INNER JOIN (
                        SELECT
                          "t5"."currency",
                          "t5"."month" AS "rated",
                          "t5"."rate_e10"
                        FROM "fx_month" AS "t5"
                      ) AS "t14"
                        ON "t6"."currency" = "t14"."currency" AND "t17"."rate_month" = "t14"."rated"
                    ) AS "t22"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t24"."customer_id",
                        "t24"."month",
                        CAST(SUM("t24"."worth") AS DECIMAL(38, 0)) AS "worth"
                      FROM (
                        SELECT
                          "t6"."customer_id",
                          "t17"."month",
                          CAST("t6"."arr_e6" AS DECIMAL(38, 0)) * CAST("t14"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                        FROM "mrr_level" AS "t6"
                        SEMI JOIN (
                          SELECT
                            "t11"."customer_id"
                          FROM (
                            SELECT
                              "t3"."customer_id",
                              MIN("t3"."arr_e6") AS "least",
                              MIN("t3"."currency") AS "one",
                              MAX("t3"."currency") AS "other"
                            FROM "mrr_level" AS "t3"
                            GROUP BY
                              1
                          ) AS "t11"
                          WHERE
                            (
                              "t11"."least" <= 0
                            ) OR (
                              "t11"."one" <> "t11"."other"
                            )
                        ) AS "t20"
                          ON "t6"."customer_id" = "t20"."customer_id"
                        INNER JOIN (
                          SELECT
                            "t4"."month",
                            "t4"."month" AS "at",
                            "t4"."month" AS "rate_month"
                          FROM "calendar_month" AS "t4"
                          WHERE
                            "t4"."month" IN (24310, 24311)
                        ) AS "t17"
                          ON "t6"."from_month" <= "t17"."at" AND "t17"."at" < "t6"."to_month"
                        INNER JOIN (
                          SELECT
                            "t5"."currency",
                            "t5"."month" AS "rated",
                            "t5"."rate_e10"
                          FROM "fx_month" AS "t5"
                        ) AS "t14"
                          ON "t6"."currency" = "t14"."currency" AND "t17"."rate_month" = "t14"."rated"
                      ) AS "t24"
                      GROUP BY
                        1,
                        2
                    ) AS "t26"
                  ) AS "t28"
                  WHERE
                    "t28"."worth" > 0
                ) AS "t30"
              ) AS "t31"
            ) AS "t32"
          ) AS "t34"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t10"
            ON "t34"."customer_id" = "t10"."starter"
        ) AS "t35"
      ) AS "t37"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t15"
        ON "t37"."customer_id" = "t15"."trait_customer"
        AND "t37"."moment" >= "t15"."trait_from"
        AND "t37"."moment" < "t15"."trait_to"
    ) AS "t38"
  ) AS "t39"
) AS "t40"
GROUP BY
  1,
  2,
  3
