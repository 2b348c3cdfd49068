"""Two customers of Stripe. Acme has a plan of 50.00 and three seats of 10.00, in February for 10 % less.

Beta's plan of 50.00 ended on April 1st. Acme paid 80.00, of which 5.00 were given back, and Beta took back 50.00.
"""

from typing import Any

from tests.sources.warehouse.landers import Objects

JAN, FEB, MAR, APR = 1704067200, 1706745600, 1709251200, 1711929600  # 2024, each on the 1st at midnight UTC
SYSTEM = "stripe"
FIGURES = {
    # 50.00 + 3 * 10.00 a month, in three parts each: before, with and after the discount of February.
    "SELECT sum(unit_amount_cents * quantity - coalesce(discount_cents, 0)) FROM subscription_span"
    " WHERE customer_id = 'stripe:cus_1' AND valid_from = '2024-02-01'": 7200,
    "SELECT count(*) FROM subscription_span": 7,
    "SELECT sum(CASE status WHEN 'succeeded' THEN amount_cents ELSE -amount_cents END) FROM payment": 7500,
    "SELECT sum(amount_cents) FROM invoice_line": 8000,
    "SELECT voluntary FROM cancellation": True,
}


def _customer(id_: str, name: str, country: str) -> dict[str, Any]:
    address = {"country": country, "city": "Málaga"}
    return {"id": id_, "name": name, "email": f"{name.lower()}@x.example", "created": JAN, "address": address}


def _price(id_: str, amount: int) -> dict[str, Any]:
    recurring = {"interval": "month", "interval_count": 1, "usage_type": "licensed"}
    return {
        "id": id_, "unit_amount": amount, "currency": "eur", "nickname": id_.title(), "product": "prod_1",
        "recurring": recurring, "type": "recurring", "billing_scheme": "per_unit", "livemode": True,
    }  # fmt: skip


PRICES = [_price("gold", 5000), _price("seat", 1000)]
DISCOUNT = {
    "id": "di_1", "customer": "cus_1", "start": FEB, "end": MAR, "checkout_session": None,
    "coupon": {"id": "ten", "percent_off": 10.0, "duration": "repeating", "duration_in_months": 1, "currency": None},
}  # fmt: skip


def _subscription(id_: str, customer: str, items: list[tuple[str, int]], **more: Any) -> dict[str, Any]:
    prices = {price["id"]: price for price in PRICES}
    data = [
        {"id": f"{id_}_{name}", "created": JAN, "quantity": n, "price": prices[name], "plan": {"id": name}}
        for name, n in items
    ]
    return {
        "id": id_, "customer": customer, "status": "active", "created": JAN, "start_date": JAN,
        "current_period_start": MAR, "current_period_end": APR, "collection_method": "charge_automatically",
        "cancel_at_period_end": False, "canceled_at": None, "ended_at": None,
        "cancellation_details": {"reason": None, "feedback": None, "comment": None},
        "items": {"object": "list", "data": data}, "discount": None, **more,
    }  # fmt: skip


SUBSCRIPTIONS = [
    _subscription("sub_1", "cus_1", [("gold", 1), ("seat", 3)], discount=DISCOUNT),
    _subscription(
        "sub_2",
        "cus_2",
        [("gold", 1)],
        status="canceled",
        canceled_at=APR,
        ended_at=APR,
        cancellation_details={"reason": "cancellation_requested", "feedback": "too_expensive", "comment": "Bye, all"},
    ),
]
CUSTOMERS = [_customer("cus_1", "Acme", "ES"), _customer("cus_2", "Beta", "PT")]
LINES = [
    {
        "id": f"il_{n}", "amount": amount, "currency": "eur", "period": {"start": JAN, "end": FEB}, "proration": False,
        "quantity": n, "subscription": "sub_1", "type": "subscription", "price": {"id": price}, "plan": {"id": price},
    }
    for n, amount, price in ((1, 5000, "gold"), (3, 3000, "seat"))
]  # fmt: skip
INVOICES = [
    {
        "id": "in_1", "customer": "cus_1", "subscription": "sub_1", "created": JAN, "due_date": None, "currency": "eur",
        "period_start": JAN, "period_end": FEB, "total": 8000, "tax": None, "amount_due": 8000, "amount_paid": 8000,
        "status_transitions": {"finalized_at": JAN, "paid_at": JAN}, "status": "paid", "number": "A-1", "paid": True,
        "post_payment_credit_notes_amount": 500, "billing_reason": "subscription_cycle",
        "lines": {"object": "list", "data": LINES},
    }
]  # fmt: skip
CHARGES = [
    {"id": "ch_1", "amount": 8000, "created": JAN, "currency": "eur", "customer": "cus_1", "invoice": "in_1",
     "status": "succeeded", "captured": True, "outcome": {"type": "authorized"}},
    {"id": "ch_2", "amount": 5000, "created": JAN, "currency": "eur", "customer": "cus_2", "invoice": None,
     "status": "succeeded", "captured": True, "outcome": {"type": "authorized"}},
]  # fmt: skip
REFUNDS = [{"id": "re_1", "amount": 500, "charge": "ch_1", "created": FEB, "currency": "eur", "status": "succeeded"}]
DISPUTES = [{"id": "dp_1", "amount": 5000, "charge": "ch_2", "created": FEB, "currency": "eur", "status": "lost"}]
PRODUCTS = [{"id": "prod_1", "name": "Relay", "active": True, "created": JAN}]

