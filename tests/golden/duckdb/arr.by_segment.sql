WITH "t24" AS (
  SELECT
    "t17"."customer_id",
    "t17"."first_month",
    COALESCE("t20"."value", '(none)') AS "slice",
    COALESCE("t20"."since", 0) AS "since",
    COALESCE("t20"."until", 9999999) AS "until"
  FROM (
    SELECT
      "t4"."customer_id",
      "t4"."first_month"
    FROM "customer_start" AS "t4"
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
  ) AS "t20"
    ON "t17"."customer_id" = "t20"."holder"
)
SELECT
  "t61"."month",
  "t61"."slice",
  CAST(SUM("t61"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
  SUM("t61"."customers") AS "customers"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t56"."month",
        "t56"."slice",
        CAST(SUM("t56"."base_e6") AS DECIMAL(38, 0)) AS "base_e16",
        SUM("t56"."customers") AS "customers"
      FROM (
        SELECT
          "t54"."slice",
          "t54"."customers",
          "t28"."at_month" AS "month",
          "t54"."base_e6" * CAST("t28"."rate_e10" AS DECIMAL(38, 0)) AS "base_e6"
        FROM (
          SELECT
            "t50"."slice",
            "t50"."currency",
            "t50"."from_month",
            "t50"."to_month",
            CAST(SUM(CAST("t50"."base_e6" AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "base_e6",
            SUM("t50"."customers") AS "customers"
          FROM (
            SELECT
              "t47"."customer_id",
              "t47"."currency",
              "t47"."arr_e6",
              GREATEST("t47"."from_month", "t47"."value_from") AS "from_month",
              LEAST("t47"."to_month", "t47"."value_to") AS "to_month",
              "t47"."slice",
              "t47"."arr_e6" AS "base_e6",
              1 AS "customers"
            FROM (
              SELECT
                "t38"."customer_id",
                "t38"."currency",
                "t38"."arr_e6",
                "t38"."from_month",
                "t38"."to_month",
                "t45"."holder",
                "t45"."slice",
                "t45"."value_from",
                "t45"."value_to"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t5"."customer_id",
                    "t5"."currency",
                    "t5"."arr_e6",
                    "t5"."from_month",
                    "t5"."to_month"
                  FROM "mrr_level" AS "t5"
                  ANTI JOIN (
                    SELECT
                      "t15"."customer_id"
                    FROM (
                      SELECT
                        "t3"."customer_id",
                        MIN("t3"."arr_e6") AS "least",
                        MIN("t3"."currency") AS "one",
                        MAX("t3"."currency") AS "other"
                      FROM "mrr_level" AS "t3"
                      GROUP BY
                        1
                    ) AS "t15"
                    WHERE
                      (
                        "t15"."least" <= 0
                      ) OR (
                        "t15"."one" <> "t15"."other"
                      )
                  ) AS "t26"
                    ON "t5"."customer_id" = "t26"."customer_id"
                ) AS "t31"
                WHERE
                  "t31"."from_month" <= 24311 AND "t31"."to_month" > 24310
              ) AS "t38"
              INNER JOIN (
                SELECT
                  "t43"."customer_id" AS "holder",
                  "t43"."slice",
                  "t43"."from_month" AS "value_from",
                  "t43"."to_month" AS "value_to"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t27"."customer_id",
                      "t27"."slice",
                      CASE WHEN "t27"."since" > "t27"."first_month" THEN "t27"."since" + 0 ELSE 0 END AS "from_month",
                      "t27"."until" + 0 AS "to_month"
                    FROM "t24" AS "t27"
                    WHERE
                      "t27"."until" > "t27"."first_month"
                  ) AS "t33"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t37"."customer_id",
                      '(none)' AS "slice",
                      0 AS "from_month",
                      "t37"."since" + 0 AS "to_month"
                    FROM (
                      SELECT
                        "t29"."customer_id",
                        MIN("t29"."since") AS "since"
                      FROM (
                        SELECT
                          *
                        FROM "t24" AS "t27"
                        WHERE
                          "t27"."since" > "t27"."first_month"
                      ) AS "t29"
                      GROUP BY
                        1
                    ) AS "t37"
                    ANTI JOIN (
                      SELECT
                        *
                      FROM "t24" AS "t27"
                      WHERE
                        "t27"."since" <= "t27"."first_month" AND "t27"."until" > "t27"."first_month"
                    ) AS "t34"
                      ON "t37"."customer_id" = "t34"."customer_id"
                  ) AS "t41"
                ) AS "t43"
              ) AS "t45"
                ON "t38"."customer_id" = "t45"."holder"
                AND "t38"."from_month" < "t45"."value_to"
                AND "t45"."value_from" < "t38"."to_month"
            ) AS "t47"
          ) AS "t50"
          GROUP BY
            1,
            2,
            3,
            4
        ) AS "t54"
        INNER JOIN (
          SELECT
            "t18"."rated",
            "t18"."at_month",
            "t18"."rate_e10"
          FROM (
            SELECT
              "t0"."currency" AS "rated",
              "t0"."month" + 0 AS "at_month",
              "t0"."rate_e10"
            FROM "fx_month" AS "t0"
          ) AS "t18"
          SEMI JOIN (
            SELECT
              "t2"."month" AS "at_month"
            FROM "calendar_month" AS "t2"
            WHERE
              "t2"."month" IN (24310, 24311)
          ) AS "t21"
            ON "t18"."at_month" = "t21"."at_month"
        ) AS "t28"
          ON "t54"."currency" = "t28"."rated"
          AND "t54"."from_month" <= "t28"."at_month"
          AND "t28"."at_month" < "t54"."to_month"
      ) AS "t56"
      GROUP BY
        1,
        2
    ) AS "t59"
  ) AS "t60"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t55"."month",
        "t55"."slice",
        CAST(SUM("t55"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
        COUNT(*) AS "customers"
      FROM (
        SELECT
          "t53".*
          EXCLUDE ("moment")
        FROM (
          SELECT
            "t51"."customer_id",
            "t51"."month",
            "t51"."base_e16",
            "t51"."key_month",
            "t51"."moment",
            COALESCE("t51"."trait_value", '(none)') AS "slice"
          FROM (
            SELECT
              "t49"."customer_id",
              "t49"."month",
              "t49"."base_e16",
              "t49"."key_month",
              "t49"."moment",
              "t19"."trait_customer",
              "t19"."trait_value",
              "t19"."trait_from",
              "t19"."trait_to"
            FROM (
              SELECT
                "t46"."customer_id",
                "t46"."month",
                "t46"."base_e16",
                "t46"."key_month",
                GREATEST("t46"."key_month", COALESCE("t46"."began", "t46"."key_month")) AS "moment"
              FROM (
                SELECT
                  "t42"."customer_id",
                  "t42"."month",
                  "t42"."base_e16",
                  "t42"."key_month",
                  "t16"."starter",
                  "t16"."began"
                FROM (
                  SELECT
                    "t39"."customer_id",
                    "t39"."month",
                    "t39"."worth" AS "base_e16",
                    "t39"."month" AS "key_month"
                  FROM (
                    SELECT
                      "t32"."customer_id",
                      "t32"."month",
                      CAST(SUM("t32"."worth") AS DECIMAL(38, 0)) AS "worth"
                    FROM (
                      SELECT
                        "t5"."customer_id",
                        "t22"."month",
                        CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t10"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                      FROM "mrr_level" AS "t5"
                      SEMI JOIN (
                        SELECT
                          "t15"."customer_id"
                        FROM (
                          SELECT
                            "t3"."customer_id",
                            MIN("t3"."arr_e6") AS "least",
                            MIN("t3"."currency") AS "one",
                            MAX("t3"."currency") AS "other"
                          FROM "mrr_level" AS "t3"
                          GROUP BY
                            1
                        ) AS "t15"
                        WHERE
                          (
                            "t15"."least" <= 0
                          ) OR (
                            "t15"."one" <> "t15"."other"
                          )
                      ) AS "t26"
                        ON "t5"."customer_id" = "t26"."customer_id"
                      INNER JOIN (
                        SELECT
                          "t2"."month",
                          "t2"."month" AS "at",
                          "t2"."month" AS "rate_month"
                        FROM "calendar_month" AS "t2"
                        WHERE
                          "t2"."month" IN (24310, 24311)
                      ) AS "t22"
                        ON "t5"."from_month" <= "t22"."at" AND "t22"."at" < "t5"."to_month"
                      INNER JOIN (
                        SELECT
                          "t0"."currency",
                          "t0"."month" AS "rated",
                          "t0"."rate_e10"
                        FROM "fx_month" AS "t0"
                      ) AS "t10"
                        ON "t5"."currency" = "t10"."currency" AND "t22"."rate_month" = "t10"."rated"
                    ) AS "t32"
                    GROUP BY
                      1,
                      2
                  ) AS "t39"
                  WHERE
                    "t39"."worth" > 0
                ) AS "t42"
                LEFT OUTER JOIN (
                  SELECT
                    "t4"."customer_id" AS "starter",
                    "t4"."first_month" AS "began"
                  FROM "customer_start" AS "t4"
                ) AS "t16"
                  ON "t42"."customer_id" = "t16"."starter"
              ) AS "t46"
            ) AS "t49"
            LEFT OUTER JOIN (
              SELECT
                "t1"."customer_id" AS "trait_customer",
                "t1"."value" AS "trait_value",
                "t1"."from_month" AS "trait_from",
                "t1"."to_month" AS "trait_to"
              FROM "customer_trait" AS "t1"
              WHERE
                "t1"."name" = 'segment'
            ) AS "t19"
              ON "t49"."customer_id" = "t19"."trait_customer"
              AND "t49"."moment" >= "t19"."trait_from"
              AND "t49"."moment" < "t19"."trait_to"
          ) AS "t51"
        ) AS "t53"
      ) AS "t55"
      GROUP BY
        1,
        2
    ) AS "t57"
  ) AS "t58"
) AS "t61"
GROUP BY
  1,
  2
