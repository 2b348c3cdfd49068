"""The views of a list: those that every list has, one's own, and those that others share. A view holds no rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from relevo.answers.reading import NotFound, Reading
from relevo.desk.work.views import View, views_for

# Questions that every list has, by the word that stands for them in an address.
_GIVEN: Mapping[str, Mapping[str, str]] = {
    "customers": {
        "all": "",
        "paying": "f=status:is:paying",
        "renewals": "f=renewal:next:90&columns=name,mrr,renewal,auto_renew,segment,plan,owner&sort=renewal&order=asc",
        "left": "f=left_on:in:quarter&columns=name,left_on,tenure,segment,channel,plan,country,owner&sort=left_on",
    }
}


@dataclass(frozen=True)
class ViewChoice:
    """One view to choose: `key` stands for it in an address. `name` is empty for a given one, named by its key."""

    key: str
    name: str
    query: str
    is_mine: bool = False
    is_shared: bool = False
    owner: str = ""


@dataclass(frozen=True)
class Views:
    """What a viewer may choose from on one list, by name."""

    given: tuple[ViewChoice, ...]
    mine: tuple[ViewChoice, ...]
    shared: tuple[ViewChoice, ...]

    def find(self, key: str) -> ViewChoice:
        """The view that a key stands for. NotFound where there is none, or none that is this viewer's to use."""
        for choice in (*self.given, *self.mine, *self.shared):
            if choice.key == key:
                return choice
        raise NotFound(f"There is no view {key[:40]!r} here.", "Choose another one, or ask for it to be shared.")


def views_of(reading: Reading, page: str) -> Views:
    """The views of a list that this viewer may use."""
    given = tuple(ViewChoice(key, "", query) for key, query in _GIVEN.get(page, {}).items())
    every = [_choice(view, reading.viewer.name) for view in views_for(reading.viewer.name, page)]
    return Views(
        given=given,
        mine=tuple(choice for choice in every if choice.is_mine),
        shared=tuple(choice for choice in every if not choice.is_mine),
    )


def _choice(view: View, viewer: str) -> ViewChoice:
    return ViewChoice(str(view.id), view.name, view.query, view.owner == viewer, view.is_shared, view.owner)
