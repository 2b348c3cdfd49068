"""SQL texts kept in files, so that the next process need not translate what an earlier one did.

A text lies under the dialect and the shape it is of, in a folder named after all that translates: this code and the
versions of Ibis and sqlglot. So what is found is what would be written. Files that cannot be read or written are
passed over: translating again is always right.
"""

import hashlib
import inspect
import json
import os
import re
import shutil
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from relevo.book import shapes
from relevo.book.shapes import Text

# Names another folder than the home's, for test runs and machines that serve many homes.
VARIABLE = "RELEVO_SQL_CACHE"
MOST = 2_000
_UNFINISHED = ".tmp-"
_TRANSLATOR = re.compile("[0-9a-f]{16}")


@dataclass(frozen=True)
class TextFiles:
    """A folder of texts made by one translator; `shape` is the key of a `relevo.book.shapes.Shape`."""

    folder: Path

    @classmethod
    def under(cls, folder: Path, translator: str) -> "TextFiles":
        """The texts that a translator made under a folder, or under the one that RELEVO_SQL_CACHE names."""
        return cls(_chosen(folder) / _made_by(translator))

    def find(self, dialect: str, shape: str) -> Text | None:
        """The text that was kept; None where there is none, or none that can be read."""
        try:
            pieces, order = json.loads(self._file(dialect, shape).read_text("utf-8"))
            return Text(tuple(map(str, pieces)), tuple(map(int, order)))
        except (OSError, ValueError, TypeError):
            return None

    def keep(self, dialect: str, shape: str, text: Text) -> None:
        """Keep a text where there is room for it."""
        try:
            self._make_folder()
            if sum(1 for _ in self.folder.iterdir()) < MOST:
                unfinished = self.folder / f"{_UNFINISHED}{os.getpid()}-{shape}"
                unfinished.write_text(json.dumps([text.pieces, text.order]), "utf-8")
                unfinished.replace(self._file(dialect, shape))
        except OSError:
            return

    def _make_folder(self) -> None:
        if not self.folder.exists():
            forget(self.folder.parent)
            self.folder.mkdir(parents=True, exist_ok=True)

    def _file(self, dialect: str, shape: str) -> Path:
        return self.folder / f"{dialect}-{shape}.json"


def forget(folder: Path) -> None:
    """Remove every text under a folder or its stand-in, and nothing else: texts name what was asked about."""
    for made in _chosen(folder).glob("*"):
        if _TRANSLATOR.fullmatch(made.name):
            shutil.rmtree(made, ignore_errors=True)


def _chosen(folder: Path) -> Path:
    return Path(os.environ.get(VARIABLE) or folder)


@lru_cache(maxsize=1)
def _made_by(translator: str) -> str:
    text = f"{translator}{inspect.getsource(shapes)}{version('ibis-framework')} {version('sqlglot')}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
