"""People of the company: who they are, where they worked when, and how many there are."""

from relevo.book.table import Table, choice, date, integer, text

TABLES = (
    Table(
        name="person",
        key=("person_id",),
        grain="one row per person who works, or worked, at the company",
        doc="The people of the company as they are now; earlier teams and managers are in person_role.",
        columns=(
            text("person_id", "Identifies the person in every other table."),
            text("name", "The person's full name.", personal=True),
            text(
                "email",
                "Work e-mail address; it also ties the person to a Relevo account.",
                null=True,
                personal=True,
            ),
            choice(
                "team",
                "The part of the company the person works in today.",
                (
                    "sales",
                    "presales",
                    "implementation",
                    "success",
                    "support",
                    "marketing",
                    "product",
                    "finance",
                    "other",
                ),
            ),
            text("role", "Job in the company's own words, for example account executive.", null=True),
            text(
                "pod",
                "The small mixed group the person belongs to, where the company works in pods.",
                null=True,
            ),
            text("manager_id", "The person_id of the direct manager.", null=True),
            date("started_on", "First day at the company.", null=True),
            date("ended_on", "Last day at the company; null while employed.", null=True),
            integer(
                "hourly_cost_cents",
                "Full cost of one hour of the person's work, in minor units of `currency`.",
                null=True,
                low=0,
                personal=True,
            ),
            text("currency", "ISO 4217 code of hourly_cost_cents.", null=True),
            text("timezone", "IANA time zone in which the person works, for example Europe/Madrid.", null=True),
        ),
    ),
    Table(
        name="person_role",
        key=("person_id", "from_on"),
        grain="one row per person and day on which team, role, pod or manager changed",
        doc="The dated history behind person: a result counts for the team the person was in at the time.",
        columns=(
            text("person_id", "The person."),
            text("team", "Team during the span, in the words of person.team."),
            text("role", "Job during the span, in the company's own words.", null=True),
            text("pod", "Pod during the span.", null=True),
            text("manager_id", "The person_id of the manager during the span.", null=True),
            date("from_on", "First day of the span."),
            date("to_on", "First day after the span; null while it is the current one.", null=True),
        ),
    ),
    Table(
        name="absence",
        key=("person_id", "from_on"),
        grain="one row per person and first day of an absence",
        doc="Days on which a person could not work: for capacity, cover and fair comparison, never to judge.",
        columns=(
            text("person_id", "The absent person."),
            date("from_on", "First day of the absence."),
            date("to_on", "First day back at work."),
            text("kind", "Kind of absence, for example holiday or sick leave.", null=True, personal=True),
        ),
    ),
    Table(
        name="headcount",
        key=("on_date",),
        grain="one row per day on which the number of employees was counted",
        doc="Employees of the whole company; it decides the stage, and through it what is shown.",
        columns=(
            date("on_date", "The day of the count."),
            integer("employees", "Employees of the whole company on that day.", low=0),
        ),
    ),
)
