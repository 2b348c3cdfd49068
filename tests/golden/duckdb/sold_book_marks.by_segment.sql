WITH "t24" AS (
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
            "t15"."changer",
            "t15"."changed",
            "t15"."currency",
            "t15"."delta_e6"
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
              "t4"."customer_id" AS "changer",
              "t4"."day" AS "changed",
              "t4"."currency",
              "t4"."delta_e6"
            FROM "mrr_change" AS "t4"
          ) AS "t15"
            ON "t18"."customer_id" = "t15"."changer" AND "t18"."first_day" = "t15"."changed"
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
)
SELECT
  "t50"."person_id",
  "t50"."mark",
  "t50"."slice",
  COUNT(*) AS "customers",
  CAST(SUM("t50"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t50"."later_e16") AS DECIMAL(38, 0)) AS "later_e16",
  SUM(CAST("t50"."later_e16" > 0 AS INT)) AS "kept"
FROM (
  SELECT
    "t49".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t48"."customer_id",
      "t48"."person_id",
      "t48"."first_month",
      "t48"."opening_e16",
      "t48"."mark",
      "t48"."at",
      "t48"."later_e16",
      "t48"."key_month",
      "t48"."moment",
      COALESCE("t48"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t47"."customer_id",
        "t47"."person_id",
        "t47"."first_month",
        "t47"."opening_e16",
        "t47"."mark",
        "t47"."at",
        "t47"."later_e16",
        "t47"."key_month",
        "t47"."moment",
        "t16"."trait_customer",
        "t16"."trait_value",
        "t16"."trait_from",
        "t16"."trait_to"
      FROM (
        SELECT
          "t45"."customer_id",
          "t45"."person_id",
          "t45"."first_month",
          "t45"."opening_e16",
          "t45"."mark",
          "t45"."at",
          "t45"."later_e16",
          "t45"."key_month",
          GREATEST("t45"."key_month", COALESCE("t45"."began", "t45"."key_month")) AS "moment"
        FROM (
          SELECT
            "t44"."customer_id",
            "t44"."person_id",
            "t44"."first_month",
            "t44"."opening_e16",
            "t44"."mark",
            "t44"."at",
            "t44"."later_e16",
            "t44"."key_month",
            "t11"."starter",
            "t11"."began"
          FROM (
            SELECT
              "t42"."customer_id",
              "t42"."person_id",
              "t42"."first_month",
              "t42"."opening_e16",
              "t42"."mark",
              "t42"."at",
              "t42"."later_e16",
              "t42"."first_month" AS "key_month"
            FROM (
              SELECT
                "t34"."customer_id",
                "t34"."person_id",
                "t34"."first_month",
                "t34"."opening_e16",
                "t34"."mark",
                "t34"."at",
                COALESCE("t41"."later_e16", CAST(0 AS DECIMAL(38, 0))) AS "later_e16"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t25"."customer_id",
                        "t25"."person_id",
                        "t25"."first_month",
                        "t25"."opening_e16",
                        3 AS "mark",
                        "t25"."first_month" + 3 AS "at"
                      FROM "t24" AS "t25"
                    ) AS "t26"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t25"."customer_id",
                        "t25"."person_id",
                        "t25"."first_month",
                        "t25"."opening_e16",
                        6 AS "mark",
                        "t25"."first_month" + 6 AS "at"
                      FROM "t24" AS "t25"
                    ) AS "t27"
                  ) AS "t30"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t25"."customer_id",
                        "t25"."person_id",
                        "t25"."first_month",
                        "t25"."opening_e16",
                        12 AS "mark",
                        "t25"."first_month" + 12 AS "at"
                      FROM "t24" AS "t25"
                    ) AS "t28"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t25"."customer_id",
                        "t25"."person_id",
                        "t25"."first_month",
                        "t25"."opening_e16",
                        24 AS "mark",
                        "t25"."first_month" + 24 AS "at"
                      FROM "t24" AS "t25"
                    ) AS "t29"
                  ) AS "t31"
                ) AS "t32"
                WHERE
                  "t32"."at" <= 24311
              ) AS "t34"
              LEFT OUTER JOIN (
                SELECT
                  "t39"."customer_id",
                  "t39"."at",
                  CAST(SUM("t39"."worth") AS DECIMAL(38, 0)) AS "later_e16"
                FROM (
                  SELECT
                    "t38"."customer_id",
                    "t38"."person_id",
                    "t38"."first_month",
                    "t38"."opening_e16",
                    "t38"."mark",
                    "t38"."at",
                    "t38"."holder",
                    "t38"."currency",
                    "t38"."arr_e6",
                    "t38"."from_month",
                    "t38"."to_month",
                    "t38"."amount_e6",
                    "t38"."rated",
                    "t38"."rate_month",
                    "t38"."rate_e10",
                    CAST("t38"."amount_e6" AS DECIMAL(38, 0)) * CAST("t38"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                  FROM (
                    SELECT
                      "t37"."customer_id",
                      "t37"."person_id",
                      "t37"."first_month",
                      "t37"."opening_e16",
                      "t37"."mark",
                      "t37"."at",
                      "t37"."holder",
                      "t37"."currency",
                      "t37"."arr_e6",
                      "t37"."from_month",
                      "t37"."to_month",
                      "t37"."amount_e6",
                      "t13"."rated",
                      "t13"."rate_month",
                      "t13"."rate_e10"
                    FROM (
                      SELECT
                        "t35"."customer_id",
                        "t35"."person_id",
                        "t35"."first_month",
                        "t35"."opening_e16",
                        "t35"."mark",
                        "t35"."at",
                        "t35"."holder",
                        "t35"."currency",
                        "t35"."arr_e6",
                        "t35"."from_month",
                        "t35"."to_month",
                        "t35"."arr_e6" AS "amount_e6"
                      FROM (
                        SELECT
                          "t34"."customer_id",
                          "t34"."person_id",
                          "t34"."first_month",
                          "t34"."opening_e16",
                          "t34"."mark",
                          "t34"."at",
                          "t14"."holder",
                          "t14"."currency",
                          "t14"."arr_e6",
                          "t14"."from_month",
                          "t14"."to_month"
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t25"."customer_id",
                                  "t25"."person_id",
                                  "t25"."first_month",
                                  "t25"."opening_e16",
                                  3 AS "mark",
                                  "t25"."first_month" + 3 AS "at"
                                FROM "t24" AS "t25"
                              ) AS "t26"
                              UNION ALL
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t25"."customer_id",
                                  "t25"."person_id",
                                  "t25"."first_month",
                                  "t25"."opening_e16",
                                  6 AS "mark",
                                  "t25"."first_month" + 6 AS "at"
                                FROM "t24" AS "t25"
                              ) AS "t27"
                            ) AS "t30"
                            UNION ALL
                            SELECT
                              *
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t25"."customer_id",
                                  "t25"."person_id",
                                  "t25"."first_month",
                                  "t25"."opening_e16",
                                  12 AS "mark",
                                  "t25"."first_month" + 12 AS "at"
                                FROM "t24" AS "t25"
                              ) AS "t28"
                              UNION ALL
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t25"."customer_id",
                                  "t25"."person_id",
                                  "t25"."first_month",
                                  "t25"."opening_e16",
                                  24 AS "mark",
                                  "t25"."first_month" + 24 AS "at"
                                FROM "t24" AS "t25"
                              ) AS "t29"
                            ) AS "t31"
                          ) AS "t32"
                          WHERE
                            "t32"."at" <= 24311
                        ) AS "t34"
                        INNER JOIN (
                          SELECT
                            "t3"."customer_id" AS "holder",
                            "t3"."currency",
                            "t3"."arr_e6",
                            "t3"."from_month",
                            "t3"."to_month"
                          FROM "mrr_level" AS "t3"
                        ) AS "t14"
                          ON "t34"."customer_id" = "t14"."holder"
                          AND "t14"."from_month" <= "t34"."at"
                          AND "t14"."to_month" > "t34"."at"
                      ) AS "t35"
                    ) AS "t37"
                    INNER JOIN (
                      SELECT
                        "t2"."currency" AS "rated",
                        "t2"."month" AS "rate_month",
                        "t2"."rate_e10"
                      FROM "fx_month" AS "t2"
                    ) AS "t13"
                      ON "t37"."currency" = "t13"."rated" AND "t37"."first_month" = "t13"."rate_month"
                  ) AS "t38"
                ) AS "t39"
                GROUP BY
                  1,
                  2
              ) AS "t41"
                ON "t34"."customer_id" = "t41"."customer_id" AND "t34"."at" = "t41"."at"
            ) AS "t42"
          ) AS "t44"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t11"
            ON "t44"."customer_id" = "t11"."starter"
        ) AS "t45"
      ) AS "t47"
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
        ON "t47"."customer_id" = "t16"."trait_customer"
        AND "t47"."moment" >= "t16"."trait_from"
        AND "t47"."moment" < "t16"."trait_to"
    ) AS "t48"
  ) AS "t49"
) AS "t50"
GROUP BY
  1,
  2,
  3
