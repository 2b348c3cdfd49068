"""The index of the board holds all that the board looks at."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One index in the place of another of its name."""

    dependencies = (("relay", "0006_follow_ups"),)
    operations = (
        migrations.RemoveIndex("HandOff", "relay_handoff_by_state"),
        migrations.AddIndex(
            "HandOff",
            models.Index(
                fields=["state", "-changed_at", "-id", "customer_id", "from_person_id", "to_person_id", "due_at"],
                name="relay_handoff_by_state",
            ),
        ),
    )
