WITH "t20" AS (
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
            "t12"."changer",
            "t12"."changed",
            "t12"."currency",
            "t12"."delta_e6"
          FROM (
            SELECT
              "t2"."customer_id",
              "t2"."first_month",
              "t2"."first_day"
            FROM "customer_start" AS "t2"
            WHERE
              "t2"."first_month" <= 24311
          ) AS "t13"
          INNER JOIN (
            SELECT
              "t3"."customer_id",
              "t3"."value" AS "person_id"
            FROM "customer_trait" AS "t3"
            WHERE
              "t3"."name" = 'seller'
          ) AS "t14"
            ON "t13"."customer_id" = "t14"."customer_id"
          INNER JOIN (
            SELECT
              "t4"."customer_id" AS "changer",
              "t4"."day" AS "changed",
              "t4"."currency",
              "t4"."delta_e6"
            FROM "mrr_change" AS "t4"
          ) AS "t12"
            ON "t13"."customer_id" = "t12"."changer" AND "t13"."first_day" = "t12"."changed"
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
)
SELECT
  "t39"."person_id",
  "t39"."mark",
  COUNT(*) AS "customers",
  CAST(SUM("t39"."opening_e16") AS DECIMAL(38, 0)) AS "opening_e16",
  CAST(SUM("t39"."later_e16") AS DECIMAL(38, 0)) AS "later_e16",
  SUM(CAST("t39"."later_e16" > 0 AS INT)) AS "kept"
FROM (
  SELECT
    "t38"."customer_id",
    "t38"."person_id",
    "t38"."first_month",
    "t38"."opening_e16",
    "t38"."mark",
    "t38"."at",
    "t38"."later_e16",
    "t38"."first_month" AS "key_month"
  FROM (
    SELECT
      "t30"."customer_id",
      "t30"."person_id",
      "t30"."first_month",
      "t30"."opening_e16",
      "t30"."mark",
      "t30"."at",
      COALESCE("t37"."later_e16", CAST(0 AS DECIMAL(38, 0))) AS "later_e16"
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
              "t21"."customer_id",
              "t21"."person_id",
              "t21"."first_month",
              "t21"."opening_e16",
              3 AS "mark",
              "t21"."first_month" + 3 AS "at"
            FROM "t20" AS "t21"
          ) AS "t22"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t21"."customer_id",
              "t21"."person_id",
              "t21"."first_month",
              "t21"."opening_e16",
              6 AS "mark",
              "t21"."first_month" + 6 AS "at"
            FROM "t20" AS "t21"
          ) AS "t23"
        ) AS "t26"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t21"."customer_id",
              "t21"."person_id",
              "t21"."first_month",
              "t21"."opening_e16",
              12 AS "mark",
              "t21"."first_month" + 12 AS "at"
            FROM "t20" AS "t21"
          ) AS "t24"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t21"."customer_id",
              "t21"."person_id",
              "t21"."first_month",
              "t21"."opening_e16",
              24 AS "mark",
              "t21"."first_month" + 24 AS "at"
            FROM "t20" AS "t21"
          ) AS "t25"
        ) AS "t27"
      ) AS "t28"
      WHERE
        "t28"."at" <= 24311
    ) AS "t30"
    LEFT OUTER JOIN (
      SELECT
        "t35"."customer_id",
        "t35"."at",
        CAST(SUM("t35"."worth") AS DECIMAL(38, 0)) AS "later_e16"
      FROM (
        SELECT
          "t34"."customer_id",
          "t34"."person_id",
          "t34"."first_month",
          "t34"."opening_e16",
          "t34"."mark",
          "t34"."at",
          "t34"."holder",
          "t34"."currency",
          "t34"."arr_e6",
          "t34"."from_month",
          "t34"."to_month",
          "t34"."amount_e6",
          "t34"."rated",
          "t34"."rate_month",
          "t34"."rate_e10",
          CAST("t34"."amount_e6" AS DECIMAL(38, 0)) * CAST("t34"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
        FROM (
          SELECT
            "t33"."customer_id",
            "t33"."person_id",
            "t33"."first_month",
            "t33"."opening_e16",
            "t33"."mark",
            "t33"."at",
            "t33"."holder",
            "t33"."currency",
            "t33"."arr_e6",
            "t33"."from_month",
            "t33"."to_month",
            "t33"."amount_e6",
            "t8"."rated",
            "t8"."rate_month",
            "t8"."rate_e10"
          FROM (
            SELECT
              "t31"."customer_id",
              "t31"."person_id",
              "t31"."first_month",
              "t31"."opening_e16",
              "t31"."mark",
              "t31"."at",
              "t31"."holder",
              "t31"."currency",
              "t31"."arr_e6",
              "t31"."from_month",
              "t31"."to_month",
              "t31"."arr_e6" AS "amount_e6"
            FROM (
              SELECT
                "t30"."customer_id",
                "t30"."person_id",
                "t30"."first_month",
                "t30"."opening_e16",
                "t30"."mark",
                "t30"."at",
                "t9"."holder",
                "t9"."currency",
                "t9"."arr_e6",
                "t9"."from_month",
                "t9"."to_month"
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
                        "t21"."customer_id",
                        "t21"."person_id",
                        "t21"."first_month",
                        "t21"."opening_e16",
                        3 AS "mark",
                        "t21"."first_month" + 3 AS "at"
                      FROM "t20" AS "t21"
                    ) AS "t22"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t21"."customer_id",
                        "t21"."person_id",
                        "t21"."first_month",
                        "t21"."opening_e16",
                        6 AS "mark",
                        "t21"."first_month" + 6 AS "at"
                      FROM "t20" AS "t21"
                    ) AS "t23"
                  ) AS "t26"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t21"."customer_id",
                        "t21"."person_id",
                        "t21"."first_month",
                        "t21"."opening_e16",
                        12 AS "mark",
                        "t21"."first_month" + 12 AS "at"
                      FROM "t20" AS "t21"
                    ) AS "t24"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t21"."customer_id",
                        "t21"."person_id",
                        "t21"."first_month",
                        "t21"."opening_e16",
                        24 AS "mark",
                        "t21"."first_month" + 24 AS "at"
                      FROM "t20" AS "t21"
                    ) AS "t25"
                  ) AS "t27"
                ) AS "t28"
                WHERE
                  "t28"."at" <= 24311
              ) AS "t30"
              INNER JOIN (
                SELECT
                  "t1"."customer_id" AS "holder",
                  "t1"."currency",
                  "t1"."arr_e6",
                  "t1"."from_month",
                  "t1"."to_month"
                FROM "mrr_level" AS "t1"
              ) AS "t9"
                ON "t30"."customer_id" = "t9"."holder"
                AND "t9"."from_month" <= "t30"."at"
                AND "t9"."to_month" > "t30"."at"
            ) AS "t31"
          ) AS "t33"
          INNER JOIN (
            SELECT
              "t0"."currency" AS "rated",
              "t0"."month" AS "rate_month",
              "t0"."rate_e10"
            FROM "fx_month" AS "t0"
          ) AS "t8"
            ON "t33"."currency" = "t8"."rated" AND "t33"."first_month" = "t8"."rate_month"
        ) AS "t34"
      ) AS "t35"
      GROUP BY
        1,
        2
    ) AS "t37"
      ON "t30"."customer_id" = "t37"."customer_id" AND "t30"."at" = "t37"."at"
  ) AS "t38"
) AS "t39"
GROUP BY
  1,
  2
