"""The side panel: a definition or the rows behind a figure, laid over a page instead of leaving it.

The script asks for the same address as the link and names the panel as its target; without it the link opens the page.
"""

from django.http import HttpRequest

PANEL = "panel"


def in_panel(request: HttpRequest) -> bool:
    """Whether what is asked will stand in the side panel."""
    return request.headers.get("HX-Target") == PANEL
