WITH "t9" AS (
  SELECT
    "t6"."customer_id",
    "t6"."day",
    "t6"."currency",
    "t6"."subscription_id",
    "t6"."item_id",
    "t6"."delta_e6",
    "t6"."start_cause",
    "t6"."end_cause",
    "t6"."began",
    "t6"."ended",
    "t6"."interval_low",
    "t6"."interval_high",
    CASE
      WHEN "t6"."start_cause" IS NOT NULL
      THEN "t6"."start_cause"
      ELSE CASE
        WHEN (
          "t6"."delta_e6" > 0
        ) AND "t6"."began"
        THEN 'add_on'
        ELSE "t6"."end_cause"
      END
    END AS "label",
    "t6"."delta_e6" > 0 AS "rising"
  FROM (
    SELECT
      "t5"."customer_id",
      "t5"."day",
      "t5"."currency",
      "t5"."subscription_id",
      "t5"."item_id",
      SUM("t5"."delta_e6") AS "delta_e6",
      MAX("t5"."start_cause") AS "start_cause",
      MAX("t5"."end_cause") AS "end_cause",
      BOOL_OR(CAST("t5"."began" AS BOOLEAN)) AS "began",
      BOOL_OR(CAST("t5"."ended" AS BOOLEAN)) AS "ended",
      MIN("t5"."interval") AS "interval_low",
      MAX("t5"."interval") AS "interval_high"
    FROM (
      SELECT
        *
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
      ) AS "t2"
      UNION ALL
      SELECT
        *
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
      ) AS "t3"
    ) AS "t5"
    GROUP BY
      1,
      2,
      3,
      4,
      5
  ) AS "t6"
), "t12" AS (
  SELECT
    "t10"."customer_id",
    "t10"."day",
    COUNT(*) AS "items",
    MAX("t10"."label") FILTER(WHERE
      "t10"."rising") AS "rise_cause",
    MAX("t10"."label") FILTER(WHERE
      NOT (
        "t10"."rising"
      )) AS "fall_cause",
    MAX("t10"."start_cause") FILTER(WHERE
      "t10"."began") AS "stated",
    BOOL_OR(CAST("t10"."began" AS BOOLEAN)) AS "began",
    BOOL_OR(CAST("t10"."ended" AS BOOLEAN)) AS "ended",
    MIN("t10"."interval_low") = MAX("t10"."interval_high") AS "one_interval"
  FROM "t9" AS "t10"
  GROUP BY
    1,
    2
)
SELECT
  "t18"."customer_id",
  "t18"."day",
  "t18"."month",
  "t18"."kind",
  CASE
    WHEN "t24"."began" AND "t24"."ended" AND "t18"."kind" IN ('expansion', 'contraction')
    THEN COALESCE(
      "t24"."stated",
      CASE WHEN "t24"."one_interval" THEN 'plan' ELSE 'billing_period_change' END
    )
    WHEN "t18"."kind" = 'new'
    THEN CASE
      WHEN "t24"."rise_cause" = 'add_on'
      THEN CAST(NULL AS TEXT)
      ELSE "t24"."rise_cause"
    END
    WHEN "t18"."kind" = 'reactivation'
    THEN CASE
      WHEN "t24"."rise_cause" = 'add_on'
      THEN CAST(NULL AS TEXT)
      ELSE "t24"."rise_cause"
    END
    WHEN "t18"."base_e16" > 0
    THEN "t24"."rise_cause"
    ELSE "t24"."fall_cause"
  END AS "cause",
  CASE
    WHEN "t18"."first_currency" = "t18"."currency"
    THEN "t18"."currency"
    ELSE CAST(NULL AS TEXT)
  END AS "currency",
  CASE
    WHEN "t18"."first_currency" = "t18"."currency"
    THEN "t18"."native_e6"
    ELSE CAST(NULL AS BIGINT)
  END AS "amount_e6",
  "t18"."base_e16"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t8"."customer_id",
      "t8"."day",
      "t8"."month",
      "t8"."native_e6",
      "t8"."base_e16",
      "t8"."first_currency",
      "t8"."currency",
      "t8"."after",
      "t8"."before",
      "t8"."peak",
      CASE
        WHEN (
          "t8"."before" <= 0
        ) AND (
          "t8"."after" > 0
        ) AND (
          "t8"."peak" <= 0
        )
        THEN 'new'
        WHEN (
          "t8"."before" <= 0
        ) AND (
          "t8"."after" > 0
        )
        THEN 'reactivation'
        WHEN (
          "t8"."before" > 0
        ) AND (
          "t8"."after" <= 0
        )
        THEN 'churn'
        WHEN (
          "t8"."before" > 0
        ) AND (
          "t8"."base_e16" > 0
        )
        THEN 'expansion'
        WHEN (
          "t8"."before" > 0
        ) AND (
          "t8"."base_e16" < 0
        )
        THEN 'contraction'
        ELSE CAST(NULL AS TEXT)
      END AS "kind"
    FROM (
      SELECT
        "t7"."customer_id",
        "t7"."day",
        "t7"."month",
        "t7"."native_e6",
        "t7"."base_e16",
        "t7"."first_currency",
        "t7"."currency",
        "t7"."after",
        "t7"."after" - "t7"."native_e6" AS "before",
        COALESCE(
          MAX("t7"."after") OVER (
            PARTITION BY "t7"."customer_id"
            ORDER BY "t7"."day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 preceding
          ),
          0
        ) AS "peak"
      FROM (
        SELECT
          "t4"."customer_id",
          "t4"."day",
          "t4"."month",
          "t4"."native_e6",
          "t4"."base_e16",
          "t4"."first_currency",
          "t4"."currency",
          SUM("t4"."native_e6") OVER (
            PARTITION BY "t4"."customer_id"
            ORDER BY "t4"."day" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS "after"
        FROM (
          SELECT
            "t0"."customer_id",
            "t0"."day",
            "t0"."month",
            SUM("t0"."delta_e6") AS "native_e6",
            CAST(SUM("t0"."base_e16") AS DECIMAL(38, 0)) AS "base_e16",
            MIN("t0"."currency") AS "first_currency",
            MAX("t0"."currency") AS "currency"
          FROM "mrr_change" AS "t0"
          GROUP BY
            1,
            2,
            3
        ) AS "t4"
      ) AS "t7"
    ) AS "t8"
  ) AS "t13"
  WHERE
    "t13"."kind" IS NOT NULL
) AS "t18"
LEFT OUTER JOIN (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM "t12" AS "t14"
    WHERE
      "t14"."items" = 1
  ) AS "t16"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t21"."customer_id",
      "t21"."day",
      COUNT(*) AS "items",
      MAX("t21"."label") FILTER(WHERE
        (
          "t21"."place" = 0
        ) AND "t21"."rising") AS "rise_cause",
      MAX("t21"."label") FILTER(WHERE
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
        "t20"."label",
        "t20"."rising",
        ROW_NUMBER() OVER (
          PARTITION BY "t20"."customer_id", "t20"."day", "t20"."rising"
          ORDER BY ABS("t20"."delta_e6") DESC, "t20"."subscription_id" ASC, "t20"."item_id" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "place"
      FROM (
        SELECT
          "t11"."customer_id",
          "t11"."day",
          "t11"."currency",
          "t11"."subscription_id",
          "t11"."item_id",
          "t11"."delta_e6",
          "t11"."start_cause",
          "t11"."end_cause",
          "t11"."began",
          "t11"."ended",
          "t11"."interval_low",
          "t11"."interval_high",
          "t11"."label",
          "t11"."rising"
        FROM "t9" AS "t11"
        SEMI JOIN (
          SELECT
            "t14"."customer_id",
            "t14"."day"
          FROM "t12" AS "t14"
          WHERE
            "t14"."items" > 1
        ) AS "t19"
          ON "t11"."customer_id" = "t19"."customer_id" AND "t11"."day" = "t19"."day"
      ) AS "t20"
    ) AS "t21"
    GROUP BY
      1,
      2
  ) AS "t22"
) AS "t24"
  ON "t18"."customer_id" = "t24"."customer_id" AND "t18"."day" = "t24"."day"
