"""Words of systems in the languages of people: what is known is read, and what is not is asked for, never guessed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from relevo.base.config import Config
from relevo.book.engine import connect
from relevo.book.landing import Landing, kept_sql, quarantined_rows
from relevo.sources.load import load_path

ANSWER = (
    "Ticket ID,Subject,Status,Source,Agent,Created time,Closed time,Survey results\n"
    "1,A,Closed,Email,Ana,2026-01-05 10:00,2026-01-06 10:00,"
)


def loaded(tmp_path: Path, text: str, table: str, told: str) -> tuple[list[tuple[object, ...]], list[str | None]]:
    """Rows that are kept of a file, and the columns for which rows were set aside."""
    file = tmp_path / "export.csv"
    file.write_text(text)
    landing = Landing(tmp_path / "landing")
    load_path(file, landing, Config(), datetime(2026, 4, 1, tzinfo=UTC))
    with connect() as connection:
        rows = connection.execute(f"SELECT {told} FROM ({kept_sql(landing, table)}) ORDER BY ALL").fetchall()
        return rows, [row.column for row in quarantined_rows(landing, connection, 10, 0) if row.table == table]


@pytest.mark.parametrize(
    ("word", "score"),
    [
        ("Extremely Happy", 1), ("Extremadamente feliz", 1), ("Muito satisfeito", 1), ("非常满意", 1),
        ("Neutral", 0), ("Neutro", 0),
        ("Unhappy", -1), ("Extremamente infeliz", -1), ("Muy insatisfecho", -1), ("Descontento", -1),
        ("非常不满意", -1),
    ],
)  # fmt: skip
def test_answers_to_a_survey_of_freshdesk(tmp_path: Path, word: str, score: int) -> None:
    assert loaded(tmp_path, ANSWER + word, "rating", "score") == ([(score,)], [])


def test_an_answer_in_unknown_words_is_set_aside_not_taken_for_a_bad_one(tmp_path: Path) -> None:
    assert loaded(tmp_path, ANSWER + "4 of 5", "rating", "score") == ([], ["score"])


@pytest.mark.parametrize(
    ("label", "kind"),
    [("续约", "renewal"), ("Renovación", "renewal"), ("扩展", "expansion"), ("Expansão", "expansion"), ("", "new")],
)
def test_kinds_of_deals(tmp_path: Path, label: str, kind: str) -> None:
    text = (
        "Deal - ID,Deal - Title,Deal - Value,Deal - Currency,Deal - Status,Deal - Deal created,Deal - Label\n"
        f"7,Seats,10.00,EUR,Open,2026-01-05 10:00,{label}\n"
    )
    assert loaded(tmp_path, text, "deal", "kind") == ([(kind,)], [])


def test_a_view_of_zendesk_tells_of_a_customer_and_a_requester_once(tmp_path: Path) -> None:
    head = (
        "Id,Requester,Requester id,Requester email,Assignee,Subject,Status,Via,Created at,Organization,"
        "Satisfaction Score\n"
    )
    rows = [
        "1,Ana,11,ana@acme.example,Bo,Login,Solved,Mail,2026-01-05 10:00,Acme,Good",
        "2,Ana,11,ana@acme.example,Bo,Price,Open,Mail,2026-01-06 10:00,Acme,No ofrecido",
        "3,Eva,12,eva@acme.example,Bo,Price,Open,Mail,2026-01-07 10:00,Acme,Not Offered",
    ]
    text = head + "\n".join(rows) + "\n"
    assert loaded(tmp_path, text, "customer", "customer_id") == ([("zendesk:named:Acme",)], [])
    assert loaded(tmp_path, text, "contact", "contact_id") == ([("zendesk:11",), ("zendesk:12",)], [])
    assert loaded(tmp_path, text, "conversation", "conversation_id, csat_offered") == (
        [("zendesk:1", True), ("zendesk:2", None), ("zendesk:3", False)],
        [],
    ), "what the words do not say stays unknown"
