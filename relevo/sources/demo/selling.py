"""How customers were won: lead, deal, deal_role, deal_stage, fit_answer.

Won new deals stand before every paying customer; lost, declined and open ones belong to prospects who never became
customers. Expansions and renewals follow from the lives. Deal numbers run through the kinds in that order.
"""

from dataclasses import dataclass, fields

import numpy as np

from relevo.sources.demo.cast import Cast
from relevo.sources.demo.customers import (
    CHANNELS,
    CURRENCIES,
    ENTERPRISE,
    INTERVAL_MONTHS,
    PLANS,
    SMB,
    YEARLY,
    Customers,
)  # fmt: skip
from relevo.sources.demo.frame import DAY, MONTHS, NONE, Flags, Floats, Frame, Ints, choose, known_until
from relevo.sources.demo.names import company_names
from relevo.sources.demo.owners import Owners
from relevo.sources.demo.people import person_id
from relevo.sources.demo.states import ACTIVE, ADD_ON, PLAN, SEATS, Lives
from relevo.sources.demo.subscriptions import amounts, run_rate, subscription_id
from relevo.sources.demo.truths.p01_sellers import HIGHEST, LOWEST, seller_factors
from relevo.sources.demo.writer import Id, Joined, Maybe, Moment, Same, Where, Word, Writer

KINDS = ("new", "expansion", "renewal")
NEW, EXPANSION, RENEWAL = range(3)
OUTCOMES = ("open", "won", "lost", "declined")
OPEN, WON, LOST, DECLINED = range(4)

_CYCLE_MIDDLE = np.array([29.0, 41.0, 78.0])
_CYCLE_SPREAD = 0.38
_LOST_PER_WON, _DECLINED_SHARE, _OPEN_DAYS = 2.1, 0.07, 70
_LOST_REASONS = ("price", "no_decision", "competitor", "missing_feature", "timing", "not_a_fit")
_LOST_SHARES = [24.0, 30, 18, 12, 10, 6]
_STAGES = ("qualified", "discovery", "proposal")
_STAGE_AT = (0.0, 0.3, 0.65)
_QUESTIONS = ("uses_our_core_process", "has_an_owner", "data_is_ready", "integration_exists", "budget_is_real",
              "expects_what_we_do")  # fmt: skip
_ANSWERS = ("no", "yes")
_LEADS_PER_DEAL = 1.6
_PROSPECTS = 450_000
"""Company names from this number on belong to prospects."""


@dataclass(frozen=True)
class Deals:
    """One row per deal; amounts are minor units of the customer's currency, times are seconds."""

    who: Ints
    like: Ints
    life: Ints
    kind: Ints
    outcome: Ints
    person: Ints
    opened: Ints
    closed: Ints
    forecast: Ints
    plan: Ints
    mrr: Ints
    list_mrr: Ints
    interval: Ints

    @property
    def number(self) -> Ints:
        """Deal numbers."""
        return np.arange(len(self.who))

    @property
    def new_won(self) -> "Deals":
        """The won deals for new business; they come first, so their numbers are those among all deals."""
        return self.only((self.kind == NEW) & (self.outcome == WON))

    def only(self, keep: Flags) -> "Deals":
        """The deals for which a flag holds."""
        return Deals(**{f.name: getattr(self, f.name)[keep] for f in fields(self)})


def _joined(parts: list[Deals]) -> Deals:
    return Deals(**{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Deals)})


def draw_deals(frame: Frame, cast: Cast, customers: Customers, owners: Owners, lives: Lives) -> Deals:
    """All deals of the company: won new ones first, in the order of the customers who paid."""
    won = _won(frame, customers, lives)
    return _joined([won, _not_won(frame, won), _open(frame, cast, won),
                    _expansions(frame, customers, owners, lives),
                    _renewals(frame, customers, owners, lives)])  # fmt: skip


def _won(frame: Frame, customers: Customers, lives: Lives) -> Deals:
    rng, rows = frame.stream("won"), lives.stretches
    first = np.flatnonzero((rows.status == ACTIVE) & (rows.life == 0) & (rows.at == customers.start[rows.who]))
    who = rows.who[first]
    size = len(who)
    closed = customers.start[who] - customers.trial_days[who] // 14 * 2 * 3_600 - rng.integers(2 * 3_600, 4 * DAY, size)
    cycle = _CYCLE_MIDDLE[customers.segment[who]] * np.exp(rng.normal(0, _CYCLE_SPREAD, size))
    money = amounts(customers, rows)
    months = np.array(INTERVAL_MONTHS)[rows.interval[first]]
    return Deals(
        who=who, like=who, life=np.zeros(size, dtype=np.int64), kind=np.full(size, NEW),
        outcome=np.full(size, WON), person=customers.seller[who], opened=closed - (cycle * DAY).astype(np.int64),
        closed=closed, forecast=closed + rng.integers(-12 * DAY, 6 * DAY, size), plan=rows.plan[first],
        mrr=np.rint(run_rate(customers, rows)[first]).astype(np.int64), interval=rows.interval[first],
        list_mrr=(money.gross + money.insights)[first] // months,
    )  # fmt: skip


