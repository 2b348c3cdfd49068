"""Take a person out of the Desk: nobody is named any more, and what was decided stays."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection, models, transaction

from relevo.desk.people.actions import log_audit
from relevo.desk.people.models import OpenSession, SignInLink

Clean = Callable[[Any], Any]


def erase_from_desk(clean: Clean, names: Callable[[str], bool], erasure: str, now: datetime) -> int:
    """Replace every text that names a forgotten person; how many rows changed.

    A user who is that person can sign in no more. The audit keeps its entries: they say a stand-in did it. The erasure
    itself is audited by its id alone.
    """
    with transaction.atomic():
        _close_account(names)
        changed = sum(_cleaned(model, clean) for model in apps.get_models() if model is not Session)
        log_audit("operator", "person.erased", erasure, now, {"rows": changed})
    return changed


def forget_deleted_rows() -> None:
    """Give the database file a new shape, so that no block of it holds what was deleted; SQLite only."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            cursor.execute(statement)


def _close_account(names: Callable[[str], bool]) -> None:
    for user in User.objects.all():
        if not any(names(text) for text in (user.username, user.email, user.get_full_name())):
            continue
        SignInLink.objects.filter(user=user).delete()
        OpenSession.objects.filter(user=user).delete()
        for session in Session.objects.all():
            if session.get_decoded().get("_auth_user_id") == str(user.pk):
                session.delete()
        User.objects.filter(pk=user.pk).update(is_active=False, email="", first_name="", last_name="")


def _cleaned(model: type[models.Model], clean: Clean) -> int:
    """Clean the texts of one model's rows; how many changed."""
    fields = [f.attname for f in model._meta.concrete_fields if _is_text(f)]
    changed = 0
    for key, before in _rows(model, fields):
        after = {name: clean(value) for name, value in before.items()}
        fresh = {name: value for name, value in after.items() if value != before[name]}
        if fresh:
            model._default_manager.filter(pk=key).update(**fresh)
            changed += 1
    return changed


def _is_text(field: Any) -> bool:
    return isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.is_relation


def _rows(model: type[models.Model], fields: list[str]) -> Iterator[tuple[Any, dict[str, Any]]]:
    if not fields:
        return
    for key, *values in list(model._default_manager.values_list("pk", *fields)):
        yield key, dict(zip(fields, values, strict=True))
