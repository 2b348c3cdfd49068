SELECT
  "t29"."month",
  COUNT(*) AS "customers",
  SUM(CAST(COALESCE("t29"."net_e16" > 0, FALSE) AS INT)) AS "upgraded",
  CAST(SUM("t29"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t29"."net_e16") FILTER(WHERE
    COALESCE("t29"."net_e16" > 0, FALSE)) AS DECIMAL(38, 0)) AS "upgrade_e16"
FROM (
  SELECT
    "t28"."month",
    "t28"."customer_id",
    "t28"."opening_e16",
    CAST(SUM("t28"."moved_e16") AS DECIMAL(38, 0)) AS "net_e16"
  FROM (
    SELECT
      "t26"."customer_id",
      "t26"."month",
      "t26"."opening_e16",
      COALESCE("t27"."closing_e16", CAST(0 AS DECIMAL(38, 0))) AS "closing_e16",
      "t26"."month" - 1 AS "key_month",
      "t13"."mover",
      "t13"."moved",
      "t13"."moved_e16"
    FROM (
      SELECT
        "t22"."customer_id",
        "t22"."month",
        "t22"."worth" AS "opening_e16"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t4"."customer_id",
            "t10"."month",
            CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t9"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
          FROM "mrr_level" AS "t4"
          ANTI JOIN (
            SELECT
              "t6"."customer_id"
            FROM (
              SELECT
                "t1"."customer_id",
                MIN("t1"."arr_e6") AS "least",
                MIN("t1"."currency") AS "one",
                MAX("t1"."currency") AS "other"
              FROM "mrr_level" AS "t1"
              GROUP BY
                1
            ) AS "t6"
            WHERE
              (
                "t6"."least" <= 0
              ) OR (
                "t6"."one" <> "t6"."other"
              )
          ) AS "t15"
            ON "t4"."customer_id" = "t15"."customer_id"
          INNER JOIN (
            SELECT
              "t2"."month",
              "t2"."month" - 1 AS "at",
              "t2"."month" - 1 AS "rate_month"
            FROM "calendar_month" AS "t2"
            WHERE
              "t2"."month" IN (24310, 24311)
          ) AS "t10"
            ON "t4"."from_month" <= "t10"."at" AND "t10"."at" < "t4"."to_month"
          INNER JOIN (
            SELECT
              "t3"."currency",
              "t3"."month" AS "rated",
              "t3"."rate_e10"
            FROM "fx_month" AS "t3"
          ) AS "t9"
            ON "t4"."currency" = "t9"."currency" AND "t10"."rate_month" = "t9"."rated"
        ) AS "t16"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t18"."customer_id",
            "t18"."month",
            CAST(SUM("t18"."worth") AS DECIMAL(38, 0)) AS "worth"
          FROM (
            SELECT
              "t4"."customer_id",
              "t10"."month",
              CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t9"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
            FROM "mrr_level" AS "t4"
            SEMI JOIN (
              SELECT
                "t6"."customer_id"
              FROM (
                SELECT
                  "t1"."customer_id",
                  MIN("t1"."arr_e6") AS "least",
                  MIN("t1"."currency") AS "one",
                  MAX("t1"."currency") AS "other"
                FROM "mrr_level" AS "t1"
                GROUP BY
                  1
              ) AS "t6"
              WHERE
                (
                  "t6"."least" <= 0
                ) OR (
                  "t6"."one" <> "t6"."other"
                )
            ) AS "t15"
              ON "t4"."customer_id" = "t15"."customer_id"
            INNER JOIN (
              SELECT
                "t2"."month",
                "t2"."month" - 1 AS "at",
                "t2"."month" - 1 AS "rate_month"
              FROM "calendar_month" AS "t2"
              WHERE
                "t2"."month" IN (24310, 24311)
            ) AS "t10"
              ON "t4"."from_month" <= "t10"."at" AND "t10"."at" < "t4"."to_month"
            INNER JOIN (
              SELECT
                "t3"."currency",
                "t3"."month" AS "rated",
                "t3"."rate_e10"
              FROM "fx_month" AS "t3"
            ) AS "t9"
              ON "t4"."currency" = "t9"."currency" AND "t10"."rate_month" = "t9"."rated"
          ) AS "t18"
          GROUP BY
            1,
            2
        ) AS "t20"
      ) AS "t22"
      WHERE
        "t22"."worth" > 0
    ) AS "t26"
    LEFT OUTER JOIN (
      SELECT
        "t23"."customer_id",
        "t23"."month",
        "t23"."worth" AS "closing_e16"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t4"."customer_id",
            "t11"."month",
            CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t9"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
          FROM "mrr_level" AS "t4"
          ANTI JOIN (
            SELECT
              "t6"."customer_id"
            FROM (
              SELECT
                "t1"."customer_id",
                MIN("t1"."arr_e6") AS "least",
                MIN("t1"."currency") AS "one",
                MAX("t1"."currency") AS "other"
              FROM "mrr_level" AS "t1"
              GROUP BY
                1
            ) AS "t6"
            WHERE
              (
                "t6"."least" <= 0
              ) OR (
                "t6"."one" <> "t6"."other"
              )
          ) AS "t15"
            ON "t4"."customer_id" = "t15"."customer_id"
          INNER JOIN (
            SELECT
              "t2"."month",
              "t2"."month" AS "at",
              "t2"."month" - 1 AS "rate_month"
            FROM "calendar_month" AS "t2"
            WHERE
              "t2"."month" IN (24310, 24311)
          ) AS "t11"
            ON "t4"."from_month" <= "t11"."at" AND "t11"."at" < "t4"."to_month"
          INNER JOIN (
            SELECT
              "t3"."currency",
              "t3"."month" AS "rated",
              "t3"."rate_e10"
            FROM "fx_month" AS "t3"
          ) AS "t9"
            ON "t4"."currency" = "t9"."currency" AND "t11"."rate_month" = "t9"."rated"
        ) AS "t17"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t19"."customer_id",
            "t19"."month",
            CAST(SUM("t19"."worth") AS DECIMAL(38, 0)) AS "worth"
          FROM (
            SELECT
              "t4"."customer_id",
              "t11"."month",
              CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t9"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
            FROM "mrr_level" AS "t4"
            SEMI JOIN (
              SELECT
                "t6"."customer_id"
              FROM (
                SELECT
                  "t1"."customer_id",
                  MIN("t1"."arr_e6") AS "least",
                  MIN("t1"."currency") AS "one",
                  MAX("t1"."currency") AS "other"
                FROM "mrr_level" AS "t1"
                GROUP BY
                  1
              ) AS "t6"
              WHERE
                (
                  "t6"."least" <= 0
                ) OR (
                  "t6"."one" <> "t6"."other"
                )
            ) AS "t15"
              ON "t4"."customer_id" = "t15"."customer_id"
            INNER JOIN (
              SELECT
                "t2"."month",
                "t2"."month" AS "at",
                "t2"."month" - 1 AS "rate_month"
              FROM "calendar_month" AS "t2"
              WHERE
                "t2"."month" IN (24310, 24311)
            ) AS "t11"
              ON "t4"."from_month" <= "t11"."at" AND "t11"."at" < "t4"."to_month"
            INNER JOIN (
              SELECT
                "t3"."currency",
                "t3"."month" AS "rated",
                "t3"."rate_e10"
              FROM "fx_month" AS "t3"
            ) AS "t9"
              ON "t4"."currency" = "t9"."currency" AND "t11"."rate_month" = "t9"."rated"
          ) AS "t19"
          GROUP BY
            1,
            2
        ) AS "t21"
      ) AS "t23"
      WHERE
        "t23"."worth" > 0
    ) AS "t27"
      ON "t26"."customer_id" = "t27"."customer_id" AND "t26"."month" = "t27"."month"
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
    ) AS "t13"
      ON "t26"."customer_id" = "t13"."mover"
      AND "t13"."moved" > (
        "t26"."month" - 1
      )
      AND "t13"."moved" <= "t26"."month"
  ) AS "t28"
  GROUP BY
    1,
    2,
    3
) AS "t29"
GROUP BY
  1
