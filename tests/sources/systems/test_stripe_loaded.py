"""Stripe as a loader lands it: nothing of the raw tables is lost unsaid, and figures are those of the raw rows.

Each figure is worked out by hand from the rows that stand above it.
"""

from pathlib import Path

import pytest

from tests.sources.systems.loading import Loaded, load, mrr, needs_data, seeds_of, write

ITEM = "subscription_item_data.csv"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load(seeds_of("stripe"), tmp_path_factory.mktemp("stripe"))


@needs_data
def test_every_file_of_the_seeds_is_told(seeds: Loaded) -> None:
    seeds.every_file_is_told()
    assert seeds.report.asked == ()
    assert seeds.report.looked_up == (
        "coupon_data.csv", "discount_data.csv", "plan_data.csv", "price_data.csv", "product_data.csv",
        "subscription_discount_data.csv",
    )  # fmt: skip
    nothing = {file for file, why in seeds.why_unused.items() if "takes nothing from this table of Stripe" in why}
    assert nothing == {
        "account_data.csv", "balance_transaction_data.csv", "card_data.csv", "credit_note_data.csv",
        "credit_note_line_item_data.csv", "fee_data.csv", "payment_intent_data.csv", "payment_method_card_data.csv",
        "payment_method_data.csv", "payout_balance_transaction_data.csv", "payout_data.csv", "transfer_data.csv",
    }  # fmt: skip
    assert set(seeds.report.unused) - nothing == {
        "discount_data_postgres.csv", "discount_data_snowflake.csv", "subscription_discount_data_postgres.csv",
        "subscription_discount_data_snowflake.csv", "subscription_history_data.csv",
    }  # fmt: skip


@needs_data
def test_every_row_of_the_seeds_is_told(seeds: Loaded) -> None:
    seeds.every_row_is_told(cuts={})
    assert seeds.counts == {
        ("customer_data.csv", "customer"): (12, 0, 0),
        ("customer_data.csv", "contact"): (0, 0, 12),
        (ITEM, "subscription_span"): (2, 12, 0),
        ("subscription_data.csv", "cancellation"): (2, 0, 0),
        ("invoice_data.csv", "invoice"): (1, 0, 1),
        ("invoice_line_item_data.csv", "invoice_line"): (3, 0, 0),
        ("charge_data.csv", "payment"): (16, 0, 0),
        ("refund_data.csv", "payment"): (0, 4, 0),
        ("dispute_data.csv", "payment"): (0, 8, 4),
    }
    # Of 14 items 12 name subscriptions that are not among the two; no refund or dispute names one of the 16 charges.
    charge = "whose it is is not known: the table charge does not have its charge"
    subscription = "whose it is is not known: the table subscription does not have its subscription"
    assert seeds.aside == {
        (ITEM, "subscription_span", "customer_id", subscription): 12,
        ("refund_data.csv", "payment", "customer_id", charge): 4,
        ("dispute_data.csv", "payment", "customer_id", charge): 8,
    }
    assert seeds.left == {
        ("customer_data.csv", "contact"): {
            "12 rows are not read into contact: they have no address, or they are of Stripe's test mode."
        },
        ("invoice_data.csv", "invoice"): {
            # si8jo54 has livemode FALSE.
            "1 rows are not read into invoice: they are drafts or void, or they are of Stripe's test mode."
        },
        ("dispute_data.csv", "payment"): {
            # Three are won, one is warning_needs_response.
            "4 rows are not read into payment: they were won, or only warned of, or they are of Stripe's test mode."
        },
    }


@needs_data
def test_items_are_priced_by_their_plan_and_end_with_their_trial(seeds: Loaded) -> None:
    # subscription sdgfs4536 of sdf6547: from 2021-02-18 14:16:37, trial_end = ended_at = 2021-02-19 14:16:37.
    # Its item ...701: plan zb1, 150000 usd a month, quantity 1. sfjytkyu876 of 123fsdf: the same times, ...702: ab2,
    # 150000 usd a month, quantity 2. All of their life is the trial, so there is one span each.
    told = "right(item_id, 3), customer_id, valid_from, valid_to, status"
    first, last = "2021-02-18 14:16:37", "2021-02-19 14:16:37"
    assert seeds.rows("subscription_span", told) == [
        ("701", "stripe:sdf6547", first, last, "trialing"),
        ("702", "stripe:123fsdf", first, last, "trialing"),
    ]
    money = "unit_amount_cents, CAST(quantity AS INTEGER), interval_unit, interval_count, currency, plan"
    assert seeds.rows("subscription_span", money) == [
        (150000, 1, "month", 1, "USD", "zb1"),
        (150000, 2, "month", 1, "USD", "ab2"),
    ]