def _not_won(frame: Frame, won: Deals) -> Deals:
    """Lost and declined deals of prospects: like those won, some days apart."""
    rng = frame.stream("lost")
    pick = rng.integers(0, len(won.who), int(len(won.who) * _LOST_PER_WON))
    shift = rng.integers(-25, 26, len(pick)) * DAY
    size = len(pick)
    closed = won.closed[pick] + shift + rng.integers(0, 20, size) * DAY
    scale = rng.uniform(0.5, 1.6, size)
    outcome = np.where(rng.random(size) < _DECLINED_SHARE, DECLINED, LOST)
    lost = Deals(
        who=np.full(size, NONE), like=won.who[pick], life=np.zeros(size, dtype=np.int64), kind=np.full(size, NEW),
        outcome=outcome, person=won.person[pick], opened=won.opened[pick] + shift, closed=closed,
        forecast=closed + rng.integers(-20, 20, size) * DAY, plan=won.plan[pick],
        mrr=(won.mrr[pick] * scale).astype(np.int64), list_mrr=(won.list_mrr[pick] * scale).astype(np.int64),
        interval=won.interval[pick],
    )  # fmt: skip
    return lost.only(closed < frame.calendar.end_second)


def _open(frame: Frame, cast: Cast, won: Deals) -> Deals:
    """The pipeline on the last day: opened lately, expected to close after the end."""
    rng, end = frame.stream("open"), frame.calendar.end_second
    recent = np.flatnonzero(won.opened > end - 120 * DAY)
    pick = np.repeat(recent, 2)[: max(3, int(1.3 * len(recent)))] if len(recent) else np.arange(min(3, len(won.who)))
    size = len(pick)
    opened = end - rng.integers(1, _OPEN_DAYS * 24, size) * 3_600
    here = cast.left[won.person[pick]] >= frame.calendar.end
    successor = cast.roster("account_executive").pick(np.full(size, MONTHS - 1), rng.random(size))
    none = np.full(size, NONE)
    return Deals(
        who=none, like=won.who[pick], life=np.zeros(size, dtype=np.int64), kind=np.full(size, NEW),
        outcome=np.full(size, OPEN), person=np.where(here, won.person[pick], successor), opened=opened, closed=none,
        forecast=end + rng.integers(2, 80, size) * DAY, plan=won.plan[pick], mrr=won.mrr[pick],
        list_mrr=won.list_mrr[pick], interval=won.interval[pick],
    )  # fmt: skip


def _expansions(frame: Frame, customers: Customers, owners: Owners, lives: Lives) -> Deals:
    """Larger steps up in seats, plan or add-on, sold by the success manager of the day."""
    rows, rng = lives.stretches, frame.stream("expansions")
    rate = run_rate(customers, rows)
    before = np.append(0.0, rate[:-1])
    same = np.append(False, (rows.who[1:] == rows.who[:-1]) & (rows.life[1:] == rows.life[:-1]))
    sold = np.isin(rows.cause, (SEATS, PLAN, ADD_ON)) & same & (rate > before)
    sold &= (customers.segment[rows.who] != SMB) | (rows.cause != SEATS)
    pick = np.flatnonzero(sold)
    closed = rows.at[pick] - rng.integers(3_600, 5 * DAY, len(pick))
    gain = np.rint(rate[pick] - before[pick]).astype(np.int64)
    return _later(rng, customers, owners, lives, pick, EXPANSION, closed, gain)


