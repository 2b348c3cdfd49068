"""Erasing, piece by piece: what is recognised, what stands in, and what is refused."""

import fcntl
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from relevo.base.config import Config
from relevo.base.errors import NotReady, WrongUse
from relevo.book.book import Book
from relevo.book.engine import connect
from relevo.book.erased import Forgotten, Register, phrase, words_of
from relevo.book.erasing import Wanted, begin, conversations_of, erase_landing, register_of
from relevo.book.erasing_books import erase_books
from relevo.book.erasing_rows import Scrubber
from relevo.book.landing import Landing
from relevo.book.store import Store
from relevo.sources.load import load_path
from tests.making import NOW, make, span, write_table

ZOE = "zoe.diaz@home.example"


def rules(*texts: str) -> Forgotten:
    nobody = frozenset[str]()
    return Forgotten("salt", nobody, nobody, nobody, frozenset(phrase("salt", text) for text in texts))


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Ana López", True),
        ("ANA  LOPEZ-García", True),
        ("mail of Ana Lopez.", True),
        ("请联系王小明处理", True),
        ("Ana met Lopez", False),
        ("Ana", False),
        ("", False),
    ],
)
def test_a_phrase_is_recognised_however_it_is_written(text: str, is_named: bool) -> None:
    assert rules("Ana López", "王小明").names(text) is is_named


def test_words_are_small_letters_without_accents_and_single_chinese_signs() -> None:
    assert words_of("Ána-López 王明 x9@y.z") == ("ana", "lopez", "王", "明", "x9", "y", "z")


def test_values_of_json_are_cleaned_to_any_depth() -> None:
    forgotten = rules("Ana López")
    stand_in = forgotten.stand_in("Ana López")
    assert stand_in.startswith("erased-")
    assert forgotten.clean({"Ana López": [1, None, ("ana lopez", "Leo")]}) == {
        stand_in: [1, None, [forgotten.stand_in("ana lopez"), "Leo"]]
    }


def test_nobody_is_forgotten_before_the_first_erasure(tmp_path: Path) -> None:
    register = Register(tmp_path / "erasures")
    assert (register.all(), register.forgotten()) == ((), None)
    assert register.salt == register.salt
    landing = Landing(tmp_path)
    with pytest.raises(WrongUse, match="ever loaded"):
        begin(landing, Wanted("contact", "k1"), NOW)


def test_rules_without_an_id_still_search_texts(tmp_path: Path) -> None:
    file, draft = tmp_path / "rows.parquet", tmp_path / "draft.parquet"
    with closing(connect()) as connection:
        connection.execute(f"COPY (SELECT 'Ana López' AS a, 'Leo' AS b, 3 AS n) TO '{file}' (FORMAT parquet)")
        scrubber = Scrubber.of(connection, Landing(tmp_path / "landing"), rules("Ana López"))
        assert scrubber.scrub(file, draft, None) == 1
        found = connection.execute("SELECT a, b, n FROM read_parquet(?)", [str(draft)]).fetchall()
        assert found == [(scrubber.rules.stand_in("Ana López"), "Leo", 3)]
        assert Scrubber.of(connection, Landing(tmp_path), rules("Nobody Here")).scrub(file, draft, None) == 0


def home_of_zoe(folder: Path) -> Landing:
    """A customer who is a person, whose id is her address, known by another id to the help desk."""
    tables = {
        "customer": [
            {"customer_id": ZOE, "name": "Zoe Diaz", "tax_id": "12345678Z", "domain": "home"},
            {"customer_id": "B", "name": "Firm B", "tax_id": None, "domain": "b.example"},
        ],
        "customer_alias": [{"source": "desk", "external_id": "z-9", "customer_id": ZOE}],
        "contact": [{"contact_id": "k1", "customer_id": "z-9", "name": "Zoe", "email": None, "source": "desk"}],
        "subscription_span": [span(ZOE, "2025-01-01", None, 100), span("B", "2025-02-01", None, 200)],
        "cancellation": [
            {"customer_id": ZOE, "at": "2025-03-01T00:00:00Z", "comment": "too dear, id 12345678Z"},
            {"customer_id": "B", "at": "2025-03-01T00:00:00Z", "comment": "Zoe Diaz told us"},
        ],
    }
    assert make(folder, tables).published
    (folder / "raw" / "notes.txt").write_text("x")
    write_table(folder / "more", "fx_rate", [{"currency": "USD", "on_date": "2025-01-01", "rate": "0.9"}])
    landing = Landing(folder / "home" / "landing")
    load_path(folder / "more", landing, Config(), NOW)
    (folder / "odd").mkdir()
    (folder / "odd" / "zoe diaz.txt").write_text("nobody maps this")
    load_path(folder / "odd", landing, Config(), NOW)
    return landing


