SELECT
  "t34"."entry",
  "t34"."duration",
  "t34"."cause",
  "t34"."slice",
  COUNT(*) AS "n"
FROM (
  SELECT
    "t33"."customer_id",
    "t33"."first_day",
    "t33"."first_month",
    "t33"."churn_day",
    "t33"."churn_month",
    "t33"."left",
    "t33"."end",
    "t33"."begin",
    "t33"."cause",
    "t33"."key_month",
    "t33"."slice",
    CASE
      WHEN "t33"."begin" < "t33"."first_month"
      THEN "t33"."first_month" - "t33"."begin"
      ELSE -1
    END AS "entry",
    "t33"."end" - "t33"."begin" AS "duration"
  FROM (
    SELECT
      "t32".*
      EXCLUDE ("moment")
    FROM (
      SELECT
        "t31"."customer_id",
        "t31"."first_day",
        "t31"."first_month",
        "t31"."churn_day",
        "t31"."churn_month",
        "t31"."left",
        "t31"."end",
        "t31"."begin",
        "t31"."cause",
        "t31"."key_month",
        "t31"."moment",
        COALESCE("t31"."trait_value", '(none)') AS "slice"
      FROM (
        SELECT
          "t30"."customer_id",
          "t30"."first_day",
          "t30"."first_month",
          "t30"."churn_day",
          "t30"."churn_month",
          "t30"."left",
          "t30"."end",
          "t30"."begin",
          "t30"."cause",
          "t30"."key_month",
          "t30"."moment",
          "t13"."trait_customer",
          "t13"."trait_value",
          "t13"."trait_from",
          "t13"."trait_to"
        FROM (
          SELECT
            "t28"."customer_id",
            "t28"."first_day",
            "t28"."first_month",
            "t28"."churn_day",
            "t28"."churn_month",
            "t28"."left",
            "t28"."end",
            "t28"."begin",
            "t28"."cause",
            "t28"."key_month",
            GREATEST("t28"."key_month", COALESCE("t28"."began", "t28"."key_month")) AS "moment"
          FROM (
            SELECT
              "t27"."customer_id",
              "t27"."first_day",
              "t27"."first_month",
              "t27"."churn_day",
              "t27"."churn_month",
              "t27"."left",
              "t27"."end",
              "t27"."begin",
              "t27"."cause",
              "t27"."key_month",
              "t8"."starter",
              "t8"."began"
            FROM (
              SELECT
                "t25"."customer_id",
                "t25"."first_day",
                "t25"."first_month",
                "t25"."churn_day",
                "t25"."churn_month",
                "t25"."left",
                "t25"."end",
                "t25"."begin",
                CASE WHEN "t25"."left" THEN COALESCE("t25"."cause", 'unknown') ELSE 'stayed' END AS "cause",
                "t25"."first_month" AS "key_month"
              FROM (
                SELECT
                  "t24".*
                  EXCLUDE ("customer_id_right")
                FROM (
                  SELECT
                    "t18"."customer_id",
                    "t18"."first_day",
                    "t18"."first_month",
                    "t18"."churn_day",
                    "t18"."churn_month",
                    "t18"."left",
                    "t18"."end",
                    "t18"."begin",
                    "t23"."customer_id" AS "customer_id_right",
                    "t23"."cause"
                  FROM (
                    SELECT
                      "t1"."customer_id",
                      "t1"."first_day",
                      "t1"."first_month",
                      "t1"."churn_day",
                      "t1"."churn_month",
                      COALESCE((
                        "t1"."churn_month" IS NOT NULL
                      ) AND (
                        "t1"."churn_month" <= 24311
                      ), FALSE) AS "left",
                      CASE
                        WHEN COALESCE((
                          "t1"."churn_month" IS NOT NULL
                        ) AND (
                          "t1"."churn_month" <= 24311
                        ), FALSE)
                        THEN "t1"."churn_month"
                        ELSE 24311
                      END AS "end",
                      "t1"."first_month" AS "begin"
                    FROM "customer_start" AS "t1"
                    WHERE
                      "t1"."first_month" <= 24311
                  ) AS "t18"
                  LEFT OUTER JOIN (
                    SELECT
                      "t21"."customer_id",
                      CASE
                        WHEN BOOL_OR(CAST(COALESCE("t21"."why" = 'delinquent', FALSE) AS BOOLEAN))
                        OR COALESCE(BOOL_OR(CAST("t21"."failed" AS BOOLEAN)), FALSE)
                        THEN 'involuntary'
                        WHEN COALESCE(BOOL_OR(CAST("t21"."chose" AS BOOLEAN)), FALSE)
                        THEN 'voluntary'
                        ELSE 'unknown'
                      END AS "cause"
                    FROM (
                      SELECT
                        "t14"."customer_id",
                        "t14"."churn_day",
                        "t15"."mover",
                        "t15"."moved",
                        "t15"."why",
                        "t20"."leaver",
                        "t20"."said_day",
                        "t20"."chose",
                        "t20"."failed"
                      FROM (
                        SELECT
                          "t1"."customer_id",
                          "t1"."churn_day"
                        FROM "customer_start" AS "t1"
                        WHERE
                          "t1"."churn_day" IS NOT NULL
                      ) AS "t14"
                      LEFT OUTER JOIN (
                        SELECT
                          "t2"."customer_id" AS "mover",
                          "t2"."day" AS "moved",
                          "t2"."cause" AS "why"
                        FROM "movement" AS "t2"
                        WHERE
                          "t2"."kind" = 'churn'
                      ) AS "t15"
                        ON "t14"."customer_id" = "t15"."mover" AND "t14"."churn_day" = "t15"."moved"
                      LEFT OUTER JOIN (
                        SELECT
                          "t16"."customer_id" AS "leaver",
                          "t12"."said_day",
                          "t16"."voluntary" AS "chose",
                          NOT (
                            "t16"."voluntary"
                          ) AS "failed"
                        FROM (
                          SELECT
                            "t3"."customer_id",
                            "t3"."at",
                            "t3"."requested_at",
                            "t3"."reason",
                            "t3"."voluntary",
                            "t3"."competitor",
                            "t3"."comment",
                            "t3"."recorded_at",
                            "t3"."source",
                            "t3"."url",
                            CAST("t3"."at" AS DATE) AS "noted_on"
                          FROM "cancellation" AS "t3"
                          WHERE
                            "t3"."voluntary" IS NOT NULL
                        ) AS "t16"
                        INNER JOIN (
                          SELECT
                            "t4"."day" AS "said_day",
                            "t4"."on_date" AS "said_on"
                          FROM "calendar_day" AS "t4"
                        ) AS "t12"
                          ON "t16"."noted_on" = "t12"."said_on"
                      ) AS "t20"
                        ON "t14"."customer_id" = "t20"."leaver"
                        AND "t20"."said_day" >= (
                          "t14"."churn_day" - 45
                        )
                        AND "t20"."said_day" <= (
                          "t14"."churn_day" + 45
                        )
                    ) AS "t21"
                    GROUP BY
                      1
                  ) AS "t23"
                    ON "t18"."customer_id" = "t23"."customer_id"
                ) AS "t24"
              ) AS "t25"
            ) AS "t27"
            LEFT OUTER JOIN (
              SELECT
                "t1"."customer_id" AS "starter",
                "t1"."first_month" AS "began"
              FROM "customer_start" AS "t1"
            ) AS "t8"
              ON "t27"."customer_id" = "t8"."starter"
          ) AS "t28"
        ) AS "t30"
        LEFT OUTER JOIN (
          SELECT
            "t0"."customer_id" AS "trait_customer",
            "t0"."value" AS "trait_value",
            "t0"."from_month" AS "trait_from",
            "t0"."to_month" AS "trait_to"
          FROM "customer_trait" AS "t0"
          WHERE
            "t0"."name" = 'segment'
        ) AS "t13"
          ON "t30"."customer_id" = "t13"."trait_customer"
          AND "t30"."moment" >= "t13"."trait_from"
          AND "t30"."moment" < "t13"."trait_to"
      ) AS "t31"
    ) AS "t32"
  ) AS "t33"
) AS "t34"
GROUP BY
  1,
  2,
  3,
  4
