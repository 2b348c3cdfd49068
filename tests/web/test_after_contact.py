"""The page of what support is for: what it says of a company, of none in contact, and who sees whose figures."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from relevo.answers.conversations.after import AfterPage, Gap, Helper, after_contact
from relevo.answers.reading import COMPANY, OPERATOR, Reading
from relevo.answers.stamp import Stamp
from relevo.desk.people.models import AuditEntry
from relevo.insight.talks.after_help import AfterHelp, Height, Use
from relevo.insight.talks.dose import Dose
from relevo.insight.talks.helped_by import HelpedBy
from relevo.insight.talks.tiers import PromiseKept, TierLeaving
from relevo.insight.talks.trap import Trap
from relevo.measures.support.experiences import Experience
from relevo.web.conversations import after as words
from relevo.web.conversations import after_curves as curves
from relevo.web.conversations import after_tiers as tiers
from tests.making import NOW
from tests.measures.support.contacts import asked, book, pays
from tests.web.conftest import member, signed_in

STAMP = Stamp("b", "Norte", "EUR", date(2026, 6, 30), NOW, "house", COMPANY, 0)
NOTHING = AfterHelp(0, 0, 0, (), (), ())


def reading(**more: Any) -> Reading:
    """A book with contact, as the operator sees it."""
    spans = [pays(f"c{i}", "2025-01-01") for i in range(6)]
    talks = [asked(i, f"c{i}", "2026-05-04") for i in range(3)]
    return Reading(book("2026-06-30", spans, *talks, **more), OPERATOR)


def page(**more: Any) -> AfterPage:
    """A page of hand-made figures."""
    experiences = (
        Experience("none", 9000, 200, 200.0, 1.0, None, None), Experience("any", 3000, 90, 75.0, 1.2, 0.95, 1.5),
        Experience("unhappy", 200, 20, 8.0, 2.5, 1.6, 3.9), Experience("happy", 100, 1, None, None, None, None),
    )  # fmt: skip
    curve = tuple((d, 1 - d / 4000, 1 - d / 3000) for d in range(0, 370, 5))
    heights = (Height(90, 0.97, 0.95, 0.02, 0.01, 0.03), Height(365, 0.9, None, None, None, None))
    made = AfterPage(
        stamp=STAMP, experiences=experiences, trap=Trap(100, 10, 50, 30),
        curves=AfterHelp(400, 390, 900, curve, heights, (Use(30, 1.1, 1.0, 0.1, -0.1, 0.3),)),
        doses=(Dose(0, 1, 50, 0.95, 0.96, 0.93, 0.98), Dose(24, 72, 40, 0.8, 0.85, 0.8, 0.9),
               Dose(168, None, 12, 1.0, None, None, None)),
        promises=(PromiseKept("premium", 100, 60, 90, 90, 40), PromiseKept("basic", 50, None, None, 5, 9)),
        leaving=(TierLeaving("premium", "basic", 500, 12, 0.024, 0.04, -0.016, -0.001, -0.01, 0.008),
                 TierLeaving("vip", "basic", 50, 1, 0.02, 0.04, -0.02, None, None, None)),
        gap=Gap(100, 90),
        helpers=(Helper("Ana", HelpedBy("ana", 100, 0.9, 0.88, 0.02, -0.01, 0.05, is_comparable=True)),
                 Helper("Rosa", HelpedBy("rosa", 100, 0.4, None, None, None, None, is_comparable=False))),
    )  # fmt: skip
    return replace(made, **more)


def test_the_page_opens_for_the_small_company_in_which_nobody_wrote(owner: Client) -> None:
    text = owner.get(reverse("after-contact")).content.decode()
    assert "Nobody knows yet whether customers stay after contact" in text or "Too few customers left" in text


def test_the_answer_of_a_book_with_contact() -> None:
    found = after_contact(reading())
    assert [e.name for e in found.experiences if e.months][:2] == ["none", "any"]
    assert found.any_contact is not None
    assert (found.any_contact.months, found.is_empty) == (3, False)
    assert (found.gap.share, found.trap.ever, found.trap.never) == (None, 3, 3)
    assert [h.helped.person_id for h in found.helpers or ()] == ["ana"] or found.helpers == ()


def test_a_book_without_contact_is_empty() -> None:
    found = after_contact(Reading(book("2026-06-30", [pays("a", "2025-01-01")]), OPERATOR))
    assert found.is_empty
    assert words.sentence(found) == "Nobody knows yet whether customers stay after contact"


def test_persons_are_told_to_who_may_see_them_at_the_stage_that_has_them() -> None:
    spans, talk = [pays("a", "2025-01-01")], [asked(1, "a", "2026-01-05", person="ana")]
    small = [{"on_date": "2025-01-31", "employees": 100}]
    told = Reading(book("2026-06-30", spans, *talk), OPERATOR)
    assert [h.helped.person_id for h in after_contact(told).helpers or ()] == ["ana"]
    assert after_contact(replace(told, viewer=replace(OPERATOR, persons=frozenset()))).helpers is None
    assert after_contact(replace(told, viewer=replace(OPERATOR, persons=frozenset({"ben"})))).helpers == ()
    stage_3 = Reading(book("2026-06-30", spans, *talk, headcount=small), OPERATOR)
    assert after_contact(stage_3).helpers is None


def test_a_company_of_five_is_told_nothing_of_speed(served: None, monkeypatch: pytest.MonkeyPatch) -> None:
    five = [{"on_date": "2025-01-31", "employees": 5}]
    talk = asked(1, "a", "2026-01-05", tier="premium")
    found = after_contact(Reading(book("2026-06-30", [pays("a", "2025-01-01")], talk, headcount=five), OPERATOR))
    assert (found.is_early, found.doses, found.promises, found.gap) == (True, (), (), Gap(0, 0))
    assert found.any_contact is not None
    monkeypatch.setattr("relevo.web.views.conversations.after.after_contact", lambda _reading: page(is_early=True))
    text = signed_in(member("ines", "owner")).get(reverse("after-contact")).content.decode()
    assert 'id="early"' in text
    assert 'id="dose"' not in text


def test_tiers_of_few_who_left_are_for_who_sees_every_customer() -> None:
    bought = [{"customer_id": "c0", "name": "tier", "value": "premium", "from_at": None}]
    told = reading(customer_attribute=bought)
    assert [t.tier for t in after_contact(told).leaving] == ["premium"]
    assert after_contact(replace(told, viewer=replace(OPERATOR, scope=frozenset({"c1"})))).leaving == ()


def test_promises_to_few_customers_are_for_who_sees_every_customer() -> None:
    """Four customers of vip wrote; with it the next smallest tier is withheld, or it would be all less the others."""
    of = {"vip": range(4), "premium": range(4, 10), "basic": range(10, 18)}
    talks = [asked(i, f"c{i}", "2026-05-04", tier=tier) for tier, some in of.items() for i in some]
    told = Reading(book("2026-06-30", [pays(f"c{i}", "2025-01-01") for i in range(18)], *talks), OPERATOR)
    assert {each.tier: each.customers for each in after_contact(told).promises} == {"vip": 4, "premium": 6, "basic": 8}
    part = replace(told, viewer=replace(OPERATOR, scope=frozenset({"c1"})))
    assert [each.tier for each in after_contact(part).promises] == ["basic"]
    assert after_contact(part).gap == after_contact(told).gap


@pytest.mark.parametrize(
    ("ratio", "low", "high", "said"),
    [(0.5, 0.3, 0.8, "less often"), (2.0, 1.2, 3.0, "more often"), (1.1, 0.8, 1.5, "about as often"),
     (None, None, None, "Too few")],
)  # fmt: skip
def test_the_sentence_says_what_the_interval_allows(
    ratio: float | None, low: float | None, high: float | None, said: str
) -> None:
    told = page(experiences=(Experience("any", 100, 20, 10.0, ratio, low, high),))
    assert said in words.sentence(told)


def test_the_title_names_what_stands_out() -> None:
    assert words.ratios_title(page()) == "Unhappy: customers leave 2.50 times as often afterwards (1.60–3.90)"
    good = Experience("happy", 900, 20, 40.0, 0.5, 0.3, 0.8)
    assert words.ratios_title(page(experiences=(good,))).startswith("Happy: customers leave 0.50")
    alike = Experience("happy", 900, 20, 20.0, 1.0, 0.7, 1.4)
    assert "chance" in words.ratios_title(page(experiences=(alike,)))
    assert "Too few" in words.ratios_title(page(experiences=()))


def test_pictures_say_in_words_what_they_show_and_tables_say_the_same() -> None:
    told = page()
    ratios, trap = words.ratios_chart(told), words.trap_chart(told)
    assert "Unhappy: 2.50 (1.60–3.90); 20 lost, 8.0 expected" in str(ratios.drawing)
    assert ratios.files == (("download", "/measures/retention_after_contact.csv"),)
    assert trap.title == "Not to be believed: 10 % of those who ever wrote left, and 60 % of those who never did"
    assert "time to write" in trap.foot
    assert [c.text for c in words.experiences_grid(told).rows[3]][4] == "too few (1)"
    assert curves.curves_chart(told).title.startswith("90 days after help 97.0 % are still here")
    assert curves.dose_title(told.doses) == "Solved in under 1 hour 96.0 % stay, in 1 to 3 days 85.0 %"
    assert curves.dose_grid(told).rows[2][0].text == "over 7 days"


def test_without_figures_pictures_say_what_is_missing() -> None:
    told = page(experiences=(), trap=Trap(0, 0, 0, 0), curves=NOTHING, doses=())
    for chart in (words.ratios_chart(told), words.trap_chart(told), curves.curves_chart(told), curves.dose_chart(told)):
        assert chart.drawing is None
    assert "Never compare" in words.trap_title(told.trap)
    assert "Too few" in curves.curves_title(told.curves)
    assert "Too few" in curves.dose_title(told.doses)


def test_chance_is_called_chance() -> None:
    told = page()
    height = Height(90, 0.97, 0.96, 0.01, -0.01, 0.03)
    assert curves.curves_title(replace(told.curves, heights=(height,))).endswith("it may be chance")
    doses = (Dose(0, 1, 50, 0.9, 0.9, 0.8, 0.95), Dose(4, 24, 50, 0.9, 0.9, 0.8, 0.95))
    assert curves.dose_title(doses).endswith("it may be chance")


def test_our_own_promises_come_first_and_the_published_gap_second() -> None:
    tile = tiers.gap_tile(page())
    assert (tile.own, tile.own_label) == ("90.0 %", "of our promises of a first answer kept, n 100, 180 days")
    assert "73 %" in tile.published
    assert "42 %" in tile.published
    assert tiers.gap_tile(page(gap=Gap(0, 0))).own == "not known"


def test_tiers_and_colleagues_in_tables() -> None:
    told = page()
    assert [c.text for c in tiers.promises_grid(told).rows[0]][:4] == ["premium", "100", "60", "90.0 %"]
    assert [c.text for c in tiers.promises_grid(told).rows[1]][2:4] == ["–", "none promised"]
    leaving = [[c.text for c in row] for row in tiers.leaving_grid(told).rows]
    assert leaving[0][4:] == ["−1.60", "−0.10", "−1.00 – +0.80"]
    assert leaving[1][5] == "too few (1)"
    rosa = [c.text for c in tiers.helpers_grid(told).rows[1]]
    assert rosa[0] == "Rosa"
    assert rosa[3] == "not comparable"


@pytest.mark.parametrize("role", ["agent", "owner"])
def test_whoever_sees_figures_of_persons_is_in_the_audit(
    role: str, served: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page of hand-made figures, with and without colleagues."""
    made = page() if role == "owner" else page(helpers=None)
    monkeypatch.setattr("relevo.web.views.conversations.after.after_contact", lambda _reading: made)
    text = signed_in(member("ben", role)).get(reverse("after-contact")).content.decode()
    assert (">Rosa<" in text) == ('id="helpers"' in text) == (role == "owner")
    seen = AuditEntry.objects.filter(action="person_level.seen").count()
    assert seen == (1 if role == "owner" else 0)
    for key in ("ratios", "trap", "curves", "dose", "tiers", "rows", "method"):
        assert f'id="{key}"' in text


def test_figures_of_the_company_are_the_same_for_everyone(served: None) -> None:
    """All but colleagues: an agent reads what the owner reads."""
    told = {}
    for name, role in (("ines", "owner"), ("ben", "agent")):
        text = signed_in(member(name, role)).get(reverse("after-contact")).content.decode()
        told[role] = text[text.index('<div class="lead">') :].partition('<section id="helpers"')[0]
    assert told["agent"][:400] == told["owner"][:400]


def test_the_page_shows_no_person_to_an_agent(served: None) -> None:
    text = signed_in(member("ben", "agent")).get(reverse("after-contact")).content.decode()
    assert 'id="helpers"' not in text
