"""One person from four angles, in words; there is no single number, and what is missing is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relevo.answers.conversations.people import Happy
from relevo.answers.conversations.person import Choosing, HelpedBy, SupportPerson
from relevo.web import format as written
from relevo.web.conversations.people import interval, lacking, notes, person_sentence, plain, score, signed

MISSING: Mapping[str, str | Promise] = {
    "load": gettext_lazy("No reply in the last three months."),
    "happiness": gettext_lazy("No customer has rated an answer; ratings are loaded, or asked for by link."),
    "reviews": gettext_lazy("No answer was drawn for a review by colleagues."),
    "kept": gettext_lazy("Too few customers were helped, or too few left, to tell."),
}
NAMES: Mapping[str, str | Promise] = {
    "load": gettext_lazy("Load"),
    "happiness": gettext_lazy("Happiness in context"),
    "reviews": gettext_lazy("Colleagues’ reviews"),
    "kept": gettext_lazy("Customers kept"),
}


APPRAISAL = ("person_id", "name", "as_of", "months", "angle", "value", "limits", "is_missing", "what_to_know")


@dataclass(frozen=True)
class Angle:
    """One angle: its name, the finding, what limits it, and where there is more."""

    code: str
    name: str
    value: str
    small: str
    words: tuple[str, ...]
    href: str
    is_missing: bool = False


def sentence(page: SupportPerson) -> str:
    """The plain sentence of happiness in context, or that there is none yet."""
    if page.happiness is None or not page.happiness.n:
        return _("%(name)s: no customer has rated an answer yet") % {"name": page.name}
    return person_sentence(page.name, page.happiness)


def angles(page: SupportPerson) -> list[Angle]:
    """The four angles in their fixed order."""
    happy = page.happiness if page.happiness and page.happiness.n else None
    return [
        _load(page, page.load) if page.load else _missing("load"),
        _happiness(happy) if happy else _missing("happiness"),
        _reviews(page.reviews) if page.reviews else _missing("reviews"),
        _kept(page.kept) if page.kept else _missing("kept"),
    ]


def appraisal_rows(page: SupportPerson) -> list[dict[str, Any]]:
    """The four angles as lines of a file, what is missing among them: none can be left out (row S2-35)."""
    about = {"person_id": page.person_id, "name": page.name, "as_of": page.stamp.as_of, "months": page.months}
    return [
        {**about, "angle": each.name, "value": each.value, "limits": each.small, "is_missing": each.is_missing,
         "what_to_know": "; ".join(each.words)}
        for each in angles(page)
    ]  # fmt: skip


def _missing(code: str) -> Angle:
    return Angle(code, str(NAMES[code]), written.MISSING, "", (str(MISSING[code]),), "", is_missing=True)


def _load(page: SupportPerson, row: Mapping[str, Any]) -> Angle:
    minutes = row.get("expected_minutes")
    hours = None if minutes is None else written.number(minutes / 60, 0)
    told = [_("hard cases: %(share)s of %(n)s") % {"share": written.rate(row.get("hard_share")),
                                                    "n": written.count(row.get("n"))}]  # fmt: skip
    if row.get("p") is not None and row["p"] < 0.01:
        told.append(_("harder than chance deals it, or easier (p below 0.01)"))
    if row.get("weeks_in_top_fifth"):
        told.append(_("weeks among the top fifth of hard work: %(n)s") % {"n": row["weeks_in_top_fifth"]})
    if row.get("after_hours_share") is not None:
        told.append(
            _("outside working hours: %(share)s of replies") % {"share": written.rate(row["after_hours_share"])}
        )
    told += [*_unasked(page.chosen), *_mix(page)]
    value = written.MISSING if hours is None else _("%(n)s expected hours") % {"n": hours}
    return Angle("load", str(NAMES["load"]), value, _("last three months"), tuple(told), reverse("load"))


def _unasked(chosen: Choosing | None) -> list[str]:
    """How many of the hard cases that came to the person it took without being given them: a count, and no rank."""
    if chosen is None or not chosen.hard:
        return []
    told = ngettext(
        "took %(n)s of %(of)s hard case unasked: one for which a great rating was least to be expected",
        "took %(n)s of %(of)s hard cases unasked: those for which a great rating was least to be expected",
        chosen.hard,
    )
    return [told % {"n": written.count(chosen.unasked), "of": written.count(chosen.hard)}]


def _mix(page: SupportPerson) -> list[str]:
    row = page.mix
    if row is None or row.get("response_s") is None:
        return []
    values = {"customers": written.count(row["customers"]), "response": written.duration(row["response_s"]),
              "usual": written.duration(row["expected_response_s"])}  # fmt: skip
    return [_("%(customers)s customers helped; own response %(response)s, on such cases usual %(usual)s") % values]


def _happiness(happy: Happy) -> Angle:
    judged, parts = happy.judged, happy.parts
    value = signed(parts.in_context) if parts.in_context is not None else lacking(judged.more)
    said, raw = plain(happy), _("raw %(between)s") % {"between": interval(judged.raw.low, judged.raw.high)}
    told = [said, raw, *(each for each in notes(happy) if each not in said)]
    told += _equal_mix(happy)
    if happy.erased_by is not None:
        told.append(_("a hidden difference of %(points)s points would undo it")
                    % {"points": written.number(abs(happy.erased_by), 1)})  # fmt: skip
    told += _not_good(happy)
    if happy.counted is not None:
        told.append(_("towards pay, hard cases never count against: %(pay)s cases beyond expected")
                    % {"pay": signed(round(happy.counted.pay, 1))})  # fmt: skip
    small = interval(judged.low, judged.high) if judged.shown else _("%(n)s ratings") % {"n": written.count(happy.n)}
    return Angle("happiness", str(NAMES["happiness"]), value, small, tuple(told), reverse("support-people"))


def _equal_mix(happy: Happy) -> list[str]:
    """Both shares of great at everybody's mix: the one comparison with colleagues that is no matter of whose cases."""
    found = happy.equal_mix
    if found is None:
        return []
    values = {
        "mine": written.rate(found.mine), "others": written.rate(found.others),
        "low": signed(round(100 * found.low, 1) + 0.0), "high": signed(round(100 * found.high, 1) + 0.0),
    }  # fmt: skip
    told = _("at everybody’s mix of categories %(mine)s of these ratings would be great, %(others)s of the colleagues’ "
             "(95 %% of the difference: %(low)s to %(high)s points)")  # fmt: skip
    return [told % values]


