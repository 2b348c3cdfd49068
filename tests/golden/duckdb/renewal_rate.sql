WITH "t23" AS (
  SELECT
    "t22"."customer_id",
    "t22"."end_day",
    "t22"."month",
    CAST(SUM("t22"."worth") AS DECIMAL(38, 0)) AS "available_e16"
  FROM (
    SELECT
      "t21"."customer_id",
      "t21"."subscription_id",
      "t21"."item_id",
      "t21"."plan",
      "t21"."currency",
      "t21"."arr_e6",
      "t21"."from_day",
      "t21"."to_day",
      "t21"."interval",
      "t21"."start_cause",
      "t21"."end_cause",
      "t21"."is_first",
      "t21"."is_last",
      "t21"."term_end_on",
      "t21"."auto_renew",
      "t21"."was_e6",
      "t21"."goes_on",
      "t21"."cause",
      "t21"."end_day",
      "t21"."month",
      "t21"."ended_on",
      "t21"."rated",
      "t21"."rate_from",
      "t21"."rate_to",
      "t21"."rate_e10",
      CAST("t21"."arr_e6" AS DECIMAL(38, 0)) * CAST("t21"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
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
        "t20"."end_day",
        "t20"."month",
        "t20"."ended_on",
        "t7"."rated",
        "t7"."rate_from",
        "t7"."rate_to",
        "t7"."rate_e10"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t13"."customer_id",
            "t13"."subscription_id",
            "t13"."item_id",
            "t13"."plan",
            "t13"."currency",
            "t13"."arr_e6",
            "t13"."from_day",
            "t13"."to_day",
            "t13"."interval",
            "t13"."start_cause",
            "t13"."end_cause",
            "t13"."is_first",
            "t13"."is_last",
            "t13"."term_end_on",
            "t13"."auto_renew",
            "t13"."was_e6",
            "t13"."goes_on",
            "t13"."cause",
            "t11"."end_day",
            "t11"."month",
            "t11"."ended_on"
          FROM (
            SELECT
              *
            FROM "run_rate" AS "t1"
            WHERE
              "t1"."term_end_on" IS NOT NULL AND "t1"."arr_e6" > 0
          ) AS "t13"
          INNER JOIN (
            SELECT
              "t2"."day" AS "end_day",
              "t2"."month",
              "t2"."on_date" AS "ended_on"
            FROM "calendar_day" AS "t2"
          ) AS "t11"
            ON "t13"."term_end_on" = "t11"."ended_on"
        ) AS "t15"
        WHERE
          "t15"."from_day" <= (
            "t15"."end_day" - 1
          )
          AND (
            (
              "t15"."to_day" IS NULL
            )
            OR (
              "t15"."to_day" > (
                "t15"."end_day" - 1
              )
            )
          )
          AND (
            "t15"."end_day" + 1
          ) <= (
            SELECT
              MAX("t2"."day") AS "Max(day)"
            FROM "calendar_day" AS "t2"
          )
      ) AS "t20"
      INNER JOIN (
        SELECT
          "t0"."currency" AS "rated",
          "t0"."from_day" AS "rate_from",
          "t0"."to_day" AS "rate_to",
          "t0"."rate_e10"
        FROM "fx_day" AS "t0"
      ) AS "t7"
        ON "t20"."currency" = "t7"."rated"
        AND "t20"."end_day" >= "t7"."rate_from"
        AND "t20"."end_day" < "t7"."rate_to"
    ) AS "t21"
  ) AS "t22"
  GROUP BY
    1,
    2,
    3
)
SELECT
  "t36"."month",
  CAST(SUM("t36"."available_e16") AS DECIMAL(38, 0)) AS "available_e16",
  CAST(SUM("t36"."kept_e16") AS DECIMAL(38, 0)) AS "renewed_e16",
  COUNT(*) AS "available",
  SUM(CAST("t36"."kept_e16" > 0 AS INT)) AS "renewed"
