WITH "t3" AS (
  SELECT
    "t0"."customer_id",
    "t0"."subscription_id",
    "t0"."item_id",
    "t0"."from_day",
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
    "t0"."plan",
    "t0"."unit_amount",
    "t0"."quantity_e6",
    "t0"."interval_unit",
    "t0"."interval_count",
    "t0"."discount",
    "t0"."discount_kind",
    "t0"."currency",
    "t0"."status",
    "t0"."usage",
    "t0"."cause",
    "t0"."collection",
    "t0"."term_end_on",
    "t0"."auto_renew",
    "t0"."requested_day",
    "t0"."interval_unit" || ':' || CAST("t0"."interval_count" AS TEXT) AS "interval"
  FROM "billing_span" AS "t0"
  WHERE
    "t0"."from_day" <= (
      SELECT
        MAX("t1"."day") AS "Max(day)"
      FROM "calendar_day" AS "t1"
    )
), "t6" AS (
  SELECT
    "t4"."customer_id",
    "t4"."subscription_id",
    "t4"."item_id",
    "t4"."from_day",
    "t4"."to_day",
    "t4"."plan",
    "t4"."unit_amount",
    "t4"."quantity_e6",
    "t4"."interval_unit",
    "t4"."interval_count",
    "t4"."discount",
    "t4"."discount_kind",
    "t4"."currency",
    "t4"."status",
    "t4"."usage",
    "t4"."cause",
    "t4"."collection",
    "t4"."term_end_on",
    "t4"."auto_renew",
    "t4"."requested_day",
    "t4"."interval",
    "t4"."quantity_e6" * "t4"."unit_amount" AS "gross_e6",
    CASE
      WHEN "t4"."status" IN ('active', 'past_due') AND (
        "t4"."usage" = 'licensed'
      )
      THEN CASE
        WHEN (
          CASE "t4"."interval_unit"
            WHEN 'day'
            THEN 365
            WHEN 'week'
            THEN 52
            WHEN 'month'
            THEN 12
            WHEN 'year'
            THEN 1
            ELSE 0
          END % "t4"."interval_count"
        ) = 0
        THEN CASE
          WHEN (
            "t4"."quantity_e6" * "t4"."unit_amount"
          ) < 0
          THEN "t4"."quantity_e6" * "t4"."unit_amount"
          ELSE CASE
            WHEN (
              (
                "t4"."quantity_e6" * "t4"."unit_amount"
              ) - (
                "t4"."discount" * 1000000 * CAST((
                  COALESCE("t4"."discount_kind", 'forever') <> 'once'
                )
                OR (
                  "t4"."interval_count" >= CASE "t4"."interval_unit"
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
              )
            ) IS NULL
            THEN (
              "t4"."quantity_e6" * "t4"."unit_amount"
            ) - (
              "t4"."discount" * 1000000 * CAST((
                COALESCE("t4"."discount_kind", 'forever') <> 'once'
              )
              OR (
                "t4"."interval_count" >= CASE "t4"."interval_unit"
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
            )
            ELSE GREATEST(
              0,
              (
                "t4"."quantity_e6" * "t4"."unit_amount"
              ) - (
                "t4"."discount" * 1000000 * CAST((
                  COALESCE("t4"."discount_kind", 'forever') <> 'once'
                )
                OR (
                  "t4"."interval_count" >= CASE "t4"."interval_unit"
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
              )
            )
          END
        END * CAST(ROUND(
          CASE "t4"."interval_unit"
            WHEN 'day'
            THEN 365
            WHEN 'week'
            THEN 52
            WHEN 'month'
            THEN 12
            WHEN 'year'
            THEN 1
            ELSE 0
          END / "t4"."interval_count",
          0
        ) AS BIGINT)
        ELSE CAST(ROUND(
          (
            (
              CASE
                WHEN (
                  "t4"."quantity_e6" * "t4"."unit_amount"
                ) < 0
                THEN "t4"."quantity_e6" * "t4"."unit_amount"
                ELSE CASE
                  WHEN (
                    (
                      "t4"."quantity_e6" * "t4"."unit_amount"
                    ) - (
                      "t4"."discount" * 1000000 * CAST((
                        COALESCE("t4"."discount_kind", 'forever') <> 'once'
                      )
                      OR (
                        "t4"."interval_count" >= CASE "t4"."interval_unit"
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
                    )
                  ) IS NULL
                  THEN (
                    "t4"."quantity_e6" * "t4"."unit_amount"
                  ) - (
                    "t4"."discount" * 1000000 * CAST((
                      COALESCE("t4"."discount_kind", 'forever') <> 'once'
                    )
                    OR (
                      "t4"."interval_count" >= CASE "t4"."interval_unit"
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
                  )
                  ELSE GREATEST(
                    0,
                    (
                      "t4"."quantity_e6" * "t4"."unit_amount"
                    ) - (
                      "t4"."discount" * 1000000 * CAST((
                        COALESCE("t4"."discount_kind", 'forever') <> 'once'
                      )
                      OR (
                        "t4"."interval_count" >= CASE "t4"."interval_unit"
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
                    )
                  )
                END
              END * CASE "t4"."interval_unit"
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
                    "t4"."quantity_e6" * "t4"."unit_amount"
                  ) < 0
                  THEN "t4"."quantity_e6" * "t4"."unit_amount"
                  ELSE CASE
                    WHEN (
                      (
                        "t4"."quantity_e6" * "t4"."unit_amount"
                      ) - (
                        "t4"."discount" * 1000000 * CAST((
                          COALESCE("t4"."discount_kind", 'forever') <> 'once'
                        )
                        OR (
                          "t4"."interval_count" >= CASE "t4"."interval_unit"
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
                      )
                    ) IS NULL
                    THEN (
                      "t4"."quantity_e6" * "t4"."unit_amount"
                    ) - (
                      "t4"."discount" * 1000000 * CAST((
                        COALESCE("t4"."discount_kind", 'forever') <> 'once'
                      )
                      OR (
                        "t4"."interval_count" >= CASE "t4"."interval_unit"
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
                    )
                    ELSE GREATEST(
                      0,
                      (
                        "t4"."quantity_e6" * "t4"."unit_amount"
                      ) - (
                        "t4"."discount" * 1000000 * CAST((
                          COALESCE("t4"."discount_kind", 'forever') <> 'once'
                        )
                        OR (
                          "t4"."interval_count" >= CASE "t4"."interval_unit"
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
                      )
                    )
                  END
                END * CASE "t4"."interval_unit"
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
              ) % "t4"."interval_count"
            )
          ) / "t4"."interval_count",
          0
        ) AS BIGINT) + CAST((
          (
            (
              CASE
                WHEN (
                  "t4"."quantity_e6" * "t4"."unit_amount"
                ) < 0
                THEN "t4"."quantity_e6" * "t4"."unit_amount"
                ELSE CASE
                  WHEN (
                    (
                      "t4"."quantity_e6" * "t4"."unit_amount"
                    ) - (
                      "t4"."discount" * 1000000 * CAST((
                        COALESCE("t4"."discount_kind", 'forever') <> 'once'
                      )
                      OR (
                        "t4"."interval_count" >= CASE "t4"."interval_unit"
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
                    )
                  ) IS NULL
                  THEN (
                    "t4"."quantity_e6" * "t4"."unit_amount"
                  ) - (
                    "t4"."discount" * 1000000 * CAST((
                      COALESCE("t4"."discount_kind", 'forever') <> 'once'
                    )
                    OR (
                      "t4"."interval_count" >= CASE "t4"."interval_unit"
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
                  )
                  ELSE GREATEST(
                    0,
                    (
                      "t4"."quantity_e6" * "t4"."unit_amount"
                    ) - (
                      "t4"."discount" * 1000000 * CAST((
                        COALESCE("t4"."discount_kind", 'forever') <> 'once'
                      )
                      OR (
                        "t4"."interval_count" >= CASE "t4"."interval_unit"
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
                    )
                  )
                END
              END * CASE "t4"."interval_unit"
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
            ) % "t4"."interval_count"
          ) * 2
        ) >= "t4"."interval_count" AS BIGINT)
      END
      ELSE 0
    END AS "arr_e6",
    (
      "t4"."status" = 'past_due'
    )
    AND (
      "t4"."to_day" IS NOT NULL
    )
    AND (
      "t4"."to_day" = (
        "t4"."from_day" + 30
      )
    ) AS "graced"
  FROM "t3" AS "t4"
)
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
  COALESCE(
    "t21"."cause",
    CASE
      WHEN COALESCE("t21"."was_to_day" = "t21"."from_day", FALSE)
      THEN CASE
        WHEN "t21"."was_status" = 'paused'
        THEN 'resume'
        WHEN NOT (
          "t21"."was_status" IN ('active', 'past_due')
        )
        THEN CAST(NULL AS TEXT)
        WHEN "t21"."interval" <> "t21"."was_interval"
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
        WHEN "t21"."next_status" = 'paused'
        THEN 'pause'
        WHEN "t21"."next_status" IN ('past_due', 'unpaid')
        THEN 'delinquent'
        WHEN "t21"."next_status" <> 'active'
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
  "t21"."term_end_on",
  "t21"."auto_renew"
FROM (
  SELECT
    "t20"."customer_id",
    "t20"."subscription_id",
    "t20"."item_id",
    "t20"."from_day",
    "t20"."to_day",
    "t20"."plan",
    "t20"."unit_amount",
    "t20"."quantity_e6",
    "t20"."interval_unit",
    "t20"."interval_count",
    "t20"."discount",
    "t20"."discount_kind",
    "t20"."currency",
    "t20"."status",
    "t20"."usage",
    "t20"."cause",
    "t20"."collection",
    "t20"."term_end_on",
    "t20"."auto_renew",
    "t20"."requested_day",
    "t20"."interval",
    "t20"."gross_e6",
    "t20"."arr_e6",
    "t20"."graced",
    "t20"."allowed",
    "t20"."gap_customer",
    "t20"."gap_from",
    "t20"."gap_to",
    LAG("t20"."arr_e6") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "was_arr_e6",
    LAG("t20"."gross_e6") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "was_gross_e6",
    LAG("t20"."status") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "was_status",
    LAG("t20"."plan") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "was_plan",
    LAG("t20"."quantity_e6") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "was_quantity_e6",
    LAG("t20"."unit_amount") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "was_unit_amount",
    LAG("t20"."interval") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "was_interval",
    LAG("t20"."discount") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "was_discount",
    LAG("t20"."discount_kind") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "was_discount_kind",
    LEAD("t20"."arr_e6") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "next_arr_e6",
    LEAD("t20"."gross_e6") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "next_gross_e6",
    LEAD("t20"."status") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "next_status",
    LEAD("t20"."plan") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "next_plan",
    LEAD("t20"."quantity_e6") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "next_quantity_e6",
    LEAD("t20"."unit_amount") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "next_unit_amount",
    LEAD("t20"."interval") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "next_interval",
    LEAD("t20"."discount") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "next_discount",
    LEAD("t20"."discount_kind") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "next_discount_kind",
    LEAD("t20"."from_day") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "next_from_day",
    LEAD("t20"."cause") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "next_cause",
    LAG("t20"."to_day") OVER (
      PARTITION BY "t20"."subscription_id", "t20"."item_id"
      ORDER BY "t20"."from_day" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "was_to_day"
  FROM (
    SELECT
      "t19"."customer_id",
      "t19"."subscription_id",
      "t19"."item_id",
      "t19"."from_day",
      CASE
        WHEN COALESCE((
          "t19"."gap_to" - "t19"."gap_from"
        ) <= "t19"."allowed", FALSE)
        THEN "t19"."gap_to"
        ELSE "t19"."to_day"
      END AS "to_day",
      "t19"."plan",
      "t19"."unit_amount",
      "t19"."quantity_e6",
      "t19"."interval_unit",
      "t19"."interval_count",
      "t19"."discount",
      "t19"."discount_kind",
      "t19"."currency",
      "t19"."status",
      "t19"."usage",
      "t19"."cause",
      "t19"."collection",
      "t19"."term_end_on",
      "t19"."auto_renew",
      "t19"."requested_day",
      "t19"."interval",
      "t19"."gross_e6",
      "t19"."arr_e6",
      "t19"."graced",
      "t19"."allowed",
      "t19"."gap_customer",
      "t19"."gap_from",
      "t19"."gap_to"
    FROM (
      SELECT
        "t13"."customer_id",
        "t13"."subscription_id",
        "t13"."item_id",
        "t13"."from_day",
        "t13"."to_day",
        "t13"."plan",
        "t13"."unit_amount",
        "t13"."quantity_e6",
        "t13"."interval_unit",
        "t13"."interval_count",
        "t13"."discount",
        "t13"."discount_kind",
        "t13"."currency",
        "t13"."status",
        "t13"."usage",
        "t13"."cause",
        "t13"."collection",
        "t13"."term_end_on",
        "t13"."auto_renew",
        "t13"."requested_day",
        "t13"."interval",
        "t13"."gross_e6",
        "t13"."arr_e6",
        "t13"."graced",
        "t13"."allowed",
        "t18"."gap_customer",
        "t18"."gap_from",
        "t18"."gap_to"
      FROM (
        SELECT
          "t7"."customer_id",
          "t7"."subscription_id",
          "t7"."item_id",
          "t7"."from_day",
          "t7"."to_day",
          "t7"."plan",
          "t7"."unit_amount",
          "t7"."quantity_e6",
          "t7"."interval_unit",
          "t7"."interval_count",
          "t7"."discount",
          "t7"."discount_kind",
          "t7"."currency",
          "t7"."status",
          "t7"."usage",
          "t7"."cause",
          "t7"."collection",
          "t7"."term_end_on",
          "t7"."auto_renew",
          "t7"."requested_day",
          "t7"."interval",
          "t7"."gross_e6",
          "t7"."arr_e6",
          "t7"."graced",
          CASE
            WHEN "t7"."arr_e6" <> 0
            THEN CASE COALESCE("t7"."collection", 'charge')
              WHEN 'invoice'
              THEN 30
              WHEN 'charge'
              THEN 0
              ELSE 0
            END
            ELSE 0
          END AS "allowed"
        FROM "t6" AS "t7"
      ) AS "t13"
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
              "t8"."customer_id",
              "t8"."subscription_id",
              "t8"."item_id",
              "t8"."from_day",
              "t8"."to_day",
              "t8"."plan",
              "t8"."unit_amount",
              "t8"."quantity_e6",
              "t8"."interval_unit",
              "t8"."interval_count",
              "t8"."discount",
              "t8"."discount_kind",
              "t8"."currency",
              "t8"."status",
              "t8"."usage",
              "t8"."cause",
              "t8"."collection",
              "t8"."term_end_on",
              "t8"."auto_renew",
              "t8"."requested_day",
              "t8"."interval",
              "t8"."gross_e6",
              "t8"."arr_e6",
              "t8"."graced",
              MAX(COALESCE("t8"."to_day", 9999999)) OVER (
                PARTITION BY "t8"."customer_id"
                ORDER BY "t8"."from_day" ASC, "t8"."subscription_id" ASC, "t8"."item_id" ASC
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 preceding
              ) AS "covered"
            FROM (
              SELECT
                *
              FROM "t6" AS "t7"
              WHERE
                "t7"."arr_e6" <> 0
            ) AS "t8"
          ) AS "t14"
          WHERE
            "t14"."covered" < "t14"."from_day"
            AND (
              "t14"."from_day" - "t14"."covered"
            ) <= 30
        ) AS "t16"
        ANTI JOIN (
          SELECT
            *
          FROM (
            SELECT
              "t4"."customer_id" AS "stop_customer",
              "t4"."from_day" AS "stop_day"
            FROM "t3" AS "t4"
            WHERE
              "t4"."status" IN ('paused', 'canceled')
          ) AS "t5"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t7"."customer_id" AS "stop_customer",
              "t7"."to_day" AS "stop_day"
            FROM "t6" AS "t7"
            WHERE
              "t7"."graced" AND "t7"."arr_e6" <> 0
          ) AS "t9"
        ) AS "t12"
          ON "t16"."gap_customer" = "t12"."stop_customer"
          AND "t12"."stop_day" >= "t16"."gap_from"
          AND "t12"."stop_day" < "t16"."gap_to"
      ) AS "t18"
        ON "t13"."customer_id" = "t18"."gap_customer" AND "t13"."to_day" = "t18"."gap_from"
    ) AS "t19"
  ) AS "t20"
) AS "t21"
WHERE
  "t21"."arr_e6" <> 0
