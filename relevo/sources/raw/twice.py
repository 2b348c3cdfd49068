"""Which files tell again what subscriptions another telling has brought: counted twice, MRR would be twice as high.

A system that retells others (ChartMogul beside Stripe), or one system in two forms (Stripe's exports beside its tables
from a warehouse, where items have other ids): what comes second is asked about, and read only where somebody says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from relevo.base.findings import Finding, Severity
from relevo.book.landing_store import Load
from relevo.sources.raw.batch import RawJob
from relevo.sources.systems import SYSTEMS

_TOLD = "subscription_span"


@dataclass(frozen=True)
class Teller:
    """A system in one form, as far as it tells subscriptions."""

    system: str
    is_loader: bool

    @property
    def weight(self) -> tuple[bool, bool]:
        """Of two that tell the same, the one to believe: a billing system itself, and its tables before its exports."""
        return (not _retells(self.system), self.is_loader)

    def doubles(self, other: "Teller") -> bool:
        """Whether both would tell the same subscriptions under different ids."""
        if self.system == other.system:
            return self.is_loader != other.is_loader
        return _retells(self.system) or _retells(other.system)


def told_twice(jobs: Sequence[RawJob], loads: Iterable[Load], known: frozenset[str]) -> Mapping[str, Finding]:
    """By file what is to be asked; `loads` are those that count, `known` the files of jobs that were loaded before."""
    before = {_of_code(load.recognised) for load in loads if load.table == _TOLD and load.kept and load.recognised}
    fresh = [job for job in jobs if job.recipe.fills == _TOLD and job.file not in known and not job.seen.reading.is_]
    tellers = before | {_teller(job) for job in fresh}
    found = {}
    for job in fresh:
        own = _teller(job)
        rivals = [each for each in tellers if each.doubles(own) and (each in before or each.weight > own.weight)]
        if rivals and own not in before:
            found[job.file] = _asked(job, rivals[0])
    return found


def _teller(job: RawJob) -> Teller:
    return Teller(job.system.name, job.seen.match.table.is_loader)


def _of_code(code: str) -> Teller:
    system, _, table = code.partition(".")
    tables = {each.name: each.by_name for each in SYSTEMS}
    return Teller(system, table in tables[system] and tables[system][table].is_loader)


def _retells(system: str) -> bool:
    return any(each.name == system and each.retells for each in SYSTEMS)


def _asked(job: RawJob, rival: Teller) -> Finding:
    form = "the tables" if rival.is_loader else "exports"
    told = (
        f"It may tell again what {form} of {rival.system} tell of subscriptions; both together would count MRR twice. "
    )
    hint = "Leave it alone on the Data page, or say what it is if its subscriptions are others."
    return Finding(Severity.WARNING, "asked_file", job.file, f"{told}It was not read.", hint)
