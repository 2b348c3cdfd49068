"""What stands in the records, as pictures and tables."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relevo.answers.relay.records import Content, Records
from relevo.web import format as written
from relevo.web.addresses import customer_address
from relevo.web.charts.fills import Bar, bars_picture
from relevo.web.charts.svg import draw
from relevo.web.labels import Names, label
from relevo.web.parts import Cell, ChartView, Grid, Head
from relevo.web.sentences import say

SERVES: Names = {"report": gettext_lazy("for reports"), "discovery": gettext_lazy("about the customer")}
COLOURS = {"report": "var(--neutral)", "discovery": "var(--new)"}
TABLES: Names = {
    "deal": gettext_lazy("deal"),
    "customer": gettext_lazy("customer"),
    "contact": gettext_lazy("contact"),
    "touch": gettext_lazy("call, meeting or mail"),
    "fit_answer": gettext_lazy("question about fit"),
    "handoff_item": gettext_lazy("item of a hand-off"),
    "milestone": gettext_lazy("milestone"),
}
FIELDS: Names = {
    "amount_cents": gettext_lazy("value"),
    "mrr_cents": gettext_lazy("MRR sold"),
    "forecast_at": gettext_lazy("expected to close"),
    "person_id": gettext_lazy("seller"),
    "plan": gettext_lazy("plan"),
    "term_months": gettext_lazy("term"),
    "industry": gettext_lazy("industry"),
    "size_band": gettext_lazy("size"),
    "segment": gettext_lazy("segment"),
    "persona": gettext_lazy("persona"),
    "country": gettext_lazy("country"),
    "timezone": gettext_lazy("time zone"),
    "email": gettext_lazy("e-mail"),
    "title": gettext_lazy("title"),
    "role": gettext_lazy("part they play"),
    "body": gettext_lazy("what was said"),
    "answer": gettext_lazy("answer"),
    "value": gettext_lazy("text"),
    "expected_on": gettext_lazy("expected day"),
}
ROLES: Names = {
    "sales": gettext_lazy("Sales"),
    "implementation": gettext_lazy("Implementation"),
    "success": gettext_lazy("Success"),
    "support": gettext_lazy("Support"),
    "finance": gettext_lazy("Finance"),
}
CONTENTS: Names = {
    Content.SELL_STEP: gettext_lazy("steps to close"),
    Content.CUSTOMER_FACT: gettext_lazy("facts about the customer"),
    Content.DELIVERY: gettext_lazy("what was delivered"),
    Content.UNCLEAR: gettext_lazy("the words do not say"),
}


def fields_chart(found: Records) -> ChartView:
    """How full each field is, the emptiest first; the same as a table with how fresh it is."""
    known = [f for f in found.fields if f.share is not None]
    bars = [
        Bar(_field(f.need.table, f.need.column), f.share or 0.0, COLOURS[f.need.serves], _tip(f.share or 0.0, f.rows))
        for f in known
    ]
    subtitle = _("share of rows in which the field says something; blue: about the customer, grey: for reports")
    drawing = draw(bars_picture(bars, _("filled")), say(found.sentence)) if bars else None
    return ChartView("fields", say(found.sentence), subtitle, drawing, fields_grid(found))


def fields_grid(found: Records) -> Grid:
    """A row for each field: whom it serves, how full and how fresh it is."""
    heads = (
        Head(_("Field")),
        Head(_("Filled in")),
        Head(_("Needed by")),
        Head(_("Rows"), is_number=True),
        Head(_("Filled"), is_number=True),
        Head(_("Of it fresh, 180 days"), is_number=True),
    )
    rows = tuple(
        (
            Cell(_field(f.need.table, f.need.column)),
            Cell(label(SERVES, f.need.serves)),
            Cell(", ".join(label(ROLES, role) for role in f.need.roles)),
            Cell(written.count(f.rows), is_number=True),
            Cell(written.rate(f.share), is_number=True),
            Cell(written.rate(f.fresh_share), is_number=True),
        )
        for f in found.fields
    )
    return Grid(_("Fields of the records"), heads, rows)


def roles_grid(found: Records) -> Grid:
    """How full the fields are that each role needs."""
    heads = (Head(_("Role")), Head(_("Of what it needs is filled"), is_number=True))
    rows = tuple((Cell(label(ROLES, role)), Cell(written.rate(share), is_number=True)) for role, share in found.by_role)
    return Grid(_("What each role finds"), heads, rows)


def mix_chart(found: Records) -> ChartView:
    """What the calls, meetings and mails of a year are about."""
    shares = [(content, found.mix.share(content) or 0.0) for content in Content]
    bars = [Bar(label(CONTENTS, c), share, _colour(c), _tip(share, found.mix.n)) for c, share in shares]
    title = _mix_title(found)
    drawing = draw(bars_picture(bars, _("share of calls, meetings and mails"), 400), title) if found.mix.n else None
    foot = _("A rule of words: of labelled activities it decided %(decided)s and was right of %(right)s of those.") % {
        "decided": written.rate(found.mix.decided, 0),
        "right": written.rate(found.mix.precision, 0),
    }
    subtitle = _("the last year, n %(count)s") % {"count": written.count(found.mix.n)}
    return ChartView("mix", title, subtitle, drawing, _mix_grid(found), foot=foot)


def _mix_title(found: Records) -> str:
    if not found.mix.n:
        return _("No call, meeting or mail is loaded")
    steps, facts = (written.rate(found.mix.share(c), 0) for c in (Content.SELL_STEP, Content.CUSTOMER_FACT))
    values = {"steps": steps, "facts": facts}
    return _("%(steps)s of the records are steps to close, %(facts)s facts about the customer") % values


def _colour(content: Content) -> str:
    return "var(--neutral)" if content is Content.UNCLEAR else "var(--new)"


def presence_grid(found: Records) -> Grid:
    """In each 30 days after the signature, the share of new accounts that their seller touched."""
    heads = (Head(_("Days after the signature")), Head(_("Touched by the seller"), is_number=True))
    rows = [
        (
            Cell(f"{window.days - 29} – {window.days}"),
            Cell(written.rate(window.share), is_number=True, small=_interval(window.low, window.high, window.n)),
        )
        for window in found.presence.windows
    ]
    met = found.presence
    share = met.introduced / met.introduced_n if met.introduced_n else None
    told = _("n %(count)s") % {"count": written.count(met.introduced_n)}
    name = Cell(_("introduced to a colleague within 30 days"))
    rows.append((name, Cell(written.rate(share), is_number=True, small=told)))
    return Grid(_("Sellers after the signature"), heads, tuple(rows))


def untouched_grid(found: Records) -> Grid:
    """New accounts that their seller did not touch in the first 30 days, the latest won first."""
    heads = (Head(_("Customer")), Head(_("Seller")), Head(_("Days since the signature"), is_number=True))
    rows = tuple(
        (
            Cell(each.customer, customer_address(each.customer_id)),
            Cell(each.seller or written.MISSING),
            Cell(written.count(each.days), is_number=True),
        )
        for each in found.untouched
    )
    return Grid(_("Not touched within 30 days"), heads, rows)


def _mix_grid(found: Records) -> Grid:
    heads = (Head(_("About")), Head(_("Number"), is_number=True), Head(_("Share"), is_number=True))
    rows = tuple(
        (
            Cell(label(CONTENTS, content)),
            Cell(written.count(found.mix.counts[content]), is_number=True),
            Cell(written.rate(found.mix.share(content)), is_number=True),
        )
        for content in Content
    )
    return Grid(_("What the records are about"), heads, rows)


def _field(table: str, column: str) -> str:
    return f"{label(TABLES, table)}: {label(FIELDS, column)}"


def _tip(share: float, n: int) -> str:
    return f"{written.rate(share)}, n {written.count(n)}"


def _interval(low: float | None, high: float | None, n: int) -> str:
    if low is None or high is None:
        return ""
    return f"{written.rate(low, 0)} – {written.rate(high, 0)}, n {written.count(n)}"
