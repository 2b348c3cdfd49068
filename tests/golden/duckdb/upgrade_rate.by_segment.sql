SELECT
  "t42"."month",
  "t42"."slice",
  COUNT(*) AS "customers",
  SUM(CAST(COALESCE("t42"."net_e16" > 0, FALSE) AS INT)) AS "upgraded",
  CAST(SUM("t42"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t42"."net_e16") FILTER(WHERE
    COALESCE("t42"."net_e16" > 0, FALSE)) AS DECIMAL(38, 0)) AS "upgrade_e16"
FROM (
  SELECT
    "t41"."month",
    "t41"."slice",
    "t41"."customer_id",
    "t41"."opening_e16",
    CAST(SUM("t41"."moved_e16") AS DECIMAL(38, 0)) AS "net_e16"
  FROM (
    SELECT
      "t40"."customer_id",
      "t40"."month",
      "t40"."opening_e16",
      "t40"."closing_e16",
      "t40"."key_month",
      "t40"."slice",
      "t19"."mover",
      "t19"."moved",
      "t19"."moved_e16"
    FROM (
      SELECT
        "t38".*
        EXCLUDE ("moment")
      FROM (
        SELECT
          "t37"."customer_id",
          "t37"."month",
          "t37"."opening_e16",
          "t37"."closing_e16",
          "t37"."key_month",
          "t37"."moment",
          COALESCE("t37"."trait_value", '(none)') AS "slice"
        FROM (
          SELECT
            "t36"."customer_id",
            "t36"."month",
            "t36"."opening_e16",
            "t36"."closing_e16",
            "t36"."key_month",
            "t36"."moment",
            "t15"."trait_customer",
            "t15"."trait_value",
            "t15"."trait_from",
            "t15"."trait_to"
          FROM (
            SELECT
              "t34"."customer_id",
              "t34"."month",
              "t34"."opening_e16",
              "t34"."closing_e16",
              "t34"."key_month",
              GREATEST("t34"."key_month", COALESCE("t34"."began", "t34"."key_month")) AS "moment"
            FROM (
              SELECT
                "t32"."customer_id",
                "t32"."month",
                "t32"."opening_e16",
                COALESCE("t33"."closing_e16", CAST(0 AS DECIMAL(38, 0))) AS "closing_e16",
                "t32"."month" - 1 AS "key_month",
                "t10"."starter",
                "t10"."began"
              FROM (
                SELECT
                  "t28"."customer_id",
                  "t28"."month",
                  "t28"."worth" AS "opening_e16"
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
                    ) AS "t21"
                      ON "t6"."customer_id" = "t21"."customer_id"
                    INNER JOIN (
                      SELECT
                        "t4"."month",
                        "t4"."month" - 1 AS "at",
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
                    ) AS "t14"
                      ON "t6"."currency" = "t14"."currency" AND "t16"."rate_month" = "t14"."rated"
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
                      ) AS "t21"
                        ON "t6"."customer_id" = "t21"."customer_id"
                      INNER JOIN (
                        SELECT
                          "t4"."month",
                          "t4"."month" - 1 AS "at",
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
                      ) AS "t14"
                        ON "t6"."currency" = "t14"."currency" AND "t16"."rate_month" = "t14"."rated"
                    ) AS "t24"
                    GROUP BY
                      1,
                      2
                  ) AS "t26"
                ) AS "t28"
                WHERE
                  "t28"."worth" > 0
              ) AS "t32"
              LEFT OUTER JOIN (
                SELECT
                  "t29"."customer_id",
                  "t29"."month",
                  "t29"."worth" AS "closing_e16"
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
                    ) AS "t21"
                      ON "t6"."customer_id" = "t21"."customer_id"
                    INNER JOIN (
                      SELECT
                        "t4"."month",
                        "t4"."month" AS "at",
                        "t4"."month" - 1 AS "rate_month"
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
                  ) AS "t23"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t25"."customer_id",
                      "t25"."month",
                      CAST(SUM("t25"."worth") AS DECIMAL(38, 0)) AS "worth"
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
                      ) AS "t21"
                        ON "t6"."customer_id" = "t21"."customer_id"
                      INNER JOIN (
                        SELECT
                          "t4"."month",
                          "t4"."month" AS "at",
                          "t4"."month" - 1 AS "rate_month"
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
                    ) AS "t25"
                    GROUP BY
                      1,
                      2
                  ) AS "t27"
                ) AS "t29"
                WHERE
                  "t29"."worth" > 0
              ) AS "t33"
                ON "t32"."customer_id" = "t33"."customer_id" AND "t32"."month" = "t33"."month"
              LEFT OUTER JOIN (
                SELECT
                  "t2"."customer_id" AS "starter",
                  "t2"."first_month" AS "began"
                FROM "customer_start" AS "t2"
              ) AS "t10"
                ON "t32"."customer_id" = "t10"."starter"
            ) AS "t34"
          ) AS "t36"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "trait_customer",
              "t1"."value" AS "trait_value",
              "t1"."from_month" AS "trait_from",
              "t1"."to_month" AS "trait_to"
            FROM "customer_trait" AS "t1"
            WHERE
              "t1"."name" = 'segment'
          ) AS "t15"
            ON "t36"."customer_id" = "t15"."trait_customer"
            AND "t36"."moment" >= "t15"."trait_from"
            AND "t36"."moment" < "t15"."trait_to"
        ) AS "t37"
      ) AS "t38"
    ) AS "t40"
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
    ) AS "t19"
      ON "t40"."customer_id" = "t19"."mover"
      AND "t19"."moved" > (
        "t40"."month" - 1
      )
      AND "t19"."moved" <= "t40"."month"
  ) AS "t41"
  GROUP BY
    1,
    2,
    3,
    4
) AS "t42"
GROUP BY
  1,
  2