@needs_data
def test_who_left_asked_a_day_before(seeds: Loaded) -> None:
    # Both: canceled_at 2021-02-18 14:16:37, ended_at 2021-02-19 14:16:37. subscription_history says the same again.
    told = 'customer_id, requested_at, "at"'
    assert seeds.rows("cancellation", told) == [
        ("stripe:123fsdf", "2021-02-18 14:16:37", "2021-02-19 14:16:37"),
        ("stripe:sdf6547", "2021-02-18 14:16:37", "2021-02-19 14:16:37"),
    ]


@needs_data
def test_sixteen_charges_failed(seeds: Loaded) -> None:
    # 3293232 + 2040000 + 4071 + 197391 + 15000 + 183000 + 243500 + 2786 + 73650 + 25600 + 69750 + 160700 + 24592
    # + 109800 + 117100 + 117524 = 6677696; of cus_IHmGn2733l3GK6: 2040000 + 109800 + 117100 = 2266900.
    assert seeds.rows("payment", "status, count(*), sum(amount_cents)", "true GROUP BY status") == [
        ("failed", 16, 6677696)
    ]
    whose = "customer_id = 'stripe:cus_IHmGn2733l3GK6'"
    assert seeds.rows("payment", "count(*), sum(amount_cents), min(currency)", whose) == [(3, 2266900, "USD")]


@needs_data
def test_invoices_and_their_lines(seeds: Loaded) -> None:
    # ab1111: total 1000, tax 0, period until 2021-02-19, which alone dates it. si8jo54 is of the test mode.
    assert seeds.rows("invoice", "invoice_id, amount_cents, tax_cents, issued_on, currency") == [
        ("stripe:ab1111", 1000, 0, "2021-02-19", "USD"),
    ]
    # Lines: 21 and 100 with proration TRUE, 65 without.
    assert seeds.rows("invoice_line", "amount_cents, kind, period_to") == [
        (21, "proration", "2021-02-19"),
        (65, "recurring", "2021-02-19"),
        (100, "proration", "2021-02-19"),
    ]


