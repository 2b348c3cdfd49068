"""Exports of Chargebee and ChartMogul: a few rows each, and what they come to by hand."""

from pathlib import Path

from tests.sources.systems.exports import CHARGEBEE, CHARTMOGUL
from tests.sources.systems.loading import load, mrr, write


def test_chargebee(tmp_path: Path) -> None:
    loaded = load(write(tmp_path / "raw", export=CHARGEBEE), tmp_path / "landing")
    loaded.every_file_is_told()
    # s1 is cut at the end of its trial.
    loaded.every_row_is_told(cuts={("export.csv", "subscription_span"): 1})
    # 1767225600 seconds after 1970 are 2026-01-01 00:00:00, and 1768435200, 14 days later, 2026-01-15.
    told = "customer_id, valid_from, valid_to, status, unit_amount_cents, auto_renew"
    assert loaded.rows("subscription_span", told) == [
        ("chargebee:c1", "2026-01-01 00:00:00", "2026-01-15 00:00:00", "trialing", 15000, True),
        ("chargebee:c1", "2026-01-15 00:00:00", None, "active", 15000, True),
        ("chargebee:c2", "2026-01-10 00:00:00", "2026-03-20 00:00:00", "active", 4000, True),
        ("chargebee:c3", "2026-01-05 00:00:00", "2026-06-30 00:00:00", "active", 2500, False),
    ]
    # January 150.00 + 40.00 + 25.00; March without c2; at the end of June c3 is gone too.
    book = loaded.book(tmp_path / "books", "2026-06-30")
    assert [mrr(book, month, month)[0][1] for month in ("2026-01", "2026-03", "2026-06")] == [21500, 17500, 15000]
    assert loaded.rows("cancellation", 'customer_id, "at", voluntary') == [
        ("chargebee:c2", "2026-03-20 00:00:00", False),
        ("chargebee:c3", "2026-06-30 00:00:00", True),
    ]


def test_chartmogul(tmp_path: Path) -> None:
    loaded = load(write(tmp_path / "raw", export=CHARTMOGUL), tmp_path / "landing")
    loaded.every_row_is_told(cuts={})
    # cus_3 is cancelled, and nothing says since when; cus_1 has two subscriptions.
    assert loaded.left == {
        ("export.csv", "customer"): {
            "1 rows are not read into customer: another subscription tells of the same customer."
        },
        ("export.csv", "subscription_span"): {
            "1 rows are not read into subscription_span: they are cancelled, and nothing says since when."
        },
    }
    assert loaded.rows("customer", "customer_id, name, country") == [
        ("chartmogul:cus_1", "Acme", "ES"), ("chartmogul:cus_2", "Bolt", "DE"), ("chartmogul:cus_3", "Cog", "DE"),
    ]  # fmt: skip
    # January 150.00 + 10.00; February 25.00 more; from March on without the 10.00 of sub_2.
    book = loaded.book(tmp_path / "books", "2026-03-31")
    assert mrr(book, "2026-01", "2026-03") == [("2026-01", 16000), ("2026-02", 18500), ("2026-03", 17500)]


def test_chartmogul_without_days_is_set_aside(tmp_path: Path) -> None:
    # The export that ChartMogul documents has neither START_DATE nor END_DATE.
    lines = [",".join(line.strip().split(",")[:-2]) for line in CHARTMOGUL.strip().splitlines()]
    loaded = load(write(tmp_path / "raw", export="\n".join(lines)), tmp_path / "landing")
    loaded.every_row_is_told(cuts={})
    assert loaded.counts[("export.csv", "subscription_span")] == (0, 2, 2)
    assert {column for _, _, column, _ in loaded.aside} == {"valid_from"}
