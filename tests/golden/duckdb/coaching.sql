SELECT
  *
FROM (
  SELECT
    "t4"."person_id",
    "t4"."team",
    "t2"."lead" IS NOT NULL AS "is_lead"
  FROM (
    SELECT
      *
    FROM "person" AS "t0"
    WHERE
      (
        (
          "t0"."started_on" IS NULL
        )
        OR (
          "t0"."started_on" <= MAKE_DATE(2025, 12, 31)
        )
      )
      AND (
        (
          "t0"."ended_on" IS NULL
        ) OR (
          "t0"."ended_on" > MAKE_DATE(2025, 12, 31)
        )
      )
  ) AS "t4"
  LEFT OUTER JOIN (
    SELECT DISTINCT
      "t0"."manager_id" AS "lead"
    FROM "person" AS "t0"
    WHERE
      "t0"."manager_id" IS NOT NULL
  ) AS "t2"
    ON "t4"."person_id" = "t2"."lead"
) AS "t5"
ORDER BY
  "t5"."person_id" ASC