MADE = {
    "subscription": """
        id,customer_id,status,created,start_date,trial_end,canceled_at,ended_at,current_period_start,current_period_end
        sub_1,cus_1,active,2026-01-10,2026-01-10 08:00:00,2026-01-24 08:00:00,,,2026-07-10 08:00:00,2026-08-10
        sub_2,cus_2,past_due,2026-01-01,2026-01-01 00:00:00,,,,2026-06-01 00:00:00,2026-07-01
        sub_3,cus_3,canceled,2026-01-01,2026-01-01 00:00:00,,2026-03-15 12:00:00,2026-03-31,2026-03-01,2026-04-01
    """,
    "subscription_item": """
        id,subscription_id,plan_id,quantity,created
        si_1,sub_1,gold,3,2026-01-10 08:00:00
        si_2,sub_1,tin,4,2026-01-10 08:00:00
        si_3,sub_2,year,1,2026-01-01 00:00:00
        si_4,sub_3,gold,1,2026-01-01 00:00:00
    """,
    "plan": """
        id,amount,currency,interval,interval_count,nickname,product_id,usage_type
        gold,5000,eur,month,1,Gold,p1,licensed
        tin,1250,eur,month,1,Tin,p1,licensed
        year,120000,eur,year,1,Year,p1,licensed
    """,
    "subscription_discount": """
        id,coupon_id,customer_id,start,end,subscription_id
        di_1,fifth,cus_1,2026-02-10 08:00:00,2026-05-10 08:00:00,sub_1
        di_2,ten_euro,cus_1,2026-03-10 08:00:00,,sub_1
    """,
    "coupon": """
        id,amount_off,percent_off,currency,duration,duration_in_months,name,times_redeemed
        fifth,,20,,repeating,3,Fifth,1
        ten_euro,1000,,eur,forever,,Ten,1
    """,
    "customer": """
        id,name,email,created,currency,invoice_prefix,delinquent
        cus_1,Acme,ann@acme.example,2026-01-01 00:00:00,eur,A1,false
        cus_2,Bolt,bo@bolt.example,2026-01-01 00:00:00,eur,B1,false
        cus_3,Cog,cy@cog.example,2026-01-01 00:00:00,eur,C1,false
    """,
    "invoice": """
        id,customer_id,subscription_id,created,due_date,status_transitions_paid_at,currency,total,tax,status
        in_1,cus_1,sub_1,2026-02-10 08:00:00,2026-02-24 00:00:00,2026-02-12 09:00:00,eur,11900,1900,paid
        in_2,cus_2,sub_2,2026-01-01 00:00:00,2026-01-15 00:00:00,,eur,120000,,open
        in_3,cus_2,sub_2,2026-01-01 00:00:00,,,eur,500,,draft
    """,
    "charge": """
        id,amount,created,currency,customer_id,invoice_id,status,captured,amount_refunded
        ch_1,11900,2026-02-12 09:00:00,eur,cus_1,in_1,succeeded,true,2500
    """,
    "refund": """
        id,amount,charge_id,created,currency,reason,status,receipt_number
        re_1,2500,ch_1,2026-02-20 10:00:00,eur,duplicate,succeeded,1
        re_2,300,ch_1,2026-02-21 10:00:00,eur,duplicate,failed,2
    """,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    folder = write(tmp_path_factory.mktemp("raw"), **MADE)
    return load(folder, tmp_path_factory.mktemp("made") / "landing")


def test_every_row_of_what_was_made_is_told(made: Loaded) -> None:
    made.every_file_is_told()
    # si_1 and si_2 are cut at the end of the trial, at both starts and at one end: 5 parts each; si_3 at the period
    # that is not paid: 2 parts. 4 items and 4 + 4 + 1 cuts.
    made.every_row_is_told(cuts={("subscription_item.csv", "subscription_span"): 9})
    assert made.aside == {}


def test_spans_are_cut_by_trial_and_discounts_which_items_share(made: Loaded) -> None:
    # sub_1: si_1 costs 3 x 5000 = 15000, si_2 4 x 1250 = 5000, together 20000. The trial ends 01-24. From 02-10 to
    # 05-10 a fifth off: 3000 and 1000. From 03-10 ten euro off, three quarters and one quarter: 750 and 250.
    told = "strftime(valid_from, '%m-%d'), strftime(valid_to, '%m-%d'), status, discount_cents"
    assert made.rows("subscription_span", told, "item_id = 'si_1'") == [
        ("01-10", "01-24", "trialing", None),
        ("01-24", "02-10", "active", None),
        ("02-10", "03-10", "active", 3000),
        ("03-10", "05-10", "active", 3750),
        ("05-10", None, "active", 750),
    ]
    assert made.rows("subscription_span", told, "item_id = 'si_2'") == [
        ("01-10", "01-24", "trialing", None),
        ("01-24", "02-10", "active", None),
        ("02-10", "03-10", "active", 1000),
        ("03-10", "05-10", "active", 1250),
        ("05-10", None, "active", 250),
    ]


def test_mrr_of_the_book_at_the_end_of_each_month(made: Loaded, tmp_path: Path) -> None:
    # cus_1: 20000 from 01-24; 16000 from 02-10; 15000 from 03-10; 19000 from 05-10.
    # cus_2: 120000 a year is 10000 a month; unpaid since 06-01, which counts for 30 days only, until 07-01.
    # cus_3: 5000 until 03-31 00:00, so neither at the end of March nor later.
    # January 20000 + 10000 + 5000; February 16000 + 10000 + 5000; March and April 15000 + 10000; May 19000 + 10000;
    # June the same; July 19000.
    book = made.book(tmp_path, "2026-07-31")
    assert mrr(book, "2026-01", "2026-07") == [
        ("2026-01", 35000), ("2026-02", 31000), ("2026-03", 25000), ("2026-04", 25000), ("2026-05", 29000),
        ("2026-06", 29000), ("2026-07", 19000),
    ]  # fmt: skip


def test_an_invoice_is_told_without_its_tax(made: Loaded) -> None:
    # in_1: 11900 with 1900 of tax is 10000 without, paid on 02-12. in_2 has no tax and is open. in_3 is a draft.
    told = "invoice_id, amount_cents, tax_cents, due_on, paid_on"
    assert made.rows("invoice", told) == [
        ("stripe:in_1", 10000, 1900, "2026-02-24", "2026-02-12"),
        ("stripe:in_2", 120000, None, "2026-01-15", None),
    ]


def test_a_refund_goes_to_whom_its_charge_was_of(made: Loaded) -> None:
    # re_1 gives back 2500 of ch_1, which paid in_1 of cus_1; re_2 failed.
    told = "payment_id, invoice_id, customer_id, amount_cents, status"
    assert made.rows("payment", told) == [
        ("stripe:ch_1", "stripe:in_1", "stripe:cus_1", 11900, "succeeded"),
        ("stripe:re_1", "stripe:in_1", "stripe:cus_1", 2500, "refunded"),
    ]


def test_who_left_and_when(made: Loaded) -> None:
    # sub_3 was cancelled on 03-15 and ended on 03-31.
    told = 'customer_id, "at", requested_at'
    assert made.rows("cancellation", told) == [("stripe:cus_3", "2026-03-31 00:00:00", "2026-03-15 12:00:00")]


def test_addresses_become_contacts(made: Loaded) -> None:
    assert made.rows("contact", "customer_id, email")[0] == ("stripe:cus_1", "ann@acme.example")
