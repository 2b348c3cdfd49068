WITH "t3" AS (
  SELECT
    "t0"."customer_id",
    "t0"."subscription_id",
    "t0"."item_id",
    "t0"."from_day",
    "t0"."plan",
    "t0"."unit_amount",
    "t0"."quantity_e6",
    "t0"."discount",
    "t0"."currency",
    "t0"."usage",
    "t0"."cause",
    "t0"."collection",
    "t0"."term_end_on",
    "t0"."auto_renew",
    CASE
      WHEN CASE
        WHEN "t0"."status" = 'past_due'
        THEN LEAST(COALESCE("t0"."to_day", 9999999), "t0"."from_day" + 30)
        ELSE COALESCE("t0"."to_day", 9999999)
      END > (
        SELECT
          MAX("t1"."day") AS "Max(day)"
        FROM "calendar_day" AS "t1"
      )
      THEN CAST(NULL AS BIGINT)
      ELSE CASE
        WHEN "t0"."status" = 'past_due'
        THEN LEAST(COALESCE("t0"."to_day", 9999999), "t0"."from_day" + 30)
        ELSE COALESCE("t0"."to_day", 9999999)
      END
    END AS "to_day",
    "t0"."interval_unit" || ':' || CAST("t0"."interval_count" AS TEXT) AS "interval",
    CASE "t0"."interval_unit"
      WHEN 'day'
      THEN 1
      WHEN 'week'
      THEN 2
      WHEN 'month'
      THEN 3
      WHEN 'year'
      THEN 4
      ELSE 0
    END + (
      "t0"."interval_count" * 10
    ) AS "period",
    CASE "t0"."status"
      WHEN 'active'
      THEN 1
      WHEN 'past_due'
      THEN 2
      WHEN 'unpaid'
      THEN 3
      WHEN 'paused'
      THEN 4
      WHEN 'canceled'
      THEN 5
      ELSE 0
    END AS "state",
    "t0"."quantity_e6" * "t0"."unit_amount" AS "gross_e6",
    CASE
      WHEN "t0"."status" IN ('active', 'past_due') AND (
        "t0"."usage" = 'licensed'
      )
      THEN CASE
        WHEN (
          CASE "t0"."interval_unit"
            WHEN 'day'
            THEN 365
            WHEN 'week'
            THEN 52
            WHEN 'month'
            THEN 12
            WHEN 'year'
            THEN 1
            ELSE 0
          END % "t0"."interval_count"
        ) = 0
        THEN CASE
          WHEN (
            "t0"."quantity_e6" * "t0"."unit_amount"
          ) < 0
          THEN "t0"."quantity_e6" * "t0"."unit_amount"
          ELSE GREATEST(
            (
              "t0"."quantity_e6" * "t0"."unit_amount"
            ) - (
              "t0"."discount" * 1000000 * CAST((
                COALESCE("t0"."discount_kind", 'forever') <> 'once'
              )
              OR (
                "t0"."interval_count" >= CASE "t0"."interval_unit"
                  WHEN 'day'
                  THEN 61
                  WHEN 'week'
                  THEN 9
                  WHEN 'month'
                  THEN 2
                  WHEN 'year'
                  THEN 1
                  ELSE 9999999
                END
              ) AS BIGINT)
            ),
            0
          )
        END * CAST(ROUND(
          CASE "t0"."interval_unit"
            WHEN 'day'
            THEN 365
            WHEN 'week'
            THEN 52
            WHEN 'month'
            THEN 12
            WHEN 'year'
            THEN 1
            ELSE 0
          END / "t0"."interval_count",
          0
        ) AS BIGINT)
        ELSE CAST(ROUND(
          (
            (
              CASE
                WHEN (
                  "t0"."quantity_e6" * "t0"."unit_amount"
                ) < 0
                THEN "t0"."quantity_e6" * "t0"."unit_amount"
                ELSE GREATEST(
                  (
                    "t0"."quantity_e6" * "t0"."unit_amount"
                  ) - (
                    "t0"."discount" * 1000000 * CAST((
                      COALESCE("t0"."discount_kind", 'forever') <> 'once'
                    )
                    OR (
                      "t0"."interval_count" >= CASE "t0"."interval_unit"
                        WHEN 'day'
                        THEN 61
                        WHEN 'week'
                        THEN 9
                        WHEN 'month'
                        THEN 2
                        WHEN 'year'
                        THEN 1
                        ELSE 9999999
                      END
                    ) AS BIGINT)
                  ),
                  0
                )
              END * CASE "t0"."interval_unit"
                WHEN 'day'
                THEN 365
                WHEN 'week'
                THEN 52
                WHEN 'month'
                THEN 12
                WHEN 'year'
                THEN 1
                ELSE 0
              END
            ) - (
              (
                CASE
                  WHEN (
                    "t0"."quantity_e6" * "t0"."unit_amount"
                  ) < 0
                  THEN "t0"."quantity_e6" * "t0"."unit_amount"
                  ELSE GREATEST(
                    (
                      "t0"."quantity_e6" * "t0"."unit_amount"
                    ) - (
                      "t0"."discount" * 1000000 * CAST((
                        COALESCE("t0"."discount_kind", 'forever') <> 'once'
                      )
                      OR (
                        "t0"."interval_count" >= CASE "t0"."interval_unit"
                          WHEN 'day'
                          THEN 61
                          WHEN 'week'
                          THEN 9
                          WHEN 'month'
                          THEN 2
                          WHEN 'year'
                          THEN 1
                          ELSE 9999999
                        END
                      ) AS BIGINT)
                    ),
                    0
                  )
                END * CASE "t0"."interval_unit"
                  WHEN 'day'
                  THEN 365
                  WHEN 'week'
                  THEN 52
                  WHEN 'month'
                  THEN 12
                  WHEN 'year'
                  THEN 1
                  ELSE 0
                END
              ) % "t0"."interval_count"
            )
          ) / "t0"."interval_count",
          0
        ) AS BIGINT) + CAST((
          (
            (
              CASE
                WHEN (
                  "t0"."quantity_e6" * "t0"."unit_amount"
                ) < 0
                THEN "t0"."quantity_e6" * "t0"."unit_amount"
                ELSE GREATEST(
                  (
                    "t0"."quantity_e6" * "t0"."unit_amount"
                  ) - (
                    "t0"."discount" * 1000000 * CAST((
                      COALESCE("t0"."discount_kind", 'forever') <> 'once'
                    )
                    OR (
                      "t0"."interval_count" >= CASE "t0"."interval_unit"
                        WHEN 'day'
                        THEN 61
                        WHEN 'week'
                        THEN 9
                        WHEN 'month'
                        THEN 2
                        WHEN 'year'
                        THEN 1
                        ELSE 9999999
                      END
                    ) AS BIGINT)
                  ),
                  0
                )
              END * CASE "t0"."interval_unit"
                WHEN 'day'
                THEN 365
                WHEN 'week'
                THEN 52
                WHEN 'month'
                THEN 12
                WHEN 'year'
                THEN 1
                ELSE 0
              END
            ) % "t0"."interval_count"
          ) * 2
        ) >= "t0"."interval_count" AS BIGINT)
      END
      ELSE 0
    END AS "arr_e6",
    (
      "t0"."status" = 'past_due'
    )
    AND (
      CASE
        WHEN CASE
          WHEN "t0"."status" = 'past_due'
          THEN LEAST(COALESCE("t0"."to_day", 9999999), "t0"."from_day" + 30)
          ELSE COALESCE("t0"."to_day", 9999999)
        END > (
          SELECT
            MAX("t1"."day") AS "Max(day)"
          FROM "calendar_day" AS "t1"
        )
        THEN CAST(NULL AS BIGINT)
        ELSE CASE
          WHEN "t0"."status" = 'past_due'
          THEN LEAST(COALESCE("t0"."to_day", 9999999), "t0"."from_day" + 30)
          ELSE COALESCE("t0"."to_day", 9999999)
        END
      END IS NOT NULL
    )
    AND (
      CASE
        WHEN CASE
          WHEN "t0"."status" = 'past_due'
          THEN LEAST(COALESCE("t0"."to_day", 9999999), "t0"."from_day" + 30)
          ELSE COALESCE("t0"."to_day", 9999999)
        END > (
          SELECT
            MAX("t1"."day") AS "Max(day)"
          FROM "calendar_day" AS "t1"
        )
        THEN CAST(NULL AS BIGINT)
        ELSE CASE
          WHEN "t0"."status" = 'past_due'
          THEN LEAST(COALESCE("t0"."to_day", 9999999), "t0"."from_day" + 30)
          ELSE COALESCE("t0"."to_day", 9999999)
        END
      END = (
        "t0"."from_day" + 30
      )
    ) AS "graced"
  FROM "billing_span" AS "t0"
  WHERE
    "t0"."from_day" <= (
      SELECT
        MAX("t1"."day") AS "Max(day)"
      FROM "calendar_day" AS "t1"
    )
)
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
  CASE
    WHEN "t22"."start_cause" IS NOT NULL
    THEN "t22"."start_cause"
    WHEN "t22"."is_first" AND (
      "t22"."arr_e6" > "t22"."was_e6"
    )
    THEN 'add_on'
    ELSE CAST(NULL AS TEXT)
  END AS "cause"
