"""What was said about files, in words; and how well files were read."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relevo.answers.files import FileLine
from relevo.desk.files.readings import Said
from relevo.web import format as written
from relevo.web.parts import Cell, Grid, Head
from relevo.web.upload_words import file_address

DATES: Mapping[str, str | Promise] = {
    "dmy": gettext_lazy("the day first"),
    "mdy": gettext_lazy("the month first"),
}
DECIMALS: Mapping[str, str | Promise] = {
    ".": gettext_lazy("a point before decimals"),
    ",": gettext_lazy("a comma before decimals"),
}


def table_words(code: str) -> str:
    """A raw table (system.table) as it is read aloud: `hubspot.deals_export` gives 'hubspot: deals export'."""
    system, _dot, table = code.partition(".")
    return f"{system}: {table.replace('_', ' ')}" if table else code


def said_words(said: Mapping[str, Any]) -> str:
    """An entry in words, part by part."""
    if not said:
        return _("taken back")
    if said.get("is") == "nothing":
        return _("left alone")
    parts = [table_words(str(said["is"]))] if said.get("is") else []
    if said.get("dates"):
        parts.append(_("dates: %(how)s") % {"how": DATES[said["dates"]]})
    if said.get("decimals"):
        parts.append(str(DECIMALS[said["decimals"]]))
    if said.get("timezone"):
        parts.append(_("times in %(zone)s") % {"zone": said["timezone"]})
    if said.get("currency"):
        parts.append(_("amounts in %(currency)s") % {"currency": said["currency"]})
    parts += [_column(field, heading) for field, heading in said.get("columns", {}).items()]
    return "; ".join(parts)


def _column(field: str, heading: str) -> str:
    named = {"field": field.replace("_", " "), "heading": heading}
    return _("%(field)s is “%(heading)s”") % named if heading else _("no column is %(field)s") % named


def said_lines(said: Iterable[Said]) -> list[dict[str, str]]:
    """What holds, a line each, for a list in which each can be taken back."""
    return [
        {"file": s.file, "words": said_words(s.said), "who": s.said_by, "when": written.moment(s.said_at)} for s in said
    ]


def history_grid(said: Iterable[Said]) -> Grid:
    """Everything that was said, the latest first."""
    heads = tuple(Head(name) for name in (_("Which files"), _("What was said"), _("By whom"), _("When")))
    rows = tuple(
        (Cell(s.file), Cell(said_words(s.said)), Cell(s.said_by), Cell(written.moment(s.said_at))) for s in said
    )
    return Grid(_("What was said"), heads, rows)


def aside_grid(lines: Iterable[FileLine]) -> list[dict[str, Any]]:
    """The files with rows put aside, a line each, for a list in which each can be read again."""
    return [
        {
            "file": line.file,
            "address": file_address(line.file) if line.can_be_said else "",
            "source": line.source,
            "tables": ", ".join(line.tables),
            "rows": written.count(line.rows_in),
            "aside": written.count(line.quarantined),
            "when": written.moment(line.at),
        }
        for line in lines
    ]
