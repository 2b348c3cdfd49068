WITH "t25" AS (
  SELECT
    "t24"."customer_id",
    "t24"."end_day",
    "t24"."month",
    CAST(SUM("t24"."worth") AS DECIMAL(38, 0)) AS "available_e16"
  FROM (
    SELECT
      "t23"."customer_id",
      "t23"."subscription_id",
      "t23"."item_id",
      "t23"."plan",
      "t23"."currency",
      "t23"."arr_e6",
      "t23"."from_day",
      "t23"."to_day",
      "t23"."interval",
      "t23"."start_cause",
      "t23"."end_cause",
      "t23"."is_first",
      "t23"."is_last",
      "t23"."term_end_on",
      "t23"."auto_renew",
      "t23"."was_e6",
      "t23"."goes_on",
      "t23"."cause",
      "t23"."end_day",
      "t23"."month",
      "t23"."ended_on",
      "t23"."rated",
      "t23"."rate_from",
      "t23"."rate_to",
      "t23"."rate_e10",
      CAST("t23"."arr_e6" AS DECIMAL(38, 0)) * CAST("t23"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
    FROM (
      SELECT
        "t22"."customer_id",
        "t22"."subscription_id",
        "t22"."item_id",
        "t22"."plan",
        "t22"."currency",
        "t22"."arr_e6",
        "t22"."from_day",
        "t22"."to_day",
        "t22"."interval",
        "t22"."start_cause",
        "t22"."end_cause",
        "t22"."is_first",
        "t22"."is_last",
        "t22"."term_end_on",
        "t22"."auto_renew",
        "t22"."was_e6",
        "t22"."goes_on",
        "t22"."cause",
        "t22"."end_day",
        "t22"."month",
        "t22"."ended_on",
        "t10"."rated",
        "t10"."rate_from",
        "t10"."rate_to",
        "t10"."rate_e10"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t14"."customer_id",
            "t14"."subscription_id",
            "t14"."item_id",
            "t14"."plan",
            "t14"."currency",
            "t14"."arr_e6",
            "t14"."from_day",
            "t14"."to_day",
            "t14"."interval",
            "t14"."start_cause",
            "t14"."end_cause",
            "t14"."is_first",
            "t14"."is_last",
            "t14"."term_end_on",
            "t14"."auto_renew",
            "t14"."was_e6",
            "t14"."goes_on",
            "t14"."cause",
            "t12"."end_day",
            "t12"."month",
            "t12"."ended_on"
          FROM (
            SELECT
              *
            FROM "run_rate" AS "t0"
            WHERE
              "t0"."term_end_on" IS NOT NULL AND "t0"."arr_e6" > 0
          ) AS "t14"
          INNER JOIN (
            SELECT
              "t2"."day" AS "end_day",
              "t2"."month",
              "t2"."on_date" AS "ended_on"
            FROM "calendar_day" AS "t2"
          ) AS "t12"
            ON "t14"."term_end_on" = "t12"."ended_on"
        ) AS "t17"
        WHERE
          "t17"."from_day" <= (
            "t17"."end_day" - 1
          )
          AND (
            (
              "t17"."to_day" IS NULL
            )
            OR (
              "t17"."to_day" > (
                "t17"."end_day" - 1
              )
            )
          )
          AND (
            "t17"."end_day" + 1
          ) <= (
            SELECT
              MAX("t2"."day") AS "Max(day)"
            FROM "calendar_day" AS "t2"
          )
      ) AS "t22"
      INNER JOIN (
        SELECT
          "t1"."currency" AS "rated",
          "t1"."from_day" AS "rate_from",
          "t1"."to_day" AS "rate_to",
          "t1"."rate_e10"
        FROM "fx_day" AS "t1"
      ) AS "t10"
        ON "t22"."currency" = "t10"."rated"
        AND "t22"."end_day" >= "t10"."rate_from"
        AND "t22"."end_day" < "t10"."rate_to"
    ) AS "t23"
  ) AS "t24"
  GROUP BY
    1,
    2,
    3
)
SELECT
  "t41"."renewal",
  SUM("t41"."exposed") AS "exposed",
  SUM("t41"."lost") AS "lost",
  SUM(1 - "t41"."exposed") AS "waiting"
