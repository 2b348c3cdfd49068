WITH "t18" AS (
  SELECT
    "t2"."customer_id",
    "t2"."first_month"
  FROM "customer_start" AS "t2"
  WHERE
    (
      (
        "t2"."first_month" + 12
      ) - 1
    ) <= 24311
)
SELECT
  "t49"."fit",
  "t49"."slice",
  COUNT(*) AS "customers",
  SUM(CAST("t49"."kept" AS INT)) AS "kept",
  CAST(SUM("t49"."worth") AS DECIMAL(38, 0)) AS "worth",
  CAST(SUM("t49"."referred") AS DECIMAL(38, 0)) AS "referred",
  CAST(SUM("t49"."square") AS DECIMAL(38, 0)) AS "squares"
FROM (
  SELECT
    "t48"."customer_id",
    "t48"."fit",
    "t48"."worth",
    "t48"."referred",
    "t48"."kept",
    "t48"."key_month",
    "t48"."slice",
    CAST(CAST(ROUND(
      CAST("t48"."worth" - (
        "t48"."worth" % 120000000000000000
      ) AS DOUBLE) / 120000000000000000,
      0
    ) AS BIGINT) AS DECIMAL(38, 0)) * CAST(CAST(ROUND(
      CAST("t48"."worth" - (
        "t48"."worth" % 120000000000000000
      ) AS DOUBLE) / 120000000000000000,
      0
    ) AS BIGINT) AS DECIMAL(38, 0)) AS "square"
  FROM (
    SELECT
      "t47".*
      EXCLUDE ("moment")
    FROM (
      SELECT
        "t46"."customer_id",
        "t46"."fit",
        "t46"."worth",
        "t46"."referred",
        "t46"."kept",
        "t46"."key_month",
        "t46"."moment",
        COALESCE("t46"."trait_value", '(none)') AS "slice"
      FROM (
        SELECT
          "t45"."customer_id",
          "t45"."fit",
          "t45"."worth",
          "t45"."referred",
          "t45"."kept",
          "t45"."key_month",
          "t45"."moment",
          "t16"."trait_customer",
          "t16"."trait_value",
          "t16"."trait_from",
          "t16"."trait_to"
        FROM (
          SELECT
            "t43"."customer_id",
            "t43"."fit",
            "t43"."worth",
            "t43"."referred",
            "t43"."kept",
            "t43"."key_month",
            GREATEST("t43"."key_month", COALESCE("t43"."began", "t43"."key_month")) AS "moment"
          FROM (
            SELECT
              "t42"."customer_id",
              COALESCE("t42"."fit", '(none)') AS "fit",
              COALESCE("t42"."worth", CAST(0 AS DECIMAL(38, 0))) AS "worth",
              CASE
                WHEN COALESCE("t12"."channel" = 'referral', FALSE)
                THEN COALESCE("t42"."worth", CAST(0 AS DECIMAL(38, 0)))
                ELSE CAST(0 AS DECIMAL(38, 0))
              END AS "referred",
              COALESCE("t42"."kept", FALSE) AS "kept",
              "t42"."first_month" AS "key_month",
              "t13"."starter",
              "t13"."began"
            FROM (
              SELECT
                "t40".*
                EXCLUDE ("customer_id_right")
              FROM (
                SELECT
                  "t39"."customer_id",
                  "t39"."first_month",
                  "t39"."worth",
                  "t39"."kept",
                  "t33"."customer_id" AS "customer_id_right",
                  "t33"."fit"
                FROM (
                  SELECT
                    "t37".*
                    EXCLUDE ("customer_id_right")
                  FROM (
                    SELECT
                      "t21"."customer_id",
                      "t21"."first_month",
                      "t36"."customer_id" AS "customer_id_right",
                      "t36"."worth",
                      "t36"."kept"
                    FROM "t18" AS "t21"
                    LEFT OUTER JOIN (
                      SELECT
                        "t34"."customer_id",
                        CAST(SUM("t34"."worth") AS DECIMAL(38, 0)) AS "worth",
                        BOOL_OR(CAST("t34"."stays" AS BOOLEAN)) AS "kept"
                      FROM (
                        SELECT
                          "t31"."customer_id",
                          "t31"."currency",
                          "t31"."arr_e6",
                          "t31"."from_month",
                          "t31"."to_month",
                          "t31"."first_month",
                          "t31"."months",
                          "t31"."stays",
                          "t31"."rated",
                          "t31"."rate_month",
                          "t31"."rate_e10",
                          CAST("t31"."arr_e6" AS DECIMAL(38, 0)) * CAST("t31"."rate_e10" AS DECIMAL(38, 0)) * CAST("t31"."months" AS DECIMAL(38, 0)) AS "worth"
                        FROM (
                          SELECT
                            "t29"."customer_id",
                            "t29"."currency",
                            "t29"."arr_e6",
                            "t29"."from_month",
                            "t29"."to_month",
                            "t29"."first_month",
                            "t29"."months",
                            "t29"."stays",
                            "t15"."rated",
                            "t15"."rate_month",
                            "t15"."rate_e10"
                          FROM (
                            SELECT
                              "t24"."customer_id",
                              "t24"."currency",
                              "t24"."arr_e6",
                              "t24"."from_month",
                              "t24"."to_month",
                              "t24"."first_month",
                              LEAST("t24"."to_month", "t24"."first_month" + 12) - "t24"."from_month" AS "months",
                              "t24"."to_month" >= (
                                "t24"."first_month" + 12
                              ) AS "stays"
                            FROM (
                              SELECT
                                "t7"."customer_id",
                                "t7"."currency",
                                "t7"."arr_e6",
                                "t7"."from_month",
                                "t7"."to_month",
                                "t22"."first_month"
                              FROM "mrr_level" AS "t7"
                              INNER JOIN "t18" AS "t22"
                                ON "t7"."customer_id" = "t22"."customer_id"
                            ) AS "t24"
                            WHERE
                              (
                                LEAST("t24"."to_month", "t24"."first_month" + 12) - "t24"."from_month"
                              ) > 0
                          ) AS "t29"
                          INNER JOIN (
                            SELECT
                              "t5"."currency" AS "rated",
                              "t5"."month" AS "rate_month",
                              "t5"."rate_e10"
                            FROM "fx_month" AS "t5"
                          ) AS "t15"
                            ON "t29"."currency" = "t15"."rated" AND "t29"."first_month" = "t15"."rate_month"
                        ) AS "t31"
                      ) AS "t34"
                      GROUP BY
                        1
                    ) AS "t36"
                      ON "t21"."customer_id" = "t36"."customer_id"
                  ) AS "t37"
                ) AS "t39"
                LEFT OUTER JOIN (
                  SELECT
                    "t30"."customer_id",
                    CASE
                      WHEN (
                        "t30"."yes" * 5
                      ) >= (
                        "t30"."n" * 4
                      )
                      THEN 'good'
                      WHEN (
                        "t30"."yes" * 2
                      ) >= (
                        "t30"."n" * 1
                      )
                      THEN 'middle'
                      ELSE 'poor'
                    END AS "fit"
                  FROM (
                    SELECT
                      "t27"."customer_id",
                      SUM(CAST("t27"."word" IN ('yes', 'y', 'true', '1') AS INT)) AS "yes",
                      COUNT(*) AS "n"
                    FROM (
                      SELECT
                        "t26"."customer_id",
                        "t26"."dealt",
                        "t19"."deal_id",
                        "t19"."question",
                        "t19"."answer",
                        "t19"."answered_at",
                        "t19"."person_id",
                        "t19"."recorded_at",
                        "t19"."source",
                        "t19"."url",
                        "t19"."word"
                      FROM (
                        SELECT
                          "t23"."customer_id",
                          "t23"."deal_id" AS "dealt"
                        FROM (
                          SELECT
                            "t14"."deal_id",
                            "t14"."customer_id",
                            "t14"."subscription_id",
                            "t14"."name",
                            "t14"."kind",
                            "t14"."person_id",
                            "t14"."channel",
                            "t14"."plan",
                            "t14"."opened_at",
                            "t14"."closed_at",
                            "t14"."outcome",
                            "t14"."lost_reason",
                            "t14"."amount_cents",
                            "t14"."mrr_cents",
                            "t14"."list_mrr_cents",
                            "t14"."currency",
                            "t14"."term_months",
                            "t14"."prepaid_months",
                            "t14"."forecast_at",
                            "t14"."recorded_at",
                            "t14"."source",
                            "t14"."url",
                            ROW_NUMBER() OVER (
                              PARTITION BY "t14"."customer_id"
                              ORDER BY "t14"."closed_at" ASC, "t14"."deal_id" ASC
                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                            ) - 1 AS "place"
                          FROM (
                            SELECT
                              *
                            FROM "deal" AS "t4"
                            WHERE
                              "t4"."kind" = 'new' AND "t4"."outcome" = 'won' AND "t4"."customer_id" IS NOT NULL
                          ) AS "t14"
                        ) AS "t23"
                        WHERE
                          "t23"."place" = 0
                      ) AS "t26"
                      INNER JOIN (
                        SELECT
                          "t3"."deal_id",
                          "t3"."question",
                          "t3"."answer",
                          "t3"."answered_at",
                          "t3"."person_id",
                          "t3"."recorded_at",
                          "t3"."source",
                          "t3"."url",
                          LOWER("t3"."answer") AS "word"
                        FROM "fit_answer" AS "t3"
                        WHERE
                          LOWER("t3"."answer") IN ('yes', 'y', 'true', '1', 'no', 'n', 'false', '0')
                      ) AS "t19"
                        ON "t26"."dealt" = "t19"."deal_id"
                    ) AS "t27"
                    GROUP BY
                      1
                  ) AS "t30"
                ) AS "t33"
                  ON "t39"."customer_id" = "t33"."customer_id"
              ) AS "t40"
            ) AS "t42"
            LEFT OUTER JOIN (
              SELECT
                "t1"."customer_id" AS "known",
                "t1"."acquisition_channel" AS "channel"
              FROM "customer" AS "t1"
            ) AS "t12"
              ON "t42"."customer_id" = "t12"."known"
            LEFT OUTER JOIN (
              SELECT
                "t2"."customer_id" AS "starter",
                "t2"."first_month" AS "began"
              FROM "customer_start" AS "t2"
            ) AS "t13"
              ON "t42"."customer_id" = "t13"."starter"
          ) AS "t43"
        ) AS "t45"
        LEFT OUTER JOIN (
          SELECT
            "t0"."customer_id" AS "trait_customer",
            "t0"."value" AS "trait_value",
            "t0"."from_month" AS "trait_from",
            "t0"."to_month" AS "trait_to"
          FROM "customer_trait" AS "t0"
          WHERE
            "t0"."name" = 'segment'
        ) AS "t16"
          ON "t45"."customer_id" = "t16"."trait_customer"
          AND "t45"."moment" >= "t16"."trait_from"
          AND "t45"."moment" < "t16"."trait_to"
      ) AS "t46"
    ) AS "t47"
  ) AS "t48"
) AS "t49"
GROUP BY
  1,
  2
