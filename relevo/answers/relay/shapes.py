"""The template for a change of the person within a role: the house's, else one made on the fly."""

from datetime import date

from relevo.answers.reading import Reading
from relevo.answers.relay.beginning import house_templates
from relevo.answers.stage import company_stage
from relevo.desk.relay.templates import Template, for_stage


def within_role(reading: Reading, role: str, on: date) -> tuple[Template, date | None]:
    """The template for a change of the person in a role: the house's of that name, else the usual items."""
    templates, since = house_templates(reading, on)
    name = f"{role}_to_{role}"
    made = for_stage(Template(name, role, role), company_stage(reading).number)
    return templates.get(name, made), since