FROM (
  SELECT
    "t40"."customer_id",
    "t40"."end_day",
    "t40"."key_month",
    "t40"."exposed",
    "t40"."lost",
    "t40"."place",
    "t40"."place" AS "renewal"
  FROM (
    SELECT
      "t39"."customer_id",
      "t39"."end_day",
      "t39"."key_month",
      "t39"."exposed",
      "t39"."lost",
      (
        ROW_NUMBER() OVER (
          PARTITION BY "t39"."customer_id"
          ORDER BY "t39"."end_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1
      ) + 1 AS "place"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t27"."customer_id",
          "t27"."end_day",
          "t27"."month" - 1 AS "key_month",
          1 AS "exposed",
          CAST(CASE
            WHEN COALESCE("t37"."after_e16", CAST(0 AS DECIMAL(38, 0))) > 0
            THEN 0
            ELSE 1
          END AS BIGINT) AS "lost"
        FROM "t25" AS "t27"
        LEFT OUTER JOIN (
          SELECT
            *
          FROM (
            SELECT
              "t34"."customer_id",
              "t34"."end_day",
              CAST(SUM("t34"."worth") AS DECIMAL(38, 0)) AS "after_e16"
            FROM (
              SELECT
                "t33"."customer_id",
                "t33"."subscription_id",
                "t33"."item_id",
                "t33"."plan",
                "t33"."currency",
                "t33"."arr_e6",
                "t33"."from_day",
                "t33"."to_day",
                "t33"."interval",
                "t33"."start_cause",
                "t33"."end_cause",
                "t33"."is_first",
                "t33"."is_last",
                "t33"."term_end_on",
                "t33"."auto_renew",
                "t33"."was_e6",
                "t33"."goes_on",
                "t33"."cause",
                "t33"."end_day",
                "t33"."holder",
                "t33"."held_end",
                "t33"."held_subscription",
                "t33"."rated",
                "t33"."rate_from",
                "t33"."rate_to",
                "t33"."rate_e10",
                CAST("t33"."arr_e6" AS DECIMAL(38, 0)) * CAST("t33"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
              FROM (
                SELECT
                  "t32"."customer_id",
                  "t32"."subscription_id",
                  "t32"."item_id",
                  "t32"."plan",
                  "t32"."currency",
                  "t32"."arr_e6",
                  "t32"."from_day",
                  "t32"."to_day",
                  "t32"."interval",
                  "t32"."start_cause",
                  "t32"."end_cause",
                  "t32"."is_first",
                  "t32"."is_last",
                  "t32"."term_end_on",
                  "t32"."auto_renew",
                  "t32"."was_e6",
                  "t32"."goes_on",
                  "t32"."cause",
                  "t32"."end_day",
                  "t32"."holder",
                  "t32"."held_end",
                  "t32"."held_subscription",
                  "t10"."rated",
                  "t10"."rate_from",
                  "t10"."rate_to",
                  "t10"."rate_e10"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t3"."customer_id",
                      "t3"."subscription_id",
                      "t3"."item_id",
                      "t3"."plan",
                      "t3"."currency",
                      "t3"."arr_e6",
                      "t3"."from_day",
                      "t3"."to_day",
                      "t3"."interval",
                      "t3"."start_cause",
                      "t3"."end_cause",
                      "t3"."is_first",
                      "t3"."is_last",
                      "t3"."term_end_on",
                      "t3"."auto_renew",
                      "t3"."was_e6",
                      "t3"."goes_on",
                      "t3"."cause",
                      "t29"."end_day",
                      "t20"."holder",
                      "t20"."held_end",
                      "t20"."held_subscription"
                    FROM "run_rate" AS "t3"
                    INNER JOIN (
                      SELECT
                        "t26"."customer_id",
                        "t26"."end_day"
                      FROM "t25" AS "t26"
                    ) AS "t29"
                      ON "t3"."customer_id" = "t29"."customer_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        *
                      FROM (
                        SELECT
                          "t15"."customer_id" AS "holder",
                          "t13"."held_end",
                          "t15"."subscription_id" AS "held_subscription"
                        FROM (
                          SELECT
                            *
                          FROM "run_rate" AS "t0"
                          WHERE
                            "t0"."term_end_on" IS NOT NULL
                        ) AS "t15"
                        INNER JOIN (
                          SELECT
                            "t2"."day" AS "held_end",
                            "t2"."on_date" AS "ended_on"
                          FROM "calendar_day" AS "t2"
                        ) AS "t13"
                          ON "t15"."term_end_on" = "t13"."ended_on"
                      ) AS "t18"
                    ) AS "t20"
                      ON "t3"."customer_id" = "t20"."holder"
                      AND "t29"."end_day" = "t20"."held_end"
                      AND "t3"."subscription_id" = "t20"."held_subscription"
                  ) AS "t30"
                  WHERE
                    "t30"."from_day" <= (
                      "t30"."end_day" + 1
                    )
                    AND (
                      (
                        "t30"."to_day" IS NULL
                      )
                      OR (
                        "t30"."to_day" > (
                          "t30"."end_day" + 1
                        )
                      )
                    )
                    AND (
                      (
                        "t30"."held_subscription" IS NOT NULL
                      )
                      OR (
                        (
                          "t30"."from_day" >= (
                            "t30"."end_day" - 30
                          )
                        ) AND "t30"."is_first"
                      )
                    )
                ) AS "t32"
                INNER JOIN (
                  SELECT
                    "t1"."currency" AS "rated",
                    "t1"."from_day" AS "rate_from",
                    "t1"."to_day" AS "rate_to",
                    "t1"."rate_e10"
                  FROM "fx_day" AS "t1"
                ) AS "t10"
                  ON "t32"."currency" = "t10"."rated"
                  AND "t32"."end_day" >= "t10"."rate_from"
                  AND "t32"."end_day" < "t10"."rate_to"
              ) AS "t33"
            ) AS "t34"
            GROUP BY
              1,
              2
          ) AS "t35"
        ) AS "t37"
          ON "t27"."customer_id" = "t37"."customer_id" AND "t27"."end_day" = "t37"."end_day"
      ) AS "t38"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t9"."customer_id",
          9999999 AS "end_day",
          24311 AS "key_month",
          0 AS "exposed",
          0 AS "lost"
        FROM (
          SELECT DISTINCT
            "t0"."customer_id"
          FROM "run_rate" AS "t0"
          WHERE
            "t0"."to_day" IS NULL
            AND "t0"."arr_e6" > 0
            AND "t0"."term_end_on" IS NOT NULL
            AND "t0"."term_end_on" >= MAKE_DATE(2025, 12, 31)
        ) AS "t9"
      ) AS "t16"
    ) AS "t39"
  ) AS "t40"
) AS "t41"
GROUP BY
  1