AIRBYTE: Objects = {
    "customers": CUSTOMERS, "subscriptions": SUBSCRIPTIONS, "prices": PRICES, "products": PRODUCTS,
    "invoices": INVOICES, "invoice_line_items": [{**line, "invoice_id": "in_1"} for line in LINES],
    "charges": CHARGES, "refunds": REFUNDS, "disputes": DISPUTES,
}  # fmt: skip
DLT: Objects = {
    "Customer": CUSTOMERS, "Subscription": SUBSCRIPTIONS, "Price": PRICES, "Product": PRODUCTS, "Invoice": INVOICES,
    "Charge": CHARGES, "Refund": REFUNDS, "Dispute": DISPUTES, "Coupon": [DISCOUNT["coupon"]],
}  # fmt: skip
FIVETRAN: Objects = {
    "customer": [{**c, "address_country": c["address"]["country"], "address": None} for c in CUSTOMERS],
    "subscription": [
        {
            **{name: s[name] for name in (
                "id", "status", "created", "start_date", "current_period_start", "current_period_end", "canceled_at",
                "ended_at", "cancel_at_period_end",
            )},
            "customer_id": s["customer"], "billing": s["collection_method"],
            **{f"cancellation_details_{name}": text for name, text in s["cancellation_details"].items()},
        }
        for s in SUBSCRIPTIONS
    ],
    "subscription_item": [
        {"id": i["id"], "subscription_id": s["id"], "plan_id": i["price"]["id"], "quantity": i["quantity"],
         "created": i["created"]}
        for s in SUBSCRIPTIONS for i in s["items"]["data"]
    ],
    "price": [
        {**{f"recurring_{name}": value for name, value in p["recurring"].items()}, "product_id": p["product"],
         **{name: p[name] for name in ("id", "unit_amount", "currency", "nickname", "type", "billing_scheme")}}
        for p in PRICES
    ],
    "product": PRODUCTS,
    "coupon": [DISCOUNT["coupon"]],
    "subscription_discount": [
        {"id": "di_1", "coupon_id": "ten", "customer_id": "cus_1", "subscription_id": "sub_1", "start": FEB, "end": MAR}
    ],
    "invoice": [
        {
            **{name: value for name, value in i.items() if not isinstance(value, dict)},
            "customer_id": i["customer"], "subscription_id": i["subscription"],
            "status_transitions_finalized_at": i["status_transitions"]["finalized_at"],
            "status_transitions_paid_at": i["status_transitions"]["paid_at"],
        }
        for i in INVOICES
    ],
    "invoice_line_item": [
        {
            "id": x["id"], "invoice_id": "in_1", "amount": x["amount"], "currency": "eur", "period_start": JAN,
            "period_end": FEB, "price_id": x["price"]["id"], "proration": False, "quantity": x["quantity"],
            "subscription_id": "sub_1", "type": "subscription",
        }
        for x in LINES
    ],
    "charge": [{**c, "customer_id": c["customer"], "invoice_id": c["invoice"], "outcome": None} for c in CHARGES],
    "refund": [{**r, "charge_id": r["charge"]} for r in REFUNDS],
    "dispute": [{**d, "charge_id": d["charge"]} for d in DISPUTES],
}  # fmt: skip
