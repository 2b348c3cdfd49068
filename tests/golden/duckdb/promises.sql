SELECT
  COUNT(*) AS "made",
  SUM("t1"."due") AS "due",
  SUM("t1"."kept") AS "kept",
  SUM("t1"."late") AS "late",
  SUM("t1"."broken") AS "broken"
FROM (
  SELECT
    "t0"."customer_id",
    "t0"."promise_id",
    "t0"."deal_id",
    "t0"."product_state",
    "t0"."person_id" AS "person",
    "t0"."made_month" AS "key_month",
    CASE
      WHEN COALESCE("t0"."kept_day" <= 20453, FALSE)
      OR COALESCE("t0"."due_day" <= 20453, FALSE)
      OR COALESCE("t0"."broken_day" <= 20453, FALSE)
      THEN 1
      ELSE 0
    END AS "due",
    CASE
      WHEN COALESCE("t0"."kept_day" <= 20453, FALSE)
      AND NOT (
        COALESCE("t0"."kept_day" <= 20453, FALSE)
        AND (
          "t0"."kept_after_broken" OR COALESCE("t0"."kept_day" > "t0"."due_day", FALSE)
        )
      )
      THEN 1
      ELSE 0
    END AS "kept",
    CASE
      WHEN COALESCE("t0"."kept_day" <= 20453, FALSE)
      AND (
        "t0"."kept_after_broken" OR COALESCE("t0"."kept_day" > "t0"."due_day", FALSE)
      )
      THEN 1
      ELSE 0
    END AS "late",
    CASE
      WHEN (
        COALESCE("t0"."kept_day" <= 20453, FALSE)
        OR COALESCE("t0"."due_day" <= 20453, FALSE)
        OR COALESCE("t0"."broken_day" <= 20453, FALSE)
      )
      AND NOT (
        COALESCE("t0"."kept_day" <= 20453, FALSE)
      )
      THEN 1
      ELSE 0
    END AS "broken"
  FROM "promise_day" AS "t0"
  WHERE
    "t0"."made_day" <= 20453
) AS "t1"
