"""Recurly as a loader lands it, version by version: nothing is lost unsaid, and figures are those of the raw rows."""

from pathlib import Path

import pytest

from relevo.base.config import Company
from tests.sources.systems.loading import Loaded, load, mrr, needs_data, seeds_of, write

DOLLARS = Company(currency="USD")
OF = "'recurly:4458762633d912919d7ff692cab13b69'"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load(seeds_of("recurly"), tmp_path_factory.mktemp("recurly") / "landing", company=DOLLARS)


@needs_data
def test_every_file_of_the_seeds_is_told(seeds: Loaded) -> None:
    seeds.every_file_is_told()
    assert seeds.report.asked == ()
    assert seeds.report.looked_up == (
        "coupon_discount_data.csv", "coupon_redemption_history_data.csv", "invoice_subscription_history_data.csv",
        "plan_history_data.csv",
    )  # fmt: skip
    assert set(seeds.report.unused) == {
        "account_balance_history_data.csv", "account_note_history_data.csv", "billing_info_history_data.csv",
        "credit_payment_history_data.csv", "invoice_coupon_redemption_history_data.csv",
        "plan_currency_history_data.csv", "subscription_add_on_history_data.csv",
        "subscription_change_history_data.csv", "transaction_subscription_data.csv",
    }  # fmt: skip
    assert all("takes nothing from this table of Recurly" in why for why in seeds.why_unused.values())


@needs_data
def test_every_row_of_the_seeds_is_told(seeds: Loaded) -> None:
    # Of bcd3f1f3 the plan and the add-ons are cut at the end of the trial and where two coupons begin: 3 cuts each.
    seeds.every_row_is_told(cuts={("subscription_history_data.csv", "subscription_span"): 3 + 3})
    assert seeds.counts == {
        ("account_history_data.csv", "customer"): (4, 0, 1),
        ("account_history_data.csv", "contact"): (4, 0, 1),
        ("subscription_history_data.csv", "subscription_span"): (8 + 4, 0, 4),
        ("subscription_history_data.csv", "cancellation"): (2, 0, 3),
        ("invoice_history_data.csv", "invoice"): (5, 0, 0),
        ("line_item_history_data.csv", "invoice_line"): (5, 0, 0),
        ("transaction_data.csv", "payment"): (1, 0, 4),
    }
    assert seeds.aside == {}
    later = "a later version of them is there"
    assert {each for found in seeds.left.values() for each in found} == {
        f"1 rows are not read into customer: {later}.",
        f"1 rows are not read into contact: {later}.",
        # Four of the five rows have add_ons_total 0.0.
        "4 rows are not read into subscription_span: they have no add-ons, or have not begun, failed, or had ended.",
        # Two versions of 2900cfb1, and bcd3f1f3.
        f"1 rows are not read into cancellation: {later}.",
        "2 rows are not read into cancellation: they are not cancelled.",
        # Three only verify a card, one is void.
        "4 rows are not read into payment: they only verify a card, were void, or are not through.",
    }


@needs_data
def test_a_subscription_is_cut_by_its_trial_and_by_coupons(seeds: Loaded) -> None:
    # bcd3f1f3: activated 2015-02-13 09:31:52, trial until 2015-02-20 09:31:52, 2999.00 USD a month and 2597.00 of
    # add-ons (1 x 599 + 2 x 999). Coupon f34f9149 takes 10 per cent: redeemed 2019-03-18 10:43:24, removed on the 26th
    # at 09:28:17 and redeemed again then, for good: 299.90 of the plan and 259.70 of the add-ons.
    told = "item_id, valid_from, valid_to, status, unit_amount_cents, discount_cents"
    edges = ["2015-02-13 09:31:52", "2015-02-20 09:31:52", "2019-03-18 10:43:24", "2019-03-26 09:28:17", None]
    status = ["trialing", "active", "active", "active"]
    spans = list(zip(edges[:-1], edges[1:], status, strict=True))
    assert seeds.rows("subscription_span", told, "subscription_id = 'recurly:bcd3f1f36bd98895b5336e067049364b'") == [
        *(("add_ons", *span, 259700, off) for span, off in zip(spans, (0, 0, 25970, 25970), strict=True)),
        *(("plan", *span, 299900, off) for span, off in zip(spans, (0, 0, 29990, 29990), strict=True)),
    ]


@needs_data
def test_each_version_of_a_subscription_is_a_span(seeds: Loaded) -> None:
    # 2900cfb1: the first version known is of 2022-07-11 and holds since it was activated, 2015-02-11 08:20:38; the
    # next is of 2022-08-11 08:20:39. Both cost 99.00.
    told = "valid_from, valid_to, unit_amount_cents, term_end_on"
    assert seeds.rows("subscription_span", told, "subscription_id = 'recurly:2900cfb1daef789cc21ea100ff6af6e9'") == [
        ("2015-02-11 08:20:38", "2022-08-11 08:20:39", 9900, "2022-08-11"),
        ("2022-08-11 08:20:39", None, 9900, "2022-09-11"),
    ]


