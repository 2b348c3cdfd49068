from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("relay", "0002_promises"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
    ]
