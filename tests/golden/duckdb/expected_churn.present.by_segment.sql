SELECT
  "t34"."age",
  "t34"."slice",
  COUNT(*) AS "n",
  CAST(SUM("t34"."base_e16") AS DECIMAL(38, 0)) AS "base_e16"
FROM (
  SELECT
    "t33".*
    EXCLUDE ("moment")
  FROM (
    SELECT
      "t32"."customer_id",
      "t32"."month",
      "t32"."base_e16",
      "t32"."first_month",
      "t32"."begin",
      "t32"."key_month",
      "t32"."age",
      "t32"."moment",
      COALESCE("t32"."trait_value", '(none)') AS "slice"
    FROM (
      SELECT
        "t31"."customer_id",
        "t31"."month",
        "t31"."base_e16",
        "t31"."first_month",
        "t31"."begin",
        "t31"."key_month",
        "t31"."age",
        "t31"."moment",
        "t15"."trait_customer",
        "t15"."trait_value",
        "t15"."trait_from",
        "t15"."trait_to"
      FROM (
        SELECT
          "t29"."customer_id",
          "t29"."month",
          "t29"."base_e16",
          "t29"."first_month",
          "t29"."begin",
          "t29"."key_month",
          "t29"."age",
          GREATEST("t29"."key_month", COALESCE("t29"."began", "t29"."key_month")) AS "moment"
        FROM (
          SELECT
            "t28"."customer_id",
            "t28"."month",
            "t28"."base_e16",
            "t28"."first_month",
            "t28"."begin",
            "t28"."key_month",
            "t28"."age",
            "t10"."starter",
            "t10"."began"
          FROM (
            SELECT
              "t26"."customer_id",
              "t26"."month",
              "t26"."base_e16",
              "t26"."first_month",
              "t26"."begin",
              "t26"."month" AS "key_month",
              "t26"."month" - "t26"."begin" AS "age"
            FROM (
              SELECT
                "t25"."customer_id",
                "t25"."month",
                "t25"."base_e16",
                "t11"."first_month",
                "t11"."begin"
              FROM (
                SELECT
                  "t23"."customer_id",
                  "t23"."month",
                  "t23"."worth" AS "base_e16"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t5"."customer_id",
                      "t16"."month",
                      CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t14"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                    FROM "mrr_level" AS "t5"
                    ANTI JOIN (
                      SELECT
                        "t12"."customer_id"
                      FROM (
                        SELECT
                          "t2"."customer_id",
                          MIN("t2"."arr_e6") AS "least",
                          MIN("t2"."currency") AS "one",
                          MAX("t2"."currency") AS "other"
                        FROM "mrr_level" AS "t2"
                        GROUP BY
                          1
                      ) AS "t12"
                      WHERE
                        (
                          "t12"."least" <= 0
                        ) OR (
                          "t12"."one" <> "t12"."other"
                        )
                    ) AS "t18"
                      ON "t5"."customer_id" = "t18"."customer_id"
                    INNER JOIN (
                      SELECT
                        "t3"."month",
                        "t3"."month" AS "at",
                        "t3"."month" AS "rate_month"
                      FROM "calendar_month" AS "t3"
                      WHERE
                        "t3"."month" IN (24311)
                    ) AS "t16"
                      ON "t5"."from_month" <= "t16"."at" AND "t16"."at" < "t5"."to_month"
                    INNER JOIN (
                      SELECT
                        "t4"."currency",
                        "t4"."month" AS "rated",
                        "t4"."rate_e10"
                      FROM "fx_month" AS "t4"
                    ) AS "t14"
                      ON "t5"."currency" = "t14"."currency" AND "t16"."rate_month" = "t14"."rated"
                  ) AS "t19"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t20"."customer_id",
                        "t20"."month",
                        CAST(SUM("t20"."worth") AS DECIMAL(38, 0)) AS "worth"
                      FROM (
                        SELECT
                          "t5"."customer_id",
                          "t16"."month",
                          CAST("t5"."arr_e6" AS DECIMAL(38, 0)) * CAST("t14"."rate_e10" AS DECIMAL(38, 0)) AS "worth"
                        FROM "mrr_level" AS "t5"
                        SEMI JOIN (
                          SELECT
                            "t12"."customer_id"
                          FROM (
                            SELECT
                              "t2"."customer_id",
                              MIN("t2"."arr_e6") AS "least",
                              MIN("t2"."currency") AS "one",
                              MAX("t2"."currency") AS "other"
                            FROM "mrr_level" AS "t2"
                            GROUP BY
                              1
                          ) AS "t12"
                          WHERE
                            (
                              "t12"."least" <= 0
                            ) OR (
                              "t12"."one" <> "t12"."other"
                            )
                        ) AS "t18"
                          ON "t5"."customer_id" = "t18"."customer_id"
                        INNER JOIN (
                          SELECT
                            "t3"."month",
                            "t3"."month" AS "at",
                            "t3"."month" AS "rate_month"
                          FROM "calendar_month" AS "t3"
                          WHERE
                            "t3"."month" IN (24311)
                        ) AS "t16"
                          ON "t5"."from_month" <= "t16"."at" AND "t16"."at" < "t5"."to_month"
                        INNER JOIN (
                          SELECT
                            "t4"."currency",
                            "t4"."month" AS "rated",
                            "t4"."rate_e10"
                          FROM "fx_month" AS "t4"
                        ) AS "t14"
                          ON "t5"."currency" = "t14"."currency" AND "t16"."rate_month" = "t14"."rated"
                      ) AS "t20"
                      GROUP BY
                        1,
                        2
                    ) AS "t21"
                    WHERE
                      "t21"."worth" > 0
                  ) AS "t22"
                ) AS "t23"
              ) AS "t25"
              INNER JOIN (
                SELECT
                  "t1"."customer_id",
                  "t1"."first_month",
                  "t1"."first_month" AS "begin"
                FROM "customer_start" AS "t1"
              ) AS "t11"
                ON "t25"."customer_id" = "t11"."customer_id"
            ) AS "t26"
          ) AS "t28"
          LEFT OUTER JOIN (
            SELECT
              "t1"."customer_id" AS "starter",
              "t1"."first_month" AS "began"
            FROM "customer_start" AS "t1"
          ) AS "t10"
            ON "t28"."customer_id" = "t10"."starter"
        ) AS "t29"
      ) AS "t31"
      LEFT OUTER JOIN (
        SELECT
          "t0"."customer_id" AS "trait_customer",
          "t0"."value" AS "trait_value",
          "t0"."from_month" AS "trait_from",
          "t0"."to_month" AS "trait_to"
        FROM "customer_trait" AS "t0"
        WHERE
          "t0"."name" = 'segment'
      ) AS "t15"
        ON "t31"."customer_id" = "t15"."trait_customer"
        AND "t31"."moment" >= "t15"."trait_from"
        AND "t31"."moment" < "t15"."trait_to"
    ) AS "t32"
  ) AS "t33"
) AS "t34"
GROUP BY
  1,
  2
