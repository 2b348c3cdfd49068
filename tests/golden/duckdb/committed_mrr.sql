WITH "t9" AS (
  SELECT
    "t1"."customer_id",
    "t1"."subscription_id",
    "t1"."item_id",
    "t1"."from_day",
    "t1"."plan",
    "t1"."unit_amount",
    "t1"."quantity_e6",
    "t1"."discount",
    "t1"."currency",
    "t1"."usage",
    "t1"."cause",
    "t1"."collection",
    "t1"."term_end_on",
    "t1"."auto_renew",
    CASE
      WHEN CASE
        WHEN "t1"."status" = 'past_due'
        THEN LEAST(COALESCE("t1"."to_day", 9999999), "t1"."from_day" + 30)
        ELSE COALESCE("t1"."to_day", 9999999)
      END > (
        SELECT
          MAX("t3"."day") AS "Max(day)"
        FROM (
          SELECT
            21549 AS "day",
            "t2"."month",
            "t2"."on_date"
          FROM "calendar_day" AS "t2"
        ) AS "t3"
      )
      THEN CAST(NULL AS BIGINT)
      ELSE CASE
        WHEN "t1"."status" = 'past_due'
        THEN LEAST(COALESCE("t1"."to_day", 9999999), "t1"."from_day" + 30)
        ELSE COALESCE("t1"."to_day", 9999999)
      END
    END AS "to_day",
    "t1"."interval_unit" || ':' || CAST("t1"."interval_count" AS TEXT) AS "interval",
    CASE "t1"."interval_unit"
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
      "t1"."interval_count" * 10
    ) AS "period",
    CASE "t1"."status"
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
    "t1"."quantity_e6" * "t1"."unit_amount" AS "gross_e6",
    CASE
      WHEN "t1"."status" IN ('active', 'past_due') AND (
        "t1"."usage" = 'licensed'
      )
      THEN CASE
        WHEN (
          CASE "t1"."interval_unit"
            WHEN 'day'
            THEN 365
            WHEN 'week'
            THEN 52
            WHEN 'month'
            THEN 12
            WHEN 'year'
            THEN 1
            ELSE 0
          END % "t1"."interval_count"
        ) = 0
        THEN CASE
          WHEN (
            "t1"."quantity_e6" * "t1"."unit_amount"
          ) < 0
          THEN "t1"."quantity_e6" * "t1"."unit_amount"
          ELSE GREATEST(
            (
              "t1"."quantity_e6" * "t1"."unit_amount"
            ) - (
              "t1"."discount" * 1000000 * CAST((
                COALESCE("t1"."discount_kind", 'forever') <> 'once'
              )
              OR (
                "t1"."interval_count" >= CASE "t1"."interval_unit"
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
          CASE "t1"."interval_unit"
            WHEN 'day'
            THEN 365
            WHEN 'week'
            THEN 52
            WHEN 'month'
            THEN 12
            WHEN 'year'
            THEN 1
            ELSE 0
          END / "t1"."interval_count",
          0
        ) AS BIGINT)
        ELSE CAST(ROUND(
          (
            (
              CASE
                WHEN (
                  "t1"."quantity_e6" * "t1"."unit_amount"
                ) < 0
                THEN "t1"."quantity_e6" * "t1"."unit_amount"
                ELSE GREATEST(
                  (
                    "t1"."quantity_e6" * "t1"."unit_amount"
                  ) - (
                    "t1"."discount" * 1000000 * CAST((
                      COALESCE("t1"."discount_kind", 'forever') <> 'once'
                    )
                    OR (
                      "t1"."interval_count" >= CASE "t1"."interval_unit"
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
              END * CASE "t1"."interval_unit"
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
                    "t1"."quantity_e6" * "t1"."unit_amount"
                  ) < 0
                  THEN "t1"."quantity_e6" * "t1"."unit_amount"
                  ELSE GREATEST(
                    (
                      "t1"."quantity_e6" * "t1"."unit_amount"
                    ) - (
                      "t1"."discount" * 1000000 * CAST((
                        COALESCE("t1"."discount_kind", 'forever') <> 'once'
                      )
                      OR (
                        "t1"."interval_count" >= CASE "t1"."interval_unit"
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
                END * CASE "t1"."interval_unit"
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
              ) % "t1"."interval_count"
            )
          ) / "t1"."interval_count",
          0
        ) AS BIGINT) + CAST((
          (
            (
              CASE
                WHEN (
                  "t1"."quantity_e6" * "t1"."unit_amount"
                ) < 0
                THEN "t1"."quantity_e6" * "t1"."unit_amount"
                ELSE GREATEST(
                  (
                    "t1"."quantity_e6" * "t1"."unit_amount"
                  ) - (
                    "t1"."discount" * 1000000 * CAST((
                      COALESCE("t1"."discount_kind", 'forever') <> 'once'
                    )
                    OR (
                      "t1"."interval_count" >= CASE "t1"."interval_unit"
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
              END * CASE "t1"."interval_unit"
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
            ) % "t1"."interval_count"
          ) * 2
        ) >= "t1"."interval_count" AS BIGINT)
      END
      ELSE 0
    END AS "arr_e6",
    (
      "t1"."status" = 'past_due'
    )
    AND (
      CASE
        WHEN CASE
          WHEN "t1"."status" = 'past_due'
          THEN LEAST(COALESCE("t1"."to_day", 9999999), "t1"."from_day" + 30)
          ELSE COALESCE("t1"."to_day", 9999999)
        END > (
          SELECT
            MAX("t3"."day") AS "Max(day)"
          FROM (
            SELECT
              21549 AS "day",
              "t2"."month",
              "t2"."on_date"
            FROM "calendar_day" AS "t2"
          ) AS "t3"
        )
        THEN CAST(NULL AS BIGINT)
        ELSE CASE
          WHEN "t1"."status" = 'past_due'
          THEN LEAST(COALESCE("t1"."to_day", 9999999), "t1"."from_day" + 30)
          ELSE COALESCE("t1"."to_day", 9999999)
        END
      END IS NOT NULL
    )
    AND (
      CASE
        WHEN CASE
          WHEN "t1"."status" = 'past_due'
          THEN LEAST(COALESCE("t1"."to_day", 9999999), "t1"."from_day" + 30)
          ELSE COALESCE("t1"."to_day", 9999999)
        END > (
          SELECT
            MAX("t3"."day") AS "Max(day)"
          FROM (
            SELECT
              21549 AS "day",
              "t2"."month",
              "t2"."on_date"
            FROM "calendar_day" AS "t2"
          ) AS "t3"
        )
        THEN CAST(NULL AS BIGINT)
        ELSE CASE
          WHEN "t1"."status" = 'past_due'
          THEN LEAST(COALESCE("t1"."to_day", 9999999), "t1"."from_day" + 30)
          ELSE COALESCE("t1"."to_day", 9999999)
        END
      END = (
        "t1"."from_day" + 30
      )
    ) AS "graced"
  FROM "billing_span" AS "t1"
  WHERE
    "t1"."from_day" <= (
      SELECT
        MAX("t3"."day") AS "Max(day)"
      FROM (
        SELECT
          21549 AS "day",
          "t2"."month",
          "t2"."on_date"
        FROM "calendar_day" AS "t2"
      ) AS "t3"
    )
), "t31" AS (
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
    "t30"."cause"
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
      CASE
        WHEN "t28"."start_cause" IS NOT NULL
        THEN "t28"."start_cause"
        WHEN "t28"."is_first" AND (
          "t28"."arr_e6" > "t28"."was_e6"
        )
        THEN 'add_on'
        ELSE CAST(NULL AS TEXT)
      END AS "cause"
    FROM (
      SELECT
        "t27"."customer_id",
        "t27"."subscription_id",
        "t27"."item_id",
        "t27"."from_day",
        "t27"."plan",
        "t27"."unit_amount",
        "t27"."quantity_e6",
        "t27"."discount",
        "t27"."currency",
        "t27"."usage",
        "t27"."cause",
        "t27"."collection",
        "t27"."term_end_on",
        "t27"."auto_renew",
        "t27"."to_day",
        "t27"."interval",
        "t27"."period",
        "t27"."state",
        "t27"."gross_e6",
        "t27"."arr_e6",
        "t27"."graced",
        "t27"."allowed",
        "t27"."gap_customer",
        "t27"."gap_from",
        "t27"."gap_to",
        "t27"."was_arr_e6",
        "t27"."was_state",
        "t27"."was_plan",
        "t27"."was_quantity_e6",
        "t27"."was_unit_amount",
        "t27"."was_period",
        "t27"."was_discount",
        "t27"."was_to_day",
        "t27"."was_currency",
        "t27"."next_arr_e6",
        "t27"."next_gross_e6",
        "t27"."next_state",
        "t27"."next_from_day",
        "t27"."next_cause",
        "t27"."next_currency",
        COALESCE(
          "t27"."cause",
          CASE
            WHEN COALESCE("t27"."was_to_day" = "t27"."from_day", FALSE)
            THEN CASE
              WHEN "t27"."was_state" = 4
              THEN 'resume'
              WHEN NOT (
                "t27"."was_state" IN (1, 2)
              ) AND (
                "t27"."was_arr_e6" = 0
              )
              THEN CAST(NULL AS TEXT)
              WHEN "t27"."period" <> "t27"."was_period"
              THEN 'billing_period_change'
              WHEN COALESCE("t27"."plan", '') <> COALESCE("t27"."was_plan", '')
              THEN 'plan'
              WHEN "t27"."quantity_e6" <> "t27"."was_quantity_e6"
              THEN 'seats'
              WHEN "t27"."unit_amount" > "t27"."was_unit_amount"
              THEN 'price_increase'
              WHEN "t27"."unit_amount" < "t27"."was_unit_amount"
              THEN 'price_decrease'
              WHEN (
                "t27"."discount" > "t27"."was_discount"
              )
              OR (
                "t27"."arr_e6" < "t27"."was_arr_e6"
              )
              THEN 'discount_start'
              WHEN (
                "t27"."discount" < "t27"."was_discount"
              )
              OR (
                "t27"."arr_e6" > "t27"."was_arr_e6"
              )
              THEN 'discount_end'
              ELSE CAST(NULL AS TEXT)
            END
            ELSE CAST(NULL AS TEXT)
          END
        ) AS "start_cause",
        CASE
          WHEN "t27"."graced"
          THEN 'delinquent'
          WHEN COALESCE("t27"."next_from_day" = "t27"."to_day", FALSE)
          THEN COALESCE(
            "t27"."next_cause",
            CASE
              WHEN "t27"."next_state" = 4
              THEN 'pause'
              WHEN "t27"."next_state" IN (2, 3)
              THEN 'delinquent'
              WHEN "t27"."next_state" <> 1
              THEN 'cancel'
              WHEN "t27"."next_gross_e6" = 0
              THEN 'free_plan'
              ELSE 'discount_100'
            END
          )
          ELSE 'cancel'
        END AS "end_cause",
        NOT (
          COALESCE("t27"."was_to_day" = "t27"."from_day", FALSE)
          AND (
            "t27"."was_arr_e6" <> 0
          )
        ) AS "is_first",
        (
          "t27"."to_day" IS NOT NULL
        )
        AND NOT (
          COALESCE("t27"."next_from_day" = "t27"."to_day", FALSE)
          AND (
            "t27"."next_arr_e6" <> 0
          )
        ) AS "is_last",
        CASE
          WHEN COALESCE("t27"."was_to_day" = "t27"."from_day", FALSE)
          AND (
            "t27"."was_currency" = "t27"."currency"
          )
          THEN "t27"."was_arr_e6"
          ELSE 0
        END AS "was_e6",
        COALESCE("t27"."next_from_day" = "t27"."to_day", FALSE)
        AND (
          "t27"."next_arr_e6" <> 0
        )
        AND (
          "t27"."next_currency" = "t27"."currency"
        ) AS "goes_on"
      FROM (
        SELECT
          "t26"."customer_id",
          "t26"."subscription_id",
          "t26"."item_id",
          "t26"."from_day",
          "t26"."plan",
          "t26"."unit_amount",
          "t26"."quantity_e6",
          "t26"."discount",
          "t26"."currency",
          "t26"."usage",
          "t26"."cause",
          "t26"."collection",
          "t26"."term_end_on",
          "t26"."auto_renew",
          "t26"."to_day",
          "t26"."interval",
          "t26"."period",
          "t26"."state",
          "t26"."gross_e6",
          "t26"."arr_e6",
          "t26"."graced",
          "t26"."allowed",
          "t26"."gap_customer",
          "t26"."gap_from",
          "t26"."gap_to",
          LAG("t26"."arr_e6") OVER (
            PARTITION BY "t26"."customer_id", "t26"."subscription_id", "t26"."item_id"
            ORDER BY "t26"."from_day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "was_arr_e6",
          LAG("t26"."state") OVER (
            PARTITION BY "t26"."customer_id", "t26"."subscription_id", "t26"."item_id"
            ORDER BY "t26"."from_day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "was_state",
          LAG("t26"."plan") OVER (
            PARTITION BY "t26"."customer_id", "t26"."subscription_id", "t26"."item_id"
            ORDER BY "t26"."from_day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "was_plan",
          LAG("t26"."quantity_e6") OVER (
            PARTITION BY "t26"."customer_id", "t26"."subscription_id", "t26"."item_id"
            ORDER BY "t26"."from_day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "was_quantity_e6",
          LAG("t26"."unit_amount") OVER (
            PARTITION BY "t26"."customer_id", "t26"."subscription_id", "t26"."item_id"
            ORDER BY "t26"."from_day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "was_unit_amount",
          LAG("t26"."period") OVER (
            PARTITION BY "t26"."customer_id", "t26"."subscription_id", "t26"."item_id"
            ORDER BY "t26"."from_day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "was_period",
          LAG("t26"."discount") OVER (
            PARTITION BY "t26"."customer_id", "t26"."subscription_id", "t26"."item_id"
            ORDER BY "t26"."from_day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "was_discount",
          LAG("t26"."to_day") OVER (
            PARTITION BY "t26"."customer_id", "t26"."subscription_id", "t26"."item_id"
            ORDER BY "t26"."from_day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "was_to_day",
          LAG("t26"."currency") OVER (
            PARTITION BY "t26"."customer_id", "t26"."subscription_id", "t26"."item_id"
            ORDER BY "t26"."from_day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "was_currency",
          LEAD("t26"."arr_e6") OVER (
            PARTITION BY "t26"."customer_id", "t26"."subscription_id", "t26"."item_id"
            ORDER BY "t26"."from_day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "next_arr_e6",
          LEAD("t26"."gross_e6") OVER (
            PARTITION BY "t26"."customer_id", "t26"."subscription_id", "t26"."item_id"
            ORDER BY "t26"."from_day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "next_gross_e6",
          LEAD("t26"."state") OVER (
            PARTITION BY "t26"."customer_id", "t26"."subscription_id", "t26"."item_id"
            ORDER BY "t26"."from_day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "next_state",
          LEAD("t26"."from_day") OVER (
            PARTITION BY "t26"."customer_id", "t26"."subscription_id", "t26"."item_id"
            ORDER BY "t26"."from_day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "next_from_day",
          LEAD("t26"."cause") OVER (
            PARTITION BY "t26"."customer_id", "t26"."subscription_id", "t26"."item_id"
            ORDER BY "t26"."from_day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "next_cause",
          LEAD("t26"."currency") OVER (
            PARTITION BY "t26"."customer_id", "t26"."subscription_id", "t26"."item_id"
            ORDER BY "t26"."from_day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "next_currency"
        FROM (
          SELECT
            "t25"."customer_id",
            "t25"."subscription_id",
            "t25"."item_id",
            "t25"."from_day",
            "t25"."plan",
            "t25"."unit_amount",
            "t25"."quantity_e6",
            "t25"."discount",
            "t25"."currency",
            "t25"."usage",
            "t25"."cause",
            "t25"."collection",
            "t25"."term_end_on",
            "t25"."auto_renew",
            CASE
              WHEN COALESCE((
                "t25"."gap_to" - "t25"."gap_from"
              ) <= "t25"."allowed", FALSE)
              THEN "t25"."gap_to"
              ELSE "t25"."to_day"
            END AS "to_day",
            "t25"."interval",
            "t25"."period",
            "t25"."state",
            "t25"."gross_e6",
            "t25"."arr_e6",
            "t25"."graced",
            "t25"."allowed",
            "t25"."gap_customer",
            "t25"."gap_from",
            "t25"."gap_to"
          FROM (
            SELECT
              "t16"."customer_id",
              "t16"."subscription_id",
              "t16"."item_id",
              "t16"."from_day",
              "t16"."plan",
              "t16"."unit_amount",
              "t16"."quantity_e6",
              "t16"."discount",
              "t16"."currency",
              "t16"."usage",
              "t16"."cause",
              "t16"."collection",
              "t16"."term_end_on",
              "t16"."auto_renew",
              "t16"."to_day",
              "t16"."interval",
              "t16"."period",
              "t16"."state",
              "t16"."gross_e6",
              "t16"."arr_e6",
              "t16"."graced",
              "t16"."allowed",
              "t24"."gap_customer",
              "t24"."gap_from",
              "t24"."gap_to"
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
                CASE
                  WHEN "t10"."arr_e6" <> 0
                  THEN CASE COALESCE("t10"."collection", 'charge')
                    WHEN 'invoice'
                    THEN 30
                    WHEN 'charge'
                    THEN 0
                    ELSE 0
                  END
                  ELSE 0
                END AS "allowed"
              FROM "t9" AS "t10"
            ) AS "t16"
            LEFT OUTER JOIN (
              SELECT
                "t22"."gap_customer",
                "t22"."gap_from",
                "t22"."gap_to"
              FROM (
                SELECT DISTINCT
                  "t20"."customer_id" AS "gap_customer",
                  "t20"."covered" AS "gap_from",
                  "t20"."from_day" AS "gap_to"
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
                    "t19"."to_day",
                    "t19"."interval",
                    "t19"."period",
                    "t19"."state",
                    "t19"."gross_e6",
                    "t19"."arr_e6",
                    "t19"."graced",
                    MAX(COALESCE("t19"."to_day", 9999999)) OVER (
                      PARTITION BY "t19"."customer_id"
                      ORDER BY "t19"."from_day" ASC, "t19"."subscription_id" ASC, "t19"."item_id" ASC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 preceding
                    ) AS "covered"
                  FROM (
                    SELECT
                      "t12"."customer_id",
                      "t12"."subscription_id",
                      "t12"."item_id",
                      "t12"."from_day",
                      "t12"."plan",
                      "t12"."unit_amount",
                      "t12"."quantity_e6",
                      "t12"."discount",
                      "t12"."currency",
                      "t12"."usage",
                      "t12"."cause",
                      "t12"."collection",
                      "t12"."term_end_on",
                      "t12"."auto_renew",
                      "t12"."to_day",
                      "t12"."interval",
                      "t12"."period",
                      "t12"."state",
                      "t12"."gross_e6",
                      "t12"."arr_e6",
                      "t12"."graced"
                    FROM (
                      SELECT
                        *
                      FROM "t9" AS "t10"
                      WHERE
                        "t10"."arr_e6" <> 0
                    ) AS "t12"
                    SEMI JOIN (
                      SELECT
                        *
                      FROM "t9" AS "t10"
                      WHERE
                        "t10"."arr_e6" <> 0
                        AND CASE COALESCE("t10"."collection", 'charge')
                          WHEN 'invoice'
                          THEN 30
                          WHEN 'charge'
                          THEN 0
                          ELSE 0
                        END > 0
                    ) AS "t17"
                      ON "t12"."customer_id" = "t17"."customer_id"
                  ) AS "t19"
                ) AS "t20"
                WHERE
                  "t20"."covered" < "t20"."from_day"
                  AND (
                    "t20"."from_day" - "t20"."covered"
                  ) <= 30
              ) AS "t22"
              ANTI JOIN (
                SELECT
                  "t10"."customer_id" AS "stop_customer",
                  CASE WHEN "t10"."graced" THEN "t10"."to_day" ELSE "t10"."from_day" END AS "stop_day"
                FROM "t9" AS "t10"
                WHERE
                  "t10"."state" IN (4, 5) OR (
                    "t10"."graced" AND (
                      "t10"."arr_e6" <> 0
                    )
                  )
              ) AS "t18"
                ON "t22"."gap_customer" = "t18"."stop_customer"
                AND "t18"."stop_day" >= "t22"."gap_from"
                AND "t18"."stop_day" < "t22"."gap_to"
            ) AS "t24"
              ON "t16"."customer_id" = "t24"."gap_customer" AND "t16"."to_day" = "t24"."gap_from"
          ) AS "t25"
        ) AS "t26"
      ) AS "t27"
    ) AS "t28"
    WHERE
      "t28"."arr_e6" <> 0
  ) AS "t30"
  ANTI JOIN (
    SELECT DISTINCT
      "t1"."subscription_id" AS "quitter",
      "t1"."item_id" AS "item"
    FROM "billing_span" AS "t1"
    WHERE
      "t1"."requested_day" <= 20453
      AND "t1"."from_day" <= 20453
      AND (
        (
          "t1"."to_day" IS NULL
        ) OR (
          "t1"."to_day" > 20453
        )
      )
  ) AS "t7"
    ON "t30"."subscription_id" = "t7"."quitter" AND "t30"."item_id" = "t7"."item"
)
SELECT
  *
FROM (
  SELECT
    "t38"."day",
    CAST(SUM("t38"."worth") AS DECIMAL(38, 0)) AS "base_e16"
  FROM (
    SELECT
      "t37"."currency",
      "t37"."arr_e6",
      "t37"."day",
      "t37"."rated",
      "t37"."rate_e10",
      CAST("t37"."arr_e6" AS DECIMAL(38, 0)) * CAST("t37"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
    FROM (
      SELECT
        "t36"."currency",
        "t36"."arr_e6",
        "t36"."day",
        "t5"."rated",
        "t5"."rate_e10"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t32"."currency",
            "t32"."arr_e6",
            CASE WHEN "t32"."from_day" <= 20453 THEN 20453 ELSE "t32"."from_day" END AS "day"
          FROM "t31" AS "t32"
          WHERE
            (
              "t32"."to_day" IS NULL
            ) OR (
              "t32"."to_day" > 20453
            )
        ) AS "t34"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t32"."currency",
            -(
              "t32"."arr_e6"
            ) AS "arr_e6",
            "t32"."to_day" AS "day"
          FROM "t31" AS "t32"
          WHERE
            (
              (
                "t32"."to_day" IS NULL
              ) OR (
                "t32"."to_day" > 20453
              )
            )
            AND "t32"."to_day" IS NOT NULL
        ) AS "t33"
      ) AS "t36"
      INNER JOIN (
        SELECT
          "t0"."currency" AS "rated",
          "t0"."rate_e10"
        FROM "fx_day" AS "t0"
        WHERE
          "t0"."from_day" <= 20453 AND "t0"."to_day" > 20453
      ) AS "t5"
        ON "t36"."currency" = "t5"."rated"
    ) AS "t37"
  ) AS "t38"
  GROUP BY
    1
) AS "t39"
ORDER BY
  "t39"."day" ASC
