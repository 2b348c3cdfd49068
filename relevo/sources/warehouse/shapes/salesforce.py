"""Salesforce's objects are flat: every field stands under its own name, whatever a loader makes of its capitals."""

from relevo.sources.systems.salesforce.loaded import TABLES
from relevo.sources.warehouse.shape import Shape, Shapes

# Names that are not the raw table's.
_OBJECTS = {"user_role": ("user_role", "userrole"), "opportunity_history": ("opportunity_history",)}
SALESFORCE = Shapes(
    "salesforce",
    tuple(
        Shape(
            table.name,
            _OBJECTS.get(table.name, (table.name, *table.files, f"sf_{table.name}")),
            {field.name: field.headings or (field.name,) for field in table.fields},
        )
        for table in TABLES
    ),
    needs=("account",),
)
