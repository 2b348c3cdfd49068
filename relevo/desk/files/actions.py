"""Everything that writes what was said about files, and uploads."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from relevo.base.errors import WrongUse
from relevo.desk.files.models import KeptReading, Upload
from relevo.desk.files.readings import readings_in_force
from relevo.desk.files.uploads import Kind, State
from relevo.desk.people.actions import log_audit
from relevo.sources.raw.said import read_reading

# Uploads that are remembered with what became of them; their files are kept by rules of their own.
KEPT_UPLOADS = 200


def keep_reading(file: str, said: Mapping[str, Any], who: str, now: datetime) -> KeptReading:
    """Keep what somebody says about the files of a name, from now on instead of what was said before. Audited.

    WrongUse for what a `[[reading]]` entry could not say, and where nothing is said.
    """
    told = {name: value for name, value in said.items() if value}
    if not told:
        raise WrongUse(f"Nothing was said about {file!r}.", "Answer a question, or take back what was said before.")
    _check(file, told)
    return _added(file, told, "reading.kept", who, now)


def take_back_reading(file: str, who: str, now: datetime) -> KeptReading:
    """Let what was said about the files of a name hold no more; it stays in the history. Audited.

    WrongUse where nothing holds about them.
    """
    if file not in {each.file for each in readings_in_force()}:
        raise WrongUse(f"Nothing that was said about {file[:80]!r} holds.", "Look under Data, Files.")
    return _added(file, {}, "reading.taken_back", who, now)


def add_upload(
    who: str, place: str, files: Sequence[tuple[str, int]], refused: Sequence[tuple[str, str]], now: datetime
) -> int:
    """Note files that came and wait to be loaded, and those that were not taken; the id of the upload. Audited."""
    with transaction.atomic():
        made = _made(Kind.NEW, who, now, place=place, files=list(files), refused=list(refused))
        details = {"files": [name for name, _ in files], "bytes": sum(size for _, size in files)}
        log_audit(who, "files.uploaded", str(made), now, {**details, "refused": [name for name, _ in refused]})
    return made


def ask_to_read_again(file: str, who: str, now: datetime) -> int:
    """Note that a file which is there already is to be read again; the id of the upload. Audited."""
    with transaction.atomic():
        made = _made(Kind.AGAIN, who, now, files=[(file, 0)])
        log_audit(who, "file.read_again", file, now)
    return made


def begin_upload(key: int) -> None:
    """Note that an upload is being loaded; what was told of an earlier try stays."""
    Upload.objects.filter(pk=key).update(state=State.LOADING, tries=F("tries") + 1)


def tell_upload(key: int, told: Mapping[str, Any]) -> None:
    """Note how far loading is."""
    Upload.objects.filter(pk=key, state=State.LOADING).update(told=dict(told))


def put_back_upload(key: int) -> None:
    """Let an upload wait again, because somebody else loads."""
    Upload.objects.filter(pk=key, state=State.LOADING).update(state=State.WAITING, tries=F("tries") - 1)


def end_upload(key: int, state: State, told: Mapping[str, Any], now: datetime) -> None:
    """Note how an upload ended."""
    Upload.objects.filter(pk=key).update(state=state, told=dict(told), ended_at=now)


def _made(kind: Kind, who: str, now: datetime, **more: Any) -> int:
    made = Upload.objects.create(kind=kind, state=State.WAITING, who=who, at=now, **more).pk
    ended = Upload.objects.filter(state__in=(State.DONE, State.FAILED)).values_list("pk", flat=True)
    Upload.objects.filter(pk__in=list(ended[KEPT_UPLOADS:])).delete()
    return int(made)


def _check(file: str, said: Mapping[str, Any]) -> None:
    if not file.strip() or len(file) > 300:
        raise WrongUse(f"{file[:80]!r} names no files.", "Write a name, with * for what changes in it.")
    read_reading({"file": file, **said}, f"What is said about {file}")


def _added(file: str, said: Mapping[str, Any], action: str, who: str, now: datetime) -> KeptReading:
    with transaction.atomic():
        made = KeptReading.objects.create(file=file, said=dict(said), said_at=now, said_by=who)
        log_audit(who, action, file, now, dict(said))
    return made
