"""Channels of a year: every fate by hand, and random desks counted one conversation at a time."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from relevo.base.periods import parse_month
from relevo.base.scales import Tally
from relevo.book.book import Book
from relevo.insight.talks.channels import Channel, Year, asked_by_minute, first_month_of, share, year_of
from relevo.measures.assumptions import Assumptions
from relevo.measures.intervals import wilson
from tests.measures.support.desks import Row, desk, ledger, moment, random_desk, talk, together

MARCH, JANUARY = parse_month("2026-03"), parse_month("2026-01")
ANA = [("2026-03-02 10:00", "ana", 600)]
ALWAYS = [{"schedule_id": "always", "timezone": "UTC", "weekday": day, "opens": "00:00", "closes": "24:00"}
          for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")]  # fmt: skip


def asked(name: str, replies: Iterable[Any] = (), reason: str | None = None, **known: Any) -> dict[str, list[Row]]:
    """A question of March the second at nine, closed two days later for a reason, or not at all."""
    ended = {"closed_at": "2026-03-04 00:00", "close_reason": reason} if reason else {}
    return talk(name, "2026-03-02 09:00", list(replies), **(ended | known))


def said(name: str, at: str, who: str) -> dict[str, list[Row]]:
    return {"message": [{"message_id": f"{name}-{who}", "conversation_id": name, "at": moment(at), "author_kind": who,
                         "is_public": True}]}  # fmt: skip


def ces(number: int, of: str | None, score: int, who: str = "acme", at: str = "2026-03-05 10:00") -> Row:
    return {"rating_id": f"e{number}", "kind": "ces", "score": score, "scale_max": 7, "at": moment(at),
            "customer_id": who, "conversation_id": of}  # fmt: skip


def named(year: Year) -> dict[str, Channel]:
    return {each.name: each for each in year.channels}


def company() -> dict[str, list[Row]]:
    """Five questions by mail and three by chat, and what is nobody's demand, not begun by a customer, or too old."""
    ours = asked("ours", reason="solved")
    ours["message"][0]["author_kind"] = "human"
    slow = [("2026-03-02 12:00", "ana", 600)]
    return together(
        asked("helped", ANA, "solved"), asked("left", slow, "went_silent"), asked("no-one", reason="no_reply"),
        talk("waiting", "2026-03-31 00:00", []), asked("spam", reason="spam"),
        asked("gone", reason="went_silent", channel="chat"),
        asked("bot", reason="solved", channel="chat"), said("bot", "2026-03-02 09:01", "bot"),
        asked("shut", reason="solved", channel="chat", customer_id="other"), ours,
        talk("old", "2025-03-31 09:00", [("2025-03-31 10:00", "ana", 60)], closed_at="2025-03-31 12:00",
             close_reason="solved"),
    )  # fmt: skip


def test_every_attempt_has_one_fate() -> None:
    """Row S3-60: demand by channel with failed attempts."""
    year = year_of(desk(company()), MARCH)
    mail, chat = year.channels
    assert (mail.name, mail.begun, mail.silent, mail.unanswered, mail.open) == ("mail", 4, 1, 1, 1)
    assert (chat.name, chat.begun, chat.given_up, chat.bot_alone, chat.unanswered) == ("chat", 3, 1, 1, 1)
    assert (mail.failed, chat.failed, year.failed, year.begun, year.left_out) == (2, 2, 4, 7, 1)
    assert (mail.failed_share, mail.failed_interval) == (0.5, wilson(2, 4))
    assert (mail.customers, chat.customers) == (1, 2)
    assert (year.first, year.last) == (parse_month("2025-04"), MARCH)


def test_waits_are_those_of_who_still_waits_too_and_not_of_who_gave_up() -> None:
    """One hour, three hours, and a day so far: the median is three hours. Nobody answered on chat."""
    found = named(year_of(desk(company()), MARCH))
    assert (found["mail"].wait_s, found["mail"].open_hours_s, found["chat"].wait_s) == (3 * 3600, None, None)


def test_replies_and_minutes_are_per_conversation() -> None:
    """Two replies in four conversations by mail, none by chat; a reply of ten minutes in what is over."""
    found = named(year_of(desk(company()), MARCH))
    assert (found["mail"].replies, found["chat"].replies) == (0.5, 0)
    # What is learnt counts every conversation that is over, chat drawn to mail by as much as it is like it.
    assert found["mail"].minutes is not None
    assert 0 < found["mail"].minutes <= 10


def test_one_case_as_long_as_another_is_expected_to_take_as_long() -> None:
    rows = together(*(asked(f"t{k}", ANA, "solved") for k in range(10)))
    assert named(year_of(desk(rows), MARCH))["mail"].minutes == pytest.approx(10)


