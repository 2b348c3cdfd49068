from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("relay", "0004_webhooks"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="handoff",
            index=models.Index(fields=["customer_id", "accepted_at"], name="relay_handoff_taken"),
        ),
        migrations.AddIndex(
            model_name="handoff",
            index=models.Index(fields=["given_at"], name="relay_handoff_given"),
        ),
        migrations.AddIndex(
            model_name="handoff",
            index=models.Index(
                condition=models.Q(("unwritten__isnull", False)), fields=["unwritten"], name="relay_handoff_leak"
            ),
        ),
    ]