def test_an_id_that_is_an_address_gets_the_same_stand_in_everywhere(tmp_path: Path) -> None:
    landing = home_of_zoe(tmp_path)
    store = Store(tmp_path / "home" / "book")
    assert make(tmp_path, {"headcount": [{"on_date": "2025-01-01", "employees": 3}]}, "2026-09-30").published
    done = erase_landing(landing, begin(landing, Wanted("customer", ZOE), NOW))
    forgotten = register_of(landing).forgotten()
    assert forgotten
    (store.parts / "headcount-leftover.parquet").touch()
    assert erase_books(landing, store, forgotten, NOW.replace(minute=1)) == store.current()
    her = forgotten.stand_in(ZOE)
    assert done.customers == tuple(sorted((her, "z-9")))
    book = Book.open(store.path)
    try:
        rates = book.run_sql("SELECT customer_id, arr_e6 FROM run_rate ORDER BY arr_e6").rows
        names = book.run_sql("SELECT customer_id, name, tax_id, domain FROM customer ORDER BY name").rows
        comments = book.run_sql("SELECT customer_id, comment FROM cancellation ORDER BY ALL").rows
    finally:
        book.close()
    assert [customer for customer, _ in rates] == [her, "B"]
    assert names == (("B", "Firm B", None, "b.example"), (her, her, None, None))
    assert set(comments) == {("B", None), (her, None)}
    ranges = [r for load in landing.loads() if load.table == "customer" for r in load.ranges]
    assert ("customer_id", "B", her) in ranges
    assert not any("zoe" in load.file for load in landing.loads())


