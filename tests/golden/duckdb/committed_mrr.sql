WITH "t9" AS (
  SELECT
    "t1"."customer_id",
    "t1"."subscription_id",
    "t1"."item_id",
    "t1"."from_day",
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
    "t1"."plan",
    "t1"."unit_amount",
    "t1"."quantity_e6",
    "t1"."interval_unit",
    "t1"."interval_count",
    "t1"."discount",
    "t1"."discount_kind",
    "t1"."currency",
    "t1"."status",
    "t1"."usage",
    "t1"."cause",
    "t1"."collection",
    "t1"."term_end_on",
    "t1"."auto_renew",
    "t1"."requested_day",
    "t1"."interval_unit" || ':' || CAST("t1"."interval_count" AS TEXT) AS "interval"
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
), "t12" AS (
  SELECT
    "t10"."customer_id",
    "t10"."subscription_id",
    "t10"."item_id",
    "t10"."from_day",
    "t10"."to_day",
    "t10"."plan",
    "t10"."unit_amount",
    "t10"."quantity_e6",
    "t10"."interval_unit",
    "t10"."interval_count",
    "t10"."discount",
    "t10"."discount_kind",
    "t10"."currency",
    "t10"."status",
    "t10"."usage",
    "t10"."cause",
    "t10"."collection",
    "t10"."term_end_on",
    "t10"."auto_renew",
    "t10"."requested_day",
    "t10"."interval",
    "t10"."quantity_e6" * "t10"."unit_amount" AS "gross_e6",
    CASE
      WHEN "t10"."status" IN ('active', 'past_due') AND (
        "t10"."usage" = 'licensed'
      )
      THEN CASE
        WHEN (
          CASE "t10"."interval_unit"
            WHEN 'day'
            THEN 365
            WHEN 'week'
            THEN 52
            WHEN 'month'
            THEN 12
            WHEN 'year'
            THEN 1
            ELSE 0
          END % "t10"."interval_count"
        ) = 0
        THEN CASE
          WHEN (
            "t10"."quantity_e6" * "t10"."unit_amount"
          ) < 0
          THEN "t10"."quantity_e6" * "t10"."unit_amount"
          ELSE CASE
            WHEN (
              (
                "t10"."quantity_e6" * "t10"."unit_amount"
              ) - (
                "t10"."discount" * 1000000 * CAST((
                  COALESCE("t10"."discount_kind", 'forever') <> 'once'
                )
                OR (
                  "t10"."interval_count" >= CASE "t10"."interval_unit"
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
              "t10"."quantity_e6" * "t10"."unit_amount"
            ) - (
              "t10"."discount" * 1000000 * CAST((
                COALESCE("t10"."discount_kind", 'forever') <> 'once'
              )
              OR (
                "t10"."interval_count" >= CASE "t10"."interval_unit"
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
                "t10"."quantity_e6" * "t10"."unit_amount"
              ) - (
                "t10"."discount" * 1000000 * CAST((
                  COALESCE("t10"."discount_kind", 'forever') <> 'once'
                )
                OR (
                  "t10"."interval_count" >= CASE "t10"."interval_unit"
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
          CASE "t10"."interval_unit"
            WHEN 'day'
            THEN 365
            WHEN 'week'
            THEN 52
            WHEN 'month'
            THEN 12
            WHEN 'year'
            THEN 1
            ELSE 0
          END / "t10"."interval_count",
          0
        ) AS BIGINT)
        ELSE CAST(ROUND(
          (
            (
              CASE
                WHEN (
                  "t10"."quantity_e6" * "t10"."unit_amount"
                ) < 0
                THEN "t10"."quantity_e6" * "t10"."unit_amount"
                ELSE CASE
                  WHEN (
                    (
                      "t10"."quantity_e6" * "t10"."unit_amount"
                    ) - (
                      "t10"."discount" * 1000000 * CAST((
                        COALESCE("t10"."discount_kind", 'forever') <> 'once'
                      )
                      OR (
                        "t10"."interval_count" >= CASE "t10"."interval_unit"
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
                    "t10"."quantity_e6" * "t10"."unit_amount"
                  ) - (
                    "t10"."discount" * 1000000 * CAST((
                      COALESCE("t10"."discount_kind", 'forever') <> 'once'
                    )
                    OR (
                      "t10"."interval_count" >= CASE "t10"."interval_unit"
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
                      "t10"."quantity_e6" * "t10"."unit_amount"
                    ) - (
                      "t10"."discount" * 1000000 * CAST((
                        COALESCE("t10"."discount_kind", 'forever') <> 'once'
                      )
                      OR (
                        "t10"."interval_count" >= CASE "t10"."interval_unit"
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
              END * CASE "t10"."interval_unit"
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
                    "t10"."quantity_e6" * "t10"."unit_amount"
                  ) < 0
                  THEN "t10"."quantity_e6" * "t10"."unit_amount"
                  ELSE CASE
                    WHEN (
                      (
                        "t10"."quantity_e6" * "t10"."unit_amount"
                      ) - (
                        "t10"."discount" * 1000000 * CAST((
                          COALESCE("t10"."discount_kind", 'forever') <> 'once'
                        )
                        OR (
                          "t10"."interval_count" >= CASE "t10"."interval_unit"
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
                      "t10"."quantity_e6" * "t10"."unit_amount"
                    ) - (
                      "t10"."discount" * 1000000 * CAST((
                        COALESCE("t10"."discount_kind", 'forever') <> 'once'
                      )
                      OR (
                        "t10"."interval_count" >= CASE "t10"."interval_unit"
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
                        "t10"."quantity_e6" * "t10"."unit_amount"
                      ) - (
                        "t10"."discount" * 1000000 * CAST((
                          COALESCE("t10"."discount_kind", 'forever') <> 'once'
                        )
                        OR (
                          "t10"."interval_count" >= CASE "t10"."interval_unit"
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
                END * CASE "t10"."interval_unit"
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
              ) % "t10"."interval_count"
            )
          ) / "t10"."interval_count",
          0
        ) AS BIGINT) + CAST((
          (
            (
              CASE
                WHEN (
                  "t10"."quantity_e6" * "t10"."unit_amount"
                ) < 0
                THEN "t10"."quantity_e6" * "t10"."unit_amount"
                ELSE CASE
                  WHEN (
                    (
                      "t10"."quantity_e6" * "t10"."unit_amount"
                    ) - (
                      "t10"."discount" * 1000000 * CAST((
                        COALESCE("t10"."discount_kind", 'forever') <> 'once'
                      )
                      OR (
                        "t10"."interval_count" >= CASE "t10"."interval_unit"
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
                    "t10"."quantity_e6" * "t10"."unit_amount"
                  ) - (
                    "t10"."discount" * 1000000 * CAST((
                      COALESCE("t10"."discount_kind", 'forever') <> 'once'
                    )
                    OR (
                      "t10"."interval_count" >= CASE "t10"."interval_unit"
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
                      "t10"."quantity_e6" * "t10"."unit_amount"
                    ) - (
                      "t10"."discount" * 1000000 * CAST((
                        COALESCE("t10"."discount_kind", 'forever') <> 'once'
                      )
                      OR (
                        "t10"."interval_count" >= CASE "t10"."interval_unit"
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
              END * CASE "t10"."interval_unit"
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
            ) % "t10"."interval_count"
          ) * 2
        ) >= "t10"."interval_count" AS BIGINT)
      END
      ELSE 0
    END AS "arr_e6",
    (
      "t10"."status" = 'past_due'
    )
    AND (
      "t10"."to_day" IS NOT NULL
    )
    AND (
      "t10"."to_day" = (
        "t10"."from_day" + 30
      )
    ) AS "graced"
  FROM "t9" AS "t10"
), "t30" AS (
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
    "t29"."auto_renew"
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
      COALESCE(
        "t27"."cause",
        CASE
          WHEN COALESCE("t27"."was_to_day" = "t27"."from_day", FALSE)
          THEN CASE
            WHEN "t27"."was_status" = 'paused'
            THEN 'resume'
            WHEN NOT (
              "t27"."was_status" IN ('active', 'past_due')
            )
            THEN CAST(NULL AS TEXT)
            WHEN "t27"."interval" <> "t27"."was_interval"
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
            WHEN "t27"."next_status" = 'paused'
            THEN 'pause'
            WHEN "t27"."next_status" IN ('past_due', 'unpaid')
            THEN 'delinquent'
            WHEN "t27"."next_status" <> 'active'
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
      "t27"."term_end_on",
      "t27"."auto_renew"
    FROM (
      SELECT
        "t26"."customer_id",
        "t26"."subscription_id",
        "t26"."item_id",
        "t26"."from_day",
        "t26"."to_day",
        "t26"."plan",
        "t26"."unit_amount",
        "t26"."quantity_e6",
        "t26"."interval_unit",
        "t26"."interval_count",
        "t26"."discount",
        "t26"."discount_kind",
        "t26"."currency",
        "t26"."status",
        "t26"."usage",
        "t26"."cause",
        "t26"."collection",
        "t26"."term_end_on",
        "t26"."auto_renew",
        "t26"."requested_day",
        "t26"."interval",
        "t26"."gross_e6",
        "t26"."arr_e6",
        "t26"."graced",
        "t26"."allowed",
        "t26"."gap_customer",
        "t26"."gap_from",
        "t26"."gap_to",
        LAG("t26"."arr_e6") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "was_arr_e6",
        LAG("t26"."gross_e6") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "was_gross_e6",
        LAG("t26"."status") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "was_status",
        LAG("t26"."plan") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "was_plan",
        LAG("t26"."quantity_e6") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "was_quantity_e6",
        LAG("t26"."unit_amount") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "was_unit_amount",
        LAG("t26"."interval") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "was_interval",
        LAG("t26"."discount") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "was_discount",
        LAG("t26"."discount_kind") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "was_discount_kind",
        LEAD("t26"."arr_e6") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "next_arr_e6",
        LEAD("t26"."gross_e6") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "next_gross_e6",
        LEAD("t26"."status") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "next_status",
        LEAD("t26"."plan") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "next_plan",
        LEAD("t26"."quantity_e6") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "next_quantity_e6",
        LEAD("t26"."unit_amount") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "next_unit_amount",
        LEAD("t26"."interval") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "next_interval",
        LEAD("t26"."discount") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "next_discount",
        LEAD("t26"."discount_kind") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "next_discount_kind",
        LEAD("t26"."from_day") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "next_from_day",
        LEAD("t26"."cause") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "next_cause",
        LAG("t26"."to_day") OVER (
          PARTITION BY "t26"."subscription_id", "t26"."item_id"
          ORDER BY "t26"."from_day" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "was_to_day"
      FROM (
        SELECT
          "t25"."customer_id",
          "t25"."subscription_id",
          "t25"."item_id",
          "t25"."from_day",
          CASE
            WHEN COALESCE((
              "t25"."gap_to" - "t25"."gap_from"
            ) <= "t25"."allowed", FALSE)
            THEN "t25"."gap_to"
            ELSE "t25"."to_day"
          END AS "to_day",
          "t25"."plan",
          "t25"."unit_amount",
          "t25"."quantity_e6",
          "t25"."interval_unit",
          "t25"."interval_count",
          "t25"."discount",
          "t25"."discount_kind",
          "t25"."currency",
          "t25"."status",
          "t25"."usage",
          "t25"."cause",
          "t25"."collection",
          "t25"."term_end_on",
          "t25"."auto_renew",
          "t25"."requested_day",
          "t25"."interval",
          "t25"."gross_e6",
          "t25"."arr_e6",
          "t25"."graced",
          "t25"."allowed",
          "t25"."gap_customer",
          "t25"."gap_from",
          "t25"."gap_to"
        FROM (
          SELECT
            "t19"."customer_id",
            "t19"."subscription_id",
            "t19"."item_id",
            "t19"."from_day",
            "t19"."to_day",
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
            "t24"."gap_customer",
            "t24"."gap_from",
            "t24"."gap_to"
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
              CASE
                WHEN "t13"."arr_e6" <> 0
                THEN CASE COALESCE("t13"."collection", 'charge')
                  WHEN 'invoice'
                  THEN 30
                  WHEN 'charge'
                  THEN 0
                  ELSE 0
                END
                ELSE 0
              END AS "allowed"
            FROM "t12" AS "t13"
          ) AS "t19"
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
                  "t14"."customer_id",
                  "t14"."subscription_id",
                  "t14"."item_id",
                  "t14"."from_day",
                  "t14"."to_day",
                  "t14"."plan",
                  "t14"."unit_amount",
                  "t14"."quantity_e6",
                  "t14"."interval_unit",
                  "t14"."interval_count",
                  "t14"."discount",
                  "t14"."discount_kind",
                  "t14"."currency",
                  "t14"."status",
                  "t14"."usage",
                  "t14"."cause",
                  "t14"."collection",
                  "t14"."term_end_on",
                  "t14"."auto_renew",
                  "t14"."requested_day",
                  "t14"."interval",
                  "t14"."gross_e6",
                  "t14"."arr_e6",
                  "t14"."graced",
                  MAX(COALESCE("t14"."to_day", 9999999)) OVER (
                    PARTITION BY "t14"."customer_id"
                    ORDER BY "t14"."from_day" ASC, "t14"."subscription_id" ASC, "t14"."item_id" ASC
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 preceding
                  ) AS "covered"
                FROM (
                  SELECT
                    *
                  FROM "t12" AS "t13"
                  WHERE
                    "t13"."arr_e6" <> 0
                ) AS "t14"
              ) AS "t20"
              WHERE
                "t20"."covered" < "t20"."from_day"
                AND (
                  "t20"."from_day" - "t20"."covered"
                ) <= 30
            ) AS "t22"
            ANTI JOIN (
              SELECT
                *
              FROM (
                SELECT
                  "t10"."customer_id" AS "stop_customer",
                  "t10"."from_day" AS "stop_day"
                FROM "t9" AS "t10"
                WHERE
                  "t10"."status" IN ('paused', 'canceled')
              ) AS "t11"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t13"."customer_id" AS "stop_customer",
                  "t13"."to_day" AS "stop_day"
                FROM "t12" AS "t13"
                WHERE
                  "t13"."graced" AND "t13"."arr_e6" <> 0
              ) AS "t15"
            ) AS "t18"
              ON "t22"."gap_customer" = "t18"."stop_customer"
              AND "t18"."stop_day" >= "t22"."gap_from"
              AND "t18"."stop_day" < "t22"."gap_to"
          ) AS "t24"
            ON "t19"."customer_id" = "t24"."gap_customer" AND "t19"."to_day" = "t24"."gap_from"
        ) AS "t25"
      ) AS "t26"
    ) AS "t27"
    WHERE
      "t27"."arr_e6" <> 0
  ) AS "t29"
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
    ON "t29"."subscription_id" = "t7"."quitter" AND "t29"."item_id" = "t7"."item"
)
SELECT
  *
FROM (
  SELECT
    "t37"."day",
    CAST(SUM("t37"."worth") AS DECIMAL(38, 0)) AS "base_e16"
  FROM (
    SELECT
      "t36"."currency",
      "t36"."arr_e6",
      "t36"."day",
      "t36"."rated",
      "t36"."rate_e10",
      CAST("t36"."arr_e6" AS DECIMAL(38, 0)) * CAST("t36"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
    FROM (
      SELECT
        "t35"."currency",
        "t35"."arr_e6",
        "t35"."day",
        "t5"."rated",
        "t5"."rate_e10"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t31"."currency",
            "t31"."arr_e6",
            CASE WHEN "t31"."from_day" <= 20453 THEN 20453 ELSE "t31"."from_day" END AS "day"
          FROM "t30" AS "t31"
          WHERE
            (
              "t31"."to_day" IS NULL
            ) OR (
              "t31"."to_day" > 20453
            )
        ) AS "t33"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t31"."currency",
            -(
              "t31"."arr_e6"
            ) AS "arr_e6",
            "t31"."to_day" AS "day"
          FROM "t30" AS "t31"
          WHERE
            (
              (
                "t31"."to_day" IS NULL
              ) OR (
                "t31"."to_day" > 20453
              )
            )
            AND "t31"."to_day" IS NOT NULL
        ) AS "t32"
      ) AS "t35"
      INNER JOIN (
        SELECT
          "t0"."currency" AS "rated",
          "t0"."rate_e10"
        FROM "fx_day" AS "t0"
        WHERE
          "t0"."from_day" <= 20453 AND "t0"."to_day" > 20453
      ) AS "t5"
        ON "t35"."currency" = "t5"."rated"
    ) AS "t36"
  ) AS "t37"
  GROUP BY
    1
) AS "t38"
ORDER BY
  "t38"."day" ASC
