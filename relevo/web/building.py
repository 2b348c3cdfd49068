"""The last build in words: how far it came, why it ended, what is served meanwhile, what to do next."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relevo.answers.data import BuildLine, DataPage
from relevo.web import format as written

REASONS: dict[str, str | Promise] = {
    "refused": gettext_lazy("a critical finding forbids the book"),
    "disk_full": gettext_lazy("the disk is full"),
    "read_only": gettext_lazy("the disk cannot be written to"),
    "out_of_memory": gettext_lazy("memory ran out"),
    "killed": gettext_lazy("its process was killed"),
    "stopped": gettext_lazy("somebody stopped it"),
    "wrong_use": gettext_lazy("it could not be done as asked"),
    "fault": gettext_lazy("an error that was not foreseen"),
}
NEXT: dict[str, str | Promise] = {
    "refused": gettext_lazy("Mend what the finding names, load it again, then run relevo build."),
    "disk_full": gettext_lazy("Free space, then run relevo build."),
    "read_only": gettext_lazy("Make the home writable, then run relevo build."),
    "out_of_memory": gettext_lazy("Raise memory_limit in relevo.toml or end other programs, then run relevo build."),
    "killed": gettext_lazy("Run relevo build again; where it is killed again, relevo doctor says what is short."),
    "stopped": gettext_lazy("Run relevo build again."),
    "wrong_use": gettext_lazy("Run relevo build again; it says what it lacks."),
    "fault": gettext_lazy("Run relevo doctor and report what it says."),
}


@dataclass(frozen=True)
class BuildNews:
    """What the page says about the last build; `is_bad` where it did not end well."""

    sentences: tuple[str, ...]
    told: str = ""
    is_bad: bool = True


def build_news(page: DataPage) -> BuildNews | None:
    """The news of the last build; None where the book that is read is the last one and the disk is writable."""
    build = page.build
    if build is None:
        return None if page.can_write else BuildNews((_cannot_write(), str(NEXT["read_only"])))
    if build.ending == "running":
        told = _("A build runs since %(when)s UTC; its last step: %(step)s.")
        return BuildNews((told % _values(build),), is_bad=False)
    blocked = () if page.can_write else (_cannot_write(),)
    return BuildNews((_ended(build), _served(page), *blocked, str(NEXT[build.ending])), build.told)


def _ended(build: BuildLine) -> str:
    if not build.step:
        told = _("The last build, of %(when)s UTC, ended before its first step: %(reason)s.")
    else:
        told = _("The last build, of %(when)s UTC, ended after the step %(step)s: %(reason)s.")
    return told % _values(build)


def _served(page: DataPage) -> str:
    if page.stamp is None:
        return _("No book has been published yet.")
    return _("The book of %(when)s UTC is still read.") % {"when": written.minute(page.stamp.built_at)}


def _cannot_write() -> str:
    return _("The home cannot be written to now.")


def _values(build: BuildLine) -> dict[str, str]:
    reason = str(REASONS.get(build.ending, ""))
    return {"when": written.minute(build.began_at), "step": build.step or "–", "reason": reason}
