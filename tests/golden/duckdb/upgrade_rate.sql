WITH "t27" AS (
  SELECT
    "t4"."customer_id",
    "t4"."currency",
    "t4"."arr_e6",
    "t4"."from_month",
    "t4"."to_month"
  FROM "mrr_level" AS "t4"
  ANTI JOIN (
    SELECT
      "t8"."customer_id"
    FROM (
      SELECT
        "t1"."customer_id",
        MIN("t1"."arr_e6") AS "least",
        MIN("t1"."currency") AS "one",
        MAX("t1"."currency") AS "other"
      FROM "mrr_level" AS "t1"
      GROUP BY
        1
    ) AS "t8"
    WHERE
      (
        "t8"."least" <= 0
      ) OR (
        "t8"."one" <> "t8"."other"
      )
  ) AS "t21"
    ON "t4"."customer_id" = "t21"."customer_id"
), "t35" AS (
  SELECT
    "t29"."customer_id" AS "mover",
    "t29"."month",
    "t29"."upgrade_e16"
  FROM (
    SELECT
      "t24"."customer_id",
      "t24"."month",
      CAST(SUM("t24"."base_e16") AS DECIMAL(38, 0)) AS "upgrade_e16"
    FROM (
      SELECT
        "t19"."customer_id",
        "t19"."base_e16",
        "t19"."at",
        "t15"."month"
      FROM (
        SELECT
          "t3"."customer_id",
          "t3"."base_e16",
          "t3"."month" AS "at"
        FROM "movement" AS "t3"
        WHERE
          (
            (
              "t3"."kind" = 'expansion'
            ) AND "t3"."cause" IN ('seats', 'plan', 'add_on')
          )
          OR (
            (
              "t3"."kind" = 'contraction'
            )
            AND "t3"."cause" IN ('seats', 'plan', 'add_on', 'cancel')
          )
      ) AS "t19"
      INNER JOIN (
        SELECT
          "t2"."month"
        FROM "calendar_month" AS "t2"
        WHERE
          "t2"."month" IN (24310, 24311)
      ) AS "t15"
        ON "t19"."at" > (
          "t15"."month" - 1
        ) AND "t19"."at" <= "t15"."month"
    ) AS "t24"
    GROUP BY
      1,
      2
  ) AS "t29"
  WHERE
    "t29"."upgrade_e16" > 0
)
SELECT
  "t59"."month",
  SUM("t59"."customers") AS "customers",
  SUM("t59"."upgraded") AS "upgraded",
  CAST(SUM("t59"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t59"."upgrade_e16") AS DECIMAL(38, 0)) AS "upgrade_e16"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t54"."month",
        "t54"."customers",
        0 AS "upgraded",
        "t54"."base_e16" AS "opening_e16",
        CAST(0 AS DECIMAL(38, 0)) AS "upgrade_e16"
      FROM (
        SELECT
          "t48"."month",
          CAST(SUM("t48"."base_e6") AS DECIMAL(38, 0)) AS "base_e16",
          SUM("t48"."customers") AS "customers"
        FROM (
          SELECT
            "t44"."customers",
            "t23"."at_month" AS "month",
            "t44"."base_e6" * CAST("t23"."rate_e10" AS DECIMAL(38, 0)) AS "base_e6"
          FROM (
            SELECT
              "t33"."currency",
              "t33"."from_month",
              "t33"."to_month",
              CAST(SUM(CAST("t33"."base_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "base_e6",
              SUM("t33"."customers") AS "customers"
            FROM (
              SELECT
                "t28"."customer_id",
                "t28"."currency",
                "t28"."arr_e6",
                "t28"."from_month" + 1 AS "from_month",
                "t28"."to_month" + 1 AS "to_month",
                "t28"."to_month" AS "until_month",
                "t28"."arr_e6" AS "base_e6",
                1 AS "customers"
              FROM "t27" AS "t28"
              WHERE
                "t28"."from_month" <= 24310 AND "t28"."to_month" > 24309
            ) AS "t33"
            GROUP BY
              1,
              2,
              3
          ) AS "t44"
          INNER JOIN (
            SELECT
              "t13"."rated",
              "t13"."at_month",
              "t13"."rate_e10"
            FROM (
              SELECT
                "t0"."currency" AS "rated",
                "t0"."month" + 1 AS "at_month",
                "t0"."rate_e10"
              FROM "fx_month" AS "t0"
            ) AS "t13"
            SEMI JOIN (
              SELECT
                "t2"."month" AS "at_month"
              FROM "calendar_month" AS "t2"
              WHERE
                "t2"."month" IN (24310, 24311)
            ) AS "t14"
              ON "t13"."at_month" = "t14"."at_month"
          ) AS "t23"
            ON "t44"."currency" = "t23"."rated"
            AND "t44"."from_month" <= "t23"."at_month"
            AND "t23"."at_month" < "t44"."to_month"
        ) AS "t48"
        GROUP BY
          1
      ) AS "t54"
    ) AS "t57"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t49"."month",
        "t49"."customers",
        0 AS "upgraded",
        "t49"."opening_e16",
        CAST(0 AS DECIMAL(38, 0)) AS "upgrade_e16"
      FROM (
        SELECT
          "t45"."month",
          CAST(SUM("t45"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
          COUNT(*) AS "customers"
        FROM (
          SELECT
            "t41"."customer_id",
            "t41"."month",
            "t41"."opening_e16",
            COALESCE("t42"."closing_e16", CAST(0 AS DECIMAL(38, 0))) AS "closing_e16",
            "t41"."month" - 1 AS "key_month"
          FROM (
            SELECT
              "t30"."customer_id",
              "t30"."month",
              "t30"."worth" AS "opening_e16"
            FROM (
              SELECT
                "t25"."customer_id",
                "t25"."month",
                CAST(SUM("t25"."worth") AS DECIMAL(38, 0)) AS "worth"
              FROM (
                SELECT
                  "t4"."customer_id",
                  "t16"."month",
                  CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t7"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                FROM "mrr_level" AS "t4"
                SEMI JOIN (
                  SELECT
                    "t8"."customer_id"
                  FROM (
                    SELECT
                      "t1"."customer_id",
                      MIN("t1"."arr_e6") AS "least",
                      MIN("t1"."currency") AS "one",
                      MAX("t1"."currency") AS "other"
                    FROM "mrr_level" AS "t1"
                    GROUP BY
                      1
                  ) AS "t8"
                  WHERE
                    (
                      "t8"."least" <= 0
                    ) OR (
                      "t8"."one" <> "t8"."other"
                    )
                ) AS "t21"
                  ON "t4"."customer_id" = "t21"."customer_id"
                INNER JOIN (
                  SELECT
                    "t2"."month",
                    "t2"."month" - 1 AS "at",
                    "t2"."month" - 1 AS "rate_month"
                  FROM "calendar_month" AS "t2"
                  WHERE
                    "t2"."month" IN (24310, 24311)
                ) AS "t16"
                  ON "t4"."from_month" <= "t16"."at" AND "t16"."at" < "t4"."to_month"
                INNER JOIN (
                  SELECT
                    "t0"."currency",
                    "t0"."month" AS "rated",
                    "t0"."rate_e10"
                  FROM "fx_month" AS "t0"
                ) AS "t7"
                  ON "t4"."currency" = "t7"."currency" AND "t16"."rate_month" = "t7"."rated"
              ) AS "t25"
              GROUP BY
                1,
                2
            ) AS "t30"
            WHERE
              "t30"."worth" > 0
          ) AS "t41"
          LEFT OUTER JOIN (
            SELECT
              "t31"."customer_id",
              "t31"."month",
              "t31"."worth" AS "closing_e16"
            FROM (
              SELECT
                "t26"."customer_id",
                "t26"."month",
                CAST(SUM("t26"."worth") AS DECIMAL(38, 0)) AS "worth"
              FROM (
                SELECT
                  "t4"."customer_id",
                  "t17"."month",
                  CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t7"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                FROM "mrr_level" AS "t4"
                SEMI JOIN (
                  SELECT
                    "t8"."customer_id"
                  FROM (
                    SELECT
                      "t1"."customer_id",
                      MIN("t1"."arr_e6") AS "least",
                      MIN("t1"."currency") AS "one",
                      MAX("t1"."currency") AS "other"
                    FROM "mrr_level" AS "t1"
                    GROUP BY
                      1
                  ) AS "t8"
                  WHERE
                    (
                      "t8"."least" <= 0
                    ) OR (
                      "t8"."one" <> "t8"."other"
                    )
                ) AS "t21"
                  ON "t4"."customer_id" = "t21"."customer_id"
                INNER JOIN (
                  SELECT
                    "t2"."month",
                    "t2"."month" AS "at",
                    "t2"."month" - 1 AS "rate_month"
                  FROM "calendar_month" AS "t2"
                  WHERE
                    "t2"."month" IN (24310, 24311)
                ) AS "t17"
                  ON "t4"."from_month" <= "t17"."at" AND "t17"."at" < "t4"."to_month"
                INNER JOIN (
                  SELECT
                    "t0"."currency",
                    "t0"."month" AS "rated",
                    "t0"."rate_e10"
                  FROM "fx_month" AS "t0"
                ) AS "t7"
                  ON "t4"."currency" = "t7"."currency" AND "t17"."rate_month" = "t7"."rated"
              ) AS "t26"
              GROUP BY
                1,
                2
            ) AS "t31"
            WHERE
              "t31"."worth" > 0
          ) AS "t42"
            ON "t41"."customer_id" = "t42"."customer_id" AND "t41"."month" = "t42"."month"
        ) AS "t45"
        GROUP BY
          1
      ) AS "t49"
    ) AS "t52"
  ) AS "t58"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t51"."month",
        0 AS "customers",
        "t51"."upgraded",
        CAST(0 AS DECIMAL(38, 0)) AS "opening_e16",
        "t51"."upgrade_e16"
      FROM (
        SELECT
          "t47"."month",
          CAST(SUM("t47"."upgrade_e16") AS DECIMAL(38, 0)) AS "upgrade_e16",
          COUNT(*) AS "upgraded"
        FROM (
          SELECT
            "t34"."customer_id",
            "t34"."currency",
            "t34"."arr_e6",
            "t34"."from_month",
            "t34"."to_month",
            "t34"."until_month",
            "t39"."mover",
            "t39"."month",
            "t39"."upgrade_e16"
          FROM (
            SELECT
              "t28"."customer_id",
              "t28"."currency",
              "t28"."arr_e6",
              "t28"."from_month",
              "t28"."to_month",
              "t28"."to_month" AS "until_month"
            FROM "t27" AS "t28"
            WHERE
              "t28"."from_month" <= 24310 AND "t28"."to_month" > 24309
          ) AS "t34"
          INNER JOIN "t35" AS "t39"
            ON "t34"."customer_id" = "t39"."mover"
            AND "t34"."from_month" <= (
              "t39"."month" - 1
            )
            AND (
              "t39"."month" - 1
            ) < "t34"."to_month"
        ) AS "t47"
        GROUP BY
          1
      ) AS "t51"
    ) AS "t55"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t50"."month",
        0 AS "customers",
        "t50"."upgraded",
        CAST(0 AS DECIMAL(38, 0)) AS "opening_e16",
        "t50"."upgrade_e16"
      FROM (
        SELECT
          "t46"."month",
          CAST(SUM("t46"."upgrade_e16") AS DECIMAL(38, 0)) AS "upgrade_e16",
          COUNT(*) AS "upgraded"
        FROM (
          SELECT
            "t41"."customer_id",
            "t41"."month",
            "t41"."opening_e16",
            COALESCE("t42"."closing_e16", CAST(0 AS DECIMAL(38, 0))) AS "closing_e16",
            "t41"."month" - 1 AS "key_month",
            "t40"."mover",
            "t40"."upgrade_e16"
          FROM (
            SELECT
              "t30"."customer_id",
              "t30"."month",
              "t30"."worth" AS "opening_e16"
            FROM (
              SELECT
                "t25"."customer_id",
                "t25"."month",
                CAST(SUM("t25"."worth") AS DECIMAL(38, 0)) AS "worth"
              FROM (
                SELECT
                  "t4"."customer_id",
                  "t16"."month",
                  CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t7"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                FROM "mrr_level" AS "t4"
                SEMI JOIN (
                  SELECT
                    "t8"."customer_id"
                  FROM (
                    SELECT
                      "t1"."customer_id",
                      MIN("t1"."arr_e6") AS "least",
                      MIN("t1"."currency") AS "one",
                      MAX("t1"."currency") AS "other"
                    FROM "mrr_level" AS "t1"
                    GROUP BY
                      1
                  ) AS "t8"
                  WHERE
                    (
                      "t8"."least" <= 0
                    ) OR (
                      "t8"."one" <> "t8"."other"
                    )
                ) AS "t21"
                  ON "t4"."customer_id" = "t21"."customer_id"
                INNER JOIN (
                  SELECT
                    "t2"."month",
                    "t2"."month" - 1 AS "at",
                    "t2"."month" - 1 AS "rate_month"
                  FROM "calendar_month" AS "t2"
                  WHERE
                    "t2"."month" IN (24310, 24311)
                ) AS "t16"
                  ON "t4"."from_month" <= "t16"."at" AND "t16"."at" < "t4"."to_month"
                INNER JOIN (
                  SELECT
                    "t0"."currency",
                    "t0"."month" AS "rated",
                    "t0"."rate_e10"
                  FROM "fx_month" AS "t0"
                ) AS "t7"
                  ON "t4"."currency" = "t7"."currency" AND "t16"."rate_month" = "t7"."rated"
              ) AS "t25"
              GROUP BY
                1,
                2
            ) AS "t30"
            WHERE
              "t30"."worth" > 0
          ) AS "t41"
          LEFT OUTER JOIN (
            SELECT
              "t31"."customer_id",
              "t31"."month",
              "t31"."worth" AS "closing_e16"
            FROM (
              SELECT
                "t26"."customer_id",
                "t26"."month",
                CAST(SUM("t26"."worth") AS DECIMAL(38, 0)) AS "worth"
              FROM (
                SELECT
                  "t4"."customer_id",
                  "t17"."month",
                  CAST("t4"."arr_e6" AS DECIMAL(38, 0)) * CAST("t7"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                FROM "mrr_level" AS "t4"
                SEMI JOIN (
                  SELECT
                    "t8"."customer_id"
                  FROM (
                    SELECT
                      "t1"."customer_id",
                      MIN("t1"."arr_e6") AS "least",
                      MIN("t1"."currency") AS "one",
                      MAX("t1"."currency") AS "other"
                    FROM "mrr_level" AS "t1"
                    GROUP BY
                      1
                  ) AS "t8"
                  WHERE
                    (
                      "t8"."least" <= 0
                    ) OR (
                      "t8"."one" <> "t8"."other"
                    )
                ) AS "t21"
                  ON "t4"."customer_id" = "t21"."customer_id"
                INNER JOIN (
                  SELECT
                    "t2"."month",
                    "t2"."month" AS "at",
                    "t2"."month" - 1 AS "rate_month"
                  FROM "calendar_month" AS "t2"
                  WHERE
                    "t2"."month" IN (24310, 24311)
                ) AS "t17"
                  ON "t4"."from_month" <= "t17"."at" AND "t17"."at" < "t4"."to_month"
                INNER JOIN (
                  SELECT
                    "t0"."currency",
                    "t0"."month" AS "rated",
                    "t0"."rate_e10"
                  FROM "fx_month" AS "t0"
                ) AS "t7"
                  ON "t4"."currency" = "t7"."currency" AND "t17"."rate_month" = "t7"."rated"
              ) AS "t26"
              GROUP BY
                1,
                2
            ) AS "t31"
            WHERE
              "t31"."worth" > 0
          ) AS "t42"
            ON "t41"."customer_id" = "t42"."customer_id" AND "t41"."month" = "t42"."month"
          INNER JOIN "t35" AS "t40"
            ON "t41"."customer_id" = "t40"."mover" AND "t41"."month" = "t40"."month"
        ) AS "t46"
        GROUP BY
          1
      ) AS "t50"
    ) AS "t53"
  ) AS "t56"
) AS "t59"
GROUP BY
  1
