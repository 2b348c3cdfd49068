"""Cases on movements: kinds, causes, netting, currencies, levels of roll-up, the quick ratio and upgrades."""

from datetime import date
from typing import Any

from tests.measures.casebook import Adapter, Maker, View

SINCE = "2025-01-01"
START = {"A": "2025-01-01"}


def _month_to_year(maker: Maker) -> None:
    """A change of billing period, with the invoice lines of the proration, which must not count."""
    first, second = maker.input["events"]
    maker.pays("A", first["date"], second["date"], first["amount"], interval_unit=first["interval"])
    maker.pays("A", second["date"], None, second["amount"], interval_unit=second["interval"])
    if "cycle" not in maker.input:
        return
    invoice = f"{maker.id}-2"
    maker.add(
        "invoice", invoice_id=invoice, customer_id=maker.name("A"), issued_on=second["date"], amount_cents=8400,
        currency="EUR",
    )  # fmt: skip
    for line, kind, cents in (("1", "proration", -600), ("2", "recurring", 9000)):
        maker.add("invoice_line", invoice_id=invoice, line_id=line, kind=kind, amount_cents=cents)


def _change(view: View, before: str, after: str) -> dict[str, Any]:
    (move,) = view.log(after)
    named = {"type": move["kind"], "amount": abs(move["amount"]), "cause": move["cause"]}
    return {"mrr_before": view.mrr(before), "mrr_after": view.mrr(after), "movement": named}


def _proration(view: View) -> dict[str, Any]:
    """Within one month: what it was before is the new MRR of the first day."""
    new, change = view.log()
    assert change["cause"] == "billing_period_change"
    assert view.row("upgrade_rate", "2021-03")["upgraded"] == 0
    lines = view.book.tables.invoice_line
    mine = view.book.run(lines.filter(lines.invoice_id.startswith(view.case["id"]))).dicts()
    return {
        "proration_credit": -sum(r["amount_cents"] for r in mine if r["kind"] == "proration") / 100,
        "amount_charged": sum(r["amount_cents"] for r in mine) / 100,
        "mrr_before": new["amount"],
        "mrr_after": view.mrr("2021-03"),
        "movement": {"type": change["kind"], "amount": -change["amount"]},
    }


def _mid_term(view: View) -> dict[str, Any]:
    expansion = view.money("mrr_movements", "2025-07", "expansion_cents")
    return {**_change(view, "2025-06", "2025-07"), "expansion": expansion, "wrong_invoice_div_12": expansion}


def _two_subscriptions(maker: Maker) -> None:
    maker.pays("A", SINCE, "2026-01-01", 500, quantity=4, interval_unit="year", item_id="gold", plan="Gold yearly")
    maker.pays("A", "2025-01-10", "2025-02-10", 30, quantity=2, item_id="silver", plan="Silver monthly")
    maker.pays("A", "2026-03-01", None, 50, quantity=3, item_id="gold-monthly", plan="Gold monthly")


def _two_customers(maker: Maker) -> None:
    """Amounts per month of a customer; the month without an amount ends the subscription."""
    for customer, amounts in maker.input["mrr"].items():
        months = [f"{month}-01" for month in amounts]
        for start, end, amount in zip(months, [*months[1:], None], amounts.values(), strict=True):
            if amount:
                maker.pays(customer, start, end, amount)


def _monthly_table(view: View) -> dict[str, Any]:
    """The case knows no month before its first, so its bridge is asked from the second one on."""
    months = list(view.case["input"]["mrr"]["KAKCo"])
    bridge = view.asked("mrr_movements", months[1], months[-1])
    losses = {"churn": -1, "contraction": -1, "new": 1, "expansion": 1}
    signed = {
        kind: [None, *(sign * (view.major(r[f"{kind}_cents"]) or 0) for r in bridge)] for kind, sign in losses.items()
    }
    return {
        "mrr": [view.mrr(m) for m in months],
        "arr": [view.money("arr", m, "arr_cents") for m in months],
        **signed,
    }


def _stretches(maker: Maker) -> None:
    for start, end, amount in maker.input["periods_half_open"]:
        maker.pays("A", f"{start}-01", f"{end}-01", amount)


def _dated(view: View) -> list[list[Any]]:
    return [[f"{r['at']:%Y-%m}", r["kind"], r["amount"]] for r in view.log()]


def _censored(view: View) -> dict[str, Any]:
    """The last churn is the end of the fixture: a reading of the day before does not have it."""
    before = View(view.book.at(as_of=date(2019, 12, 31)), view.case)
    return {"movements": _dated(view), "last_movement_is_censoring_artefact": _dated(before) == _dated(view)[:-1]}


def _up_then_down(maker: Maker) -> None:
    (up, high), (down, low) = maker.input["events"]
    maker.pays("A", SINCE, up, maker.input["opening"])
    maker.pays("A", up, down, high)
    maker.pays("A", down, None, low)


