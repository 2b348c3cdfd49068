"""Customers: who they are, how other systems name them, and whom we know there."""

from relevo.book.table import Table, choice, date, text, timestamp

TABLES = (
    Table(
        name="customer",
        key=("customer_id",),
        grain="one row per customer",
        doc="The company or person who pays, one row each however many systems know it; see customer_alias.",
        columns=(
            text("customer_id", "Identifies the customer in every other table."),
            text("name", "The customer's trading name."),
            text(
                "parent_id",
                "The customer_id of the parent company: a dimension to roll up by, never a merge.",
                null=True,
            ),
            text("domain", "Internet domain of the customer, used to recognise it across systems.", null=True),
            text(
                "tax_id",
                "Tax or VAT number, used to recognise the customer; a sole trader's is personal.",
                null=True,
                personal=True,
            ),
            timestamp("created_at", "When the customer was first recorded, in UTC.", null=True),
            text("country", "ISO 3166-1 alpha-2 country code; NA is Namibia.", null=True),
            text("industry", "Line of business in the company's own words.", null=True),
            text("size_band", "Size of the customer in the company's own bands, for example 51-200.", null=True),
            text("segment", "Market segment in the company's own words, for example mid_market.", null=True),
            text("persona", "The kind of buyer the company recognises in this customer.", null=True),
            text(
                "acquisition_channel",
                "How the customer was won, for example partner or organic search.",
                null=True,
            ),
            text("timezone", "IANA time zone of the customer.", null=True),
        ),
    ),
    Table(
        name="customer_attribute",
        key=("customer_id", "name", "from_at"),
        grain="one row per customer, trait and moment from which the value holds",
        doc="Any further trait of a customer, dated, so that it can be used as a slice without a new column.",
        columns=(
            text("customer_id", "The customer who has the trait."),
            text("name", "Name of the trait in lower_snake, for example crm_in_use."),
            text("value", "Value of the trait as text; it should say nothing about one natural person."),
            timestamp("from_at", "When the value began to hold, in UTC; null means always.", null=True),
        ),
    ),
    Table(
        name="customer_alias",
        key=("source", "external_id"),
        grain="one row per source system and that system's id of a customer",
        doc="Says which ids of other systems mean the same customer, so that all their rows meet.",
        columns=(
            text("source", "The system that uses the id, in lower_snake."),
            text("external_id", "The customer's id in that system."),
            text("customer_id", "The customer it stands for."),
        ),
    ),
    Table(
        name="contact",
        key=("contact_id",),
        grain="one row per natural person at a customer",
        doc="The people at a customer with whom the company talks.",
        columns=(
            text("contact_id", "Identifies the contact in every other table."),
            text("customer_id", "The customer the contact works for."),
            text("name", "The contact's full name.", null=True, personal=True),
            text("email", "The contact's e-mail address.", null=True, personal=True),
            text("title", "The contact's job title as written.", null=True, personal=True),
            choice(
                "role",
                "The part the contact plays in buying or using the product.",
                ("champion", "economic_buyer", "admin", "user", "other"),
                null=True,
                is_open=True,
            ),
            date("left_on", "Day on which the contact left the customer; null while there.", null=True),
        ),
    ),
)
