SELECT
  "t21"."entry",
  "t21"."duration",
  "t21"."cause",
  COUNT(*) AS "n"
FROM (
  SELECT
    "t20"."customer_id",
    "t20"."first_day",
    "t20"."first_month",
    "t20"."churn_day",
    "t20"."churn_month",
    "t20"."left",
    "t20"."end",
    "t20"."begin",
    CASE WHEN "t20"."left" THEN COALESCE("t20"."cause", 'unknown') ELSE 'stayed' END AS "cause",
    "t20"."first_month" AS "key_month",
    CASE
      WHEN "t20"."begin" < "t20"."first_month"
      THEN "t20"."first_month" - "t20"."begin"
      ELSE -1
    END AS "entry",
    "t20"."end" - "t20"."begin" AS "duration"
  FROM (
    SELECT
      "t19".*
      EXCLUDE ("customer_id_right")
    FROM (
      SELECT
        "t13"."customer_id",
        "t13"."first_day",
        "t13"."first_month",
        "t13"."churn_day",
        "t13"."churn_month",
        "t13"."left",
        "t13"."end",
        "t13"."begin",
        "t18"."customer_id" AS "customer_id_right",
        "t18"."cause"
      FROM (
        SELECT
          "t0"."customer_id",
          "t0"."first_day",
          "t0"."first_month",
          "t0"."churn_day",
          "t0"."churn_month",
          COALESCE((
            "t0"."churn_month" IS NOT NULL
          ) AND (
            "t0"."churn_month" <= 24311
          ), FALSE) AS "left",
          CASE
            WHEN COALESCE((
              "t0"."churn_month" IS NOT NULL
            ) AND (
              "t0"."churn_month" <= 24311
            ), FALSE)
            THEN "t0"."churn_month"
            ELSE 24311
          END AS "end",
          "t0"."first_month" AS "begin"
        FROM "customer_start" AS "t0"
        WHERE
          "t0"."first_month" <= 24311
      ) AS "t13"
      LEFT OUTER JOIN (
        SELECT
          "t16"."customer_id",
          CASE
            WHEN BOOL_OR(CAST(COALESCE("t16"."why" = 'delinquent', FALSE) AS BOOLEAN))
            OR COALESCE(BOOL_OR(CAST("t16"."failed" AS BOOLEAN)), FALSE)
            THEN 'involuntary'
            WHEN COALESCE(BOOL_OR(CAST("t16"."chose" AS BOOLEAN)), FALSE)
            THEN 'voluntary'
            ELSE 'unknown'
          END AS "cause"
        FROM (
          SELECT
            "t9"."customer_id",
            "t9"."churn_day",
            "t10"."mover",
            "t10"."moved",
            "t10"."why",
            "t15"."leaver",
            "t15"."said_day",
            "t15"."chose",
            "t15"."failed"
          FROM (
            SELECT
              "t0"."customer_id",
              "t0"."churn_day"
            FROM "customer_start" AS "t0"
            WHERE
              "t0"."churn_day" IS NOT NULL
          ) AS "t9"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "mover",
              "t1"."day" AS "moved",
              "t1"."cause" AS "why"
            FROM "movement" AS "t1"
            WHERE
              "t1"."kind" = 'churn'
          ) AS "t10"
            ON "t9"."customer_id" = "t10"."mover" AND "t9"."churn_day" = "t10"."moved"
          LEFT OUTER JOIN (
            SELECT
              "t11"."customer_id" AS "leaver",
              "t8"."said_day",
              "t11"."voluntary" AS "chose",
              NOT (
                "t11"."voluntary"
              ) AS "failed"
            FROM (
              SELECT
                "t2"."customer_id",
                "t2"."at",
                "t2"."requested_at",
                "t2"."reason",
                "t2"."voluntary",
                "t2"."competitor",
                "t2"."comment",
                "t2"."recorded_at",
                "t2"."source",
                "t2"."url",
                CAST("t2"."at" AS DATE) AS "noted_on"
              FROM "cancellation" AS "t2"
              WHERE
                "t2"."voluntary" IS NOT NULL
            ) AS "t11"
            INNER JOIN (
              SELECT
                "t3"."day" AS "said_day",
                "t3"."on_date" AS "said_on"
              FROM "calendar_day" AS "t3"
            ) AS "t8"
              ON "t11"."noted_on" = "t8"."said_on"
          ) AS "t15"
            ON "t9"."customer_id" = "t15"."leaver"
            AND "t15"."said_day" >= (
              "t9"."churn_day" - 45
            )
            AND "t15"."said_day" <= (
              "t9"."churn_day" + 45
            )
        ) AS "t16"
        GROUP BY
          1
      ) AS "t18"
        ON "t13"."customer_id" = "t18"."customer_id"
    ) AS "t19"
  ) AS "t20"
) AS "t21"
GROUP BY
  1,
  2,
  3