def test_late_is_later_than_promised_in_open_hours() -> None:
    """Promised two hours: an answer after one is in time, after three late; a day of waiting is overdue."""
    rows = {**company(), "schedule": ALWAYS}
    gold = Assumptions(response_promises=(("(none)", 120),))
    mail = named(year_of(desk(rows), MARCH, gold))["mail"]
    assert (mail.due, mail.late, mail.open_hours_s) == (3, 2, 3 * 3600)
    exact = named(year_of(desk(rows), MARCH, Assumptions(response_promises=(("(none)", 180),))))["mail"]
    assert (exact.due, exact.late) == (3, 1)
    patient = named(year_of(desk(rows), MARCH, Assumptions(response_promises=(("(none)", 3000),))))["mail"]
    assert (patient.due, patient.late) == (2, 0)  # who still waits has not been let down yet
    other = named(year_of(desk(rows), MARCH, Assumptions(response_promises=(("gold", 120),))))["mail"]
    assert (other.due, other.late) == (0, None)
    assert named(year_of(desk(rows), MARCH))["mail"].late is None


def test_questions_while_nobody_is_there() -> None:
    """The office opens at ten: whoever asked at nine found nobody; chat and mail alike."""
    late = [{**row, "opens": "10:00"} for row in ALWAYS]
    found = named(year_of(desk({**company(), "schedule": late}), MARCH))
    # By mail helped, left, no-one, spam and the one at midnight.
    assert [(c.asked, c.unattended) for c in (found["mail"], found["chat"])] == [(5, 5), (3, 3)]
    unknown = named(year_of(desk(company()), MARCH))["mail"]
    assert (unknown.asked, unknown.unattended) == (0, 0)


def test_ease_is_of_who_was_asked_and_null_where_nobody_was() -> None:
    """On seven steps 5 to 7 are easy and 1 to 3 are not. Of two answers to one question the last one counts.

    A later answer on a scale that is not stated takes nothing away.
    """
    ratings = [ces(1, "helped", 2), ces(2, "helped", 6, at="2026-03-05 11:00"), ces(3, "left", 1), ces(4, None, 7),
               ces(5, None, 4), ces(6, "helped", 4, who="other"), {**ces(7, "left", 9), "scale_max": 9},
               ces(8, "old", 7, at="2025-03-31 11:00"), ces(9, "left", 7, at="2026-04-01 00:00")]  # fmt: skip
    year = year_of(desk({**company(), "rating": ratings}), MARCH)
    found = named(year)
    assert (found["mail"].ease, found["mail"].easy_share) == (Tally(1, 1, 1), pytest.approx(1 / 3))
    assert (found["chat"].ease, found["chat"].easy_share) == (Tally(0, 0, 0), None)
    # Two answers of one customer that name no conversation are two questions.
    assert year.ease_elsewhere == Tally(1, 1, 0)


def test_happiness_has_its_n_and_its_interval() -> None:
    given = (("helped", -1, "2026-03-05 10:00"), ("helped", 1, "2026-03-06 10:00"), ("left", 1, "2026-03-05 10:00"),
             ("left", 0, "2025-03-05 10:00"))  # fmt: skip
    votes = [{"rating_id": f"v{k}", "kind": "happiness", "score": score, "scale_max": 1, "at": moment(at),
              "customer_id": "acme", "conversation_id": of}
             for k, (of, score, at) in enumerate(given)]  # fmt: skip
    found = named(year_of(desk({**company(), "rating": votes}), MARCH))
    assert (found["mail"].happy, found["mail"].happiness.value) == (Tally(2, 0, 0), 100)
    assert found["mail"].happiness.low is not None
    assert (found["chat"].happy.n, found["chat"].happiness.value) == (0, None)


def test_the_year_before_is_told_as_it_stood_then() -> None:
    """What was closed in April was open at the end of March; nobody had written by chat before."""
    rows = together(
        talk("kept", "2025-03-30 09:00", [("2025-04-02 10:00", "ana", 60)], closed_at="2025-04-03 00:00",
             close_reason="went_silent"), company())  # fmt: skip
    before = named(year_of(desk(rows), MARCH - 12))
    assert list(before) == ["mail"]
    assert (before["mail"].begun, before["mail"].open, before["mail"].failed) == (2, 1, 0)
    # Half were answered within an hour; the other waited still, and its answer of April is none of March.
    assert (before["mail"].wait_s, before["mail"].replies) == (3600, 0.5)


def test_nothing_begun() -> None:
    empty = desk({})
    assert first_month_of(empty) is None
    assert year_of(empty, MARCH) == Year(MARCH - 11, MARCH, (), 0, Tally(0, 0, 0))
    assert asked_by_minute(empty, MARCH).sum() == 0
    assert share(0, 0) is None
    assert first_month_of(desk(company())) == parse_month("2025-03")


