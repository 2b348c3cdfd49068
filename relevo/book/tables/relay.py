"""Relay: who holds the baton, hand-offs, promises, work and targets."""

from relevo.book.table import Table, boolean, choice, date, decimal, integer, text, timestamp

TABLES = (
    Table(
        name="assignment",
        key=("customer_id", "role", "from_at"),
        grain="one row per customer, role and moment from which a person holds it",
        doc="Who is responsible for a customer: the baton, dated, in every role.",
        columns=(
            text("customer_id", "The customer."),
            choice(
                "role",
                "The role in which the person is responsible.",
                ("sales", "presales", "implementation", "success", "support", "account_manager"),
                is_open=True,
            ),
            text("person_id", "The person responsible."),
            timestamp("from_at", "When the person took over, in UTC."),
            timestamp(
                "to_at", "When the person handed on, in UTC and exclusive; null while responsible.", null=True
            ),
        ),
    ),
    Table(
        name="touch",
        key=("touch_id",),
        grain="one row per contact of a person of the company with a customer",
        doc="Calls, meetings, mails and visits outside the help desk.",
        columns=(
            text("touch_id", "Identifies the touch."),
            text("customer_id", "The customer."),
            text("person_id", "The person of the company."),
            text("contact_id", "The contact at the customer.", null=True),
            timestamp("at", "When it took place, in UTC."),
            choice(
                "kind",
                "What sort of contact it was.",
                ("call", "meeting", "mail", "visit", "interview", "other"),
            ),
            integer("minutes", "How long it took, in minutes.", null=True, low=0),
            text("subject", "Subject line or purpose as written.", null=True, personal=True),
            text("body", "Notes or text as written.", null=True, personal=True),
        ),
    ),
    Table(
        name="work",
        key=("person_id", "customer_id", "activity", "on_date"),
        grain="one row per person, customer, activity and day",
        doc="Time people spent for a customer; it makes the cost to serve.",
        columns=(
            text("person_id", "The person who worked."),
            text("customer_id", "The customer worked for."),
            choice(
                "activity", "What the work was.", ("selling", "presales", "onboarding", "support", "success")
            ),
            date("on_date", "The day of the work."),
            integer("minutes", "Time spent that day, in minutes.", low=0),
        ),
    ),
    Table(
        name="milestone",
        key=("milestone_id",),
        grain="one row per milestone of a customer",
        doc="Steps on the way to value: what was expected and what was reached.",
        columns=(
            text("milestone_id", "Identifies the milestone."),
            text("customer_id", "The customer on the way."),
            choice(
                "kind",
                "Which step it is; a company may add its own words.",
                ("set_up", "first_value", "go_live", "adopted", "renewed", "reference", "story"),
                is_open=True,
            ),
            date("expected_on", "Day by which the step was expected.", null=True),
            timestamp("reached_at", "When the step was reached, in UTC; null if it has not been.", null=True),
            text("person_id", "The person who accompanies the step.", null=True),
        ),
    ),
    Table(
        name="handoff",
        key=("handoff_id",),
        grain="one row per hand-off of a customer from one person to the next",
        doc="One passing of the baton, from giving to the customer's own confirmation, with how good it was.",
        columns=(
            text("handoff_id", "Identifies the hand-off."),
            text("customer_id", "The customer handed over."),
            text("deal_id", "The deal after which it was handed over.", null=True),
            text("template", "Name of the form that was used.", null=True),
            text("from_role", "Role that gives, in the words of assignment.role."),
            text("to_role", "Role that receives, in the words of assignment.role."),
            text("from_person_id", "The person_id of the giver.", null=True),
            text("to_person_id", "The person_id of the receiver.", null=True),
            timestamp("given_at", "When it was given, in UTC.", null=True),
            timestamp("returned_at", "When the receiver sent it back as incomplete, in UTC.", null=True),
            timestamp("accepted_at", "When the receiver accepted it, in UTC.", null=True),
            timestamp(
                "confirmed_at",
                "When the receiver confirmed its content after working with it, in UTC.",
                null=True,
            ),
            decimal(
                "completeness",
                "Part of the required items that were filled in, from 0 to 1.",
                null=True,
                low=0,
            ),
            decimal(
                "accuracy", "Part of the filled items that later proved right, from 0 to 1.", null=True, low=0
            ),
            integer("items", "Items the form asks for.", null=True, low=0),
            integer(
                "reasks", "Times the receiver had to ask the customer for something again.", null=True, low=0
            ),
            integer("reasks_unfilled", "Those re-asks that were about items left empty.", null=True, low=0),
            timestamp(
                "customer_confirmed_at", "When the customer confirmed the hand-off, in UTC.", null=True
            ),
        ),
    ),
    Table(
        name="handoff_item",
        key=("handoff_id", "item"),
        grain="one row per hand-off and item of its form",
        doc="What was written down at a hand-off, item by item.",
        columns=(
            text("handoff_id", "The hand-off."),
            text("item", "The item of the form, in lower_snake."),
            text("value", "What was written; null if it was left empty.", null=True, personal=True),
            text(
                "said_by",
                "Who at the customer said it: a contact_id, or a name as written.",
                null=True,
                personal=True,
            ),
            timestamp("at", "When it was written down, in UTC.", null=True),
            boolean("confirmed", "Whether it later proved right; null while nobody has checked.", null=True),
        ),
    ),
    Table(
        name="promise",
        key=("promise_id",),
        grain="one row per promise made to a customer",
        doc="What was promised, by whom, whether the product can do it, and what became of it.",
        columns=(
            text("promise_id", "Identifies the promise."),
            text("customer_id", "The customer it was made to."),
            text("deal_id", "The deal in which it was made.", null=True),
            text("handoff_id", "The hand-off with which it was passed on.", null=True),
            text("issue_id", "The issue that would keep it.", null=True),
            text("contact_id", "The contact it was made to.", null=True),
            text("person_id", "The person who made it.", null=True),
            timestamp("made_at", "When it was made, in UTC."),
            text("text", "The promise in the words it was made.", personal=True),
            choice(
                "product_state",
                "Whether the product could do it on the day it was promised.",
                ("exists", "planned", "absent"),
            ),
            date("due_on", "Day by which it was promised.", null=True),
            timestamp("accepted_at", "When the people who must keep it agreed to, in UTC.", null=True),
            timestamp("refused_at", "When the people who must keep it refused to, in UTC.", null=True),
            timestamp("kept_at", "When it was kept, in UTC.", null=True),
            timestamp("broken_at", "When it was clear that it would not be kept, in UTC.", null=True),
        ),
    ),
    Table(
        name="target",
        key=("month", "measure", "segment"),
        grain="one row per month, measure and segment",
        doc="What the company set out to reach.",
        columns=(
            date("month", "First day of the month the target is for."),
            text("measure", "Name of the measure, as in the catalog."),
            text("segment", "The segment the target is for; null for the whole company.", null=True),
            decimal("value", "The value to reach, in the measure's own unit."),
        ),
    ),
)
