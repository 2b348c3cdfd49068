"""The strip of tabs under the head of a place: links to its pages, the one that is open marked."""

from collections.abc import Mapping

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def tab_links(tabs: Mapping[str, str | Promise], place: str, here: str) -> SafeString:
    """Tabs by route; one whose page does not exist is left out."""
    shown = [(url, route == here, name) for route, name in tabs.items() if (url := _address(route))]
    links = format_html_join(
        "",
        '<a href="{}"{}>{}</a>',
        ((url, SafeString(' aria-current="page"') if is_here else "", name) for url, is_here, name in shown),
    )
    return format_html('<nav class="tabs" aria-label="{}">{}</nav>', place, links)


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
