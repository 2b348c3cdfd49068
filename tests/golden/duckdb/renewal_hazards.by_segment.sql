WITH "t31" AS (
  SELECT
    "t30"."customer_id",
    "t30"."end_day",
    "t30"."month",
    CAST(SUM("t30"."worth") AS DECIMAL(38, 0)) AS "available_e16"
  FROM (
    SELECT
      "t29"."customer_id",
      "t29"."subscription_id",
      "t29"."item_id",
      "t29"."plan",
      "t29"."currency",
      "t29"."arr_e6",
      "t29"."from_day",
      "t29"."to_day",
      "t29"."interval",
      "t29"."start_cause",
      "t29"."end_cause",
      "t29"."is_first",
      "t29"."is_last",
      "t29"."term_end_on",
      "t29"."auto_renew",
      "t29"."was_e6",
      "t29"."goes_on",
      "t29"."cause",
      "t29"."end_day",
      "t29"."month",
      "t29"."ended_on",
      "t29"."rated",
      "t29"."rate_from",
      "t29"."rate_to",
      "t29"."rate_e10",
      CAST("t29"."arr_e6" AS DECIMAL(38, 0)) * CAST("t29"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
    FROM (
      SELECT
        "t28"."customer_id",
        "t28"."subscription_id",
        "t28"."item_id",
        "t28"."plan",
        "t28"."currency",
        "t28"."arr_e6",
        "t28"."from_day",
        "t28"."to_day",
        "t28"."interval",
        "t28"."start_cause",
        "t28"."end_cause",
        "t28"."is_first",
        "t28"."is_last",
        "t28"."term_end_on",
        "t28"."auto_renew",
        "t28"."was_e6",
        "t28"."goes_on",
        "t28"."cause",
        "t28"."end_day",
        "t28"."month",
        "t28"."ended_on",
        "t15"."rated",
        "t15"."rate_from",
        "t15"."rate_to",
        "t15"."rate_e10"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t20"."customer_id",
            "t20"."subscription_id",
            "t20"."item_id",
            "t20"."plan",
            "t20"."currency",
            "t20"."arr_e6",
            "t20"."from_day",
            "t20"."to_day",
            "t20"."interval",
            "t20"."start_cause",
            "t20"."end_cause",
            "t20"."is_first",
            "t20"."is_last",
            "t20"."term_end_on",
            "t20"."auto_renew",
            "t20"."was_e6",
            "t20"."goes_on",
            "t20"."cause",
            "t17"."end_day",
            "t17"."month",
            "t17"."ended_on"
          FROM (
            SELECT
              *
            FROM "run_rate" AS "t2"
            WHERE
              "t2"."term_end_on" IS NOT NULL AND "t2"."arr_e6" > 0
          ) AS "t20"
          INNER JOIN (
            SELECT
              "t4"."day" AS "end_day",
              "t4"."month",
              "t4"."on_date" AS "ended_on"
            FROM "calendar_day" AS "t4"
          ) AS "t17"
            ON "t20"."term_end_on" = "t17"."ended_on"
        ) AS "t23"
        WHERE
          "t23"."from_day" <= (
            "t23"."end_day" - 1
          )
          AND (
            (
              "t23"."to_day" IS NULL
            )
            OR (
              "t23"."to_day" > (
                "t23"."end_day" - 1
              )
            )
          )
          AND (
            "t23"."end_day" + 1
          ) <= (
            SELECT
              MAX("t4"."day") AS "Max(day)"
            FROM "calendar_day" AS "t4"
          )
      ) AS "t28"
      INNER JOIN (
        SELECT
          "t3"."currency" AS "rated",
          "t3"."from_day" AS "rate_from",
          "t3"."to_day" AS "rate_to",
          "t3"."rate_e10"
        FROM "fx_day" AS "t3"
      ) AS "t15"
        ON "t28"."currency" = "t15"."rated"
        AND "t28"."end_day" >= "t15"."rate_from"
        AND "t28"."end_day" < "t15"."rate_to"
    ) AS "t29"
  ) AS "t30"
  GROUP BY
    1,
    2,
    3
)
SELECT
  "t54"."renewal",
  "t54"."slice",
  SUM("t54"."exposed") AS "exposed",
  SUM("t54"."lost") AS "lost",
  SUM(1 - "t54"."exposed") AS "waiting"
