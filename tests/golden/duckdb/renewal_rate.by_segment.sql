WITH "t29" AS (
  SELECT
    "t28"."customer_id",
    "t28"."end_day",
    "t28"."month",
    CAST(SUM("t28"."worth") AS DECIMAL(38, 0)) AS "available_e16"
  FROM (
    SELECT
      "t27"."customer_id",
      "t27"."subscription_id",
      "t27"."item_id",
      "t27"."plan",
      "t27"."currency",
      "t27"."arr_e6",
      "t27"."from_day",
      "t27"."to_day",
      "t27"."interval",
      "t27"."start_cause",
      "t27"."end_cause",
      "t27"."is_first",
      "t27"."is_last",
      "t27"."term_end_on",
      "t27"."auto_renew",
      "t27"."was_e6",
      "t27"."goes_on",
      "t27"."cause",
      "t27"."end_day",
      "t27"."month",
      "t27"."ended_on",
      "t27"."rated",
      "t27"."rate_from",
      "t27"."rate_to",
      "t27"."rate_e10",
      CAST("t27"."arr_e6" AS DECIMAL(38, 0)) * CAST("t27"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
    FROM (
      SELECT
        "t26"."customer_id",
        "t26"."subscription_id",
        "t26"."item_id",
        "t26"."plan",
        "t26"."currency",
        "t26"."arr_e6",
        "t26"."from_day",
        "t26"."to_day",
        "t26"."interval",
        "t26"."start_cause",
        "t26"."end_cause",
        "t26"."is_first",
        "t26"."is_last",
        "t26"."term_end_on",
        "t26"."auto_renew",
        "t26"."was_e6",
        "t26"."goes_on",
        "t26"."cause",
        "t26"."end_day",
        "t26"."month",
        "t26"."ended_on",
        "t12"."rated",
        "t12"."rate_from",
        "t12"."rate_to",
        "t12"."rate_e10"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t19"."customer_id",
            "t19"."subscription_id",
            "t19"."item_id",
            "t19"."plan",
            "t19"."currency",
            "t19"."arr_e6",
            "t19"."from_day",
            "t19"."to_day",
            "t19"."interval",
            "t19"."start_cause",
            "t19"."end_cause",
            "t19"."is_first",
            "t19"."is_last",
            "t19"."term_end_on",
            "t19"."auto_renew",
            "t19"."was_e6",
            "t19"."goes_on",
            "t19"."cause",
            "t16"."end_day",
            "t16"."month",
            "t16"."ended_on"
          FROM (
            SELECT
              *
            FROM "run_rate" AS "t3"
            WHERE
              "t3"."term_end_on" IS NOT NULL AND "t3"."arr_e6" > 0
          ) AS "t19"
          INNER JOIN (
            SELECT
              "t4"."day" AS "end_day",
              "t4"."month",
              "t4"."on_date" AS "ended_on"
            FROM "calendar_day" AS "t4"
          ) AS "t16"
            ON "t19"."term_end_on" = "t16"."ended_on"
        ) AS "t21"
        WHERE
          "t21"."from_day" <= (
            "t21"."end_day" - 1
          )
          AND (
            (
              "t21"."to_day" IS NULL
            )
            OR (
              "t21"."to_day" > (
                "t21"."end_day" - 1
              )
            )
          )
          AND (
            "t21"."end_day" + 1
          ) <= (
            SELECT
              MAX("t4"."day") AS "Max(day)"
            FROM "calendar_day" AS "t4"
          )
      ) AS "t26"
      INNER JOIN (
        SELECT
          "t2"."currency" AS "rated",
          "t2"."from_day" AS "rate_from",
          "t2"."to_day" AS "rate_to",
          "t2"."rate_e10"
        FROM "fx_day" AS "t2"
      ) AS "t12"
        ON "t26"."currency" = "t12"."rated"
        AND "t26"."end_day" >= "t12"."rate_from"
        AND "t26"."end_day" < "t12"."rate_to"
    ) AS "t27"
  ) AS "t28"
  GROUP BY
    1,
    2,
    3
)
SELECT
  "t49"."month",
  "t49"."slice",
  CAST(SUM("t49"."available_e16") AS DECIMAL(38, 0)) AS "available_e16",
  CAST(SUM("t49"."kept_e16") AS DECIMAL(38, 0)) AS "renewed_e16",
  COUNT(*) AS "available",
  SUM(CAST("t49"."kept_e16" > 0 AS INT)) AS "renewed"