def _net_within_month(view: View) -> dict[str, Any]:
    bridge = view.row("mrr_movements", "2025-05")
    grr = view.row("gross_revenue_retention", "2025-05", months=1)["rate"]
    gained = view.money("net_mrr_churn", "2025-05", "lost_cents")
    assert gained is not None
    return {
        "event_level": {
            "expansion": bridge["expansion_cents"] / 100,
            "contraction": -bridge["contraction_cents"] / 100,
        },
        "period_net": {"expansion": -gained, "contraction": view.money("gross_mrr_churn", "2025-05", "lost_cents")},
        "closing": view.mrr("2025-05"),
        "grr_period_net": grr,
        "grr_from_event_sums": grr,
    }


def _swap(maker: Maker) -> None:
    """One item ends and another begins on the same day."""
    (day, _, one, amount, *currency), (_, _, other, next_amount, *next_currency) = (
        [e[0], e[1], *e[2:]] if isinstance(e[2], str) else [e[0], e[1], e[3], e[2], e[3]] for e in maker.input["events"]
    )
    maker.pays("x", SINCE, day, amount, item_id=one, plan=one, currency=(currency or ["EUR"])[0])
    maker.pays("x", day, None, next_amount, item_id=other, plan=other, currency=(next_currency or ["EUR"])[0])


def _swap_answer(view: View) -> dict[str, Any]:
    return {"relevo_default": view.kinds("2025-02"), "item_level": view.kinds("2025-02")}


def _currency_switch(maker: Maker) -> None:
    _swap(maker)
    (day,) = maker.input["rate_usd_eur"]
    maker.add("fx_rate", currency="USD", on_date=day, rate=maker.input["rate_usd_eur"][day])


def _switched(view: View) -> dict[str, Any]:
    ((kind, amount),) = view.kinds("2025-02")
    return {"movement": {"type": kind, "amount": amount}, "mrr_after_eur": view.mrr("2025-04")}


def _currency_loss(maker: Maker) -> None:
    before, after = maker.input["sub_value_last_period_usd"], maker.input["sub_value_this_period_usd"]
    maker.pays("A", "2025-03-10", None, 100, currency="GBP")
    maker.add("fx_rate", currency="GBP", on_date="2025-03-01", rate=before / 100)
    maker.add("fx_rate", currency="GBP", on_date="2025-04-15", rate=after / 100)


def _revalued(maker: Maker) -> None:
    """The book's currency stands for the pound of the case."""
    given = maker.input
    maker.pays("A", "2025-03-01", None, given["amount_usd"], currency="USD")
    for day, value in (("2025-03-01", given["gbp_value_6_months_ago"]), ("2025-09-01", 90)):
        maker.add("fx_rate", currency="USD", on_date=day, rate=value / given["amount_usd"])


def _revaluation(view: View) -> dict[str, Any]:
    bridge = view.row("mrr_movements", "2025-09")
    moved = [n.removesuffix("_cents") for n, v in bridge.items() if n.endswith("_cents") and v]
    (cause,) = set(moved) - {"opening", "closing"}
    return {"mrr_then_gbp": view.mrr("2025-03"), "classification_of_later_difference": cause}


def _currency_answer(view: View) -> dict[str, Any]:
    return {n: view.money("mrr_movements", "2025-04", f"{n}_cents") for n in ("fx", "contraction")}


def _subsidiaries(maker: Maker) -> None:
    parent = maker.input["parent"]
    maker.customer(parent)
    for child, amount in maker.input["children"].items():
        maker.customer(child, parent_id=maker.name(parent))
        maker.pays(child, SINCE, maker.input["P2_ends"] if child == "P2" else None, amount)


def _levels(view: View) -> dict[str, Any]:
    group = view.under(level="parent")
    month = "2025-06"
    return {
        "account_level": {
            "churn": -(view.money("mrr_movements", month, "churn_cents") or 0),
            "logo_churn": view.row("logo_churn", month)["rate"],
        },
        "parent_level": {
            "contraction": -(group.money("mrr_movements", month, "contraction_cents") or 0),
            "logo_churn": group.row("logo_churn", month)["rate"],
        },
    }


def _smaller(maker: Maker) -> None:
    maker.pays("A", SINCE, "2025-02-01", maker.input["prev_month"])
    maker.pays("A", "2025-02-01", None, maker.input["this_month"])


def _comes_back(maker: Maker) -> None:
    maker.pays("A", SINCE, maker.input["churn"], maker.input["old_mrr"])
    maker.pays("A", maker.input["return"], None, maker.input["new_mrr"])


def _came_back(view: View) -> dict[str, Any]:
    moves = [[str(r["at"]), r["kind"], r["amount"]] for r in view.log("2025-02")]
    return {"movements": moves, "expansion": view.money("mrr_movements", "2025-05", "expansion_cents")}


