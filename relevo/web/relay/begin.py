"""The form that begins a hand-off, as words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from relevo.answers.relay.beginning import Beginning
from relevo.answers.viewers import HERE
from relevo.web.labels import ROLES, label
from relevo.web.relay.item_words import item_name
from relevo.web.relay.words import template_name

Groups = list[tuple[str, tuple[tuple[str, str], ...]]]


def begin_parts(found: Beginning, typed: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows: choices with what was typed before chosen."""
    chosen = typed.get("template") or found.chosen
    template = found.templates.get(chosen)
    return {
        "found": found,
        "templates": [(name, template_name(t)) for name, t in found.templates.items()],
        "chosen": chosen,
        "giver": typed.get("giver") or found.giver,
        "groups": receiver_groups(found.receivers, template.to_role if template else ""),
        "to": typed.get("to", ""),
        "why": typed.get("why", ""),
        "items": [item_name(item) for item in template.items] if template else [],
    }


def receiver_groups(receivers: Mapping[str, tuple[tuple[str, str], ...]], first: str) -> Groups:
    """Who may be named by team, the team that receives first."""
    teams = sorted(receivers, key=lambda team: (team != first, team == HERE))
    return [(_team(team), receivers[team]) for team in teams]


def _team(team: str) -> str:
    if team == HERE:
        return _("signs in here")
    return label(ROLES, team) if team else _("without a team")