def _renewals(frame: Frame, customers: Customers, owners: Owners, lives: Lives) -> Deals:
    """Yearly terms of larger customers that ended: won where the customer stays, lost where not."""
    rows, rng = lives.stretches, frame.stream("renewals")
    previous_end = np.append(NONE, rows.term_end[:-1])
    same = np.append(False, (rows.who[1:] == rows.who[:-1]) & (rows.life[1:] == rows.life[:-1]))
    renewed = same & (rows.status == ACTIVE) & (previous_end == rows.at // DAY) & (rows.interval == YEARLY)
    pick = np.flatnonzero(renewed & (customers.segment[rows.who] != SMB))
    closed = rows.at[pick] - rng.integers(2 * DAY, 30 * DAY, len(pick))
    won = _later(
        rng, customers, owners, lives, pick, RENEWAL, closed, np.rint(run_rate(customers, rows)[pick]).astype(np.int64)
    )
    return _joined([won, _lost_renewals(rng, customers, owners, lives)])


def _lost_renewals(rng: np.random.Generator, customers: Customers, owners: Owners, lives: Lives) -> Deals:
    rows = lives.stretches
    larger = (customers.segment[rows.who] != SMB) & (rows.interval == YEARLY)
    pick = np.flatnonzero(larger & (rows.requested >= 0) & (rows.until >= 0))
    rate = np.rint(run_rate(customers, rows)[pick]).astype(np.int64)
    lost = _later(rng, customers, owners, lives, pick, RENEWAL, rows.requested[pick], rate)
    return Deals(**{**lost.__dict__, "outcome": np.full(len(pick), LOST)})


def _later(
    rng: np.random.Generator, customers: Customers, owners: Owners, lives: Lives,
    pick: Ints, kind: int, closed: Ints, mrr: Ints,
) -> Deals:  # fmt: skip
    """A deal with a customer there already, from the stretch it led to."""
    rows, size = lives.stretches, len(pick)
    who = rows.who[pick]
    money = amounts(customers, rows)
    months = np.array(INTERVAL_MONTHS)[rows.interval[pick]]
    full = (money.gross + money.insights)[pick] // months
    return Deals(
        who=who, like=who, life=rows.life[pick], kind=np.full(size, kind), outcome=np.full(size, WON),
        person=owners.at(who, closed), opened=closed - rng.integers(5, 45, size) * DAY, closed=closed,
        forecast=closed + rng.integers(-10, 10, size) * DAY, plan=rows.plan[pick], mrr=mrr,
        list_mrr=np.maximum(mrr, np.where(kind == RENEWAL, full, mrr)), interval=rows.interval[pick],
    )  # fmt: skip


def write_selling(frame: Frame, cast: Cast, customers: Customers, deals: Deals, out: Writer) -> None:
    """Write the five tables of selling."""
    _deal(frame, customers, deals, out)
    _roles(frame, cast, customers, deals, out)
    _stages(frame, deals, out)
    _fit(frame, cast, customers, deals, out)
    _leads(frame, cast, customers, deals, out)


def _deal(frame: Frame, customers: Customers, deals: Deals, out: Writer) -> None:
    rng, size = frame.stream("deal_table"), len(deals.who)
    reason = np.where(deals.outcome == LOST, choose(rng, _LOST_SHARES, size), NONE)
    reason = np.where(deals.outcome == DECLINED, len(_LOST_REASONS) - 1, reason)
    months = np.array(INTERVAL_MONTHS)[deals.interval]
    long = (customers.segment[deals.like] == ENTERPRISE) & (deals.interval == YEARLY) & (rng.random(size) < 0.35)
    term = np.where(long, 24, months)
    names = company_names(np.where(deals.who >= 0, deals.who, _PROSPECTS + deals.number % 150_000))
    won_or_new = (deals.outcome == WON) & (deals.who >= 0) | (deals.kind != NEW)
    out.add(
        "deal",
        {
            "deal_id": Id("d", deals.number),
            "customer_id": Id("c", deals.who),
            "subscription_id": Where(won_or_new, subscription_id(np.maximum(deals.who, 0), deals.life)),
            "name": Joined((Word(names.root, names.ROOTS), " ", Word(names.second, names.SECOND), " ",
                            Word(names.ending, names.ENDINGS), ", ", Word(deals.kind, KINDS))),
            "kind": Word(deals.kind, KINDS),
            "person_id": person_id(deals.person),
            "channel": Word(customers.channel[deals.like], CHANNELS),
            "plan": Word(deals.plan, PLANS),
            "opened_at": Moment(deals.opened),
            "closed_at": Moment(deals.closed),
            "outcome": Word(deals.outcome, OUTCOMES),
            "lost_reason": Word(reason, _LOST_REASONS),
            "amount_cents": deals.mrr * term,
            "mrr_cents": deals.mrr,
            "list_mrr_cents": deals.list_mrr,
            "currency": Word(customers.currency[deals.like], CURRENCIES),
            "term_months": term,
            "prepaid_months": Maybe(months, deals.outcome == WON),
            "forecast_at": Moment(deals.forecast),
        },
        size,
    )  # fmt: skip


def _roles(frame: Frame, cast: Cast, customers: Customers, deals: Deals, out: Writer) -> None:
    """Who took part: one seller, or two who share; development, presales, onboarding and success where they did."""
    rng, size = frame.stream("deal_roles"), len(deals.who)
    month = frame.calendar.month(np.where(deals.closed >= 0, deals.closed, deals.opened) // DAY)
    second = cast.roster("account_executive", "account_director").pick(month, rng.random(size))
    shared = (rng.random(size) < 0.08) & (second >= 0) & (second != deals.person) & (deals.kind == NEW)
    small = rng.choice((0.2, 0.3, 0.4), size)
    new, larger = deals.kind == NEW, customers.segment[deals.like] != SMB
    sourcing = cast.roster("sales_development").pick(month, rng.random(size))
    engineer = cast.roster("solutions_engineer", otherwise="head_of_presales").pick(month, rng.random(size))
    won = (deals.outcome == WON) & new
    groups: tuple[tuple[str, Ints, Flags, Floats | None], ...] = (
        ("sold_by", deals.person, deals.person >= 0, np.where(shared, 1 - small, 1.0)),
        ("sold_by", second, shared, small),
        ("sourced_by", sourcing, new & (sourcing >= 0) & (customers.channel[deals.like] == 1), None),
        ("presales", engineer, new & larger & (engineer >= 0), None),
        ("implementation", customers.implementer[deals.like], won, None),
        ("success", customers.manager[deals.like], won, None),
    )
    for role, person, flag, share in groups:
        keep = np.flatnonzero(flag & (person >= 0))
        out.add(
            "deal_role",
            {
                "deal_id": Id("d", keep),
                "role": Same(role),
                "person_id": person_id(person[keep]),
                "share": Same(None) if share is None else np.round(share[keep], 2),
            },
            len(keep),
        )


def _stages(frame: Frame, deals: Deals, out: Writer) -> None:
    end = frame.calendar.end_second
    last = np.where(deals.closed >= 0, deals.closed, np.maximum(deals.forecast, deals.opened + DAY))
    for stage, share in zip(_STAGES, _STAGE_AT, strict=True):
        at = deals.opened + ((last - deals.opened) * share).astype(np.int64)
        reached = np.flatnonzero((at < end) & ((deals.outcome != DECLINED) | (share < 0.5)))
        out.add(
            "deal_stage",
            {"deal_id": Id("d", reached), "at": Moment(at[reached]), "stage": Same(stage)},
            len(reached),
        )
    closed = np.flatnonzero(deals.closed >= 0)
    outcome = Word(deals.outcome[closed], OUTCOMES)
    out.add(
        "deal_stage", {"deal_id": Id("d", closed), "at": Moment(deals.closed[closed]), "stage": outcome}, len(closed)
    )


def _fit(frame: Frame, cast: Cast, customers: Customers, deals: Deals, out: Writer) -> None:
    """Six questions on most new deals; where sellers differ, those who lose customers also sell past the answers."""
    rng = frame.stream("fit")
    asked = (deals.kind == NEW) & (
        rng.random(len(deals.who)) < np.array([0.45, 0.85, 0.95])[customers.segment[deals.like]]
    )
    pick = np.flatnonzero(asked & (deals.person >= 0))
    factor = seller_factors(frame, cast)[deals.person[pick]]
    pressure = np.log(factor / LOWEST) / np.log(HIGHEST / LOWEST) if frame.company.sellers_differ else 0.4 * factor
    for question in _QUESTIONS:
        yes = rng.random(len(pick)) < 0.94 - 0.34 * pressure - 0.2 * (deals.outcome[pick] == DECLINED)
        known = rng.random(len(pick)) < 0.92
        out.add(
            "fit_answer",
            {
                "deal_id": Id("d", pick),
                "question": Same(question),
                "answer": Where(known, Word(yes.astype(np.int64), _ANSWERS)),
                "answered_at": Moment(np.minimum(deals.opened[pick] + 3 * DAY, frame.calendar.end_second - 60)),
                "person_id": person_id(deals.person[pick]),
            },
            len(pick),
        )


def _leads(frame: Frame, cast: Cast, customers: Customers, deals: Deals, out: Writer) -> None:
    """A lead before every new deal, and more that came to nothing."""
    rng, end = frame.stream("leads"), frame.calendar.end_second
    source = np.flatnonzero(deals.kind == NEW)
    lost = rng.choice(source, int(len(source) * _LEADS_PER_DEAL))
    pick = np.concatenate([source, lost])
    became = np.arange(len(pick)) < len(source)
    created = deals.opened[pick] - rng.integers(3_600, 21 * DAY, len(pick))
    created = np.where(became, created, created + rng.integers(-15, 16, len(pick)) * DAY)
    created = np.minimum(created, end - rng.integers(60, 20 * DAY, len(pick)))
    month = frame.calendar.month(created // DAY)
    roster = cast.roster("sales_development", otherwise="account_executive")
    who = np.where(became, deals.who[pick], NONE)
    out.add(
        "lead",
        {
            "lead_id": Id("l", np.arange(len(pick))),
            "created_at": Moment(created),
            "channel": Word(customers.channel[deals.like[pick]], CHANNELS),
            "qualified": became | (rng.random(len(pick)) < 0.25),
            "person_id": person_id(roster.pick(month, rng.random(len(pick)))),
            "customer_id": Id("c", who),
            "converted_at": Moment(np.where(became, known_until(deals.opened[pick], end), NONE)),
        },
        len(pick),
    )