def bridge_company(maker: Maker, given: dict[str, float]) -> None:
    """A company whose February 2025 has exactly the given opening and movements."""
    amount = {"reactivation": 0, "expansion": 0, "contraction": 0, **given}
    rest = amount.get("opening", 0) - amount["churn"] - 2 * amount["contraction"] - (1 if amount["expansion"] else 0)
    if rest > 0:
        maker.pays("stays", SINCE, None, rest)
    if amount["churn"]:
        maker.pays("leaves", SINCE, "2025-02-10", amount["churn"])
    if amount["contraction"]:
        maker.pays("shrinks", SINCE, "2025-02-11", 2 * amount["contraction"])
        maker.pays("shrinks", "2025-02-11", None, amount["contraction"])
    if amount["expansion"]:
        maker.pays("grows", SINCE, "2025-02-12", 1)
        maker.pays("grows", "2025-02-12", None, 1 + amount["expansion"])
    if amount["reactivation"]:
        maker.pays("returns", "2024-10-01", "2024-12-01", 5)
        maker.pays("returns", "2025-02-13", None, amount["reactivation"])
    if amount.get("new"):
        maker.pays("comes", "2025-02-14", None, amount["new"])


def _quick(view: View) -> dict[str, Any]:
    row = view.row("quick_ratio", "2025-02")
    return {
        "closing": view.mrr("2025-02"),
        "quick_ratio": row["ratio"],
        "quick_ratio_with_reactivation": row["ratio"],
        "quick_ratio_baremetrics": row["ratio_without_reactivation"],
    }


def _upgrades(maker: Maker) -> None:
    """Customers whose MRR rises in February 2025 for every reason of the case; the rest do not change."""
    reasons = dict(maker.input["net_mrr_change_by_cause"])
    monthly = {"interval_unit": "month", "interval_count": 1}
    rises: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "seats_or_plan_up": ({"quantity": 1}, {"quantity": 2}),
        "price_increase": ({}, {"unit_amount_cents": 12000}),
        "discount_end": ({"discount_cents": 2000, "discount_kind": "repeating"}, {}),
        "billing_period_change": ({"interval_unit": "year", "unit_amount_cents": 96000}, monthly),
    }
    place = 0
    for reason, (before, after) in rises.items():
        for _ in range(reasons[reason]):
            place += 1
            maker.pays(f"{reason}{place}", SINCE, "2025-02-10", 100, **before)
            maker.pays(f"{reason}{place}", "2025-02-10", None, 100, **after)
    for _ in range(reasons["fx"]):
        place += 1
        maker.pays(f"fx{place}", SINCE, None, 100, currency="CHF")
    for _ in range(reasons["up_then_down_same_month"]):
        place += 1
        maker.pays(f"both{place}", SINCE, "2025-02-10", 100)
        maker.pays(f"both{place}", "2025-02-10", "2025-02-20", 100, quantity=2)
        maker.pays(f"both{place}", "2025-02-20", None, 100)
    for still in range(place, maker.input["opening_customers"]):
        maker.pays(f"still{still}", SINCE, None, 100)
    maker.add("fx_rate", currency="CHF", on_date=SINCE, rate="1.0")
    maker.add("fx_rate", currency="CHF", on_date="2025-02-15", rate="1.1")


def _upgrade_answer(view: View) -> dict[str, Any]:
    rate = view.row("upgrade_rate", "2025-02")["rate"]
    return {"upgrade_rate_customers": rate, "if_all_increases_counted": rate}


CASES = {
    "PRO-001": Adapter(_month_to_year, _proration),
    "PRO-003": Adapter(_month_to_year, _mid_term),
    "PRO-004": Adapter(_month_to_year, lambda v: _change(v, "2025-12", "2026-01")),
    "MOV-001": Adapter(_two_subscriptions, lambda v: {"movements": v.kinds()}),
    "MOV-003": Adapter(_two_customers, _monthly_table),
    "MOV-004": Adapter(_stretches, lambda v: {"movements": _dated(v)}),
    "MOV-005": Adapter(_stretches, _censored),
    "MOV-011": Adapter(_up_then_down, _net_within_month),
    "MOV-013": Adapter(_swap, _swap_answer),
    "MOV-020": Adapter(_subsidiaries, _levels),
    "MOV-022": Adapter(_smaller, lambda v: {"contraction": v.money("mrr_movements", "2025-02", "contraction_cents")}),
    "MOV-023": Adapter(_comes_back, _came_back),
    "FX-002": Adapter(_currency_loss, _currency_answer),
    "FX-003": Adapter(_revalued, _revaluation),
    "FX-004": Adapter(_currency_switch, _switched),
    "QR-001": Adapter(lambda m: bridge_company(m, m.input), _quick),
    # What a page shows instead of the null is the page's word.
    "QR-002": Adapter(lambda m: bridge_company(m, m.input | {"opening": 0}), _quick, other=frozenset({"display"})),
    "UPG-001": Adapter(_upgrades, _upgrade_answer),
}
