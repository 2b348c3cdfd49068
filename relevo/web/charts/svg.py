"""From a Vega-Lite specification to SVG that a strict page may hold.

vl-convert draws without a browser and without a network. Its drawing is then cleaned: no inline style, sizes left to
the page, marks with a tooltip, addresses of this site as they are, and one role and name for the whole picture.
"""

import json
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
ET.register_namespace("", "http://www.w3.org/2000/svg")


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
    return mark_safe(ET.tostring(root, encoding="unicode"))  # noqa: S308 - serialised by ElementTree, which escapes


def _clean(root: ET.Element) -> None:
    for name in ("width", "height", "class", "version"):
        root.attrib.pop(name, None)
    for element in root.iter():
        element.attrib.pop("style", None)
        element.attrib.pop("font-family", None)
        element.attrib.pop("aria-roledescription", None)
        is_mark = element.attrib.pop("role", "") == "graphics-symbol"
        tip = element.attrib.pop("aria-label", "")
        if is_mark and tip and element.tag in (f"{SVG}path", f"{SVG}rect"):
            title = ET.SubElement(element, f"{SVG}title")
            title.text = tip
        _mend_link(element)


def _mend_link(element: ET.Element) -> None:
    """Links in a picture repeat those of its table, so the keyboard passes them by."""
    address = element.attrib.pop(LINK, None)
    if address is not None:
        element.set("href", "/" + address.removeprefix(_PREFIX).lstrip("/"))
        element.set("tabindex", "-1")
