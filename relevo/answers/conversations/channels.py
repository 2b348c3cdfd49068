"""Channels: what came of what customers began on each, and what another one would take (rows S3-60 and S3-27)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from relevo.answers.conversations.channel_sheet import Sheet, SheetAsk, sheet_of
from relevo.answers.conversations.told import Lock, lock_of
from relevo.answers.reading import Reading
from relevo.answers.small_cells import small_rows
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.values import Sentence, count, rate, text
from relevo.base.periods import month_text
from relevo.base.scales import Tally
from relevo.book.remembering import Remembered
from relevo.insight.talks.channels import MONTHS, Channel, Year, first_month_of, share, year_of
from relevo.measures.card import Ask

__all__ = ["Audit", "Channel", "ChannelsPage", "Line", "Sheet", "SheetAsk", "channels_page"]
# A company of 20 to 100 chooses its channels; one of more than 250 looks once a year whether they do.
SHEET_FROM, AUDIT_FROM = 3, 5
# A channel with fewer conversations a year is not named as the one that fails most.
FEW = 30
_CHANNEL = "channel"
_YEARS: Remembered[Year] = Remembered(8)
_FIRST: Remembered[int | None] = Remembered(4)


@dataclass(frozen=True)
class Line:
    """A channel of the year and of the one before; None where it had nothing, or too few customers to be told of.

    `share` is its part of everything begun in the year. `stands_out` says that more of it came to nothing than of all,
    beyond chance (95 %).
    """

    name: str
    now: Channel | None
    before: Channel | None
    share: float | None
    stands_out: bool = False


@dataclass(frozen=True)
class Audit:
    """Twelve complete months by channel, the most used first; months are YYYY-MM.

    Sums are of every channel; figures of the `hidden` ones are withheld, for fewer than five customers stand behind
    them. `known_from` is the month of the first conversation: where it lies after `first` the year is not whole, and
    where it lies after `before_from` the year before is not told.
    """

    first: str
    last: str
    lines: tuple[Line, ...]
    begun: int
    failed: int
    left_out: int
    ease_elsewhere: Tally
    hidden: int
    known_from: str
    before_from: str
    is_whole: bool
    has_before: bool

    @property
    def failed_share(self) -> float | None:
        """The part of everything begun that came to nothing."""
        return share(self.failed, self.begun)


@dataclass(frozen=True)
class ChannelsPage:
    """The page. `lock` says from which stage on channels are chosen here; everything else is empty then.

    `audit_lock` says from which stage on they are audited; `audit` is None then, and before the first conversation.
    """

    stamp: Stamp
    lock: Lock | None
    sentence: Sentence
    audit_lock: Lock | None
    audit: Audit | None
    sheet: Sheet | None


def channels_page(reading: Reading, asked: SheetAsk | None = None) -> ChannelsPage:
    """The page of channels, with the answer to a proposal where one is asked. NotReady before the first book."""
    lock = lock_of(reading, SHEET_FROM)
    if lock:
        return ChannelsPage(stamp(reading), lock, Sentence("channels.locked"), lock, None, None)
    audit_lock = lock_of(reading, AUDIT_FROM)
    audit = None if audit_lock else _audit(reading)
    return ChannelsPage(stamp(reading), None, _sentence(audit), audit_lock, audit, sheet_of(reading, asked))


def _audit(reading: Reading) -> Audit | None:
    """The last twelve complete months beside those before them; None where nothing was begun by then."""
    book = reading.company_book
    last, known = book.last_complete_month, _FIRST.get(book, "first", lambda: first_month_of(book))
    if known is None or known > last:
        return None
    year = _year(reading, last)
    before = _year(reading, last - MONTHS) if known <= year.first - MONTHS else None
    told = _told(reading, year)
    return Audit(
        first=month_text(year.first),
        last=month_text(last),
        lines=_lines(year, told, _told(reading, before) if before else {}),
        begun=year.begun,
        failed=year.failed,
        left_out=year.left_out,
        ease_elsewhere=year.ease_elsewhere,
        hidden=len(year.channels) - len(told),
        known_from=month_text(known),
        before_from=month_text(year.first - MONTHS),
        is_whole=known <= year.first,
        has_before=before is not None,
    )


def _year(reading: Reading, last: int) -> Year:
    book, assumed = reading.company_book, reading.assumed()
    return _YEARS.get(book, (last, assumed.response_promises), lambda: year_of(book, last, assumed))


def _told(reading: Reading, year: Year) -> dict[str, Channel]:
    """The channels that may be told to this viewer: few customers stand behind none of them, nor behind the rest."""
    rows = [{_CHANNEL: each.name} for each in year.channels]
    sizes: dict[str | None, int] = {each.name: each.customers for each in year.channels}
    small: frozenset[int] = frozenset()
    if not reading.viewer.sees_all:
        small = small_rows(reading.company_book, Ask(by=_CHANNEL), lambda _ask: rows, lambda _ask: sizes)
    return {each.name: each for place, each in enumerate(year.channels) if place not in small}


def _lines(year: Year, told: Mapping[str, Channel], before: Mapping[str, Channel]) -> tuple[Line, ...]:
    """Every channel of the year, and after them those that were used the year before alone."""
    names = [each.name for each in year.channels]
    gone = sorted(set(before) - set(names))
    lines = (_line(name, told.get(name), before.get(name), year.begun) for name in (*names, *gone))
    return _marked(tuple(lines), share(year.failed, year.begun))


def _line(name: str, now: Channel | None, before: Channel | None, begun: int) -> Line:
    return Line(name, now, before, None if now is None else share(now.begun, begun))


def _marked(lines: Sequence[Line], usual: float | None) -> tuple[Line, ...]:
    """Those marked of which more came to nothing than of all, beyond chance."""
    return tuple(replace(line, stands_out=_fails_more(line.now, usual)) for line in lines)


def _fails_more(channel: Channel | None, usual: float | None) -> bool:
    if channel is None or usual is None or channel.begun < FEW:
        return False
    low, _high = channel.failed_interval
    return low is not None and low > usual


def _sentence(audit: Audit | None) -> Sentence:
    """What came to nothing in the year, and on which channel most of all."""
    if audit is None or not audit.begun:
        return Sentence("channels.choose")
    values = {"share": rate(audit.failed_share), "n": count(audit.begun), "failed": count(audit.failed)}
    if not audit.failed:
        return Sentence("channels.good", values)
    marked = [line.now for line in audit.lines if line.now and line.stands_out]
    if not marked:
        return Sentence("channels.even", values)
    worst = max(marked, key=lambda each: (each.failed_share or 0.0, each.name))
    return Sentence("channels.worst", {**values, "channel": text(worst.name), "part": rate(worst.failed_share)})
