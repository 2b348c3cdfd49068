SELECT
  "t42"."person_id",
  "t42"."first_month",
  "t42"."slice",
  COUNT(*) AS "customers",
  CAST(SUM("t42"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t42"."later_e16") AS DECIMAL(38, 0)) AS "later_e16",
  SUM(CAST("t42"."later_e16" > 0 AS INT)) AS "kept"
FROM (
  SELECT
    "t41".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t40"."customer_id",
      "t40"."person_id",
      "t40"."first_month",
      "t40"."opening_e16",
      "t40"."at",
      "t40"."later_e16",
      "t40"."key_month",
      "t40"."moment",
      COALESCE("t40"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t39"."customer_id",
        "t39"."person_id",
        "t39"."first_month",
        "t39"."opening_e16",
        "t39"."at",
        "t39"."later_e16",
        "t39"."key_month",
        "t39"."moment",
        "t16"."trait_customer",
        "t16"."trait_value",
        "t16"."trait_from",
        "t16"."trait_to"
      FROM (
        SELECT
          "t37"."customer_id",
          "t37"."person_id",
          "t37"."first_month",
          "t37"."opening_e16",
          "t37"."at",
          "t37"."later_e16",
          "t37"."key_month",
          GREATEST("t37"."key_month", COALESCE("t37"."began", "t37"."key_month")) AS "moment"
        FROM (
          SELECT
            "t36"."customer_id",
            "t36"."person_id",
            "t36"."first_month",
            "t36"."opening_e16",
            "t36"."at",
            "t36"."later_e16",
            "t36"."key_month",
            "t11"."starter",
            "t11"."began"
          FROM (
            SELECT
              "t34"."customer_id",
              "t34"."person_id",
              "t34"."first_month",
              "t34"."opening_e16",
              "t34"."at",
              "t34"."later_e16",
              "t34"."first_month" AS "key_month"
            FROM (
              SELECT
                "t26"."customer_id",
                "t26"."person_id",
                "t26"."first_month",
                "t26"."opening_e16",
                "t26"."at",
                COALESCE("t33"."later_e16", CAST(0 AS DECIMAL(38, 0))) AS "later_e16"
              FROM (
                SELECT
                  "t24"."customer_id",
                  "t24"."person_id",
                  "t24"."first_month",
                  "t24"."opening_e16",
                  24311 AS "at"
                FROM (
                  SELECT
                    "t23"."customer_id",
                    "t23"."person_id",
                    "t23"."first_month",
                    CAST(SUM("t23"."worth") AS DECIMAL(38, 0)) AS "opening_e16"
                  FROM (
                    SELECT
                      "t22"."customer_id",
                      "t22"."first_month",
                      "t22"."first_day",
                      "t22"."person_id",
                      "t22"."changer",
                      "t22"."changed",
                      "t22"."currency",
                      "t22"."delta_e6",
                      "t22"."amount_e6",
                      "t22"."rated",
                      "t22"."rate_month",
                      "t22"."rate_e10",
                      CAST("t22"."amount_e6" AS DECIMAL(38, 0)) * CAST("t22"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                    FROM (
                      SELECT
                        "t21"."customer_id",
                        "t21"."first_month",
                        "t21"."first_day",
                        "t21"."person_id",
                        "t21"."changer",
                        "t21"."changed",
                        "t21"."currency",
                        "t21"."delta_e6",
                        "t21"."amount_e6",
                        "t13"."rated",
                        "t13"."rate_month",
                        "t13"."rate_e10"
                      FROM (
                        SELECT
                          "t19"."customer_id",
                          "t19"."first_month",
                          "t19"."first_day",
                          "t19"."person_id",
                          "t19"."changer",
                          "t19"."changed",
                          "t19"."currency",
                          "t19"."delta_e6",
                          "t19"."delta_e6" AS "amount_e6"
                        FROM (
                          SELECT
                            "t18"."customer_id",
                            "t18"."first_month",
                            "t18"."first_day",
                            "t17"."person_id",
                            "t14"."changer",
                            "t14"."changed",
                            "t14"."currency",
                            "t14"."delta_e6"
                          FROM (
                            SELECT
                              "t1"."customer_id",
                              "t1"."first_month",
                              "t1"."first_day"
                            FROM "customer_start" AS "t1"
                            WHERE
                              "t1"."first_month" <= 24311
                          ) AS "t18"
                          INNER JOIN (
                            SELECT
                              "t0"."customer_id",
                              "t0"."value" AS "person_id"
                            FROM "customer_trait" AS "t0"
                            WHERE
                              "t0"."name" = 'seller'
                          ) AS "t17"
                            ON "t18"."customer_id" = "t17"."customer_id"
                          INNER JOIN (
                            SELECT
                              "t3"."customer_id" AS "changer",
                              "t3"."day" AS "changed",
                              "t3"."currency",
                              "t3"."delta_e6"
                            FROM "mrr_change" AS "t3"
                          ) AS "t14"
                            ON "t18"."customer_id" = "t14"."changer" AND "t18"."first_day" = "t14"."changed"
                        ) AS "t19"
                      ) AS "t21"
                      INNER JOIN (
                        SELECT
                          "t2"."currency" AS "rated",
                          "t2"."month" AS "rate_month",
                          "t2"."rate_e10"
                        FROM "fx_month" AS "t2"
                      ) AS "t13"
                        ON "t21"."currency" = "t13"."rated" AND "t21"."first_month" = "t13"."rate_month"
                    ) AS "t22"
                  ) AS "t23"
                  GROUP BY
                    1,
                    2,
                    3
                ) AS "t24"
              ) AS "t26"
              LEFT OUTER JOIN (
                SELECT
                  "t31"."customer_id",
                  "t31"."at",
                  CAST(SUM("t31"."worth") AS DECIMAL(38, 0)) AS "later_e16"
                FROM (
                  SELECT
                    "t30"."customer_id",
                    "t30"."person_id",
                    "t30"."first_month",
                    "t30"."opening_e16",
                    "t30"."at",
                    "t30"."holder",
                    "t30"."currency",
                    "t30"."arr_e6",
                    "t30"."from_month",
                    "t30"."to_month",
                    "t30"."amount_e6",
                    "t30"."rated",
                    "t30"."rate_month",
                    "t30"."rate_e10",
                    CAST("t30"."amount_e6" AS DECIMAL(38, 0)) * CAST("t30"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                  FROM (
                    SELECT
                      "t29"."customer_id",
                      "t29"."person_id",
                      "t29"."first_month",
                      "t29"."opening_e16",
                      "t29"."at",
                      "t29"."holder",
                      "t29"."currency",
                      "t29"."arr_e6",
                      "t29"."from_month",
                      "t29"."to_month",
                      "t29"."amount_e6",
                      "t13"."rated",
                      "t13"."rate_month",
                      "t13"."rate_e10"
                    FROM (
                      SELECT
                        "t27"."customer_id",
                        "t27"."person_id",
                        "t27"."first_month",
                        "t27"."opening_e16",
                        "t27"."at",
                        "t27"."holder",
                        "t27"."currency",
                        "t27"."arr_e6",
                        "t27"."from_month",
                        "t27"."to_month",
                        "t27"."arr_e6" AS "amount_e6"
                      FROM (
                        SELECT
                          "t26"."customer_id",
                          "t26"."person_id",
                          "t26"."first_month",
                          "t26"."opening_e16",
                          "t26"."at",
                          "t15"."holder",
                          "t15"."currency",
                          "t15"."arr_e6",
                          "t15"."from_month",
                          "t15"."to_month"
                        FROM (
                          SELECT
                            "t24"."customer_id",
                            "t24"."person_id",
                            "t24"."first_month",
                            "t24"."opening_e16",
                            24311 AS "at"
                          FROM (
                            SELECT
                              "t23"."customer_id",
                              "t23"."person_id",
                              "t23"."first_month",
                              CAST(SUM("t23"."worth") AS DECIMAL(38, 0)) AS "opening_e16"
                            FROM (
                              SELECT
                                "t22"."customer_id",
                                "t22"."first_month",
                                "t22"."first_day",
                                "t22"."person_id",
                                "t22"."changer",
                                "t22"."changed",
                                "t22"."currency",
                                "t22"."delta_e6",
                                "t22"."amount_e6",
                                "t22"."rated",
                                "t22"."rate_month",
                                "t22"."rate_e10",
                                CAST("t22"."amount_e6" AS DECIMAL(38, 0)) * CAST("t22"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                              FROM (
                                SELECT
                                  "t21"."customer_id",
                                  "t21"."first_month",
                                  "t21"."first_day",
                                  "t21"."person_id",
                                  "t21"."changer",
                                  "t21"."changed",
                                  "t21"."currency",
                                  "t21"."delta_e6",
                                  "t21"."amount_e6",
                                  "t13"."rated",
                                  "t13"."rate_month",
                                  "t13"."rate_e10"
                                FROM (
                                  SELECT
                                    "t19"."customer_id",
                                    "t19"."first_month",
                                    "t19"."first_day",
                                    "t19"."person_id",
                                    "t19"."changer",
                                    "t19"."changed",
                                    "t19"."currency",
                                    "t19"."delta_e6",
                                    "t19"."delta_e6" AS "amount_e6"
                                  FROM (
                                    SELECT
                                      "t18"."customer_id",
                                      "t18"."first_month",
                                      "t18"."first_day",
                                      "t17"."person_id",
                                      "t14"."changer",
                                      "t14"."changed",
                                      "t14"."currency",
                                      "t14"."delta_e6"
                                    FROM (
                                      SELECT
                                        "t1"."customer_id",
                                        "t1"."first_month",
                                        "t1"."first_day"
                                      FROM "customer_start" AS "t1"
                                      WHERE
                                        "t1"."first_month" <= 24311
                                    ) AS "t18"
                                    INNER JOIN (
                                      SELECT
                                        "t0"."customer_id",
                                        "t0"."value" AS "person_id"
                                      FROM "customer_trait" AS "t0"
                                      WHERE
                                        "t0"."name" = 'seller'
                                    ) AS "t17"
                                      ON "t18"."customer_id" = "t17"."customer_id"
                                    INNER JOIN (
                                      SELECT
                                        "t3"."customer_id" AS "changer",
                                        "t3"."day" AS "changed",
                                        "t3"."currency",
                                        "t3"."delta_e6"
                                      FROM "mrr_change" AS "t3"
                                    ) AS "t14"
                                      ON "t18"."customer_id" = "t14"."changer" AND "t18"."first_day" = "t14"."changed"
                                  ) AS "t19"
                                ) AS "t21"
                                INNER JOIN (
                                  SELECT
                                    "t2"."currency" AS "rated",
                                    "t2"."month" AS "rate_month",
                                    "t2"."rate_e10"
                                  FROM "fx_month" AS "t2"
                                ) AS "t13"
                                  ON "t21"."currency" = "t13"."rated" AND "t21"."first_month" = "t13"."rate_month"
                              ) AS "t22"
                            ) AS "t23"
                            GROUP BY
                              1,
                              2,
                              3
                          ) AS "t24"
                        ) AS "t26"
                        INNER JOIN (
                          SELECT
                            "t4"."customer_id" AS "holder",
                            "t4"."currency",
                            "t4"."arr_e6",
                            "t4"."from_month",
                            "t4"."to_month"
                          FROM "mrr_level" AS "t4"
                        ) AS "t15"
                          ON "t26"."customer_id" = "t15"."holder"
                          AND "t15"."from_month" <= "t26"."at"
                          AND "t15"."to_month" > "t26"."at"
                      ) AS "t27"
                    ) AS "t29"
                    INNER JOIN (
                      SELECT
                        "t2"."currency" AS "rated",
                        "t2"."month" AS "rate_month",
                        "t2"."rate_e10"
                      FROM "fx_month" AS "t2"
                    ) AS "t13"
                      ON "t29"."currency" = "t13"."rated" AND "t29"."first_month" = "t13"."rate_month"
                  ) AS "t30"
                ) AS "t31"
                GROUP BY
                  1,
                  2
              ) AS "t33"
                ON "t26"."customer_id" = "t33"."customer_id" AND "t26"."at" = "t33"."at"
            ) AS "t34"
          ) AS "t36"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t11"
            ON "t36"."customer_id" = "t11"."starter"
        ) AS "t37"
      ) AS "t39"
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
        ON "t39"."customer_id" = "t16"."trait_customer"
        AND "t39"."moment" >= "t16"."trait_from"
        AND "t39"."moment" < "t16"."trait_to"
    ) AS "t40"
  ) AS "t41"
) AS "t42"
GROUP BY
  1,
  2,
  3