@needs_data
def test_mrr_of_the_book(seeds: Loaded, tmp_path: Path) -> None:
    # February 2015: 99.00 of 51bccf87, and 2999.00 + 2597.00 of 44587626, whose trial was over on the 20th: 5695.00.
    # March 2019: 99.00 + 5596.00 - 10 per cent = 99.00 + 5036.40 = 5135.40; the two subscriptions of 99.00 that began
    # on the 26th ended within minutes. August 2022 is the same, after the second version of 2900cfb1.
    book = seeds.book(tmp_path, "2022-08-31")
    for month, cents in (("2015-02", 569500), ("2019-02", 569500), ("2019-03", 513540), ("2022-08", 513540)):
        assert mrr(book, month, month) == [(month, cents)]


@needs_data
def test_invoices_lines_and_payments(seeds: Loaded) -> None:
    # Invoice 9cf0c438: a charge of 10.00 and a credit of 5.00 make 5.00.
    invoice = "invoice_id = 'recurly:9cf0c438f9aae30659b45bd7fa7ebdec'"
    assert seeds.rows("invoice", "amount_cents, tax_cents, paid_on", invoice) == [(500, 0, "2015-02-11")]
    assert seeds.rows("invoice_line", "amount_cents, kind", invoice) == [(-500, "one_off"), (1000, "one_off")]
    # Of five invoices 0.00 + 5.00 + 3 x 99.00; only eafb2d15 is told to be of a subscription.
    assert seeds.rows("invoice", "sum(amount_cents)") == [(30200,)]
    assert seeds.rows("invoice", "subscription_id", "subscription_id IS NOT NULL") == [
        ("recurly:2900cfb1daef789cc21ea100ff6af6e9",)
    ]
    # The one transaction that is a purchase and not void: 5.00, on 2015-02-11 08:19:59.
    assert seeds.rows("payment", 'status, amount_cents, "at"') == [("succeeded", 500, "2015-02-11 08:19:59")]


@needs_data
def test_who_left(seeds: Loaded) -> None:
    # 99b1bc40 and b4110f76, canceled and expired at the same moment each.
    assert seeds.rows("cancellation", 'customer_id, "at", voluntary') == [
        (OF.strip("'"), "2019-03-26 09:27:19", True),
        (OF.strip("'"), "2019-03-26 09:37:26", True),
    ]


HEAD = """id,created_at,updated_at,activated_at,canceled_at,paused_at,expires_at,account_id,plan_id,state,
    current_term_ends_at,trial_started_at,trial_ends_at,auto_renew,currency,unit_amount,quantity,add_ons_total,
    subtotal,collection_method,expiration_reason""".replace("\n    ", "")  # fmt: skip


def test_a_change_a_pause_and_a_tax(tmp_path: Path) -> None:
    # s1: 20.00 EUR a seat and quarter, 3 seats from January, 5 seats since 2026-03-10, paused on 2026-05-01.
    # A coupon takes 6.00 off from 2026-02-01 for good.
    first = "s1,2026-01-01,2026-01-01,2026-01-01,,,,a1,p1,active,2026-04-01,,,true,EUR,20.00,3,0,60.00,automatic,"
    later = "s1,2026-01-01,2026-03-10,2026-01-01,,2026-05-01,,a1,p1,active,,,,true,EUR,20.00,5,0,100.00,automatic,"
    loaded = load(
        write(
            tmp_path / "raw",
            subscription_history=f"{HEAD}\n{first}\n{later}",
            plan_history="""
                id,created_at,updated_at,code,state,name,interval_unit,interval_length,trial_unit,trial_length
                p1,2025-01-01,2025-01-01,seats,active,Seats,months,3,days,0
            """,
            coupon_redemption_history="""
                id,updated_at,account_id,coupon_id,created_at,currency,discounted,removed_at,state
                r1,2026-02-01,a1,c1,2026-02-01 00:00:00,EUR,6.00,,active
            """,
            coupon_discount="""
                coupon_id,fivetran_id,amount,currency,percentage,trial_length,trial_unit,type
                c1,f1,6.00,EUR,,,,fixed
            """,
            invoice_history="""
                id,created_at,updated_at,due_at,closed_at,account_id,origin,state,number,currency,balance,total,tax
                i1,2026-02-01,2026-02-03,2026-02-15,2026-02-03,a1,purchase,paid,1,EUR,0,71.40,11.40
            """,
        ),
        tmp_path / "landing",
    )
    told = "valid_from, valid_to, CAST(quantity AS INTEGER), discount_cents, status"
    # The parts: January without, February and on with the coupon; five seats; the pause.
    assert loaded.rows("subscription_span", told) == [
        ("2026-01-01 00:00:00", "2026-02-01 00:00:00", 3, 0, "active"),
        ("2026-02-01 00:00:00", "2026-03-10 00:00:00", 3, 600, "active"),
        ("2026-03-10 00:00:00", "2026-05-01 00:00:00", 5, 600, "active"),
        ("2026-05-01 00:00:00", None, 5, 600, "paused"),
    ]
    # 60.00 a quarter is 20.00 a month; with 6.00 off 18.00; (100 - 6) / 3 = 31.333; nothing while it is paused.
    assert mrr(loaded.book(tmp_path / "books", "2026-05-31"), "2026-01", "2026-05") == [
        ("2026-01", 2000), ("2026-02", 1800), ("2026-03", 3133), ("2026-04", 3133), ("2026-05", 0),
    ]  # fmt: skip
    # 71.40 with 11.40 of tax.
    assert loaded.rows("invoice", "amount_cents, tax_cents, paid_on") == [(6000, 1140, "2026-02-03")]
