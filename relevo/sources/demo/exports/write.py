"""A folder with every export of the demo company, for trying an import."""

import shutil
from datetime import date
from pathlib import Path

from relevo.base.errors import WrongUse
from relevo.sources.demo.exports.every import BILLING, EXPORTS, REDUCED
from relevo.sources.demo.exports.story import story, write_truth
from relevo.sources.demo.exports.ways import MACHINE, WAYS, Way
from relevo.sources.demo.exports.writing import write_export

CANONICAL = "canonical"
RATES = "fx_rate.csv"
READING = "reading.toml"


def write_exports(folder: Path, *, customers: int, ends_on: date) -> tuple[Path, ...]:
    """Write FOLDER/<way>/<system>/ for each export and way, FOLDER/canonical/ with the truth; the folders.

    No system tells rates of exchange, so that a file of them lies beside the exports of each billing system. Raises
    WrongUse where the folder holds anything.
    """
    if folder.exists() and any(folder.iterdir()):
        raise WrongUse(f"{folder} is not empty.", "Name a new folder for the exports of the demo company.")
    with story(customers, ends_on) as told:
        write_truth(told, folder / CANONICAL)
        written = [folder / CANONICAL]
        for export in EXPORTS:
            for way in (MACHINE,) if export.is_loaded else WAYS:
                written.append(folder / way.name / export.name)
                write_export(export, told, way, written[-1])
                if export in (*BILLING, *REDUCED):
                    shutil.copy(folder / CANONICAL / RATES, written[-1])
    for way in WAYS:
        (folder / way.name / READING).write_text(_settings(way), encoding="utf-8")
    return tuple(written)


def _settings(way: Way) -> str:
    """What to say of the files of a way: where their times were written."""
    told = "# To append to the relevo.toml of the home that loads these files: their times do not name their zone.\n"
    return f'{told}[[reading]]\nfile = "*"\ntimezone = "{way.zone}"\n'
