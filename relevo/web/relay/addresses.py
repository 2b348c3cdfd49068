"""Where the pages of hand-offs are."""

from django.urls import reverse


def handoff_address(key: int) -> str:
    """The page of one hand-off of the Desk."""
    return reverse("hand-off", args=[key])


def loaded_address(handoff_id: str) -> str:
    """The page of a hand-off that was loaded."""
    return reverse("loaded-hand-off", args=[handoff_id])


def either_address(key: int | None, handoff_id: str | None) -> str:
    """The page of a hand-off by its number on the Desk, else by its id in the book; '' for none."""
    if key is not None:
        return handoff_address(key)
    return loaded_address(handoff_id) if handoff_id else ""


def plan_address(key: int) -> str:
    """The page of one plan."""
    return reverse("plan", args=[key])


def person_address(person_id: str) -> str:
    """The page of a person in the relay."""
    return reverse("relay-person", args=[person_id])
