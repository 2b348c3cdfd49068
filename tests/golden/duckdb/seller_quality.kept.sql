SELECT
  "t31"."person_id",
  "t31"."age",
  COUNT(*) AS "customers",
  CAST(SUM("t31"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t31"."later_e16") AS DECIMAL(38, 0)) AS "now_e16",
  CAST(SUM("t31"."oo") AS DECIMAL(38, 0)) AS "oo",
  CAST(SUM("t31"."on") AS DECIMAL(38, 0)) AS "on",
  CAST(SUM("t31"."nn") AS DECIMAL(38, 0)) AS "nn"
FROM (
  SELECT
    "t30"."customer_id",
    "t30"."person_id",
    "t30"."first_month",
    "t30"."opening_e16",
    "t30"."at",
    "t30"."later_e16",
    "t30"."first_month" AS "key_month",
    "t30"."at" - "t30"."first_month" AS "age",
    CAST(CAST(ROUND(
      CAST("t30"."opening_e16" - (
        "t30"."opening_e16" % 120000000000000000
      ) AS DOUBLE) / 120000000000000000,
      0
    ) AS BIGINT) AS DECIMAL(38, 0)) * CAST(CAST(ROUND(
      CAST("t30"."opening_e16" - (
        "t30"."opening_e16" % 120000000000000000
      ) AS DOUBLE) / 120000000000000000,
      0
    ) AS BIGINT) AS DECIMAL(38, 0)) AS "oo",
    CAST(CAST(ROUND(
      CAST("t30"."opening_e16" - (
        "t30"."opening_e16" % 120000000000000000
      ) AS DOUBLE) / 120000000000000000,
      0
    ) AS BIGINT) AS DECIMAL(38, 0)) * CAST(CAST(ROUND(
      CAST("t30"."later_e16" - (
        "t30"."later_e16" % 120000000000000000
      ) AS DOUBLE) / 120000000000000000,
      0
    ) AS BIGINT) AS DECIMAL(38, 0)) AS "on",
    CAST(CAST(ROUND(
      CAST("t30"."later_e16" - (
        "t30"."later_e16" % 120000000000000000
      ) AS DOUBLE) / 120000000000000000,
      0
    ) AS BIGINT) AS DECIMAL(38, 0)) * CAST(CAST(ROUND(
      CAST("t30"."later_e16" - (
        "t30"."later_e16" % 120000000000000000
      ) AS DOUBLE) / 120000000000000000,
      0
    ) AS BIGINT) AS DECIMAL(38, 0)) AS "nn"
  FROM (
    SELECT
      "t22"."customer_id",
      "t22"."person_id",
      "t22"."first_month",
      "t22"."opening_e16",
      "t22"."at",
      COALESCE("t29"."later_e16", CAST(0 AS DECIMAL(38, 0))) AS "later_e16"
    FROM (
      SELECT
        "t20"."customer_id",
        "t20"."person_id",
        "t20"."first_month",
        "t20"."opening_e16",
        24311 AS "at"
      FROM (
        SELECT
          "t19"."customer_id",
          "t19"."person_id",
          "t19"."first_month",
          CAST(SUM("t19"."worth") AS DECIMAL(38, 0)) AS "opening_e16"
        FROM (
          SELECT
            "t18"."customer_id",
            "t18"."first_month",
            "t18"."first_day",
            "t18"."person_id",
            "t18"."changer",
            "t18"."changed",
            "t18"."currency",
            "t18"."delta_e6",
            "t18"."amount_e6",
            "t18"."rated",
            "t18"."rate_month",
            "t18"."rate_e10",
            CAST("t18"."amount_e6" AS DECIMAL(38, 0)) * CAST("t18"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
          FROM (
            SELECT
              "t17"."customer_id",
              "t17"."first_month",
              "t17"."first_day",
              "t17"."person_id",
              "t17"."changer",
              "t17"."changed",
              "t17"."currency",
              "t17"."delta_e6",
              "t17"."amount_e6",
              "t8"."rated",
              "t8"."rate_month",
              "t8"."rate_e10"
            FROM (
              SELECT
                "t15"."customer_id",
                "t15"."first_month",
                "t15"."first_day",
                "t15"."person_id",
                "t15"."changer",
                "t15"."changed",
                "t15"."currency",
                "t15"."delta_e6",
                "t15"."delta_e6" AS "amount_e6"
              FROM (
                SELECT
                  "t13"."customer_id",
                  "t13"."first_month",
                  "t13"."first_day",
                  "t14"."person_id",
                  "t11"."changer",
                  "t11"."changed",
                  "t11"."currency",
                  "t11"."delta_e6"
                FROM (
                  SELECT
                    "t1"."customer_id",
                    "t1"."first_month",
                    "t1"."first_day"
                  FROM "customer_start" AS "t1"
                  WHERE
                    "t1"."first_month" <= 24311
                ) AS "t13"
                INNER JOIN (
                  SELECT
                    "t2"."customer_id",
                    "t2"."value" AS "person_id"
                  FROM "customer_trait" AS "t2"
                  WHERE
                    "t2"."name" = 'seller'
                ) AS "t14"
                  ON "t13"."customer_id" = "t14"."customer_id"
                INNER JOIN (
                  SELECT
                    "t3"."customer_id" AS "changer",
                    "t3"."day" AS "changed",
                    "t3"."currency",
                    "t3"."delta_e6"
                  FROM "mrr_change" AS "t3"
                ) AS "t11"
                  ON "t13"."customer_id" = "t11"."changer" AND "t13"."first_day" = "t11"."changed"
              ) AS "t15"
            ) AS "t17"
            INNER JOIN (
              SELECT
                "t0"."currency" AS "rated",
                "t0"."month" AS "rate_month",
                "t0"."rate_e10"
              FROM "fx_month" AS "t0"
            ) AS "t8"
              ON "t17"."currency" = "t8"."rated" AND "t17"."first_month" = "t8"."rate_month"
          ) AS "t18"
        ) AS "t19"
        GROUP BY
          1,
          2,
          3
      ) AS "t20"
    ) AS "t22"
    LEFT OUTER JOIN (
      SELECT
        "t27"."customer_id",
        "t27"."at",
        CAST(SUM("t27"."worth") AS DECIMAL(38, 0)) AS "later_e16"
      FROM (
        SELECT
          "t26"."customer_id",
          "t26"."person_id",
          "t26"."first_month",
          "t26"."opening_e16",
          "t26"."at",
          "t26"."holder",
          "t26"."currency",
          "t26"."arr_e6",
          "t26"."from_month",
          "t26"."to_month",
          "t26"."amount_e6",
          "t26"."rated",
          "t26"."rate_month",
          "t26"."rate_e10",
          CAST("t26"."amount_e6" AS DECIMAL(38, 0)) * CAST("t26"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
        FROM (
          SELECT
            "t25"."customer_id",
            "t25"."person_id",
            "t25"."first_month",
            "t25"."opening_e16",
            "t25"."at",
            "t25"."holder",
            "t25"."currency",
            "t25"."arr_e6",
            "t25"."from_month",
            "t25"."to_month",
            "t25"."amount_e6",
            "t8"."rated",
            "t8"."rate_month",
            "t8"."rate_e10"
          FROM (
            SELECT
              "t23"."customer_id",
              "t23"."person_id",
              "t23"."first_month",
              "t23"."opening_e16",
              "t23"."at",
              "t23"."holder",
              "t23"."currency",
              "t23"."arr_e6",
              "t23"."from_month",
              "t23"."to_month",
              "t23"."arr_e6" AS "amount_e6"
            FROM (
              SELECT
                "t22"."customer_id",
                "t22"."person_id",
                "t22"."first_month",
                "t22"."opening_e16",
                "t22"."at",
                "t12"."holder",
                "t12"."currency",
                "t12"."arr_e6",
                "t12"."from_month",
                "t12"."to_month"
              FROM (
                SELECT
                  "t20"."customer_id",
                  "t20"."person_id",
                  "t20"."first_month",
                  "t20"."opening_e16",
                  24311 AS "at"
                FROM (
                  SELECT
                    "t19"."customer_id",
                    "t19"."person_id",
                    "t19"."first_month",
                    CAST(SUM("t19"."worth") AS DECIMAL(38, 0)) AS "opening_e16"
                  FROM (
                    SELECT
                      "t18"."customer_id",
                      "t18"."first_month",
                      "t18"."first_day",
                      "t18"."person_id",
                      "t18"."changer",
                      "t18"."changed",
                      "t18"."currency",
                      "t18"."delta_e6",
                      "t18"."amount_e6",
                      "t18"."rated",
                      "t18"."rate_month",
                      "t18"."rate_e10",
                      CAST("t18"."amount_e6" AS DECIMAL(38, 0)) * CAST("t18"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                    FROM (
                      SELECT
                        "t17"."customer_id",
                        "t17"."first_month",
                        "t17"."first_day",
                        "t17"."person_id",
                        "t17"."changer",
                        "t17"."changed",
                        "t17"."currency",
                        "t17"."delta_e6",
                        "t17"."amount_e6",
                        "t8"."rated",
                        "t8"."rate_month",
                        "t8"."rate_e10"
                      FROM (
                        SELECT
                          "t15"."customer_id",
                          "t15"."first_month",
                          "t15"."first_day",
                          "t15"."person_id",
                          "t15"."changer",
                          "t15"."changed",
                          "t15"."currency",
                          "t15"."delta_e6",
                          "t15"."delta_e6" AS "amount_e6"
                        FROM (
                          SELECT
                            "t13"."customer_id",
                            "t13"."first_month",
                            "t13"."first_day",
                            "t14"."person_id",
                            "t11"."changer",
                            "t11"."changed",
                            "t11"."currency",
                            "t11"."delta_e6"
                          FROM (
                            SELECT
                              "t1"."customer_id",
                              "t1"."first_month",
                              "t1"."first_day"
                            FROM "customer_start" AS "t1"
                            WHERE
                              "t1"."first_month" <= 24311
                          ) AS "t13"
                          INNER JOIN (
                            SELECT
                              "t2"."customer_id",
                              "t2"."value" AS "person_id"
                            FROM "customer_trait" AS "t2"
                            WHERE
                              "t2"."name" = 'seller'
                          ) AS "t14"
                            ON "t13"."customer_id" = "t14"."customer_id"
                          INNER JOIN (
                            SELECT
                              "t3"."customer_id" AS "changer",
                              "t3"."day" AS "changed",
                              "t3"."currency",
                              "t3"."delta_e6"
                            FROM "mrr_change" AS "t3"
                          ) AS "t11"
                            ON "t13"."customer_id" = "t11"."changer" AND "t13"."first_day" = "t11"."changed"
                        ) AS "t15"
                      ) AS "t17"
                      INNER JOIN (
                        SELECT
                          "t0"."currency" AS "rated",
                          "t0"."month" AS "rate_month",
                          "t0"."rate_e10"
                        FROM "fx_month" AS "t0"
                      ) AS "t8"
                        ON "t17"."currency" = "t8"."rated" AND "t17"."first_month" = "t8"."rate_month"
                    ) AS "t18"
                  ) AS "t19"
                  GROUP BY
                    1,
                    2,
                    3
                ) AS "t20"
              ) AS "t22"
              INNER JOIN (
                SELECT
                  "t4"."customer_id" AS "holder",
                  "t4"."currency",
                  "t4"."arr_e6",
                  "t4"."from_month",
                  "t4"."to_month"
                FROM "mrr_level" AS "t4"
              ) AS "t12"
                ON "t22"."customer_id" = "t12"."holder"
                AND "t12"."from_month" <= "t22"."at"
                AND "t12"."to_month" > "t22"."at"
            ) AS "t23"
          ) AS "t25"
          INNER JOIN (
            SELECT
              "t0"."currency" AS "rated",
              "t0"."month" AS "rate_month",
              "t0"."rate_e10"
            FROM "fx_month" AS "t0"
          ) AS "t8"
            ON "t25"."currency" = "t8"."rated" AND "t25"."first_month" = "t8"."rate_month"
        ) AS "t26"
      ) AS "t27"
      GROUP BY
        1,
        2
    ) AS "t29"
      ON "t22"."customer_id" = "t29"."customer_id" AND "t22"."at" = "t29"."at"
  ) AS "t30"
) AS "t31"
GROUP BY
  1,
  2
