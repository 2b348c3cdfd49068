"""The job `uploads`: load what people brought on the Data page, and read again what they answered.

It may be killed at any line: files that were moved into place stay there, what was loaded is not loaded twice, and an
upload that has not ended is taken up again.
"""

import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from relevo.base.config import Config, Home
from relevo.base.errors import NotReady, RelevoError
from relevo.desk.files import actions
from relevo.desk.files.uploads import Brought, Kind, State, last_at, waiting
from relevo.desk.running.actions import run_soon
from relevo.desk.running.outcome import Outcome, Result
from relevo.jobs.clock import now, today
from relevo.jobs.desk import config_in_force, config_with_readings
from relevo.jobs.incoming import INCOMING, Incoming
from relevo.jobs.loading import read_files
from relevo.jobs.refresh import REFRESH
from relevo.jobs.upload_report import report_of
from relevo.sources.guess import holds, table_of
from relevo.sources.raw.said import Reading, read_readings

UPLOADS = "uploads"
MOST_TRIES = 3
_SOON = timedelta(minutes=1)
_STALE = timedelta(days=1)
_KILLED = {
    "message": f"Its process was killed {MOST_TRIES} times.",
    "hint": "relevo doctor says what is short; often it is memory.",
}


def bring(home: Home, incoming: Incoming, paths: list[str], who: str) -> int:
    """Note what came in, and have it loaded; the id of the upload. Files of no kind that is read are not kept."""
    files, refused = incoming.sort(paths)
    key = actions.add_upload(who, incoming.folder.name, files, refused, now())
    if not files:
        incoming.drop()
        actions.end_upload(key, State.DONE, {}, now())
    run_soon(UPLOADS, now())
    home.uploads.mkdir(exist_ok=True)
    return key


def read_again(file: str, who: str) -> int:
    """Have a file that is there read again, with what is said about it now; the id of the upload."""
    key = actions.ask_to_read_again(file, who, now())
    run_soon(UPLOADS, now())
    return key


def load_uploads(home: Home, kept: Mapping[str, Any]) -> Outcome:  # noqa: ARG001 - every job has this shape
    """Load every upload that waits, in the order in which they came, then let the book be published."""
    _sweep(home)
    found = waiting()
    for each in found:
        try:
            _load(home, each)
        except NotReady:
            actions.put_back_upload(each.id)
            run_soon(UPLOADS, now() + _SOON)
            raise
    if not found:
        _forget_old(home)
        return Outcome(Result.OK, "nothing_waits", "No upload waits.")
    run_soon(REFRESH, now())
    return Outcome(Result.OK, "uploads_loaded", f"Uploads loaded: {len(found)}.")


def _load(home: Home, each: Brought) -> None:
    """Load one upload and note how it ended; a fault is noted too, and raised again."""
    if each.tries >= MOST_TRIES:
        actions.end_upload(each.id, State.FAILED, _KILLED, now())
        return
    actions.begin_upload(each.id)
    try:
        told = _loaded(home, each)
    except NotReady:
        raise
    except RelevoError as problem:
        actions.end_upload(each.id, State.FAILED, {"message": problem.message, "hint": problem.hint}, now())
    except Exception as problem:
        told = {"message": f"{type(problem).__name__}: {problem}"[:500], "hint": "Look into the log, and report it."}
        actions.end_upload(each.id, State.FAILED, told, now())
        raise
    else:
        actions.end_upload(each.id, State.DONE, told, now())


def _loaded(home: Home, each: Brought) -> dict[str, Any]:
    """Put an upload's files into place, read the folders that it concerns, and say what became of its files."""
    config = config_with_readings(home)
    placed = _placed(home, each, config) if each.kind is Kind.NEW else {name: name for name, _ in each.files}
    rows, done = 0, 0

    def on_progress(file: str, count: int) -> None:
        nonlocal rows, done
        rows, done = rows + count, done + 1
        actions.tell_upload(each.id, {"placed": placed, "file": file, "rows": rows, "files": done})

    reports = [read_files(home, root, on_progress) for root in _roots(home, each)]
    return report_of(home, reports, list(placed.values()), is_new=each.kind is Kind.NEW)


def _roots(home: Home, each: Brought) -> tuple[Path, ...]:
    """The folders to read: that of uploads, and where a file is read again, those in which it lies."""
    home.uploads.mkdir(exist_ok=True)
    if each.kind is Kind.NEW:
        return (home.uploads,)
    folders = [home.uploads, *(folder for folder in home.watched_folders if folder.is_dir())]
    holding = [folder for folder in folders if any(holds(folder, name) for name, _ in each.files)]
    return tuple(holding) or (home.uploads,)


def _placed(home: Home, each: Brought, config: Config) -> dict[str, str]:
    """Move an upload's files to where uploads stand; by its name the place of each. A kill in between loses none."""
    came = home.uploads / INCOMING / each.place / "files"
    known = {str(name): str(place) for name, place in each.told.get("placed", {}).items()}
    readings = read_readings(config.readings)
    for name, _size in each.files:
        if (came / name).is_file():
            known[name] = _name_for(home, came / name, name, config, readings)
            actions.tell_upload(each.id, {"placed": known})
            target = home.uploads / known[name]
            target.parent.mkdir(parents=True, exist_ok=True)
            (came / name).replace(target)
    shutil.rmtree(came.parent, ignore_errors=True)
    return {name: known.get(name, name) for name, _ in each.files}


def _name_for(home: Home, file: Path, name: str, config: Config, readings: tuple[Reading, ...]) -> str:
    """Where a file goes: over the one of its name, or beside it in a folder of its system where it is another table."""
    there = home.uploads / name
    if not there.is_file():
        return name
    before, after = (table_of(path, name, config, readings) for path in (there, file))
    return name if not after or before in ("", after) else f"{after.partition('.')[0]}/{name}"


def _sweep(home: Home) -> None:
    """Remove what an upload left that was broken off while it came in."""
    mine = {each.place for each in waiting()}
    for folder in (home.uploads / INCOMING).glob("*"):
        is_old = now().timestamp() - folder.stat().st_mtime > _STALE.total_seconds()
        if folder.name not in mine and is_old:
            shutil.rmtree(folder, ignore_errors=True)


def _forget_old(home: Home) -> None:
    """Remove uploaded files when the house keeps them no longer; what was read of them stays loaded."""
    config, _said = config_in_force(home, today(home.config().company.timezone))
    days, last = config.house.keep_uploads_days, last_at()
    if days and last is not None and now() - last > timedelta(days=days):
        for path in home.uploads.glob("[!.]*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
