"""How much a packed file may become, so that a small file can fill neither disk nor memory."""

from dataclasses import dataclass

from relevo.base.config import House

LIMITS_HINT = (
    "Unpack it where it comes from and load what is in it; if that is right, raise unpack_limit_mb, unpack_ratio or "
    "unpack_entries of [house] in relevo.toml."
)
# A file that packs well is no threat while it is small.
_HARMLESS = 16 << 20


@dataclass(frozen=True)
class Limits:
    """Of one load: bytes that archives may unpack to together, bytes per packed byte, and entries of one archive."""

    most_bytes: int = 8_000_000_000
    ratio: int = 250
    entries: int = 10_000


DEFAULT = Limits()


class TooMuch(Exception):
    """A packed file passes a limit; its text says which."""


@dataclass
class Budget:
    """What is left of the limits. `spend` is told every byte that comes out of something packed."""

    limits: Limits
    spent: int = 0

    def spend(self, count: int, out: int, packed: int) -> None:
        """Count bytes that were unpacked: of one file `out` by now, from `packed`. TooMuch where a limit is passed."""
        self.spent += count
        if self.spent > self.limits.most_bytes:
            raise TooMuch(f"it unpacks to more than {self.limits.most_bytes // 1_000_000} MB")
        if out > _HARMLESS and out > packed * self.limits.ratio:
            raise TooMuch(f"it unpacks to more than {self.limits.ratio} times its size")


def limits_of(house: House) -> Limits:
    """The limits that the house sets."""
    return Limits(house.unpack_limit_mb * 1_000_000, house.unpack_ratio, house.unpack_entries)
