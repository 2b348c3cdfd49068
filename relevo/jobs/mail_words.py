"""What mails say, in the language of who reads them: plain text, and the same as simple HTML."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from relevo.answers.relay.waiting import Waiting
from relevo.desk.running.models import Schedule
from relevo.jobs.mail import Letter
from relevo.jobs.notice_words import waiting_path, waiting_words


def job_title(name: str) -> str:
    """The name of a job in the language in force; of one that is not known, its name with blanks."""
    titles = {
        "refresh": _("Reading folders and publishing the book"),
        "uploads": _("Loading uploaded files"),
        "mail_failures": _("Telling failures by mail"),
        "promises": _("Settling promises by their day and their issue"),
        "follow_ups": _("Noting what the book shows was reached"),
        "notices": _("Mails of the morning"),
        "webhooks": _("Telling other systems by webhook"),
    }
    return titles.get(name, name.replace("_", " "))


def test_letter(company: str, language: str) -> Letter:
    """A mail that says it is a test."""
    with override(language):
        lines = (
            _("This is a test: mail from Relevo reaches you."),
            _("You will be written to when something that runs by itself fails, and when it is well again."),
        )
        return _letter(_("Relevo of %(company)s: a test") % {"company": company}, lines)


def failing_letter(company: str, schedule: Schedule, served: str | None, address: str, language: str) -> Letter:
    """A mail that says what fails, since when, why, what is served meanwhile and what to do."""
    with override(language):
        named = {"job": job_title(schedule.name), "when": _minute(schedule), "company": company}
        lines = (
            _("%(job)s: fails since %(when)s UTC.") % named,
            schedule.last_text,
            _("The book %(book)s is still served.") % {"book": served} if served else _("No book is served."),
            _("What to do next: %(hint)s") % {"hint": schedule.last_hint} if schedule.last_hint else "",
            _("You hear again when it is well."),
        )
        return _letter(_("Relevo of %(company)s: %(job)s fails") % named, lines, address)


def well_letter(company: str, schedule: Schedule, address: str, language: str) -> Letter:
    """A mail that says that what failed is well again."""
    with override(language):
        named = {"job": job_title(schedule.name), "company": company}
        lines = (_("%(job)s: well again.") % named, schedule.last_text)
        return _letter(_("Relevo of %(company)s: %(job)s is well again") % named, lines, address)


def notices_letter(company: str, found: Waiting, address: str, language: str) -> Letter:
    """The mail of the morning: what waits for somebody, each with the page on which something can be done."""
    with override(language):
        number = sum(found.found.values())
        named = {"company": company, "n": number}
        subject = ngettext(
            "Relevo of %(company)s: %(n)s thing waits for you",
            "Relevo of %(company)s: %(n)s things wait for you", number,
        ) % named  # fmt: skip
        lines = [(waiting_words(line), address.rstrip("/") + waiting_path(line)) for line in found.lines]
        more = [_("And %(n)s more, which Today lists.") % {"n": found.left}] if found.left else []
        end = [*more, _("Settings, Me says whether this mail comes.")]
        text = [f"{words}\n{link}" if address else words for words, link in lines]
        html = [_item(words, link if address else "") for words, link in lines]
    told = format_html_join("\n", "<p>{}</p>", ((line,) for line in [*html, *end]))
    return Letter(" ".join(subject.split()), "\n\n".join([*text, *end]) + "\n", str(told))


def _item(words: str, link: str) -> str:
    return format_html('<a href="{}">{}</a>', link, words) if link else words


def _minute(schedule: Schedule) -> str:
    return f"{schedule.failing_since:%Y-%m-%d %H:%M}" if schedule.failing_since else ""


def _letter(subject: str, lines: tuple[str, ...], address: str = "") -> Letter:
    kept = [line for line in lines if line]
    html = format_html_join("\n", "<p>{}</p>", ((line,) for line in kept))
    if address:
        html = format_html('{}\n<p><a href="{}">{}</a></p>', html, address, address)
    # A header is one line, whatever a company is called.
    return Letter(" ".join(subject.split()), "\n\n".join([*kept, address] if address else kept) + "\n", str(html))
