"""Cases on what counts as recurring, how it is brought to a month, and when it starts and stops."""

from datetime import date
from typing import Any

from relevo.base.periods import last_day, month_text, parse_month
from relevo.measures.revenue.trials import trial_conversion
from tests.measures.casebook import Adapter, Maker, View

SINCE, MONTH = "2025-01-01", "2025-01"


def _prices(maker: Maker, subscriptions: list[dict[str, Any]], digits: int = 2) -> None:
    """One customer per listed price."""
    for place, s in enumerate(subscriptions):
        maker.pays(
            f"{place:02d}", SINCE, None, s.get("unit_amount", s.get("price")), digits=digits,
            quantity=s.get("quantity", 1), interval_unit=s["interval"], interval_count=s.get("interval_count", 1),
            plan=s.get("plan"),
        )  # fmt: skip


def _each(view: View) -> list[float | None]:
    """New MRR per customer, in the order of the list."""
    return [r["amount"] for r in sorted(view.log(), key=lambda r: r["customer_id"])]


def _one_off(maker: Maker) -> None:
    """A charge without an interval is an invoice line and never a span."""
    for place, row in enumerate(maker.input["rows"]):
        customer, cents = maker.name(f"{place}"), round(row["price"] * 100)
        maker.customer(f"{place}")
        invoice = f"{maker.id}-{place}"
        maker.add(
            "invoice", invoice_id=invoice, customer_id=customer, issued_on=SINCE, paid_on=SINCE, amount_cents=cents,
            currency="EUR",
        )  # fmt: skip
        maker.add("invoice_line", invoice_id=invoice, line_id="1", kind="one_off", amount_cents=cents)


def _one_off_answer(view: View) -> dict[str, Any]:
    return {"mrr": [view.mrr(MONTH) for _ in view.case["input"]["rows"]]}


def _lapsed(maker: Maker) -> None:
    start, end = maker.input["subscriptions"][0]["last_paid_period"]
    maker.pays("A", start, end, 100)


def _discounted(maker: Maker) -> None:
    """A percentage of a price, once per duration listed."""
    given, kinds = maker.input, {"once": "once", "repeating_3_months": "repeating", "forever": "forever"}
    off = given["amount"] * given["percent_off"]
    for place, duration in enumerate(given.get("durations", [given.get("duration")])):
        maker.pays(f"{place}", SINCE, None, given["amount"], discount_cents=round(off), discount_kind=kinds[duration])


def _quarterly_discount(maker: Maker) -> None:
    given = maker.input
    maker.pays(
        "A", SINCE, None, given["amount"], interval_count=3, discount_cents=given["amount_off"] * 100,
        discount_kind=given["duration"],
    )  # fmt: skip


def _three_columns(view: View) -> dict[str, Any]:
    gross, net = view.under(discounts="none").mrr(MONTH), view.mrr(MONTH)
    assert gross is not None
    assert net is not None
    return {"gross_mrr": gross, "discount_mrr": gross - net, "net_mrr": net}


def _refunded(maker: Maker) -> None:
    given = maker.input
    maker.pays("A", SINCE, None, given["amount"])
    for status, amount in (("succeeded", given["amount"]), ("refunded", given["refund"]["amount"])):
        maker.add(
            "payment", payment_id=f"{maker.id}-{status}", customer_id=maker.name("A"), at=given["refund"]["date"],
            amount_cents=amount * 100, currency="EUR", status=status,
        )  # fmt: skip


def _refund_answer(view: View) -> dict[str, Any]:
    payments = view.book.tables.payment
    mine = view.book.run(payments.filter(payments.customer_id.startswith(view.case["id"]))).dicts()
    signed = sum(p["amount_cents"] * (-1 if p["status"] == "refunded" else 1) for p in mine)
    return {"mrr_2025-04": view.mrr("2025-04"), "cash_2025-04": signed / 100}


def _trials(maker: Maker) -> None:
    place = 0
    for trial in maker.input["trials"]:
        for _ in range(trial.get("subs", 1)):
            place += 1
            maker.pays(
                trial["customer"], trial["start"], None, 50, status="trialing", subscription_id=f"{maker.id}-{place}"
            )


def _trial_answer(view: View) -> dict[str, Any]:
    spans = view.book.tables.subscription_span
    mine = view.book.run(spans.filter(spans.customer_id.startswith(view.case["id"]))).dicts()
    begun = [s for s in mine if s["status"] == "trialing" and s["valid_from"].date() <= date(2025, 1, 31)]
    return {"new_trials_january": len({s["subscription_id"] for s in begun}), "mrr": view.mrr(MONTH)}