@pytest.mark.parametrize("last", [MARCH, JANUARY])
@pytest.mark.parametrize("seed", range(3))
def test_a_random_desk_counted_one_by_one(seed: int, last: int) -> None:
    book = desk(_with_bots(seed))
    year = year_of(book, last)
    wanted = _counted(book, last)
    assert {name: n for name, n in wanted["begun"].items() if n} == {c.name: c.begun for c in year.channels}
    for c in year.channels:
        told = Counter({"open": c.open, "unanswered": c.unanswered, "given_up": c.given_up, "silent": c.silent,
                        "bot_alone": c.bot_alone})  # fmt: skip
        assert +told == +Counter({fate: wanted["fates"][c.name, fate] for fate in told})
        assert c.customers == len(wanted["customers"][c.name])
        assert c.replies == pytest.approx(wanted["replies"][c.name] / c.begun)
        assert c.begun >= c.failed + c.open + c.bot_alone
    assert year.left_out == wanted["left_out"]


def _with_bots(seed: int) -> dict[str, list[Row]]:
    draw = Random(seed)  # noqa: S311 the same bots on every machine
    rows = random_desk(seed, talks=250)
    for k, row in enumerate(rows["conversation"]):
        if draw.random() < 0.3:
            rows["message"].append({"message_id": f"bot{k}", "conversation_id": row["conversation_id"],
                                    "at": row["opened_at"] + timedelta(minutes=1), "author_kind": "bot",
                                    "is_public": True})  # fmt: skip
        if row.get("close_reason") == "no_reply" and draw.random() < 0.5:
            row["close_reason"] = "went_silent"
    return rows


def _counted(book: Book, last: int) -> dict[str, Any]:
    """The same from the ledger's rows, in plain steps."""
    begins = datetime((last - 11) // 12, (last - 11) % 12 + 1, 1)  # noqa: DTZ001 the ledger's UTC says no zone
    until = datetime((last + 1) // 12, (last + 1) % 12 + 1, 1)  # noqa: DTZ001
    gave = {(w["conversation_id"], w["episode"]) for w in ledger(book, "customer_wait")
            if w["is_first"] and w["given_up_at"] is not None and w["given_up_at"] < until}  # fmt: skip
    replies = Counter((r["conversation_id"], r["episode"]) for r in ledger(book, "reply") if r["at"] < until)
    found: dict[str, Any] = {"begun": Counter(), "fates": Counter(), "replies": Counter(), "customers": {},
                             "left_out": 0}  # fmt: skip
    for row in ledger(book, "episode"):
        key, name = (row["conversation_id"], row["episode"]), row["channel"]
        if row["begun_by"] != "customer" or not begins <= row["begun_at"] < until:
            continue
        if row["outcome"] in ("spam", "merged", "duplicate"):
            found["left_out"] += 1
            continue
        found["begun"][name] += 1
        found["replies"][name] += replies[key]
        found["fates"][name, _fate(row, key in gave, until)] += 1
        mine = found["customers"].setdefault(name, set())
        mine |= {row["customer_id"]} - {None}
    return found


def _fate(row: Row, gave: bool, until: datetime) -> str:
    if gave and row["outcome"] == "went_silent":
        return "given_up"
    if gave:
        return "bot_alone" if row["bot_messages"] else "unanswered"
    if row["closed_at"] is None or row["closed_at"] >= until:
        return "open"
    return "silent" if row["outcome"] in ("went_silent", "no_reply") else "over"


@pytest.mark.parametrize("seed", range(2))
def test_the_median_is_the_plain_one_where_everybody_was_answered(seed: int) -> None:
    draw = Random(seed)  # noqa: S311
    minutes = {f"t{k}": draw.randrange(1, 600) for k in range(31)}
    parts = [asked(name, [(str(moment("2026-03-02 09:00") + timedelta(minutes=m)), "ana", 60)], "solved")
             for name, m in minutes.items()]  # fmt: skip
    assert named(year_of(desk(together(*parts)), MARCH))["mail"].wait_s == 60 * median(minutes.values())


@pytest.mark.parametrize("timezone", ["UTC", "Europe/Madrid", "Asia/Kathmandu"])
def test_questions_by_minute_of_the_week_on_the_companys_clock(timezone: str) -> None:
    book = desk(random_desk(4), timezone=timezone)
    found = asked_by_minute(book, MARCH)
    zone, wanted = ZoneInfo(timezone), Counter[int]()
    for row in ledger(book, "customer_wait"):
        at = row["from_at"].replace(tzinfo=ZoneInfo("UTC")).astimezone(zone)
        if (2025, 4) <= (at.year, at.month) <= (2026, 3):
            wanted[at.weekday() * 1440 + at.hour * 60 + at.minute] += 1
    assert {minute: int(n) for minute, n in enumerate(found) if n} == dict(wanted)