FROM (
  SELECT
    "t48".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t47"."customer_id",
      "t47"."month",
      "t47"."available_e16",
      "t47"."key_month",
      "t47"."kept_e16",
      "t47"."moment",
      COALESCE("t47"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t46"."customer_id",
        "t46"."month",
        "t46"."available_e16",
        "t46"."key_month",
        "t46"."kept_e16",
        "t46"."moment",
        "t18"."trait_customer",
        "t18"."trait_value",
        "t18"."trait_from",
        "t18"."trait_to"
      FROM (
        SELECT
          "t44"."customer_id",
          "t44"."month",
          "t44"."available_e16",
          "t44"."key_month",
          "t44"."kept_e16",
          GREATEST("t44"."key_month", COALESCE("t44"."began", "t44"."key_month")) AS "moment"
        FROM (
          SELECT
            "t43"."customer_id",
            "t43"."month",
            "t43"."available_e16",
            "t43"."key_month",
            "t43"."kept_e16",
            "t11"."starter",
            "t11"."began"
          FROM (
            SELECT
              "t41"."customer_id",
              (
                "t41"."month" + 0
              ) - (
                (
                  "t41"."month" - 24310
                ) % 1
              ) AS "month",
              "t41"."available_e16",
              "t41"."key_month",
              "t41"."kept_e16"
            FROM (
              SELECT
                "t31"."customer_id",
                "t31"."month",
                "t31"."available_e16",
                "t31"."month" - 1 AS "key_month",
                LEAST("t31"."available_e16", COALESCE("t40"."after_e16", CAST(0 AS DECIMAL(38, 0)))) AS "kept_e16"
              FROM "t29" AS "t31"
              LEFT OUTER JOIN (
                SELECT
                  "t38"."customer_id",
                  "t38"."end_day",
                  CAST(SUM("t38"."worth") AS DECIMAL(38, 0)) AS "after_e16"
                FROM (
                  SELECT
                    "t37"."customer_id",
                    "t37"."subscription_id",
                    "t37"."item_id",
                    "t37"."plan",
                    "t37"."currency",
                    "t37"."arr_e6",
                    "t37"."from_day",
                    "t37"."to_day",
                    "t37"."interval",
                    "t37"."start_cause",
                    "t37"."end_cause",
                    "t37"."is_first",
                    "t37"."is_last",
                    "t37"."term_end_on",
                    "t37"."auto_renew",
                    "t37"."was_e6",
                    "t37"."goes_on",
                    "t37"."cause",
                    "t37"."end_day",
                    "t37"."holder",
                    "t37"."held_end",
                    "t37"."held_subscription",
                    "t37"."rated",
                    "t37"."rate_from",
                    "t37"."rate_to",
                    "t37"."rate_e10",
                    CAST("t37"."arr_e6" AS DECIMAL(38, 0)) * CAST("t37"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                  FROM (
                    SELECT
                      "t36"."customer_id",
                      "t36"."subscription_id",
                      "t36"."item_id",
                      "t36"."plan",
                      "t36"."currency",
                      "t36"."arr_e6",
                      "t36"."from_day",
                      "t36"."to_day",
                      "t36"."interval",
                      "t36"."start_cause",
                      "t36"."end_cause",
                      "t36"."is_first",
                      "t36"."is_last",
                      "t36"."term_end_on",
                      "t36"."auto_renew",
                      "t36"."was_e6",
                      "t36"."goes_on",
                      "t36"."cause",
                      "t36"."end_day",
                      "t36"."holder",
                      "t36"."held_end",
                      "t36"."held_subscription",
                      "t12"."rated",
                      "t12"."rate_from",
                      "t12"."rate_to",
                      "t12"."rate_e10"
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
                          "t33"."end_day",
                          "t24"."holder",
                          "t24"."held_end",
                          "t24"."held_subscription"
                        FROM "run_rate" AS "t5"
                        INNER JOIN (
                          SELECT
                            "t30"."customer_id",
                            "t30"."end_day"
                          FROM "t29" AS "t30"
                        ) AS "t33"
                          ON "t5"."customer_id" = "t33"."customer_id"
                        LEFT OUTER JOIN (
                          SELECT DISTINCT
                            *
                          FROM (
                            SELECT
                              "t20"."customer_id" AS "holder",
                              "t17"."held_end",
                              "t20"."subscription_id" AS "held_subscription"
                            FROM (
                              SELECT
                                *
                              FROM "run_rate" AS "t3"
                              WHERE
                                "t3"."term_end_on" IS NOT NULL
                            ) AS "t20"
                            INNER JOIN (
                              SELECT
                                "t4"."day" AS "held_end",
                                "t4"."on_date" AS "ended_on"
                              FROM "calendar_day" AS "t4"
                            ) AS "t17"
                              ON "t20"."term_end_on" = "t17"."ended_on"
                          ) AS "t22"
                        ) AS "t24"
                          ON "t5"."customer_id" = "t24"."holder"
                          AND "t33"."end_day" = "t24"."held_end"
                          AND "t5"."subscription_id" = "t24"."held_subscription"
                      ) AS "t34"
                      WHERE
                        "t34"."from_day" <= (
                          "t34"."end_day" + 1
                        )
                        AND (
                          (
                            "t34"."to_day" IS NULL
                          )
                          OR (
                            "t34"."to_day" > (
                              "t34"."end_day" + 1
                            )
                          )
                        )
                        AND (
                          (
                            "t34"."held_subscription" IS NOT NULL
                          )
                          OR (
                            (
                              "t34"."from_day" >= (
                                "t34"."end_day" - 30
                              )
                            ) AND "t34"."is_first"
                          )
                        )
                    ) AS "t36"
                    INNER JOIN (
                      SELECT
                        "t2"."currency" AS "rated",
                        "t2"."from_day" AS "rate_from",
                        "t2"."to_day" AS "rate_to",
                        "t2"."rate_e10"
                      FROM "fx_day" AS "t2"
                    ) AS "t12"
                      ON "t36"."currency" = "t12"."rated"
                      AND "t36"."end_day" >= "t12"."rate_from"
                      AND "t36"."end_day" < "t12"."rate_to"
                  ) AS "t37"
                ) AS "t38"
                GROUP BY
                  1,
                  2
              ) AS "t40"
                ON "t31"."customer_id" = "t40"."customer_id" AND "t31"."end_day" = "t40"."end_day"
            ) AS "t41"
            WHERE
              "t41"."month" >= 24310 AND "t41"."month" <= 24311
          ) AS "t43"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t11"
            ON "t43"."customer_id" = "t11"."starter"
        ) AS "t44"
      ) AS "t46"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t18"
        ON "t46"."customer_id" = "t18"."trait_customer"
        AND "t46"."moment" >= "t18"."trait_from"
        AND "t46"."moment" < "t18"."trait_to"
    ) AS "t47"
  ) AS "t48"
) AS "t49"
GROUP BY
  1,
  2
