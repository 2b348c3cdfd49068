WITH "t37" AS (
  SELECT
    "t33"."held_from",
    "t33"."held_to",
    "t33"."currency",
    "t33"."from_month",
    "t33"."to_month",
    CAST(SUM(CAST("t33"."arr_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "arr_e6"
  FROM (
    SELECT
      "t29"."customer_id",
      "t29"."currency",
      "t29"."arr_e6",
      "t29"."from_month",
      "t29"."to_month" + 1 AS "to_month",
      "t29"."from_month" AS "held_from",
      "t29"."to_month" AS "held_to"
    FROM (
      SELECT
        "t4"."customer_id",
        "t4"."currency",
        "t4"."arr_e6",
        "t4"."from_month",
        "t4"."to_month"
      FROM "mrr_level" AS "t4"
      ANTI JOIN (
        SELECT
          "t9"."customer_id"
        FROM (
          SELECT
            "t2"."customer_id",
            MIN("t2"."arr_e6") AS "least",
            MIN("t2"."currency") AS "one",
            MAX("t2"."currency") AS "other"
          FROM "mrr_level" AS "t2"
          GROUP BY
            1
        ) AS "t9"
        WHERE
          (
            "t9"."least" <= 0
          ) OR (
            "t9"."one" <> "t9"."other"
          )
      ) AS "t21"
        ON "t4"."customer_id" = "t21"."customer_id"
    ) AS "t29"
    WHERE
      "t29"."from_month" <= 24311 AND (
        "t29"."to_month" + 1
      ) > 24310
  ) AS "t33"
  GROUP BY
    1,
    2,
    3,
    4,
    5
)
SELECT
  "t54"."month",
  "t54"."part",
  CAST(SUM("t54"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t48"."month",
          "t48"."part",
          CAST(SUM("t48"."base_e6") AS DECIMAL(38, 0)) AS "base_e16"
        FROM (
          SELECT
            "t44"."part",
            "t24"."at_month" AS "month",
            "t44"."base_e6" * CAST("t24"."rate_e10" AS DECIMAL(38, 0)) AS "base_e6"
          FROM (
            SELECT
              "t38"."held_from",
              "t38"."held_to",
              "t38"."currency",
              GREATEST("t38"."held_from" + 1, "t38"."from_month") AS "from_month",
              "t38"."to_month",
              "t38"."arr_e6" AS "base_e6",
              'opening' AS "part"
            FROM "t37" AS "t38"
          ) AS "t44"
          INNER JOIN (
            SELECT
              "t13"."rated",
              "t13"."at_month",
              "t13"."rate_e10"
            FROM (
              SELECT
                "t1"."currency" AS "rated",
                "t1"."month" + 1 AS "at_month",
                "t1"."rate_e10"
              FROM "fx_month" AS "t1"
            ) AS "t13"
            SEMI JOIN (
              SELECT
                "t3"."month" AS "at_month"
              FROM "calendar_month" AS "t3"
              WHERE
                "t3"."month" IN (24310, 24311)
            ) AS "t15"
              ON "t13"."at_month" = "t15"."at_month"
          ) AS "t24"
            ON "t44"."currency" = "t24"."rated"
            AND "t44"."from_month" <= "t24"."at_month"
            AND "t24"."at_month" < "t44"."to_month"
        ) AS "t48"
        GROUP BY
          1,
          2
      ) AS "t50"
    ) AS "t52"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t47"."month",
          "t47"."part",
          CAST(SUM("t47"."base_e6") AS DECIMAL(38, 0)) AS "base_e16"
        FROM (
          SELECT
            "t42"."part",
            "t25"."at_month" AS "month",
            "t42"."base_e6" * CAST("t25"."rate_e10" AS DECIMAL(38, 0)) AS "base_e6"
          FROM (
            SELECT
              "t38"."held_from",
              "t38"."held_to",
              "t38"."currency",
              "t38"."from_month",
              LEAST("t38"."held_to", "t38"."to_month") AS "to_month",
              "t38"."arr_e6" AS "base_e6",
              'closing' AS "part"
            FROM "t37" AS "t38"
          ) AS "t42"
          INNER JOIN (
            SELECT
              "t14"."rated",
              "t14"."at_month",
              "t14"."rate_e10"
            FROM (
              SELECT
                "t1"."currency" AS "rated",
                "t1"."month" + 0 AS "at_month",
                "t1"."rate_e10"
              FROM "fx_month" AS "t1"
            ) AS "t14"
            SEMI JOIN (
              SELECT
                "t3"."month" AS "at_month"
              FROM "calendar_month" AS "t3"
              WHERE
                "t3"."month" IN (24310, 24311)
            ) AS "t15"
              ON "t14"."at_month" = "t15"."at_month"
          ) AS "t25"
            ON "t42"."currency" = "t25"."rated"
            AND "t42"."from_month" <= "t25"."at_month"
            AND "t25"."at_month" < "t42"."to_month"
        ) AS "t47"
        GROUP BY
          1,
          2
      ) AS "t49"
    ) AS "t51"
  ) AS "t53"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t39"."month",
          "t39"."part",
          CAST(SUM("t39"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
        FROM (
          SELECT
            "t36"."customer_id",
            "t36"."month",
            "t36"."base_e16",
            "t36"."part",
            "t36"."month" - 1 AS "key_month"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t31"."customer_id",
                "t31"."month" + 1 AS "month",
                "t31"."worth" AS "base_e16",
                'opening' AS "part"
              FROM (
                SELECT
                  "t27"."customer_id",
                  "t27"."month",
                  CAST(SUM("t27"."worth") AS DECIMAL(38, 0)) AS "worth"
                FROM (
                  SELECT
                    "t4"."customer_id",
                    "t17"."month",
                    CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t8"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                  FROM "mrr_level" AS "t4"
                  SEMI JOIN (
                    SELECT
                      "t9"."customer_id"
                    FROM (
                      SELECT
                        "t2"."customer_id",
                        MIN("t2"."arr_e6") AS "least",
                        MIN("t2"."currency") AS "one",
                        MAX("t2"."currency") AS "other"
                      FROM "mrr_level" AS "t2"
                      GROUP BY
                        1
                    ) AS "t9"
                    WHERE
                      (
                        "t9"."least" <= 0
                      ) OR (
                        "t9"."one" <> "t9"."other"
                      )
                  ) AS "t21"
                    ON "t4"."customer_id" = "t21"."customer_id"
                  INNER JOIN (
                    SELECT
                      "t3"."month",
                      "t3"."month" AS "at",
                      "t3"."month" AS "rate_month"
                    FROM "calendar_month" AS "t3"
                    WHERE
                      "t3"."month" IN (24309, 24310)
                  ) AS "t17"
                    ON "t4"."from_month" <= "t17"."at" AND "t17"."at" < "t4"."to_month"
                  INNER JOIN (
                    SELECT
                      "t1"."currency",
                      "t1"."month" AS "rated",
                      "t1"."rate_e10"
                    FROM "fx_month" AS "t1"
                  ) AS "t8"
                    ON "t4"."currency" = "t8"."currency" AND "t17"."rate_month" = "t8"."rated"
                ) AS "t27"
                GROUP BY
                  1,
                  2
              ) AS "t31"
              WHERE
                "t31"."worth" > 0
            ) AS "t34"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t32"."customer_id",
                "t32"."month",
                "t32"."worth" AS "base_e16",
                'closing' AS "part"
              FROM (
                SELECT
                  "t28"."customer_id",
                  "t28"."month",
                  CAST(SUM("t28"."worth") AS DECIMAL(38, 0)) AS "worth"
                FROM (
                  SELECT
                    "t4"."customer_id",
                    "t16"."month",
                    CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t8"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                  FROM "mrr_level" AS "t4"
                  SEMI JOIN (
                    SELECT
                      "t9"."customer_id"
                    FROM (
                      SELECT
                        "t2"."customer_id",
                        MIN("t2"."arr_e6") AS "least",
                        MIN("t2"."currency") AS "one",
                        MAX("t2"."currency") AS "other"
                      FROM "mrr_level" AS "t2"
                      GROUP BY
                        1
                    ) AS "t9"
                    WHERE
                      (
                        "t9"."least" <= 0
                      ) OR (
                        "t9"."one" <> "t9"."other"
                      )
                  ) AS "t21"
                    ON "t4"."customer_id" = "t21"."customer_id"
                  INNER JOIN (
                    SELECT
                      "t3"."month",
                      "t3"."month" AS "at",
                      "t3"."month" AS "rate_month"
                    FROM "calendar_month" AS "t3"
                    WHERE
                      "t3"."month" IN (24310, 24311)
                  ) AS "t16"
                    ON "t4"."from_month" <= "t16"."at" AND "t16"."at" < "t4"."to_month"
                  INNER JOIN (
                    SELECT
                      "t1"."currency",
                      "t1"."month" AS "rated",
                      "t1"."rate_e10"
                    FROM "fx_month" AS "t1"
                  ) AS "t8"
                    ON "t4"."currency" = "t8"."currency" AND "t16"."rate_month" = "t8"."rated"
                ) AS "t28"
                GROUP BY
                  1,
                  2
              ) AS "t32"
              WHERE
                "t32"."worth" > 0
            ) AS "t35"
          ) AS "t36"
        ) AS "t39"
        GROUP BY
          1,
          2
      ) AS "t43"
    ) AS "t45"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t26"."month",
        "t26"."part",
        "t26"."base_e16"
      FROM (
        SELECT
          "t20"."month",
          "t20"."part",
          CAST(SUM("t20"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
          COUNT(*) AS "customers"
        FROM (
          SELECT
            "t18"."customer_id",
            "t18"."kind",
            "t18"."base_e16",
            "t18"."from_month",
            "t18"."to_month",
            "t18"."from_month" AS "month",
            "t18"."kind" AS "part"
          FROM (
            SELECT
              "t0"."customer_id",
              "t0"."kind",
              "t0"."base_e16",
              (
                "t0"."month" + 0
              ) - (
                (
                  "t0"."month" - 24310
                ) % 1
              ) AS "from_month",
              (
                (
                  "t0"."month" + 0
                ) - (
                  (
                    "t0"."month" - 24310
                  ) % 1
                )
              ) + 1 AS "to_month"
            FROM "movement" AS "t0"
            WHERE
              "t0"."month" >= 24310 AND "t0"."month" <= 24311
          ) AS "t18"
        ) AS "t20"
        GROUP BY
          1,
          2
      ) AS "t26"
    ) AS "t30"
  ) AS "t46"
) AS "t54"
GROUP BY
  1,
  2
