"""From a Vega-Lite specification to SVG that a strict page may hold.

vl-convert draws without a browser and without a network. Its drawing is then cleaned: no inline style, sizes left to
the page, and one role and name for the whole picture. Marks keep their words (`data-tip`) and where they lead
(`data-href`) for the script, which shows them to mouse and arrow keys; the table beneath says and links the same.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

import vl_convert
from django.utils.safestring import SafeString, mark_safe

from relevo.web.format import THIN, style

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
# Vega puts its own folder before an address without a host.
_PREFIX = "https://vega.github.io/vega-datasets/"
# A picture narrower than this is drawn whole on a phone; a wider one scrolls in its frame.
SLIM = 540
# What the drawing program says of these by itself is a list of fields; bars, cells and points bring words of ours.
_IDLE = ("style", "font-family", "role", "aria-label", "aria-roledescription", "aria-hidden", "class", "pointer-events")
_LONG = re.compile(r"-?\d+\.\d{3,}")
_WITHOUT_WORDS = ("line mark", "area mark", "rule mark", "text mark", "trail mark")


def draw(spec: Mapping[str, Any], label: str) -> SafeString:
    """The SVG of a specification with `label` as its text alternative; the same question is drawn once."""
    return _drawn(json.dumps(spec, sort_keys=True, ensure_ascii=False), label, style().decimal)


@lru_cache(maxsize=256)
def _drawn(spec: str, label: str, decimal: str) -> SafeString:
    numbers = {"decimal": decimal, "thousands": THIN, "grouping": [3], "currency": ["", ""]}
    drawing = vl_convert.vegalite_to_svg(spec, format_locale=numbers, allowed_base_urls=[])
    # What is parsed here was drawn in this process from values that the drawing escapes.
    root = ET.fromstring(drawing)  # noqa: S314
    _clean(root)
    root.set("role", "img")
    root.set("aria-label", label)
    _name_plainly(root)
    return mark_safe(ET.tostring(root, encoding="unicode"))  # noqa: S308 - serialised by ElementTree, which escapes


def _name_plainly(root: ET.Element) -> None:
    """Give elements their names without a prefix, as HTML wants them.

    Which prefix a namespace has is known to the whole process, and others change it: who draws a QR code does.
    """
    for element in root.iter():
        element.tag = element.tag.removeprefix(SVG)
    root.set("xmlns", SVG.strip("{}"))


def _clean(root: ET.Element) -> None:
    for name in ("width", "height", "class", "version"):
        root.attrib.pop(name, None)
    for element in root.iter():
        _clean_element(element)
    for parent in list(root.iter()):
        _unwrap(parent)
    if root.find(".//*[@data-tip]") is not None:
        root.set("tabindex", "0")
    if float(root.get("viewBox", "0 0 0 0").split()[2]) < SLIM:
        root.set("class", "slim")


def _clean_element(element: ET.Element) -> None:
    kind = element.attrib.get("aria-roledescription", "")
    is_mark = element.attrib.get("role", "") == "graphics-symbol"
    tip = element.attrib.get("aria-label", "")
    for name in _IDLE:
        element.attrib.pop(name, None)
    if is_mark and tip and kind not in _WITHOUT_WORDS and element.tag in (f"{SVG}path", f"{SVG}rect"):
        element.set("data-tip", tip)
    for name in ("d", "transform"):
        if name in element.attrib:
            element.set(name, _LONG.sub(_shorter, element.attrib[name]))
    _mend_link(element)


def _shorter(found: re.Match[str]) -> str:
    """A coordinate to the hundredth, which is more than a screen shows."""
    return f"{float(found[0]):.2f}"


def _mend_link(element: ET.Element) -> None:
    """A picture is one thing to a screen reader, and nothing in it takes the focus: its links become plain groups."""
    address = element.attrib.pop(LINK, None)
    if address is not None:
        element.tag = f"{SVG}g"
        element.attrib.pop("target", None)
        element.set("data-href", "/" + address.removeprefix(_PREFIX).lstrip("/"))


def _unwrap(parent: ET.Element) -> None:
    """A mark says itself where it leads; what is not seen is left out."""
    for i, child in enumerate(list(parent)):
        if "data-href" in child.attrib and child.tag == f"{SVG}g" and len(child) == 1:
            child[0].set("data-href", child.attrib["data-href"])
            parent[i] = child[0]
    for child in list(parent):
        if child.get("display") == "none" or child.get("d") == "M0,0h0v0h0Z":
            parent.remove(child)
