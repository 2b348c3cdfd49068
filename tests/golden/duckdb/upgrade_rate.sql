SELECT
  "t24"."month",
  COUNT(*) AS "customers",
  SUM(CAST(COALESCE("t24"."net_e16" > 0, FALSE) AS INT)) AS "upgraded",
  CAST(SUM("t24"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t24"."net_e16") FILTER(WHERE
    COALESCE("t24"."net_e16" > 0, FALSE)) AS DECIMAL(38, 0)) AS "upgrade_e16"
FROM (
  SELECT
    "t23"."month",
    "t23"."customer_id",
    "t23"."opening_e16",
    CAST(SUM("t23"."moved_e16") AS DECIMAL(38, 0)) AS "net_e16"
  FROM (
    SELECT
      "t21"."customer_id",
      "t21"."month",
      "t21"."opening_e16",
      COALESCE("t22"."closing_e16", CAST(0 AS DECIMAL(38, 0))) AS "closing_e16",
      "t21"."month" - 1 AS "key_month",
      "t12"."mover",
      "t12"."moved",
      "t12"."moved_e16"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t15"."customer_id",
          "t15"."month",
          CAST(SUM("t15"."worth") AS DECIMAL(38, 0)) AS "opening_e16"
        FROM (
          SELECT
            "t13"."customer_id",
            "t13"."currency",
            "t13"."arr_e6",
            "t13"."from_month",
            "t13"."to_month",
            "t13"."month",
            "t13"."at",
            "t13"."rate_month",
            "t13"."rated",
            "t13"."rate_e10",
            CAST("t13"."arr_e6" AS DECIMAL(38, 0)) * CAST("t13"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
          FROM (
            SELECT
              "t4"."customer_id",
              "t4"."currency",
              "t4"."arr_e6",
              "t4"."from_month",
              "t4"."to_month",
              "t9"."month",
              "t9"."at",
              "t9"."rate_month",
              "t8"."rated",
              "t8"."rate_e10"
            FROM "mrr_level" AS "t4"
            INNER JOIN (
              SELECT
                "t2"."month",
                "t2"."month" - 1 AS "at",
                "t2"."month" - 1 AS "rate_month"
              FROM "calendar_month" AS "t2"
              WHERE
                "t2"."month" IN (24310, 24311)
            ) AS "t9"
              ON "t4"."from_month" <= "t9"."at" AND "t9"."at" < "t4"."to_month"
            INNER JOIN (
              SELECT
                "t3"."currency",
                "t3"."month" AS "rated",
                "t3"."rate_e10"
              FROM "fx_month" AS "t3"
            ) AS "t8"
              ON "t4"."currency" = "t8"."currency" AND "t9"."rate_month" = "t8"."rated"
          ) AS "t13"
        ) AS "t15"
        GROUP BY
          1,
          2
      ) AS "t17"
      WHERE
        "t17"."opening_e16" > 0
    ) AS "t21"
    LEFT OUTER JOIN (
      SELECT
        *
      FROM (
        SELECT
          "t16"."customer_id",
          "t16"."month",
          CAST(SUM("t16"."worth") AS DECIMAL(38, 0)) AS "closing_e16"
        FROM (
          SELECT
            "t14"."customer_id",
            "t14"."currency",
            "t14"."arr_e6",
            "t14"."from_month",
            "t14"."to_month",
            "t14"."month",
            "t14"."at",
            "t14"."rate_month",
            "t14"."rated",
            "t14"."rate_e10",
            CAST("t14"."arr_e6" AS DECIMAL(38, 0)) * CAST("t14"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
          FROM (
            SELECT
              "t4"."customer_id",
              "t4"."currency",
              "t4"."arr_e6",
              "t4"."from_month",
              "t4"."to_month",
              "t10"."month",
              "t10"."at",
              "t10"."rate_month",
              "t8"."rated",
              "t8"."rate_e10"
            FROM "mrr_level" AS "t4"
            INNER JOIN (
              SELECT
                "t2"."month",
                "t2"."month" AS "at",
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
            ) AS "t8"
              ON "t4"."currency" = "t8"."currency" AND "t10"."rate_month" = "t8"."rated"
          ) AS "t14"
        ) AS "t16"
        GROUP BY
          1,
          2
      ) AS "t18"
      WHERE
        "t18"."closing_e16" > 0
    ) AS "t22"
      ON "t21"."customer_id" = "t22"."customer_id" AND "t21"."month" = "t22"."month"
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
    ) AS "t12"
      ON "t21"."customer_id" = "t12"."mover"
      AND "t12"."moved" > (
        "t21"."month" - 1
      )
      AND "t12"."moved" <= "t21"."month"
  ) AS "t23"
  GROUP BY
    1,
    2,
    3
) AS "t24"
GROUP BY
  1
