"""What runs by itself in words: the note on Today, the table on Data."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relevo.answers.running import Health, JobLine, JobState, Running
from relevo.jobs.mail_words import job_title
from relevo.web import format as written
from relevo.web.building import NEXT, REASONS
from relevo.web.labels import Names, label
from relevo.web.parts import Cell, Grid, Head

STATES: Names = {
    "ok": gettext_lazy("well"),
    "failing": gettext_lazy("fails"),
    "running": gettext_lazy("at work"),
    "off": gettext_lazy("switched off"),
    "waiting": gettext_lazy("not run yet"),
}
# How a run ended; codes of builds that failed are worded where builds are.
CODES: dict[str, str | Promise] = {
    **REASONS,
    "published": gettext_lazy("a new book was published"),
    "nothing_new": gettext_lazy("nothing was new"),
    "no_data": gettext_lazy("nothing was loaded yet"),
    "put_off": gettext_lazy("somebody else was loading or building"),
    "folder_missing": gettext_lazy("a watched folder is not there"),
    "nothing_waits": gettext_lazy("nothing waited to be loaded"),
    "uploads_loaded": gettext_lazy("what was uploaded was loaded"),
    "nothing_to_tell": gettext_lazy("there was nothing to tell"),
    "not_set_up": gettext_lazy("no mail server is set up"),
    "no_owner": gettext_lazy("no owner has an address"),
    "mail_failed": gettext_lazy("the mail server did not take the mail"),
    "sent": gettext_lazy("the owners were written to"),
    "nothing_due": gettext_lazy("no promise was due"),
    "settled": gettext_lazy("promises were settled by their issue or their day"),
    "not_yet": gettext_lazy("mails of the morning went out already, or it is before seven"),
    "notices_sent": gettext_lazy("people for whom something waits were written to"),
    "no_webhook": gettext_lazy("no webhook is set up"),
    "told": gettext_lazy("other systems were told"),
    "given_up": gettext_lazy("another system took no message for a day"),
}
# What a job does again by itself nobody has to run.
_NEXT: dict[str, str | Promise] = {
    **NEXT,
    "refused": gettext_lazy("Put the file, mended, under the same name into its folder; the next run reads it."),
    "disk_full": gettext_lazy("Free space; the next run goes on by itself."),
    "read_only": gettext_lazy("Make the home writable; the next run goes on by itself."),
    "killed": gettext_lazy("Run relevo doctor; it says what is short."),
    "folder_missing": gettext_lazy("Mount the folder, or take it out of [watch] in relevo.toml."),
    "mail_failed": gettext_lazy("Mend [mail] in relevo.toml, then run relevo mail test."),
    "no_owner": gettext_lazy("Give the owner an address."),
    "given_up": gettext_lazy("Mend the receiver of the webhook, then look whether it takes messages again."),
}


@dataclass(frozen=True)
class RunningNews:
    """What a page says where something that runs by itself is not well: sentences, and the words of who raised it."""

    sentences: tuple[str, ...]
    told: str = ""


def running_news(told: Running) -> RunningNews | None:
    """What is not well, since when, what is served meanwhile and what to do next; None where all is well."""
    if told.health is Health.STALE:
        seen = written.minute(told.seen_at)
        stale = _("What runs by itself has stood still since %(when)s UTC.") % {"when": seen}
        return RunningNews((stale, _served(told), _("Start relevo serve or relevo worker again.")))
    if not told.failing or told.health is Health.OFF:
        return None
    first, *more = told.failing
    also = ngettext("%(n)s other job fails too.", "%(n)s other jobs fail too.", len(more)) % {"n": len(more)}
    parts = (_fails(first), _served(told), str(_NEXT.get(first.code, "")), also if more else "")
    return RunningNews(tuple(part for part in parts if part), first.text)


def running_grid(told: Running) -> Grid:
    """Every job: its state, its last run and how that ended, when it comes again."""
    heads = (
        Head(_("Job")),
        Head(_("State")),
        Head(_("Last run, UTC")),
        Head(_("How it ended")),
        Head(_("Every")),
        Head(_("Next, UTC")),
    )
    return Grid(_("What runs by itself"), heads, tuple(_line(each) for each in told.jobs))


def _line(job: JobLine) -> tuple[Cell, ...]:
    minutes = ngettext("%(n)s minute", "%(n)s minutes", job.every_minutes) % {"n": job.every_minutes}
    is_off = job.state is JobState.OFF
    return (
        Cell(job_title(job.name)),
        Cell(label(STATES, str(job.state))),
        Cell(written.minute(job.ended_at)),
        Cell(label(CODES, job.code) or written.MISSING),
        Cell(written.MISSING if is_off else minutes),
        Cell(written.minute(job.next_at)),
    )


def _fails(job: JobLine) -> str:
    values = {"job": job_title(job.name), "when": written.minute(job.failing_since), "why": label(CODES, job.code)}
    return _("%(job)s fails since %(when)s UTC: %(why)s.") % values


def _served(told: Running) -> str:
    if told.serves is None:
        return _("No book has been published yet.")
    return _("The book of %(when)s UTC is still read.") % {"when": written.minute(told.serves)}