FROM (
  SELECT
    "t21"."customer_id",
    "t21"."subscription_id",
    "t21"."item_id",
    "t21"."from_day",
    "t21"."plan",
    "t21"."unit_amount",
    "t21"."quantity_e6",
    "t21"."discount",
    "t21"."currency",
    "t21"."usage",
    "t21"."cause",
    "t21"."collection",
    "t21"."term_end_on",
    "t21"."auto_renew",
    "t21"."to_day",
    "t21"."interval",
    "t21"."period",
    "t21"."state",
    "t21"."gross_e6",
    "t21"."arr_e6",
    "t21"."graced",
    "t21"."allowed",
    "t21"."gap_customer",
    "t21"."gap_from",
    "t21"."gap_to",
    "t21"."was_arr_e6",
    "t21"."was_state",
    "t21"."was_plan",
    "t21"."was_quantity_e6",
    "t21"."was_unit_amount",
    "t21"."was_period",
    "t21"."was_discount",
    "t21"."was_to_day",
    "t21"."was_currency",
    "t21"."next_arr_e6",
    "t21"."next_gross_e6",
    "t21"."next_state",
    "t21"."next_from_day",
    "t21"."next_cause",
    "t21"."next_currency",
    COALESCE(
      "t21"."cause",
      CASE
        WHEN COALESCE("t21"."was_to_day" = "t21"."from_day", FALSE)
        THEN CASE
          WHEN "t21"."was_state" = 4
          THEN 'resume'
          WHEN NOT (
            "t21"."was_state" IN (1, 2)
          ) AND (
            "t21"."was_arr_e6" = 0
          )
          THEN CAST(NULL AS TEXT)
          WHEN "t21"."period" <> "t21"."was_period"
          THEN 'billing_period_change'
          WHEN COALESCE("t21"."plan", '') <> COALESCE("t21"."was_plan", '')
          THEN 'plan'
          WHEN "t21"."quantity_e6" <> "t21"."was_quantity_e6"
          THEN 'seats'
          WHEN "t21"."unit_amount" > "t21"."was_unit_amount"
          THEN 'price_increase'
          WHEN "t21"."unit_amount" < "t21"."was_unit_amount"
          THEN 'price_decrease'
          WHEN (
            "t21"."discount" > "t21"."was_discount"
          )
          OR (
            "t21"."arr_e6" < "t21"."was_arr_e6"
          )
          THEN 'discount_start'
          WHEN (
            "t21"."discount" < "t21"."was_discount"
          )
          OR (
            "t21"."arr_e6" > "t21"."was_arr_e6"
          )
          THEN 'discount_end'
          ELSE CAST(NULL AS TEXT)
        END
        ELSE CAST(NULL AS TEXT)
      END
    ) AS "start_cause",
    CASE
      WHEN "t21"."graced"
      THEN 'delinquent'
      WHEN COALESCE("t21"."next_from_day" = "t21"."to_day", FALSE)
      THEN COALESCE(
        "t21"."next_cause",
        CASE
          WHEN "t21"."next_state" = 4
          THEN 'pause'
          WHEN "t21"."next_state" IN (2, 3)
          THEN 'delinquent'
          WHEN "t21"."next_state" <> 1
          THEN 'cancel'
          WHEN "t21"."next_gross_e6" = 0
          THEN 'free_plan'
          ELSE 'discount_100'
        END
      )
      ELSE 'cancel'
    END AS "end_cause",
    NOT (
      COALESCE("t21"."was_to_day" = "t21"."from_day", FALSE)
      AND (
        "t21"."was_arr_e6" <> 0
      )
    ) AS "is_first",
    (
      "t21"."to_day" IS NOT NULL
    )
    AND NOT (
      COALESCE("t21"."next_from_day" = "t21"."to_day", FALSE)
      AND (
        "t21"."next_arr_e6" <> 0
      )
    ) AS "is_last",
    CASE
      WHEN COALESCE("t21"."was_to_day" = "t21"."from_day", FALSE)
      AND (
        "t21"."was_currency" = "t21"."currency"
      )
      THEN "t21"."was_arr_e6"
      ELSE 0
    END AS "was_e6",
    COALESCE("t21"."next_from_day" = "t21"."to_day", FALSE)
    AND (
      "t21"."next_arr_e6" <> 0
    )
    AND (
      "t21"."next_currency" = "t21"."currency"
    ) AS "goes_on"
  FROM (
    SELECT
      "t20"."customer_id",
      "t20"."subscription_id",
      "t20"."item_id",
      "t20"."from_day",
      "t20"."plan",
      "t20"."unit_amount",
      "t20"."quantity_e6",
      "t20"."discount",
      "t20"."currency",
      "t20"."usage",
      "t20"."cause",
      "t20"."collection",
      "t20"."term_end_on",
      "t20"."auto_renew",
      "t20"."to_day",
      "t20"."interval",
      "t20"."period",
      "t20"."state",
      "t20"."gross_e6",
      "t20"."arr_e6",
      "t20"."graced",
      "t20"."allowed",
      "t20"."gap_customer",
      "t20"."gap_from",
      "t20"."gap_to",
      LAG("t20"."arr_e6") OVER (
        PARTITION BY "t20"."customer_id", "t20"."subscription_id", "t20"."item_id"
        ORDER BY "t20"."from_day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "was_arr_e6",
      LAG("t20"."state") OVER (
        PARTITION BY "t20"."customer_id", "t20"."subscription_id", "t20"."item_id"
        ORDER BY "t20"."from_day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "was_state",
      LAG("t20"."plan") OVER (
        PARTITION BY "t20"."customer_id", "t20"."subscription_id", "t20"."item_id"
        ORDER BY "t20"."from_day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "was_plan",
      LAG("t20"."quantity_e6") OVER (
        PARTITION BY "t20"."customer_id", "t20"."subscription_id", "t20"."item_id"
        ORDER BY "t20"."from_day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "was_quantity_e6",
      LAG("t20"."unit_amount") OVER (
        PARTITION BY "t20"."customer_id", "t20"."subscription_id", "t20"."item_id"
        ORDER BY "t20"."from_day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "was_unit_amount",
      LAG("t20"."period") OVER (
        PARTITION BY "t20"."customer_id", "t20"."subscription_id", "t20"."item_id"
        ORDER BY "t20"."from_day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "was_period",
      LAG("t20"."discount") OVER (
        PARTITION BY "t20"."customer_id", "t20"."subscription_id", "t20"."item_id"
        ORDER BY "t20"."from_day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "was_discount",
      LAG("t20"."to_day") OVER (
        PARTITION BY "t20"."customer_id", "t20"."subscription_id", "t20"."item_id"
        ORDER BY "t20"."from_day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "was_to_day",
      LAG("t20"."currency") OVER (
        PARTITION BY "t20"."customer_id", "t20"."subscription_id", "t20"."item_id"
        ORDER BY "t20"."from_day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "was_currency",
      LEAD("t20"."arr_e6") OVER (
        PARTITION BY "t20"."customer_id", "t20"."subscription_id", "t20"."item_id"
        ORDER BY "t20"."from_day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "next_arr_e6",
      LEAD("t20"."gross_e6") OVER (
        PARTITION BY "t20"."customer_id", "t20"."subscription_id", "t20"."item_id"
        ORDER BY "t20"."from_day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "next_gross_e6",
      LEAD("t20"."state") OVER (
        PARTITION BY "t20"."customer_id", "t20"."subscription_id", "t20"."item_id"
        ORDER BY "t20"."from_day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "next_state",
      LEAD("t20"."from_day") OVER (
        PARTITION BY "t20"."customer_id", "t20"."subscription_id", "t20"."item_id"
        ORDER BY "t20"."from_day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "next_from_day",
      LEAD("t20"."cause") OVER (
        PARTITION BY "t20"."customer_id", "t20"."subscription_id", "t20"."item_id"
        ORDER BY "t20"."from_day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "next_cause",
      LEAD("t20"."currency") OVER (
        PARTITION BY "t20"."customer_id", "t20"."subscription_id", "t20"."item_id"
        ORDER BY "t20"."from_day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "next_currency"
    FROM (
      SELECT
        "t19"."customer_id",
        "t19"."subscription_id",
        "t19"."item_id",
        "t19"."from_day",
        "t19"."plan",
        "t19"."unit_amount",
        "t19"."quantity_e6",
        "t19"."discount",
        "t19"."currency",
        "t19"."usage",
        "t19"."cause",
        "t19"."collection",
        "t19"."term_end_on",
        "t19"."auto_renew",
        CASE
          WHEN COALESCE((
            "t19"."gap_to" - "t19"."gap_from"
          ) <= "t19"."allowed", FALSE)
          THEN "t19"."gap_to"
          ELSE "t19"."to_day"
        END AS "to_day",
        "t19"."interval",
        "t19"."period",
        "t19"."state",
        "t19"."gross_e6",
        "t19"."arr_e6",
        "t19"."graced",
        "t19"."allowed",
        "t19"."gap_customer",
        "t19"."gap_from",
        "t19"."gap_to"
      FROM (
        SELECT
          "t10"."customer_id",
          "t10"."subscription_id",
          "t10"."item_id",
          "t10"."from_day",
          "t10"."plan",
          "t10"."unit_amount",
          "t10"."quantity_e6",
          "t10"."discount",
          "t10"."currency",
          "t10"."usage",
          "t10"."cause",
          "t10"."collection",
          "t10"."term_end_on",
          "t10"."auto_renew",
          "t10"."to_day",
          "t10"."interval",
          "t10"."period",
          "t10"."state",
          "t10"."gross_e6",
          "t10"."arr_e6",
          "t10"."graced",
          "t10"."allowed",
          "t18"."gap_customer",
          "t18"."gap_from",
          "t18"."gap_to"
        FROM (
          SELECT
            "t4"."customer_id",
            "t4"."subscription_id",
            "t4"."item_id",
            "t4"."from_day",
            "t4"."plan",
            "t4"."unit_amount",
            "t4"."quantity_e6",
            "t4"."discount",
            "t4"."currency",
            "t4"."usage",
            "t4"."cause",
            "t4"."collection",
            "t4"."term_end_on",
            "t4"."auto_renew",
            "t4"."to_day",
            "t4"."interval",
            "t4"."period",
            "t4"."state",
            "t4"."gross_e6",
            "t4"."arr_e6",
            "t4"."graced",
            CASE
              WHEN "t4"."arr_e6" <> 0
              THEN CASE COALESCE("t4"."collection", 'charge')
                WHEN 'invoice'
                THEN 30
                WHEN 'charge'
                THEN 0
                ELSE 0
              END
              ELSE 0
            END AS "allowed"
          FROM "t3" AS "t4"
        ) AS "t10"
        LEFT OUTER JOIN (
          SELECT
            "t16"."gap_customer",
            "t16"."gap_from",
            "t16"."gap_to"
          FROM (
            SELECT DISTINCT
              "t14"."customer_id" AS "gap_customer",
              "t14"."covered" AS "gap_from",
              "t14"."from_day" AS "gap_to"
            FROM (
              SELECT
                "t13"."customer_id",
                "t13"."subscription_id",
                "t13"."item_id",
                "t13"."from_day",
                "t13"."plan",
                "t13"."unit_amount",
                "t13"."quantity_e6",
                "t13"."discount",
                "t13"."currency",
                "t13"."usage",
                "t13"."cause",
                "t13"."collection",
                "t13"."term_end_on",
                "t13"."auto_renew",
                "t13"."to_day",
                "t13"."interval",
                "t13"."period",
                "t13"."state",
                "t13"."gross_e6",
                "t13"."arr_e6",
                "t13"."graced",
                MAX(COALESCE("t13"."to_day", 9999999)) OVER (
                  PARTITION BY "t13"."customer_id"
                  ORDER BY "t13"."from_day" ASC, "t13"."subscription_id" ASC, "t13"."item_id" ASC
                  ROWS BETWEEN UNBOUNDED PRECEDING AND 1 preceding
                ) AS "covered"
              FROM (
                SELECT
                  "t6"."customer_id",
                  "t6"."subscription_id",
                  "t6"."item_id",
                  "t6"."from_day",
                  "t6"."plan",
                  "t6"."unit_amount",
                  "t6"."quantity_e6",
                  "t6"."discount",
                  "t6"."currency",
                  "t6"."usage",
                  "t6"."cause",
                  "t6"."collection",
                  "t6"."term_end_on",
                  "t6"."auto_renew",
                  "t6"."to_day",
                  "t6"."interval",
                  "t6"."period",
                  "t6"."state",
                  "t6"."gross_e6",
                  "t6"."arr_e6",
                  "t6"."graced"
                FROM (
                  SELECT
                    *
                  FROM "t3" AS "t4"
                  WHERE
                    "t4"."arr_e6" <> 0
                ) AS "t6"
                SEMI JOIN (
                  SELECT
                    *
                  FROM "t3" AS "t4"
                  WHERE
                    "t4"."arr_e6" <> 0
                    AND CASE COALESCE("t4"."collection", 'charge')
                      WHEN 'invoice'
                      THEN 30
                      WHEN 'charge'
                      THEN 0
                      ELSE 0
                    END > 0
                ) AS "t11"
                  ON "t6"."customer_id" = "t11"."customer_id"
              ) AS "t13"
            ) AS "t14"
            WHERE
              "t14"."covered" < "t14"."from_day"
              AND (
                "t14"."from_day" - "t14"."covered"
              ) <= 30
          ) AS "t16"
          ANTI JOIN (
            SELECT
              "t4"."customer_id" AS "stop_customer",
              CASE WHEN "t4"."graced" THEN "t4"."to_day" ELSE "t4"."from_day" END AS "stop_day"
            FROM "t3" AS "t4"
            WHERE
              "t4"."state" IN (4, 5) OR (
                "t4"."graced" AND (
                  "t4"."arr_e6" <> 0
                )
              )
          ) AS "t12"
            ON "t16"."gap_customer" = "t12"."stop_customer"
            AND "t12"."stop_day" >= "t16"."gap_from"
            AND "t12"."stop_day" < "t16"."gap_to"
        ) AS "t18"
          ON "t10"."customer_id" = "t18"."gap_customer" AND "t10"."to_day" = "t18"."gap_from"
      ) AS "t19"
    ) AS "t20"
  ) AS "t21"
) AS "t22"
WHERE
  "t22"."arr_e6" <> 0