def _not_good(happy: Happy) -> list[str]:
    found = happy.not_good
    if found is None or found.low is None or found.high is None:
        return []
    low, high = found.low * found.expected, found.high * found.expected
    values = {"n": written.number(found.observed, 1), "expected": written.number(found.expected, 1),
              "low": written.number(low, 1), "high": written.number(high, 1),
              "many": written.count(found.too_many_from)}  # fmt: skip
    return [_("not good: %(n)s, expected %(expected)s (by chance %(low)s to %(high)s); too many from %(many)s on")
            % values]  # fmt: skip


def _reviews(row: Mapping[str, Any]) -> Angle:
    told = (_("spread %(spread)s points") % {"spread": score(row.get("spread"))},
            _("as an average reviewer would have marked: %(score)s") % {"score": score(row.get("severity_adjusted"))},
            _("for learning: no pay plan can read it"))  # fmt: skip
    small = " · ".join(filter(None, (interval(row.get("low"), row.get("high")),
                                     _("n %(n)s") % {"n": written.count(row.get("n"))})))  # fmt: skip
    value = _("%(score)s of 100") % {"score": score(row.get("score"))}
    return Angle("reviews", str(NAMES["reviews"]), value, small, told, reverse("reviews"))


def _kept(kept: HelpedBy) -> Angle:
    told = []
    if kept.expected is not None:
        told.append(_("expected of such customers: %(rate)s") % {"rate": written.rate(kept.expected)})
    if not kept.is_comparable:
        told.append(_("not comparable: nobody else helps such customers"))
    told.append(_("an association: who was about to leave was so before the help"))
    small = _("of %(n)s cases") % {"n": written.count(round(kept.n))}
    return Angle("kept", str(NAMES["kept"]), written.rate(kept.kept), small, tuple(told), reverse("after-contact"))
