WITH "t7" AS (
  SELECT
    "t5"."customer_id",
    "t5"."day",
    "t5"."month",
    "t5"."currency",
    "t5"."delta_e6",
    "t5"."base_e16",
    "t5"."items",
    "t5"."cause",
    "t5"."after",
    "t5"."day_before",
    "t5"."day_after",
    (
      "t5"."items" = 1
    )
    AND NOT (
      COALESCE("t5"."day_before" = "t5"."day", FALSE)
      OR COALESCE("t5"."day_after" = "t5"."day", FALSE)
    ) AS "alone"
  FROM (
    SELECT
      "t0"."customer_id",
      "t0"."day",
      "t0"."month",
      "t0"."currency",
      "t0"."delta_e6",
      "t0"."base_e16",
      "t0"."items",
      "t0"."cause",
      SUM("t0"."delta_e6") OVER (
        PARTITION BY "t0"."customer_id"
        ORDER BY "t0"."day" ASC
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS "after",
      LAG("t0"."day") OVER (
        PARTITION BY "t0"."customer_id"
        ORDER BY "t0"."day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "day_before",
      LEAD("t0"."day") OVER (
        PARTITION BY "t0"."customer_id"
        ORDER BY "t0"."day" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "day_after"
    FROM "mrr_change" AS "t0"
  ) AS "t5"
), "t11" AS (
  SELECT
    "t9"."customer_id",
    "t9"."day",
    "t9"."month",
    SUM("t9"."delta_e6") AS "native_e6",
    CAST(SUM("t9"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
    MIN("t9"."currency") AS "first_currency",
    MAX("t9"."currency") AS "last_currency",
    MAX("t9"."after") AS "after",
    MIN("t9"."day_before") AS "day_before"
  FROM (
    SELECT
      *
    FROM "t7" AS "t8"
    WHERE
      NOT (
        "t8"."alone"
      )
  ) AS "t9"
  GROUP BY
    1,
    2,
    3
), "t26" AS (
  SELECT
    *
  FROM (
    SELECT
      "t8"."customer_id",
      "t8"."day",
      "t8"."month",
      "t8"."delta_e6" AS "native_e6",
      "t8"."base_e16",
      "t8"."currency",
      "t8"."after",
      "t8"."day_before",
      "t8"."cause",
      (
        (
          "t8"."after" - "t8"."delta_e6"
        ) <= 0
      ) AND (
        "t8"."after" > 0
      ) AS "rises"
    FROM "t7" AS "t8"
    WHERE
      "t8"."alone"
  ) AS "t10"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t24"."customer_id",
      "t24"."day",
      "t24"."month",
      "t24"."native_e6",
      "t24"."base_e16",
      CASE
        WHEN "t24"."first_currency" = "t24"."last_currency"
        THEN "t24"."first_currency"
        ELSE CAST(NULL AS TEXT)
      END AS "currency",
      "t24"."after",
      "t24"."day_before",
      CASE
        WHEN "t24"."began"
        AND "t24"."ended"
        AND (
          (
            (
              "t24"."after" - "t24"."native_e6"
            ) > 0
          )
          AND (
            "t24"."after" > 0
          )
          AND (
            "t24"."base_e16" <> 0
          )
        )
        THEN COALESCE(
          "t24"."stated",
          CASE WHEN "t24"."one_interval" THEN 'plan' ELSE 'billing_period_change' END
        )
        WHEN (
          (
            (
              "t24"."after" - "t24"."native_e6"
            ) <= 0
          )
          AND (
            "t24"."after" > 0
          )
        )
        OR (
          "t24"."base_e16" > 0
        )
        THEN "t24"."rise_cause"
        ELSE "t24"."fall_cause"
      END AS "cause",
      (
        (
          "t24"."after" - "t24"."native_e6"
        ) <= 0
      )
      AND (
        "t24"."after" > 0
      ) AS "rises"
    FROM (
      SELECT
        "t13"."customer_id",
        "t13"."day",
        "t13"."month",
        "t13"."native_e6",
        "t13"."base_e16",
        "t13"."first_currency",
        "t13"."last_currency",
        "t13"."after",
        "t13"."day_before",
        "t23"."customer_id" AS "customer_id_right",
        "t23"."day" AS "day_right",
        "t23"."rise_cause",
        "t23"."fall_cause",
        "t23"."stated",
        "t23"."began",
        "t23"."ended",
        "t23"."one_interval"
      FROM "t11" AS "t13"
      LEFT OUTER JOIN (
        SELECT
          "t21"."customer_id",
          "t21"."day",
          MAX("t21"."cause") FILTER(WHERE
            (
              "t21"."place" = 0
            ) AND "t21"."rising") AS "rise_cause",
          MAX("t21"."cause") FILTER(WHERE
            (
              "t21"."place" = 0
            ) AND NOT (
              "t21"."rising"
            )) AS "fall_cause",
          MAX("t21"."start_cause") FILTER(WHERE
            "t21"."began") AS "stated",
          BOOL_OR(CAST("t21"."began" AS BOOLEAN)) AS "began",
          BOOL_OR(CAST("t21"."ended" AS BOOLEAN)) AS "ended",
          MIN("t21"."interval_low") = MAX("t21"."interval_high") AS "one_interval"
        FROM (
          SELECT
            "t20"."customer_id",
            "t20"."day",
            "t20"."currency",
            "t20"."subscription_id",
            "t20"."item_id",
            "t20"."delta_e6",
            "t20"."start_cause",
            "t20"."end_cause",
            "t20"."began",
            "t20"."ended",
            "t20"."interval_low",
            "t20"."interval_high",
            "t20"."cause",
            ROW_NUMBER() OVER (
              PARTITION BY "t20"."customer_id", "t20"."day", "t20"."delta_e6" > 0
              ORDER BY ABS("t20"."delta_e6") DESC, "t20"."subscription_id" ASC, "t20"."item_id" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "place",
            "t20"."delta_e6" > 0 AS "rising"
          FROM (
            SELECT
              "t19"."customer_id",
              "t19"."day",
              "t19"."currency",
              "t19"."subscription_id",
              "t19"."item_id",
              "t19"."delta_e6",
              "t19"."start_cause",
              "t19"."end_cause",
              "t19"."began",
              "t19"."ended",
              "t19"."interval_low",
              "t19"."interval_high",
              CASE
                WHEN "t19"."start_cause" IS NOT NULL
                THEN "t19"."start_cause"
                WHEN (
                  "t19"."delta_e6" > 0
                ) AND "t19"."began"
                THEN 'add_on'
                ELSE "t19"."end_cause"
              END AS "cause"
            FROM (
              SELECT
                "t18"."customer_id",
                "t18"."day",
                "t18"."currency",
                "t18"."subscription_id",
                "t18"."item_id",
                SUM("t18"."delta_e6") AS "delta_e6",
                MAX("t18"."start_cause") AS "start_cause",
                MAX("t18"."end_cause") AS "end_cause",
                BOOL_OR(CAST("t18"."began" AS BOOLEAN)) AS "began",
                BOOL_OR(CAST("t18"."ended" AS BOOLEAN)) AS "ended",
                MIN("t18"."interval") AS "interval_low",
                MAX("t18"."interval") AS "interval_high"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t3"."customer_id",
                    "t3"."subscription_id",
                    "t3"."item_id",
                    "t3"."currency",
                    "t3"."interval",
                    "t3"."day",
                    "t3"."delta_e6",
                    "t3"."start_cause",
                    "t3"."end_cause",
                    "t3"."began",
                    "t3"."ended"
                  FROM (
                    SELECT
                      "t1"."customer_id",
                      "t1"."subscription_id",
                      "t1"."item_id",
                      "t1"."currency",
                      "t1"."interval",
                      "t1"."from_day" AS "day",
                      "t1"."arr_e6" AS "delta_e6",
                      "t1"."start_cause",
                      CAST(NULL AS TEXT) AS "end_cause",
                      "t1"."is_first" AS "began",
                      FALSE AS "ended"
                    FROM "run_rate" AS "t1"
                  ) AS "t3"
                  SEMI JOIN (
                    SELECT
                      "t12"."customer_id",
                      "t12"."day"
                    FROM "t11" AS "t12"
                  ) AS "t15"
                    ON "t3"."customer_id" = "t15"."customer_id" AND "t3"."day" = "t15"."day"
                ) AS "t16"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    "t6"."customer_id",
                    "t6"."subscription_id",
                    "t6"."item_id",
                    "t6"."currency",
                    "t6"."interval",
                    "t6"."day",
                    "t6"."delta_e6",
                    "t6"."start_cause",
                    "t6"."end_cause",
                    "t6"."began",
                    "t6"."ended"
                  FROM (
                    SELECT
                      "t1"."customer_id",
                      "t1"."subscription_id",
                      "t1"."item_id",
                      "t1"."currency",
                      "t1"."interval",
                      "t1"."to_day" AS "day",
                      -(
                        "t1"."arr_e6"
                      ) AS "delta_e6",
                      CAST(NULL AS TEXT) AS "start_cause",
                      "t1"."end_cause",
                      FALSE AS "began",
                      "t1"."is_last" AS "ended"
                    FROM "run_rate" AS "t1"
                    WHERE
                      "t1"."to_day" IS NOT NULL
                  ) AS "t6"
                  SEMI JOIN (
                    SELECT
                      "t12"."customer_id",
                      "t12"."day"
                    FROM "t11" AS "t12"
                  ) AS "t15"
                    ON "t6"."customer_id" = "t15"."customer_id" AND "t6"."day" = "t15"."day"
                ) AS "t17"
              ) AS "t18"
              GROUP BY
                1,
                2,
                3,
                4,
                5
            ) AS "t19"
          ) AS "t20"
        ) AS "t21"
        GROUP BY
          1,
          2
      ) AS "t23"
        ON "t13"."customer_id" = "t23"."customer_id" AND "t13"."day" = "t23"."day"
    ) AS "t24"
  ) AS "t25"
)
SELECT
  "t33"."customer_id",
  "t33"."day",
  "t33"."month",
  "t33"."kind",
  CASE
    WHEN "t33"."rises" AND (
      "t33"."cause" = 'add_on'
    )
    THEN CAST(NULL AS TEXT)
    ELSE "t33"."cause"
  END AS "cause",
  "t33"."currency",
  CASE
    WHEN "t33"."currency" IS NOT NULL
    THEN "t33"."native_e6"
    ELSE CAST(NULL AS BIGINT)
  END AS "amount_e6",
  "t33"."base_e16"
FROM (
  SELECT
    "t32"."customer_id",
    "t32"."day",
    "t32"."month",
    "t32"."native_e6",
    "t32"."base_e16",
    "t32"."currency",
    "t32"."after",
    "t32"."day_before",
    "t32"."cause",
    "t32"."rises",
    "t32"."customer_id_right",
    "t32"."begun_on",
    CASE
      WHEN "t32"."rises" AND (
        "t32"."day" = "t32"."begun_on"
      )
      THEN 'new'
      WHEN "t32"."rises"
      THEN 'reactivation'
      WHEN (
        (
          "t32"."after" - "t32"."native_e6"
        ) > 0
      )
      AND (
        "t32"."after" <= 0
      )
      THEN 'churn'
      WHEN (
        (
          "t32"."after" - "t32"."native_e6"
        ) > 0
      )
      AND (
        "t32"."base_e16" > 0
      )
      THEN 'expansion'
      WHEN (
        (
          "t32"."after" - "t32"."native_e6"
        ) > 0
      )
      AND (
        "t32"."base_e16" < 0
      )
      THEN 'contraction'
      ELSE CAST(NULL AS TEXT)
    END AS "kind"
  FROM (
    SELECT
      "t28"."customer_id",
      "t28"."day",
      "t28"."month",
      "t28"."native_e6",
      "t28"."base_e16",
      "t28"."currency",
      "t28"."after",
      "t28"."day_before",
      "t28"."cause",
      "t28"."rises",
      "t31"."customer_id" AS "customer_id_right",
      "t31"."begun_on"
    FROM "t26" AS "t28"
    LEFT OUTER JOIN (
      SELECT
        "t29"."customer_id",
        MIN("t29"."day") AS "begun_on"
      FROM (
        SELECT
          *
        FROM "t26" AS "t27"
        WHERE
          "t27"."rises"
      ) AS "t29"
      GROUP BY
        1
    ) AS "t31"
      ON "t28"."customer_id" = "t31"."customer_id"
  ) AS "t32"
) AS "t33"
WHERE
  "t33"."kind" IS NOT NULL
