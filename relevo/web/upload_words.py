"""What became of an upload, in words: a sentence, a table of what was read, lists of what was not."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relevo.answers.files import UploadPage
from relevo.desk.files.uploads import Brought, Kind, State
from relevo.web import format as written
from relevo.web.parts import Cell, Grid, Head

REFUSED: Mapping[str, str | Promise] = {
    "kind": gettext_lazy("Relevo reads CSV, Parquet, XLSX and ZIP; this is none of them."),
    "empty": gettext_lazy("It is empty."),
}
STATES: Mapping[str, str | Promise] = {
    State.WAITING: gettext_lazy("waits"),
    State.LOADING: gettext_lazy("is loaded"),
    State.DONE: gettext_lazy("ended"),
    State.FAILED: gettext_lazy("failed"),
}


def upload_told(page: UploadPage, *, is_idle: bool) -> dict[str, Any]:
    """What the page of an upload says. `is_idle` where no worker is there to load it."""
    files = page.upload.told.get("files", []) if page.upload.has_ended else []
    asked = [each for each in files if each["state"] == "asked"]
    return {
        "sentence": sentence(page.upload),
        "is_idle": is_idle and not page.upload.has_ended,
        "grid": _read_grid([each for each in files if each["state"] == "read"]),
        "asked": [(each["file"], file_address(each["file"]), each["message"]) for each in asked],
        "unused": [(e["file"], file_address(e["file"]), e["message"], e["hint"]) for e in files if _is_unused(e)],
        "problems": [told for e in files for table in e.get("tables", ()) for told in table["problems"]],
        "refused": [(name, str(REFUSED.get(why, why))) for name, why in page.upload.refused],
        "failure": page.upload.told if page.upload.state is State.FAILED else {},
        "has_new": any(table["is_new"] for e in files for table in e.get("tables", ())),
    }


def file_address(file: str) -> str:
    """Where it is said how a file is read."""
    return reverse("file", args=[file]) if file else ""


def sentence(upload: Brought) -> str:
    """How far an upload is, in one sentence."""
    count = len(upload.files)
    if upload.state is State.WAITING:
        one, many = _("%(n)s file waits to be loaded."), _("%(n)s files wait to be loaded.")
        return ngettext(one, many, count) % {"n": written.count(count)}
    if upload.state is State.LOADING:
        return _loading(upload.told)
    if upload.state is State.FAILED:
        return _("The files could not be loaded.")
    return _ended(upload)


def _loading(told: Mapping[str, Any]) -> str:
    if not told.get("file"):
        return _("The files are being read.")
    values = {"file": told["file"], "rows": written.count(told["rows"])}
    return _("%(rows)s rows are read; the last file was %(file)s.") % values


def _ended(upload: Brought) -> str:
    files = upload.told.get("files", [])
    read, asked = (sum(1 for each in files if each["state"] == state) for state in ("read", "asked"))
    if not files:
        return _("Nothing was read.")
    parts = []
    if read:
        parts.append(ngettext("%(n)s file was read.", "%(n)s files were read.", read) % {"n": written.count(read)})
    if asked:
        told = ngettext("%(n)s file asks how to read it.", "%(n)s files ask how to read them.", asked)
        parts.append(told % {"n": written.count(asked)})
    left = len(files) - read - asked
    if left:
        told = ngettext("%(n)s file was left alone.", "%(n)s files were left alone.", left)
        parts.append(told % {"n": written.count(left)})
    return " ".join(parts)


def uploads_grid(uploads: Iterable[Brought]) -> Grid:
    """The last uploads: when, who, what, and how each ended."""
    heads = tuple(Head(name) for name in (_("When"), _("By whom"), _("Files"), _("State"), _("Result")))
    return Grid(_("Uploads"), heads, tuple(_upload(each) for each in uploads))


def _upload(each: Brought) -> tuple[Cell, ...]:
    names = ", ".join(name for name, _size in each.files[:3]) or ", ".join(name for name, _why in each.refused[:3])
    more = len(each.files) - 3
    again = _("read again") if each.kind is Kind.AGAIN else ""
    also = _("and %(n)s more") % {"n": written.count(more)} if more > 0 else ""
    return (
        Cell(written.moment(each.at), reverse("upload-result", args=[each.id])),
        Cell(each.who),
        Cell(names, small=again or also),
        Cell(str(STATES[each.state])),
        Cell(sentence(each) if each.has_ended else ""),
    )


def _is_unused(each: Mapping[str, Any]) -> bool:
    return bool(each["state"] == "unused")


def _read_grid(files: Iterable[Mapping[str, Any]]) -> Grid:
    numbers = (_("Rows read"), _("Kept"), _("Put aside"), _("Left out"))
    heads = (Head(_("File")), Head(_("Taken for")), *(Head(name, is_number=True) for name in numbers))
    return Grid(_("What was read"), heads, tuple(_table(each["file"], t) for each in files for t in each["tables"]))


def _table(file: str, table: Mapping[str, Any]) -> tuple[Cell, ...]:
    aside = f"{reverse('aside')}?table={quote(table['table'])}&source={quote(table['source'])}"
    before = "" if table["is_new"] else _("as before")
    return (
        Cell(file, file_address(file)),
        Cell(f"{table['source']}: {table['table']}", small=before),
        _number(table["rows_in"]),
        _number(table["kept"]),
        Cell(written.count(table["quarantined"]), aside if table["quarantined"] else "", is_number=True),
        _number(table["left_out"]),
    )


def _number(value: int) -> Cell:
    return Cell(written.count(value), is_number=True)