def test_a_home_without_a_book_is_erased_too_and_not_while_it_is_loaded(tmp_path: Path) -> None:
    write_table(tmp_path / "raw", "contact", [{"contact_id": "k1", "customer_id": "A", "name": "Zoe Diaz"}])
    landing = Landing(tmp_path / "landing")
    load_path(tmp_path / "raw", landing, Config(), NOW)
    erasure = begin(landing, Wanted("contact", "k1"), NOW)
    with (landing.path / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(NotReady, match="Another load is running"):
            erase_landing(landing, erasure)
    done = erase_landing(landing, erasure)
    assert len(done.changes) == 1
    assert register_of(landing).unfinished() == (done,)
    forgotten = register_of(landing).forgotten()
    assert forgotten
    assert erase_books(landing, Store(tmp_path / "book"), forgotten, NOW) is None
    nowhere = Landing(tmp_path / "nowhere")
    with pytest.raises(NotReady, match="Nobody is to be erased"):
        erase_landing(nowhere, replace(erasure, id="x"))


def test_a_book_on_another_ones_roll_ups_is_erased_with_them(tmp_path: Path) -> None:
    """A book has roll-ups of its own for who changed since the book before it; the rest lie with that one."""
    landing, store = home_of_zoe(tmp_path), Store(tmp_path / "home" / "book")
    counted = {"headcount": [{"on_date": "2025-01-01", "employees": 3}]}
    for minute in (1, 2):
        assert make(tmp_path, counted, now=NOW.replace(minute=minute)).published
    before = store.manifest()
    assert before.base
    sql = "SELECT arr_e6, from_day, to_day FROM run_rate ORDER BY ALL"
    book = Book.open(store.path)
    rates = book.run_sql(sql).rows
    book.close()
    erase_landing(landing, begin(landing, Wanted("customer", ZOE), NOW))
    forgotten = register_of(landing).forgotten()
    assert forgotten
    erase_books(landing, store, forgotten, NOW.replace(minute=3))
    after = store.manifest()
    assert after.base is None
    assert [f.name for f in store.path.rglob("*.duckdb")] == [f"gen-{after.id}.duckdb"]
    book = Book.open(store.path)
    try:
        assert book.run_sql(sql).rows == rates
        assert (ZOE,) not in book.run_sql("SELECT customer_id FROM run_rate").rows
    finally:
        book.close()
    assert make(tmp_path, {}, now=NOW.replace(minute=4)).published


def test_a_folder_of_spilled_rows_is_swept(tmp_path: Path) -> None:
    spilled = tmp_path / ".tmp-x.duckdb.tmp"
    spilled.mkdir(parents=True)
    (spilled / "block").touch()
    with Store(tmp_path).building():
        assert not spilled.exists()


def test_what_is_theirs_through_a_hand_off_a_deal_or_a_promise_goes_too(tmp_path: Path) -> None:
    """Rows that name nobody: an item knows only its hand-off, a fit answer its deal, and one promise its id alone."""
    at = "2025-03-01T10:00:00Z"
    deal = {"opened_at": at, "currency": "EUR", "outcome": "won", "kind": "new"}
    handoff = {"from_role": "sales", "to_role": "success"}
    promise = {"made_at": at, "product_state": "exists", "text": "a word"}
    rows = {
        "customer": [{"customer_id": c, "name": f"{c} and sons"} for c in "AB"],
        "contact": [{"contact_id": "k1", "customer_id": "B", "name": "Zoe Diaz", "email": ZOE}],
        "subscription_span": [span(c, "2024-01-10", None, 100) for c in "AB"],
        "deal": [{"deal_id": f"d{c}", "customer_id": c, **deal} for c in "AB"],
        "fit_answer": [{"deal_id": f"d{c}", "question": "q", "answer": "a word"} for c in "AB"],
        "handoff": [{"handoff_id": f"h{c}", "customer_id": c, **handoff} for c in "AB"],
        "handoff_item": [
            {"handoff_id": f"h{c}", "item": i, "value": "a word", "said_by": said}
            for c in "AB" for i, said in (("one", "Zoe Diaz"), ("two", "k1"), ("three", "Leo"))
        ],
        "promise": [{"promise_id": f"p{n}", "customer_id": c, **promise} for n, c in enumerate("ABB")],
    }  # fmt: skip
    home = make(tmp_path, rows)
    landing = Landing(tmp_path / "home" / "landing")
    assert home.published

    def told(table: str, key: str, column: str) -> list[str]:
        query = f"SELECT {key} FROM {table} WHERE \"{column}\" = 'a word' ORDER BY 1"
        book = Book.open(tmp_path / "home" / "book")
        with closing(book):
            return [row[0] for row in book.run_sql(query).rows]

    def erase(kind: str, value: str, promises: tuple[str, ...] = ()) -> None:
        erase_landing(landing, begin(landing, Wanted(kind, value), NOW), promises)
        known = register_of(landing).forgotten()
        assert known is not None
        erase_books(landing, Store(tmp_path / "home" / "book"), known, NOW, promises)

    erase("customer", "A")
    assert told("fit_answer", "deal_id", "answer") == ["dB"]
    assert told("promise", "promise_id", "text") == ["p1", "p2"]
    # Contacts of A alone go with A; of B's hand-off every item is left.
    assert told("handoff_item", "handoff_id || item", "value") == ["hBone", "hBthree", "hBtwo"]
    erase("contact", "k1", ("p2",))
    assert told("promise", "promise_id", "text") == ["p1"]
    assert told("handoff_item", "handoff_id || item", "value") == ["hBthree"]


def test_the_conversations_of_the_forgotten_are_known_by_contact_and_by_customer(tmp_path: Path) -> None:
    opened = {"channel": "mail", "opened_at": "2025-03-01T10:00:00Z"}
    home = make(tmp_path, {
        "customer": [{"customer_id": c, "name": f"{c} and sons"} for c in "AB"],
        "contact": [{"contact_id": f"k{n}", "customer_id": "A", "name": f"Zoe Diaz {n}"} for n in (1, 2)],
        "subscription_span": [span(c, "2024-01-10", None, 100) for c in "AB"],
        "conversation": [
            {"conversation_id": f"t{n}", "customer_id": customer, "contact_id": contact, **opened}
            for n, (customer, contact) in enumerate((("A", "k1"), ("A", "k2"), ("A", None), ("B", None)))
        ],
    })  # fmt: skip
    assert home.published
    landing = Landing(tmp_path / "home" / "landing")
    with pytest.raises(NotReady):
        conversations_of(landing)
    begin(landing, Wanted("contact", "k1"), NOW)
    assert conversations_of(landing) == {"t0"}
    begin(landing, Wanted("customer", "A"), NOW)
    assert conversations_of(landing) == {"t0", "t1", "t2"}