FROM (
  SELECT
    "t35"."customer_id",
    (
      "t35"."month" + 0
    ) - (
      (
        "t35"."month" - 24310
      ) % 1
    ) AS "month",
    "t35"."available_e16",
    "t35"."key_month",
    "t35"."kept_e16"
  FROM (
    SELECT
      "t25"."customer_id",
      "t25"."month",
      "t25"."available_e16",
      "t25"."month" - 1 AS "key_month",
      LEAST("t25"."available_e16", COALESCE("t34"."after_e16", CAST(0 AS DECIMAL(38, 0)))) AS "kept_e16"
    FROM "t23" AS "t25"
    LEFT OUTER JOIN (
      SELECT
        "t32"."customer_id",
        "t32"."end_day",
        CAST(SUM("t32"."worth") AS DECIMAL(38, 0)) AS "after_e16"
      FROM (
        SELECT
          "t31"."customer_id",
          "t31"."subscription_id",
          "t31"."item_id",
          "t31"."plan",
          "t31"."currency",
          "t31"."arr_e6",
          "t31"."from_day",
          "t31"."to_day",
          "t31"."interval",
          "t31"."start_cause",
          "t31"."end_cause",
          "t31"."is_first",
          "t31"."is_last",
          "t31"."term_end_on",
          "t31"."auto_renew",
          "t31"."was_e6",
          "t31"."goes_on",
          "t31"."cause",
          "t31"."end_day",
          "t31"."holder",
          "t31"."held_end",
          "t31"."held_subscription",
          "t31"."rated",
          "t31"."rate_from",
          "t31"."rate_to",
          "t31"."rate_e10",
          CAST("t31"."arr_e6" AS DECIMAL(38, 0)) * CAST("t31"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
        FROM (
          SELECT
            "t30"."customer_id",
            "t30"."subscription_id",
            "t30"."item_id",
            "t30"."plan",
            "t30"."currency",
            "t30"."arr_e6",
            "t30"."from_day",
            "t30"."to_day",
            "t30"."interval",
            "t30"."start_cause",
            "t30"."end_cause",
            "t30"."is_first",
            "t30"."is_last",
            "t30"."term_end_on",
            "t30"."auto_renew",
            "t30"."was_e6",
            "t30"."goes_on",
            "t30"."cause",
            "t30"."end_day",
            "t30"."holder",
            "t30"."held_end",
            "t30"."held_subscription",
            "t7"."rated",
            "t7"."rate_from",
            "t7"."rate_to",
            "t7"."rate_e10"
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
                "t27"."end_day",
                "t18"."holder",
                "t18"."held_end",
                "t18"."held_subscription"
              FROM "run_rate" AS "t3"
              INNER JOIN (
                SELECT
                  "t24"."customer_id",
                  "t24"."end_day"
                FROM "t23" AS "t24"
              ) AS "t27"
                ON "t3"."customer_id" = "t27"."customer_id"
              LEFT OUTER JOIN (
                SELECT DISTINCT
                  *
                FROM (
                  SELECT
                    "t14"."customer_id" AS "holder",
                    "t12"."held_end",
                    "t14"."subscription_id" AS "held_subscription"
                  FROM (
                    SELECT
                      *
                    FROM "run_rate" AS "t1"
                    WHERE
                      "t1"."term_end_on" IS NOT NULL
                  ) AS "t14"
                  INNER JOIN (
                    SELECT
                      "t2"."day" AS "held_end",
                      "t2"."on_date" AS "ended_on"
                    FROM "calendar_day" AS "t2"
                  ) AS "t12"
                    ON "t14"."term_end_on" = "t12"."ended_on"
                ) AS "t16"
              ) AS "t18"
                ON "t3"."customer_id" = "t18"."holder"
                AND "t27"."end_day" = "t18"."held_end"
                AND "t3"."subscription_id" = "t18"."held_subscription"
            ) AS "t28"
            WHERE
              "t28"."from_day" <= (
                "t28"."end_day" + 1
              )
              AND (
                (
                  "t28"."to_day" IS NULL
                )
                OR (
                  "t28"."to_day" > (
                    "t28"."end_day" + 1
                  )
                )
              )
              AND (
                (
                  "t28"."held_subscription" IS NOT NULL
                )
                OR (
                  (
                    "t28"."from_day" >= (
                      "t28"."end_day" - 30
                    )
                  ) AND "t28"."is_first"
                )
              )
          ) AS "t30"
          INNER JOIN (
            SELECT
              "t0"."currency" AS "rated",
              "t0"."from_day" AS "rate_from",
              "t0"."to_day" AS "rate_to",
              "t0"."rate_e10"
            FROM "fx_day" AS "t0"
          ) AS "t7"
            ON "t30"."currency" = "t7"."rated"
            AND "t30"."end_day" >= "t7"."rate_from"
            AND "t30"."end_day" < "t7"."rate_to"
        ) AS "t31"
      ) AS "t32"
      GROUP BY
        1,
        2
    ) AS "t34"
      ON "t25"."customer_id" = "t34"."customer_id" AND "t25"."end_day" = "t34"."end_day"
  ) AS "t35"
  WHERE
    "t35"."month" >= 24310 AND "t35"."month" <= 24311
) AS "t36"
GROUP BY
  1