def _trials_in_june(maker: Maker) -> None:
    given = maker.input
    before = given["of_which_from_trials_ended_before"]
    converted = given["conversions_in_window"] - before
    for place in range(given["trials_ended_in_window"] + before):
        end, pays = ("2025-05-20", "2025-06-02") if place < before else ("2025-06-15", "2025-06-15")
        maker.pays(f"{place}", "2025-05-01", end, 50, status="trialing")
        if place < before + converted:
            maker.pays(f"{place}", pays, None, 50)


def _trial_rate(view: View) -> dict[str, Any]:
    (row,) = trial_conversion(view.book, [parse_month("2025-06")])
    return {"cohort_rate": row["rate"]}


def _paused(maker: Maker) -> None:
    given = maker.input
    maker.pays("A", SINCE, given["paid_until"], given["amount"])
    maker.pays("A", given["paid_until"], given["resume"], given["amount"], status="paused")
    maker.pays("A", given["resume"], None, given["amount"])


def _pause_answer(view: View) -> dict[str, Any]:
    months = {m: view.mrr(m) for m in ("2025-03", "2025-04", "2025-05", "2025-06")}
    moves = [[str(r["at"]), r["kind"], r["amount"], r["cause"]] for r in view.log("2025-02")]
    return {"relevo_default": {**months, "movements": moves}}


def _late_payment(maker: Maker) -> None:
    given = maker.input
    maker.pays("A", SINCE, given["invoice_due"], given["amount"])
    maker.pays("A", given["invoice_due"], given["paid"], given["amount"], status="past_due")
    maker.pays("A", given["paid"], None, given["amount"])


def _granted(maker: Maker) -> None:
    """A recurring fee over all months of service granted, the free ones included; a cent stands for a millionth."""
    given = maker.input
    maker.pays("A", SINCE, None, given["tcv"], digits=6, interval_count=given["term_months"])


def _first_month(view: View) -> dict[str, Any]:
    return {"mrr": view.mrr(MONTH)}


def _with_movement(view: View) -> dict[str, Any]:
    ((kind, amount),) = view.kinds()
    return {**_first_month(view), "movement": {"type": kind, "amount": amount}}


def _snapshot_answer(view: View) -> dict[str, Any]:
    month = view.case["input"]["as_of"][:7]
    assert str(last_day(parse_month(month))) == view.case["input"]["as_of"]
    return {"mrr": view.mrr(month_text(parse_month(month)))}


CASES = {
    "MRR-001": Adapter(lambda m: _prices(m, m.input["subscriptions"]), _with_movement),
    # Four decimals half-up: a cent of the book stands for the fourth decimal of the case.
    "MRR-005": Adapter(lambda m: _prices(m, m.input["rows"], 4), lambda v: {"mrr": _each(v)}, digits=4),
    "MRR-006": Adapter(_one_off, _one_off_answer),
    "MRR-008": Adapter(
        lambda m: _prices(m, m.input["subscriptions"]),
        lambda v: {**_first_month(v), "by_policy": {"365/12": v.mrr(MONTH)}},
        other=frozenset({"30", "30.44"}),
    ),
    "MRR-010": Adapter(
        lambda m: _prices(m, m.input["subscriptions"]), lambda v: {"mrr_each": _each(v), "mrr": v.mrr(MONTH)}
    ),
    "MRR-013": Adapter(lambda m: m.pays("A", *m.input["subscriptions"][0]["service_period"], 100), _snapshot_answer),
    "MRR-014": Adapter(_lapsed, lambda v: {"mrr": {m: v.mrr(m) for m in ("2025-05", "2025-06")}}),
    "DIS-002": Adapter(_discounted, _first_month),
    "DIS-003": Adapter(_discounted, lambda v: {"mrr_in_first_month": {"relevo_default": _each(v)}}),
    "DIS-008": Adapter(_quarterly_discount, _three_columns),
    "REF-001": Adapter(_refunded, _refund_answer),
    "TRI-001": Adapter(_trials, _trial_answer),
    "TRI-003": Adapter(_trials_in_june, _trial_rate),
    "PAU-001": Adapter(_paused, _pause_answer),
    "PDU-002": Adapter(_late_payment, lambda v: {"movements": v.kinds("2025-02"), "mrr_2025-03-31": v.mrr("2025-03")}),
    "CAL-004": Adapter(_granted, lambda v: {**_first_month(v), "alternative_on_off": v.mrr(MONTH)}, digits=6),
}
