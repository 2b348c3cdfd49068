"""What tests count in the conversations of a demo company: SQL over its files, and who is planted in it."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from relevo.sources.demo import write_demo
from relevo.sources.demo.cast import Cast, cast
from relevo.sources.demo.frame import Frame, frame
from relevo.sources.demo.truths import p04_brave, p05_one_carries
from tests.sources.demo.conftest import ENDS_ON, ask_folder

Floats = NDArray[np.float64]
HARD = "category IN ('bug', 'integration')"
TABLES = ("person", "person_role", "conversation", "message", "conversation_event", "rating", "survey_invite",
          "review", "coaching", "schedule", "shift", "customer", "customer_attribute")  # fmt: skip


@dataclass(frozen=True)
class Support:
    """The files of a company, and what was drawn for its people."""

    book: duckdb.DuckDBPyConnection
    frame: Frame
    cast: Cast

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """All rows of a question."""
        return self.book.execute(sql).fetchall()

    def number(self, sql: str) -> float:
        """The one figure of a question."""
        ((figure,),) = self.book.execute(sql).fetchall()
        return float(figure)

    @property
    def skill(self) -> dict[str, float]:
        """True skill by person_id."""
        points = p04_brave.skills(self.frame, self.cast)
        return {f"p{n:04}": float(points[n]) for n in range(len(self.cast.people))}

    @property
    def ana(self) -> str:
        """Who is called Ana at the desk."""
        ((person,),) = self.book.execute(
            "SELECT person_id FROM person WHERE team = 'support' AND split_part(name, ' ', 1) = 'Ana'"
        ).fetchall()
        return str(person)

    @property
    def picker(self) -> str:
        """The second of the first pod's desk who leads nobody and is still here."""
        return f"p{p04_brave.eligible(self.cast, 0)[1].number:04}"

    @property
    def carrier(self) -> str:
        """The first of the third pod's desk who leads nobody and is still here."""
        return f"p{p04_brave.eligible(self.cast, p05_one_carries.POD)[0].number:04}"


def support(folder: Path, customers: int, seed: int, company: str) -> Support:
    """Write a company and open it."""
    write_demo(folder, customers=customers, seed=seed, ends_on=ENDS_ON, company=company, tables=TABLES)
    run = frame(customers, seed, ENDS_ON, company)
    return Support(ask_folder(folder), run, cast(run))


def rank_correlation(one: Floats, other: Floats) -> float:
    """Spearman's, for values without ties."""
    ranks = [np.argsort(np.argsort(values)).astype(np.float64) for values in (one, other)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])
