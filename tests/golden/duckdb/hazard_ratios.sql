SELECT
  "t44"."entry",
  "t44"."duration",
  "t44"."event",
  "t44"."level_0",
  "t44"."level_1",
  "t44"."level_2",
  "t44"."level_3",
  COUNT(*) AS "n"
FROM (
  SELECT
    "t43"."customer_id",
    "t43"."event",
    "t43"."entry",
    "t43"."duration",
    "t43"."key_month",
    "t43"."level_0",
    "t43"."level_1",
    "t43"."level_2",
    "t43"."slice" AS "level_3"
  FROM (
    SELECT
      "t42".*
      EXCLUDE ("moment")
    FROM (
      SELECT
        "t41"."customer_id",
        "t41"."event",
        "t41"."entry",
        "t41"."duration",
        "t41"."key_month",
        "t41"."level_0",
        "t41"."level_1",
        "t41"."level_2",
        "t41"."moment",
        COALESCE("t41"."trait_value", '(none)') AS "slice"
      FROM (
        SELECT
          "t40"."customer_id",
          "t40"."event",
          "t40"."entry",
          "t40"."duration",
          "t40"."key_month",
          "t40"."level_0",
          "t40"."level_1",
          "t40"."level_2",
          "t40"."moment",
          "t8"."trait_customer",
          "t8"."trait_value",
          "t8"."trait_from",
          "t8"."trait_to"
        FROM (
          SELECT
            "t38"."customer_id",
            "t38"."event",
            "t38"."entry",
            "t38"."duration",
            "t38"."key_month",
            "t38"."level_0",
            "t38"."level_1",
            "t38"."level_2",
            GREATEST("t38"."key_month", COALESCE("t38"."began", "t38"."key_month")) AS "moment"
          FROM (
            SELECT
              "t37"."customer_id",
              "t37"."event",
              "t37"."entry",
              "t37"."duration",
              "t37"."key_month",
              "t37"."level_0",
              "t37"."level_1",
              "t37"."level_2",
              "t7"."starter",
              "t7"."began"
            FROM (
              SELECT
                "t35"."customer_id",
                "t35"."event",
                "t35"."entry",
                "t35"."duration",
                "t35"."key_month",
                "t35"."level_0",
                "t35"."level_1",
                "t35"."slice" AS "level_2"
              FROM (
                SELECT
                  "t34".*
                  EXCLUDE ("moment")
                FROM (
                  SELECT
                    "t33"."customer_id",
                    "t33"."event",
                    "t33"."entry",
                    "t33"."duration",
                    "t33"."key_month",
                    "t33"."level_0",
                    "t33"."level_1",
                    "t33"."moment",
                    COALESCE("t33"."trait_value", '(none)') AS "slice"
                  FROM (
                    SELECT
                      "t32"."customer_id",
                      "t32"."event",
                      "t32"."entry",
                      "t32"."duration",
                      "t32"."key_month",
                      "t32"."level_0",
                      "t32"."level_1",
                      "t32"."moment",
                      "t9"."trait_customer",
                      "t9"."trait_value",
                      "t9"."trait_from",
                      "t9"."trait_to"
                    FROM (
                      SELECT
                        "t30"."customer_id",
                        "t30"."event",
                        "t30"."entry",
                        "t30"."duration",
                        "t30"."key_month",
                        "t30"."level_0",
                        "t30"."level_1",
                        GREATEST("t30"."key_month", COALESCE("t30"."began", "t30"."key_month")) AS "moment"
                      FROM (
                        SELECT
                          "t29"."customer_id",
                          "t29"."event",
                          "t29"."entry",
                          "t29"."duration",
                          "t29"."key_month",
                          "t29"."level_0",
                          "t29"."level_1",
                          "t7"."starter",
                          "t7"."began"
                        FROM (
                          SELECT
                            "t27"."customer_id",
                            "t27"."event",
                            "t27"."entry",
                            "t27"."duration",
                            "t27"."key_month",
                            "t27"."level_0",
                            "t27"."slice" AS "level_1"
                          FROM (
                            SELECT
                              "t26".*
                              EXCLUDE ("moment")
                            FROM (
                              SELECT
                                "t25"."customer_id",
                                "t25"."event",
                                "t25"."entry",
                                "t25"."duration",
                                "t25"."key_month",
                                "t25"."level_0",
                                "t25"."moment",
                                COALESCE("t25"."trait_value", '(none)') AS "slice"
                              FROM (
                                SELECT
                                  "t24"."customer_id",
                                  "t24"."event",
                                  "t24"."entry",
                                  "t24"."duration",
                                  "t24"."key_month",
                                  "t24"."level_0",
                                  "t24"."moment",
                                  "t10"."trait_customer",
                                  "t10"."trait_value",
                                  "t10"."trait_from",
                                  "t10"."trait_to"
                                FROM (
                                  SELECT
                                    "t22"."customer_id",
                                    "t22"."event",
                                    "t22"."entry",
                                    "t22"."duration",
                                    "t22"."key_month",
                                    "t22"."level_0",
                                    GREATEST("t22"."key_month", COALESCE("t22"."began", "t22"."key_month")) AS "moment"
                                  FROM (
                                    SELECT
                                      "t21"."customer_id",
                                      "t21"."event",
                                      "t21"."entry",
                                      "t21"."duration",
                                      "t21"."key_month",
                                      "t21"."level_0",
                                      "t7"."starter",
                                      "t7"."began"
                                    FROM (
                                      SELECT
                                        "t19"."customer_id",
                                        "t19"."event",
                                        "t19"."entry",
                                        "t19"."duration",
                                        "t19"."key_month",
                                        "t19"."slice" AS "level_0"
                                      FROM (
                                        SELECT
                                          "t18".*
                                          EXCLUDE ("moment")
                                        FROM (
                                          SELECT
                                            "t17"."customer_id",
                                            "t17"."event",
                                            "t17"."entry",
                                            "t17"."duration",
                                            "t17"."key_month",
                                            "t17"."moment",
                                            COALESCE("t17"."trait_value", '(none)') AS "slice"
                                          FROM (
                                            SELECT
                                              "t16"."customer_id",
                                              "t16"."event",
                                              "t16"."entry",
                                              "t16"."duration",
                                              "t16"."key_month",
                                              "t16"."moment",
                                              "t11"."trait_customer",
                                              "t11"."trait_value",
                                              "t11"."trait_from",
                                              "t11"."trait_to"
                                            FROM (
                                              SELECT
                                                "t14"."customer_id",
                                                "t14"."event",
                                                "t14"."entry",
                                                "t14"."duration",
                                                "t14"."key_month",
                                                GREATEST("t14"."key_month", COALESCE("t14"."began", "t14"."key_month")) AS "moment"
                                              FROM (
                                                SELECT
                                                  "t13"."customer_id",
                                                  "t13"."event",
                                                  "t13"."entry",
                                                  "t13"."duration",
                                                  "t13"."key_month",
                                                  "t7"."starter",
                                                  "t7"."began"
                                                FROM (
                                                  SELECT
                                                    "t1"."customer_id",
                                                    CAST((
                                                      "t1"."churn_month" IS NOT NULL
                                                    ) AND (
                                                      "t1"."churn_month" <= 24311
                                                    ) AS BIGINT) AS "event",
                                                    CASE
                                                      WHEN "t1"."first_month" < "t1"."first_month"
                                                      THEN "t1"."first_month" - "t1"."first_month"
                                                      ELSE -1
                                                    END AS "entry",
                                                    CASE
                                                      WHEN (
                                                        "t1"."churn_month" IS NOT NULL
                                                      ) AND (
                                                        "t1"."churn_month" <= 24311
                                                      )
                                                      THEN "t1"."churn_month"
                                                      ELSE 24311
                                                    END - "t1"."first_month" AS "duration",
                                                    "t1"."first_month" AS "key_month"
                                                  FROM "customer_start" AS "t1"
                                                  WHERE
                                                    "t1"."first_month" <= 24311
                                                ) AS "t13"
                                                LEFT OUTER JOIN (
                                                  SELECT
                                                    "t1"."customer_id" AS "starter",
                                                    "t1"."first_month" AS "began"
                                                  FROM "customer_start" AS "t1"
                                                ) AS "t7"
                                                  ON "t13"."customer_id" = "t7"."starter"
                                              ) AS "t14"
                                            ) AS "t16"
                                            LEFT OUTER JOIN (
                                              SELECT
                                                "t0"."customer_id" AS "trait_customer",
                                                "t0"."value" AS "trait_value",
                                                "t0"."from_month" AS "trait_from",
                                                "t0"."to_month" AS "trait_to"
                                              FROM "customer_trait" AS "t0"
                                              WHERE
                                                "t0"."name" = 'segment'
                                            ) AS "t11"
                                              ON "t16"."customer_id" = "t11"."trait_customer"
                                              AND "t16"."moment" >= "t11"."trait_from"
                                              AND "t16"."moment" < "t11"."trait_to"
                                          ) AS "t17"
                                        ) AS "t18"
                                      ) AS "t19"
                                    ) AS "t21"
                                    LEFT OUTER JOIN (
                                      SELECT
                                        "t1"."customer_id" AS "starter",
                                        "t1"."first_month" AS "began"
                                      FROM "customer_start" AS "t1"
                                    ) AS "t7"
                                      ON "t21"."customer_id" = "t7"."starter"
                                  ) AS "t22"
                                ) AS "t24"
                                LEFT OUTER JOIN (
                                  SELECT
                                    "t0"."customer_id" AS "trait_customer",
                                    "t0"."value" AS "trait_value",
                                    "t0"."from_month" AS "trait_from",
                                    "t0"."to_month" AS "trait_to"
                                  FROM "customer_trait" AS "t0"
                                  WHERE
                                    "t0"."name" = 'plan'
                                ) AS "t10"
                                  ON "t24"."customer_id" = "t10"."trait_customer"
                                  AND "t24"."moment" >= "t10"."trait_from"
                                  AND "t24"."moment" < "t10"."trait_to"
                              ) AS "t25"
                            ) AS "t26"
                          ) AS "t27"
                        ) AS "t29"
                        LEFT OUTER JOIN (
                          SELECT
                            "t1"."customer_id" AS "starter",
                            "t1"."first_month" AS "began"
                          FROM "customer_start" AS "t1"
                        ) AS "t7"
                          ON "t29"."customer_id" = "t7"."starter"
                      ) AS "t30"
                    ) AS "t32"
                    LEFT OUTER JOIN (
                      SELECT
                        "t0"."customer_id" AS "trait_customer",
                        "t0"."value" AS "trait_value",
                        "t0"."from_month" AS "trait_from",
                        "t0"."to_month" AS "trait_to"
                      FROM "customer_trait" AS "t0"
                      WHERE
                        "t0"."name" = 'channel'
                    ) AS "t9"
                      ON "t32"."customer_id" = "t9"."trait_customer"
                      AND "t32"."moment" >= "t9"."trait_from"
                      AND "t32"."moment" < "t9"."trait_to"
                  ) AS "t33"
                ) AS "t34"
              ) AS "t35"
            ) AS "t37"
            LEFT OUTER JOIN (
              SELECT
                "t1"."customer_id" AS "starter",
                "t1"."first_month" AS "began"
              FROM "customer_start" AS "t1"
            ) AS "t7"
              ON "t37"."customer_id" = "t7"."starter"
          ) AS "t38"
        ) AS "t40"
        LEFT OUTER JOIN (
          SELECT
            "t0"."customer_id" AS "trait_customer",
            "t0"."value" AS "trait_value",
            "t0"."from_month" AS "trait_from",
            "t0"."to_month" AS "trait_to"
          FROM "customer_trait" AS "t0"
          WHERE
            "t0"."name" = 'size_band'
        ) AS "t8"
          ON "t40"."customer_id" = "t8"."trait_customer"
          AND "t40"."moment" >= "t8"."trait_from"
          AND "t40"."moment" < "t8"."trait_to"
      ) AS "t41"
    ) AS "t42"
  ) AS "t43"
) AS "t44"
GROUP BY
  1,
  2,
  3,
  4,
  5,
  6,
  7
