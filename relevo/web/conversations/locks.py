"""Why a figure of people's work is not shown, in words: its stage, or the role of the reader."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from relevo.answers.conversations.told import Level, Lock, Told
from relevo.web import format as written


@dataclass(frozen=True)
class LockView:
    """What is said in the place of what is not shown: a heading, a sentence, and where a house decides otherwise."""

    title: str
    words: str
    href: str = ""
    link: str = ""


def lock_view(lock: Lock) -> LockView:
    """From which stage on it is shown, and the house rule by which it is shown earlier."""
    values = {
        "stage": lock.stage, "above": written.count(lock.above), "employees": written.count(lock.employees),
        "now": lock.now,
    }  # fmt: skip
    return LockView(
        title=_("Shown from stage %(stage)s on") % values,
        words=_(
            "It is shown from stage %(stage)s on, above %(above)s employees; the book counts %(employees)s, which is "
            "stage %(now)s. A small team knows who carries what, and a figure of one colleague would say less."
        )
        % values,
        href=reverse("rule", args=["early_figures"]),
        link=_("Show it earlier, with a reason, by a rule of the house"),
    )


def why_not(told: Told) -> LockView | None:
    """What is said where neither persons nor teams are told; None where one of them is."""
    if told.level is not Level.NOBODY:
        return None
    return lock_view(told.lock) if told.lock is not None else not_yours()


def not_yours() -> LockView:
    """What is said to a role that sees nobody's figures."""
    return LockView(
        _("Figures by person are not shown to you"),
        _("They belong to the person and to who leads them. Ask the owner of this Relevo."),
    )
