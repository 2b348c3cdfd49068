"""Samples, what was drawn, reviews with replies, and coaching."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("conversation_id", models.CharField(max_length=254)),
                ("customer_id", models.CharField(blank=True, max_length=254)),
                ("person_id", models.CharField(db_index=True, max_length=254)),
                ("authors", models.JSONField(default=list)),
                ("channel", models.CharField(blank=True, max_length=254)),
                ("category", models.CharField(blank=True, max_length=254)),
                ("band", models.CharField(blank=True, max_length=10)),
                ("sampling", models.CharField(max_length=10)),
                ("chance", models.PositiveBigIntegerField(null=True)),
                ("why", models.CharField(blank=True, max_length=500)),
                ("needs", models.PositiveSmallIntegerField(default=1)),
                ("purpose", models.CharField(default="learning", max_length=10)),
                ("created_at", models.DateTimeField()),
                ("created_by", models.CharField(max_length=254)),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week_on", models.DateField(unique=True)),
                ("seed", models.BigIntegerField()),
                ("per_person", models.PositiveIntegerField()),
                ("book", models.CharField(max_length=40)),
                ("among", models.PositiveIntegerField()),
                ("drawn_at", models.DateTimeField()),
                ("drawn_by", models.CharField(max_length=254)),
            ],
            options={
                "ordering": ("-week_on",),
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reviewer_id", models.CharField(db_index=True, max_length=254)),
                ("given_at", models.DateTimeField()),
                ("given_by", models.CharField(max_length=254)),
                ("given_back_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("rubric", models.JSONField(default=list)),
                ("marks", models.JSONField(default=dict)),
                ("score", models.PositiveIntegerField(null=True)),
                ("note", models.TextField(blank=True)),
                ("was_hard", models.BooleanField(null=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("is_new", models.BooleanField(db_index=True, default=False)),
                ("landed_revision", models.PositiveIntegerField(default=0)),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="reviews.draw"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("who", models.CharField(max_length=254)),
                ("person_id", models.CharField(max_length=254)),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="reviews.review"
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
        migrations.CreateModel(
            name="CoachingTalk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_id", models.CharField(db_index=True, max_length=254)),
                ("coach_id", models.CharField(max_length=254)),
                ("at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
                ("created_by", models.CharField(max_length=254)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("is_new", models.BooleanField(db_index=True, default=True)),
                (
                    "review",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talks",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.AddField(
            model_name="draw",
            name="sample",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="draws", to="reviews.sample"
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["done_at"], name="reviews_review_done"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("draw", "reviewer_id"), name="reviews_reviewer_once"),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.UniqueConstraint(
                fields=("conversation_id", "person_id", "sampling"), name="reviews_drawn_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose", "learning")), name="reviews_never_for_pay"
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("chance__gt", 0), ("chance__isnull", False), ("sampling", "random")),
                    models.Q(("chance__isnull", True), ("sampling", "targeted")),
                    _connector="OR",
                ),
                name="reviews_chance_is_known",
            ),
        ),
    ]