FROM (
  SELECT
    "t53".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t52"."customer_id",
      "t52"."end_day",
      "t52"."key_month",
      "t52"."exposed",
      "t52"."lost",
      "t52"."place",
      "t52"."renewal",
      "t52"."moment",
      COALESCE("t52"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t51"."customer_id",
        "t51"."end_day",
        "t51"."key_month",
        "t51"."exposed",
        "t51"."lost",
        "t51"."place",
        "t51"."renewal",
        "t51"."moment",
        "t19"."trait_customer",
        "t19"."trait_value",
        "t19"."trait_from",
        "t19"."trait_to"
      FROM (
        SELECT
          "t49"."customer_id",
          "t49"."end_day",
          "t49"."key_month",
          "t49"."exposed",
          "t49"."lost",
          "t49"."place",
          "t49"."renewal",
          GREATEST("t49"."key_month", COALESCE("t49"."began", "t49"."key_month")) AS "moment"
        FROM (
          SELECT
            "t48"."customer_id",
            "t48"."end_day",
            "t48"."key_month",
            "t48"."exposed",
            "t48"."lost",
            "t48"."place",
            "t48"."renewal",
            "t11"."starter",
            "t11"."began"
          FROM (
            SELECT
              "t46"."customer_id",
              "t46"."end_day",
              "t46"."key_month",
              "t46"."exposed",
              "t46"."lost",
              "t46"."place",
              "t46"."place" AS "renewal"
            FROM (
              SELECT
                "t45"."customer_id",
                "t45"."end_day",
                "t45"."key_month",
                "t45"."exposed",
                "t45"."lost",
                (
                  ROW_NUMBER() OVER (
                    PARTITION BY "t45"."customer_id"
                    ORDER BY "t45"."end_day" ASC
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) - 1
                ) + 1 AS "place"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t33"."customer_id",
                    "t33"."end_day",
                    "t33"."month" - 1 AS "key_month",
                    1 AS "exposed",
                    CAST(CASE
                      WHEN COALESCE("t43"."after_e16", CAST(0 AS DECIMAL(38, 0))) > 0
                      THEN 0
                      ELSE 1
                    END AS BIGINT) AS "lost"
                  FROM "t31" AS "t33"
                  LEFT OUTER JOIN (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t40"."customer_id",
                        "t40"."end_day",
                        CAST(SUM("t40"."worth") AS DECIMAL(38, 0)) AS "after_e16"
                      FROM (
                        SELECT
                          "t39"."customer_id",
                          "t39"."subscription_id",
                          "t39"."item_id",
                          "t39"."plan",
                          "t39"."currency",
                          "t39"."arr_e6",
                          "t39"."from_day",
                          "t39"."to_day",
                          "t39"."interval",
                          "t39"."start_cause",
                          "t39"."end_cause",
                          "t39"."is_first",
                          "t39"."is_last",
                          "t39"."term_end_on",
                          "t39"."auto_renew",
                          "t39"."was_e6",
                          "t39"."goes_on",
                          "t39"."cause",
                          "t39"."end_day",
                          "t39"."holder",
                          "t39"."held_end",
                          "t39"."held_subscription",
                          "t39"."rated",
                          "t39"."rate_from",
                          "t39"."rate_to",
                          "t39"."rate_e10",
                          CAST("t39"."arr_e6" AS DECIMAL(38, 0)) * CAST("t39"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                        FROM (
                          SELECT
                            "t38"."customer_id",
                            "t38"."subscription_id",
                            "t38"."item_id",
                            "t38"."plan",
                            "t38"."currency",
                            "t38"."arr_e6",
                            "t38"."from_day",
                            "t38"."to_day",
                            "t38"."interval",
                            "t38"."start_cause",
                            "t38"."end_cause",
                            "t38"."is_first",
                            "t38"."is_last",
                            "t38"."term_end_on",
                            "t38"."auto_renew",
                            "t38"."was_e6",
                            "t38"."goes_on",
                            "t38"."cause",
                            "t38"."end_day",
                            "t38"."holder",
                            "t38"."held_end",
                            "t38"."held_subscription",
                            "t15"."rated",
                            "t15"."rate_from",
                            "t15"."rate_to",
                            "t15"."rate_e10"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t5"."customer_id",
                                "t5"."subscription_id",
                                "t5"."item_id",
                                "t5"."plan",
                                "t5"."currency",
                                "t5"."arr_e6",
                                "t5"."from_day",
                                "t5"."to_day",
                                "t5"."interval",
                                "t5"."start_cause",
                                "t5"."end_cause",
                                "t5"."is_first",
                                "t5"."is_last",
                                "t5"."term_end_on",
                                "t5"."auto_renew",
                                "t5"."was_e6",
                                "t5"."goes_on",
                                "t5"."cause",
                                "t35"."end_day",
                                "t26"."holder",
                                "t26"."held_end",
                                "t26"."held_subscription"
                              FROM "run_rate" AS "t5"
                              INNER JOIN (
                                SELECT
                                  "t32"."customer_id",
                                  "t32"."end_day"
                                FROM "t31" AS "t32"
                              ) AS "t35"
                                ON "t5"."customer_id" = "t35"."customer_id"
                              LEFT OUTER JOIN (
                                SELECT DISTINCT
                                  *
                                FROM (
                                  SELECT
                                    "t21"."customer_id" AS "holder",
                                    "t18"."held_end",
                                    "t21"."subscription_id" AS "held_subscription"
                                  FROM (
                                    SELECT
                                      *
                                    FROM "run_rate" AS "t2"
                                    WHERE
                                      "t2"."term_end_on" IS NOT NULL
                                  ) AS "t21"
                                  INNER JOIN (
                                    SELECT
                                      "t4"."day" AS "held_end",
                                      "t4"."on_date" AS "ended_on"
                                    FROM "calendar_day" AS "t4"
                                  ) AS "t18"
                                    ON "t21"."term_end_on" = "t18"."ended_on"
                                ) AS "t24"
                              ) AS "t26"
                                ON "t5"."customer_id" = "t26"."holder"
                                AND "t35"."end_day" = "t26"."held_end"
                                AND "t5"."subscription_id" = "t26"."held_subscription"
                            ) AS "t36"
                            WHERE
                              "t36"."from_day" <= (
                                "t36"."end_day" + 1
                              )
                              AND (
                                (
                                  "t36"."to_day" IS NULL
                                )
                                OR (
                                  "t36"."to_day" > (
                                    "t36"."end_day" + 1
                                  )
                                )
                              )
                              AND (
                                (
                                  "t36"."held_subscription" IS NOT NULL
                                )
                                OR (
                                  (
                                    "t36"."from_day" >= (
                                      "t36"."end_day" - 30
                                    )
                                  ) AND "t36"."is_first"
                                )
                              )
                          ) AS "t38"
                          INNER JOIN (
                            SELECT
                              "t3"."currency" AS "rated",
                              "t3"."from_day" AS "rate_from",
                              "t3"."to_day" AS "rate_to",
                              "t3"."rate_e10"
                            FROM "fx_day" AS "t3"
                          ) AS "t15"
                            ON "t38"."currency" = "t15"."rated"
                            AND "t38"."end_day" >= "t15"."rate_from"
                            AND "t38"."end_day" < "t15"."rate_to"
                        ) AS "t39"
                      ) AS "t40"
                      GROUP BY
                        1,
                        2
                    ) AS "t41"
                  ) AS "t43"
                    ON "t33"."customer_id" = "t43"."customer_id" AND "t33"."end_day" = "t43"."end_day"
                ) AS "t44"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    "t14"."customer_id",
                    9999999 AS "end_day",
                    24311 AS "key_month",
                    0 AS "exposed",
                    0 AS "lost"
                  FROM (
                    SELECT DISTINCT
                      "t2"."customer_id"
                    FROM "run_rate" AS "t2"
                    WHERE
                      "t2"."to_day" IS NULL
                      AND "t2"."arr_e6" > 0
                      AND "t2"."term_end_on" IS NOT NULL
                      AND "t2"."term_end_on" >= MAKE_DATE(2025, 12, 31)
                  ) AS "t14"
                ) AS "t22"
              ) AS "t45"
            ) AS "t46"
          ) AS "t48"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t11"
            ON "t48"."customer_id" = "t11"."starter"
        ) AS "t49"
      ) AS "t51"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t19"
        ON "t51"."customer_id" = "t19"."trait_customer"
        AND "t51"."moment" >= "t19"."trait_from"
        AND "t51"."moment" < "t19"."trait_to"
    ) AS "t52"
  ) AS "t53"
) AS "t54"
GROUP BY
  1,
  2
