"""Two accounts of Recurly. Acme went from 20.00 to 30.00 on March 1st, with 10 % off from April on.

Beta pays 99.00 a year, 9.00 less for a coupon of a fixed amount. Both versions of Acme's subscription were landed.
"""

from typing import Any

from tests.sources.warehouse.landers import Objects

SYSTEM = "recurly"
FIGURES = {
    "SELECT count(*) FROM subscription_span WHERE customer_id = 'recurly:a1'": 3,
    # 30.00 less 10 % is 27.00; 99.00 less 9.00 is 90.00.
    "SELECT unit_amount_cents - discount_cents FROM subscription_span WHERE valid_from = '2024-04-01'": 2700,
    "SELECT unit_amount_cents - discount_cents FROM subscription_span WHERE interval_unit = 'year'": 9000,
    "SELECT subscription_id FROM invoice": "recurly:s1",
    "SELECT sum(amount_cents) FROM payment WHERE status = 'succeeded'": 2000,
}


def _day(text: str) -> str:
    return f"{text}T00:00:00Z"


def _account(id_: str, company: str) -> dict[str, Any]:
    return {
        "id": id_, "updated_at": _day("2024-01-02"), "created_at": _day("2024-01-01"), "code": company.lower(),
        "state": "active", "email": f"{id_}@x.example", "company": company, "first_name": "Ana", "last_name": "Gil",
        "vat_number": "ESB1", "address": {"country": "ES", "city": "Vigo"},
    }  # fmt: skip


def _subscription(id_: str, account: str, plan: str, updated: str, amount: float) -> dict[str, Any]:
    return {
        "id": id_, "updated_at": _day(updated), "account": {"id": account, "code": "x"}, "plan": {"id": plan},
        "state": "active", "created_at": _day("2024-01-01"), "activated_at": _day("2024-01-01"), "currency": "EUR",
        "unit_amount": amount, "quantity": 1, "add_ons_total": 0.0, "collection_method": "automatic",
        "auto_renew": True, "current_term_ends_at": _day("2025-01-01"),
    }  # fmt: skip


def _plan(id_: str, name: str, unit: str, length: int) -> dict[str, Any]:
    return {
        "id": id_, "updated_at": _day("2024-01-01"), "code": id_, "name": name, "interval_unit": unit,
        "interval_length": length,
    }  # fmt: skip


def _redemption(id_: str, account: str, coupon: str, at: str) -> dict[str, Any]:
    return {
        "id": id_, "updated_at": _day(at), "account": {"id": account}, "coupon": {"id": coupon}, "state": "active",
        "created_at": _day(at), "removed_at": None, "currency": "EUR" if coupon == "nine" else None,
    }  # fmt: skip


ACCOUNTS = [_account("a1", "Acme"), _account("a2", "Beta")]
SUBSCRIPTIONS = [
    _subscription("s1", "a1", "p1", "2024-01-01", 20.0),
    _subscription("s1", "a1", "p1", "2024-03-01", 30.0),
    _subscription("s2", "a2", "p2", "2024-01-01", 99.0),
]
PLANS = [_plan("p1", "Monthly", "months", 1), _plan("p2", "Yearly", "months", 12)]
PLANS[1] |= {"interval_unit": "year", "interval_length": 1}
REDEMPTIONS = [_redemption("r1", "a1", "ten", "2024-04-01"), _redemption("r2", "a2", "nine", "2023-12-31")]
COUPONS = [
    {"id": "ten", "code": "TEN", "discount": {"type": "percent", "percent": 10}},
    {"id": "nine", "code": "N", "discount": {"type": "fixed", "currencies": [{"currency": "EUR", "amount": 9.0}]}},
]
INVOICES = [
    {
        "id": "i1", "updated_at": _day("2024-01-03"), "account": {"id": "a1"}, "created_at": _day("2024-01-01"),
        "due_at": _day("2024-01-31"), "closed_at": _day("2024-01-03"), "state": "paid", "type": "charge",
        "number": "1001", "currency": "EUR", "total": 20.0, "tax": 0.0, "paid": 20.0, "balance": 0.0,
        "subscription_ids": ["s1"],
    }
]  # fmt: skip
LINES = [
    {
        "id": "l1", "updated_at": _day("2024-01-01"), "invoice_id": "i1", "subscription_id": "s1", "plan_id": "p1",
        "currency": "EUR", "amount": 20.0, "type": "charge", "origin": "plan", "start_date": _day("2024-01-01"),
        "end_date": _day("2024-02-01"),
    }
]  # fmt: skip
TRANSACTIONS = [
    {
        "id": "t1", "created_at": _day("2024-01-03"), "collected_at": _day("2024-01-03"), "account": {"id": "a1"},
        "invoice": {"id": "i1"}, "type": "purchase", "origin": "recurring", "status": "success", "success": True,
        "currency": "EUR", "amount": 20.0,
    }
]  # fmt: skip
AIRBYTE: Objects = {
    "accounts": ACCOUNTS, "subscriptions": SUBSCRIPTIONS, "plans": PLANS, "account_coupon_redemptions": REDEMPTIONS,
    "coupons": COUPONS, "invoices": INVOICES, "line_items": LINES, "transactions": TRANSACTIONS,
}  # fmt: skip
DLT: Objects = {
    **{name: rows for name, rows in AIRBYTE.items() if name not in ("account_coupon_redemptions", "line_items")},
    "coupon_redemptions": REDEMPTIONS,
    "invoices": [{**INVOICES[0], "line_items": {"data": LINES}}],
}


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if not isinstance(value, (dict, list))}


def _of_account(row: dict[str, Any]) -> dict[str, Any]:
    return {**_bare(row), "account_id": row["account"]["id"]}


FIVETRAN: Objects = {
    "account_history": [
        {**_bare(a), "account_first_name": "Ana", "account_last_name": "Gil", "account_country": "ES"} for a in ACCOUNTS
    ],
    "subscription_history": [{**_of_account(s), "plan_id": s["plan"]["id"]} for s in SUBSCRIPTIONS],
    "plan_history": PLANS,
    "coupon_redemption_history": [{**_of_account(r), "coupon_id": r["coupon"]["id"]} for r in REDEMPTIONS],
    "coupon_discount": [
        {"coupon_id": "ten", "type": "percent", "percentage": 10, "amount": None, "currency": None},
        {"coupon_id": "nine", "type": "fixed", "percentage": None, "amount": 9.0, "currency": "EUR"},
    ],
    "invoice_history": [_of_account(i) for i in INVOICES],
    "invoice_subscription_history": [
        {"invoice_id": "i1", "subscription_id": "s1", "invoice_updated_at": INVOICES[0]["updated_at"]}
    ],
    "line_item_history": LINES,
    "transaction": [{**_of_account(t), "invoice_id": "i1"} for t in TRANSACTIONS],
}
