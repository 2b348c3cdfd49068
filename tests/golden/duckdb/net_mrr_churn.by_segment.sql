WITH "t26" AS (
  SELECT
    "t17"."customer_id",
    "t17"."first_month",
    COALESCE("t21"."value", '(none)') AS "slice",
    COALESCE("t21"."since", 0) AS "since",
    COALESCE("t21"."until", 9999999) AS "until"
  FROM (
    SELECT
      "t3"."customer_id",
      "t3"."first_month"
    FROM "customer_start" AS "t3"
  ) AS "t17"
  LEFT OUTER JOIN (
    SELECT
      "t1"."customer_id" AS "holder",
      "t1"."value",
      "t1"."from_month" AS "since",
      "t1"."to_month" AS "until"
    FROM "customer_trait" AS "t1"
    WHERE
      "t1"."name" = 'segment'
  ) AS "t21"
    ON "t17"."customer_id" = "t21"."holder"
), "t35" AS (
  SELECT
    "t5"."customer_id",
    "t5"."currency",
    "t5"."arr_e6",
    "t5"."from_month",
    "t5"."to_month"
  FROM "mrr_level" AS "t5"
  ANTI JOIN (
    SELECT
      "t18"."customer_id"
    FROM (
      SELECT
        "t4"."customer_id",
        MIN("t4"."arr_e6") AS "least",
        MIN("t4"."currency") AS "one",
        MAX("t4"."currency") AS "other"
      FROM "mrr_level" AS "t4"
      GROUP BY
        1
    ) AS "t18"
    WHERE
      (
        "t18"."least" <= 0
      ) OR (
        "t18"."one" <> "t18"."other"
      )
  ) AS "t28"
    ON "t5"."customer_id" = "t28"."customer_id"
), "t56" AS (
  SELECT
    "t46"."customer_id",
    "t46"."currency",
    "t46"."arr_e6",
    "t46"."from_month",
    "t46"."to_month",
    "t46"."until_month",
    "t54"."holder",
    "t54"."slice",
    "t54"."value_from",
    "t54"."value_to"
  FROM (
    SELECT
      "t38"."customer_id",
      "t38"."currency",
      "t38"."arr_e6",
      "t38"."from_month",
      "t38"."to_month",
      "t38"."to_month" AS "until_month"
    FROM "t35" AS "t38"
    WHERE
      "t38"."from_month" <= 24310 AND "t38"."to_month" > 24309
  ) AS "t46"
  INNER JOIN (
    SELECT
      "t52"."customer_id" AS "holder",
      "t52"."slice",
      "t52"."from_month" AS "value_from",
      "t52"."to_month" AS "value_to"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t29"."customer_id",
          "t29"."slice",
          CASE WHEN "t29"."since" > "t29"."first_month" THEN "t29"."since" + 0 ELSE 0 END AS "from_month",
          "t29"."until" + 0 AS "to_month"
        FROM "t26" AS "t29"
        WHERE
          "t29"."until" > "t29"."first_month"
      ) AS "t36"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t40"."customer_id",
          '(none)' AS "slice",
          0 AS "from_month",
          "t40"."since" + 0 AS "to_month"
        FROM (
          SELECT
            "t31"."customer_id",
            MIN("t31"."since") AS "since"
          FROM (
            SELECT
              *
            FROM "t26" AS "t29"
            WHERE
              "t29"."since" > "t29"."first_month"
          ) AS "t31"
          GROUP BY
            1
        ) AS "t40"
        ANTI JOIN (
          SELECT
            *
          FROM "t26" AS "t29"
          WHERE
            "t29"."since" <= "t29"."first_month" AND "t29"."until" > "t29"."first_month"
        ) AS "t37"
          ON "t40"."customer_id" = "t37"."customer_id"
      ) AS "t49"
    ) AS "t52"
  ) AS "t54"
    ON "t46"."customer_id" = "t54"."holder"
    AND "t46"."from_month" < "t54"."value_to"
    AND "t54"."value_from" < "t46"."to_month"
), "t65" AS (
  SELECT
    "t60"."slice",
    "t60"."until_month",
    "t60"."currency",
    "t60"."from_month",
    "t60"."to_month",
    CAST(SUM(CAST("t60"."arr_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "arr_e6",
    SUM("t60"."customers") AS "customers"
  FROM (
    SELECT
      "t58"."customer_id",
      "t58"."currency",
      "t58"."arr_e6",
      GREATEST("t58"."from_month", "t58"."value_from") AS "from_month",
      LEAST("t58"."to_month", "t58"."value_to") AS "to_month",
      "t58"."until_month",
      "t58"."slice",
      1 AS "customers"
    FROM "t56" AS "t58"
  ) AS "t60"
  GROUP BY
    1,
    2,
    3,
    4,
    5
)
SELECT
  "t82"."month",
  "t82"."slice",
  CAST(SUM("t82"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t82"."closing_e16") AS DECIMAL(38, 0)) AS "closing_e16",
  CAST(SUM("t82"."gross_e16") AS DECIMAL(38, 0)) AS "gross_e16",
  SUM("t82"."customers") AS "customers",
  SUM("t82"."lost") AS "lost"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t79"."month",
        "t79"."slice",
        CAST(SUM("t79"."opening_e6") AS DECIMAL(38, 0)) AS "opening_e16",
        CAST(SUM("t79"."closing_e6") AS DECIMAL(38, 0)) AS "closing_e16",
        CAST(SUM("t79"."gross_e6") AS DECIMAL(38, 0)) AS "gross_e16",
        SUM("t79"."customers") AS "customers",
        SUM("t79"."lost") AS "lost"
      FROM (
        SELECT
          "t78"."slice",
          "t78"."customers",
          "t78"."lost",
          "t30"."at_month" AS "month",
          "t78"."opening_e6" * CAST("t30"."rate_e10" AS DECIMAL(38, 0)) AS "opening_e6",
          "t78"."closing_e6" * CAST("t30"."rate_e10" AS DECIMAL(38, 0)) AS "closing_e6",
          "t78"."gross_e6" * CAST("t30"."rate_e10" AS DECIMAL(38, 0)) AS "gross_e6"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t75"."slice",
              "t75"."currency",
              "t75"."from_month",
              "t75"."to_month",
              CAST(0 AS DECIMAL(38, 0)) AS "opening_e6",
              "t75"."closing_e6",
              "t75"."gross_e6",
              CAST(0 AS BIGINT) AS "customers",
              "t75"."lost"
            FROM (
              SELECT
                "t70"."slice",
                "t70"."currency",
                "t70"."from_month",
                "t70"."to_month",
                CAST(SUM(CAST("t70"."closing_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "closing_e6",
                CAST(SUM(CAST("t70"."gross_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "gross_e6",
                SUM("t70"."lost") AS "lost"
              FROM (
                SELECT
                  "t68"."customer_id",
                  "t68"."currency",
                  "t68"."arr_e6",
                  "t68"."until_month" AS "from_month",
                  "t68"."until_month" + 1 AS "to_month",
                  "t68"."until_month",
                  "t68"."slice",
                  "t68"."later_e6",
                  "t68"."later_e6" AS "closing_e6",
                  LEAST("t68"."arr_e6", "t68"."later_e6") AS "gross_e6",
                  -1 AS "lost"
                FROM (
                  SELECT
                    "t63"."customer_id",
                    "t63"."currency",
                    "t63"."arr_e6",
                    "t63"."from_month",
                    "t63"."to_month",
                    "t63"."until_month",
                    "t63"."slice",
                    "t45"."later_e6"
                  FROM (
                    SELECT
                      "t58"."customer_id",
                      "t58"."currency",
                      "t58"."arr_e6",
                      GREATEST("t58"."from_month", "t58"."value_from") AS "from_month",
                      LEAST("t58"."to_month", "t58"."value_to") AS "to_month",
                      "t58"."until_month",
                      "t58"."slice"
                    FROM "t56" AS "t58"
                    WHERE
                      LEAST("t58"."to_month", "t58"."value_to") = "t58"."until_month"
                  ) AS "t63"
                  INNER JOIN (
                    SELECT
                      "t38"."customer_id" AS "payer",
                      "t38"."from_month" AS "taken",
                      "t38"."arr_e6" AS "later_e6"
                    FROM "t35" AS "t38"
                    WHERE
                      "t38"."from_month" <= 24311 AND "t38"."to_month" > 24310
                  ) AS "t45"
                    ON "t63"."customer_id" = "t45"."payer" AND "t63"."until_month" = "t45"."taken"
                ) AS "t68"
              ) AS "t70"
              GROUP BY
                1,
                2,
                3,
                4
            ) AS "t75"
          ) AS "t76"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t67"."slice",
                "t67"."currency",
                "t67"."from_month" + 1 AS "from_month",
                "t67"."to_month" + 1 AS "to_month",
                "t67"."arr_e6" AS "opening_e6",
                CAST(0 AS DECIMAL(38, 0)) AS "closing_e6",
                CAST(0 AS DECIMAL(38, 0)) AS "gross_e6",
                "t67"."customers",
                "t67"."customers" AS "lost"
              FROM "t65" AS "t67"
            ) AS "t69"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t67"."slice",
                "t67"."currency",
                "t67"."from_month" + 1 AS "from_month",
                LEAST("t67"."to_month" + 1, "t67"."until_month") AS "to_month",
                CAST(0 AS DECIMAL(38, 0)) AS "opening_e6",
                "t67"."arr_e6" AS "closing_e6",
                "t67"."arr_e6" AS "gross_e6",
                CAST(0 AS BIGINT) AS "customers",
                -(
                  "t67"."customers"
                ) AS "lost"
              FROM "t65" AS "t67"
              WHERE
                (
                  "t67"."from_month" + 1
                ) < LEAST("t67"."to_month" + 1, "t67"."until_month")
            ) AS "t72"
          ) AS "t73"
        ) AS "t78"
        INNER JOIN (
          SELECT
            "t19"."rated",
            "t19"."at_month",
            "t19"."rate_e10"
          FROM (
            SELECT
              "t0"."currency" AS "rated",
              "t0"."month" + 1 AS "at_month",
              "t0"."rate_e10"
            FROM "fx_month" AS "t0"
          ) AS "t19"
          SEMI JOIN (
            SELECT
              "t2"."month" AS "at_month"
            FROM "calendar_month" AS "t2"
            WHERE
              "t2"."month" IN (24310, 24311)
          ) AS "t22"
            ON "t19"."at_month" = "t22"."at_month"
        ) AS "t30"
          ON "t78"."currency" = "t30"."rated"
          AND "t78"."from_month" <= "t30"."at_month"
          AND "t30"."at_month" < "t78"."to_month"
      ) AS "t79"
      GROUP BY
        1,
        2
    ) AS "t80"
  ) AS "t81"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t66"."month",
        "t66"."slice",
        CAST(SUM("t66"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
        CAST(SUM("t66"."closing_e16") AS DECIMAL(38, 0)) AS "closing_e16",
        CAST(SUM(LEAST("t66"."opening_e16", "t66"."closing_e16")) AS DECIMAL(38, 0)) AS "gross_e16",
        COUNT(*) AS "customers",
        SUM(CAST("t66"."closing_e16" <= 0 AS INT)) AS "lost"
      FROM (
        SELECT
          "t64".*
          EXCLUDE ("moment")
        FROM (
          SELECT
            "t62"."customer_id",
            "t62"."month",
            "t62"."opening_e16",
            "t62"."closing_e16",
            "t62"."key_month",
            "t62"."moment",
            COALESCE("t62"."trait_value", '(none)') AS "slice"
          FROM (
            SELECT
              "t59"."customer_id",
              "t59"."month",
              "t59"."opening_e16",
              "t59"."closing_e16",
              "t59"."key_month",
              "t59"."moment",
              "t20"."trait_customer",
              "t20"."trait_value",
              "t20"."trait_from",
              "t20"."trait_to"
            FROM (
              SELECT
                "t55"."customer_id",
                "t55"."month",
                "t55"."opening_e16",
                "t55"."closing_e16",
                "t55"."key_month",
                GREATEST("t55"."key_month", COALESCE("t55"."began", "t55"."key_month")) AS "moment"
              FROM (
                SELECT
                  "t50"."customer_id",
                  "t50"."month",
                  "t50"."opening_e16",
                  COALESCE("t51"."closing_e16", CAST(0 AS DECIMAL(38, 0))) AS "closing_e16",
                  "t50"."month" - 1 AS "key_month",
                  "t16"."starter",
                  "t16"."began"
                FROM (
                  SELECT
                    "t41"."customer_id",
                    "t41"."month",
                    "t41"."worth" AS "opening_e16"
                  FROM (
                    SELECT
                      "t33"."customer_id",
                      "t33"."month",
                      CAST(SUM("t33"."worth") AS DECIMAL(38, 0)) AS "worth"
                    FROM (
                      SELECT
                        "t5"."customer_id",
                        "t23"."month",
                        CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t10"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                      FROM "mrr_level" AS "t5"
                      SEMI JOIN (
                        SELECT
                          "t18"."customer_id"
                        FROM (
                          SELECT
                            "t4"."customer_id",
                            MIN("t4"."arr_e6") AS "least",
                            MIN("t4"."currency") AS "one",
                            MAX("t4"."currency") AS "other"
                          FROM "mrr_level" AS "t4"
                          GROUP BY
                            1
                        ) AS "t18"
                        WHERE
                          (
                            "t18"."least" <= 0
                          ) OR (
                            "t18"."one" <> "t18"."other"
                          )
                      ) AS "t28"
                        ON "t5"."customer_id" = "t28"."customer_id"
                      INNER JOIN (
                        SELECT
                          "t2"."month",
                          "t2"."month" - 1 AS "at",
                          "t2"."month" - 1 AS "rate_month"
                        FROM "calendar_month" AS "t2"
                        WHERE
                          "t2"."month" IN (24310, 24311)
                      ) AS "t23"
                        ON "t5"."from_month" <= "t23"."at" AND "t23"."at" < "t5"."to_month"
                      INNER JOIN (
                        SELECT
                          "t0"."currency",
                          "t0"."month" AS "rated",
                          "t0"."rate_e10"
                        FROM "fx_month" AS "t0"
                      ) AS "t10"
                        ON "t5"."currency" = "t10"."currency" AND "t23"."rate_month" = "t10"."rated"
                    ) AS "t33"
                    GROUP BY
                      1,
                      2
                  ) AS "t41"
                  WHERE
                    "t41"."worth" > 0
                ) AS "t50"
                LEFT OUTER JOIN (
                  SELECT
                    "t42"."customer_id",
                    "t42"."month",
                    "t42"."worth" AS "closing_e16"
                  FROM (
                    SELECT
                      "t34"."customer_id",
                      "t34"."month",
                      CAST(SUM("t34"."worth") AS DECIMAL(38, 0)) AS "worth"
                    FROM (
                      SELECT
                        "t5"."customer_id",
                        "t24"."month",
                        CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t10"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                      FROM "mrr_level" AS "t5"
                      SEMI JOIN (
                        SELECT
                          "t18"."customer_id"
                        FROM (
                          SELECT
                            "t4"."customer_id",
                            MIN("t4"."arr_e6") AS "least",
                            MIN("t4"."currency") AS "one",
                            MAX("t4"."currency") AS "other"
                          FROM "mrr_level" AS "t4"
                          GROUP BY
                            1
                        ) AS "t18"
                        WHERE
                          (
                            "t18"."least" <= 0
                          ) OR (
                            "t18"."one" <> "t18"."other"
                          )
                      ) AS "t28"
                        ON "t5"."customer_id" = "t28"."customer_id"
                      INNER JOIN (
                        SELECT
                          "t2"."month",
                          "t2"."month" AS "at",
                          "t2"."month" - 1 AS "rate_month"
                        FROM "calendar_month" AS "t2"
                        WHERE
                          "t2"."month" IN (24310, 24311)
                      ) AS "t24"
                        ON "t5"."from_month" <= "t24"."at" AND "t24"."at" < "t5"."to_month"
                      INNER JOIN (
                        SELECT
                          "t0"."currency",
                          "t0"."month" AS "rated",
                          "t0"."rate_e10"
                        FROM "fx_month" AS "t0"
                      ) AS "t10"
                        ON "t5"."currency" = "t10"."currency" AND "t24"."rate_month" = "t10"."rated"
                    ) AS "t34"
                    GROUP BY
                      1,
                      2
                  ) AS "t42"
                  WHERE
                    "t42"."worth" > 0
                ) AS "t51"
                  ON "t50"."customer_id" = "t51"."customer_id" AND "t50"."month" = "t51"."month"
                LEFT OUTER JOIN (
                  SELECT
                    "t3"."customer_id" AS "starter",
                    "t3"."first_month" AS "began"
                  FROM "customer_start" AS "t3"
                ) AS "t16"
                  ON "t50"."customer_id" = "t16"."starter"
              ) AS "t55"
            ) AS "t59"
            LEFT OUTER JOIN (
              SELECT
                "t1"."customer_id" AS "trait_customer",
                "t1"."value" AS "trait_value",
                "t1"."from_month" AS "trait_from",
                "t1"."to_month" AS "trait_to"
              FROM "customer_trait" AS "t1"
              WHERE
                "t1"."name" = 'segment'
            ) AS "t20"
              ON "t59"."customer_id" = "t20"."trait_customer"
              AND "t59"."moment" >= "t20"."trait_from"
              AND "t59"."moment" < "t20"."trait_to"
          ) AS "t62"
        ) AS "t64"
      ) AS "t66"
      GROUP BY
        1,
        2
    ) AS "t71"
  ) AS "t74"
) AS "t82"
GROUP BY
  1,
  2
