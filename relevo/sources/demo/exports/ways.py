"""Four ways of writing a spreadsheet, as people's programs save it, and the one of a machine.

A time is told to the minute: spreadsheets show no more. An amount carries the sign of its currency where the way
has one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from relevo.base.money import exponent
from relevo.sources.raw.model import Kind

_SERIAL_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
_DAY = 86_400


@dataclass(frozen=True)
class Way:
    """How a file is written. `language` is the place of its headings: English, Spanish, Portuguese, Chinese.

    `date` and `clock` are patterns of strftime; `zone` is where times are written that name none. Somebody chose the
    columns: `is_reversed` has the last first, `is_bare` none but those that are needed.
    """

    name: str
    language: int
    encoding: str
    delimiter: str
    zone: str
    date: str
    clock: str
    point: str = "."
    group: str = ","
    yes: str = "true"
    no: str = "false"
    is_reversed: bool = False
    is_bare: bool = False
    signs: Mapping[str, str] = field(default_factory=dict)

    def cell(self, kind: Kind, value: Any, currency: str | None, zone: str, *, serial: bool = False) -> str:
        """The text of a value; amounts come in minor units, times in UTC. Empty where there is none."""
        if value is None:
            return ""
        if kind is Kind.TIME:
            return self._time(value.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)), serial=serial)
        if kind is Kind.DAY:
            return str(value.strftime(self.date))
        if kind is Kind.MAJOR:
            return self._amount(value, currency or "")
        if kind is Kind.FLAG:
            return self.yes if value else self.no
        if kind is Kind.SPELL:
            return f"{value // 3600:02}:{value // 60 % 60:02}:{value % 60:02}"
        return self._number(value) if isinstance(value, Decimal) else str(value)

    def _time(self, at: datetime, *, serial: bool) -> str:
        if serial:
            days = Decimal(int((at.replace(tzinfo=UTC) - _SERIAL_ZERO).total_seconds())) / _DAY
            return f"{days:.6f}".replace(".", self.point)
        return at.strftime(f"{self.date} {self.clock}")

    def _amount(self, minor: int, currency: str) -> str:
        digits = exponent(currency)
        return self.signs.get(currency, "") + self._grouped(Decimal(minor).scaleb(-digits), digits)

    def _grouped(self, number: Decimal, digits: int) -> str:
        swap = {",": self.group, ".": self.point}
        return "".join(swap.get(sign, sign) for sign in f"{number:,.{digits}f}")

    def _number(self, number: Decimal) -> str:
        return f"{number.normalize():f}".replace(".", self.point)


EN_US = Way("en-US", 0, "utf-8", ",", "America/New_York", "%m/%d/%Y", "%I:%M %p")
ES_ES = Way(
    "es-ES", 1, "cp1252", ";", "Europe/Madrid", "%d/%m/%Y", "%H:%M", point=",", group=".", yes="Sí", no="No",
)  # fmt: skip
PT_BR = Way(
    "pt-BR", 2, "utf-16", "\t", "America/Sao_Paulo", "%d/%m/%Y", "%H:%M", point=",", group=".", yes="Sim", no="Não",
    is_reversed=True,
    signs={"BRL": "R$ ", "USD": "US$ ", "EUR": "€ ", "GBP": "£ ", "MXN": "MX$ ", "JPY": "JP¥ ", "KWD": "KWD "},
)  # fmt: skip
ZH_HANS = Way("zh-Hans", 3, "utf-8-sig", ",", "Asia/Shanghai", "%Y/%m/%d", "%H:%M", yes="是", no="否", is_bare=True)
MACHINE = Way("machine", 0, "utf-8", ",", "UTC", "%Y-%m-%d", "%H:%M:%SZ", group="")
WAYS = (EN_US, ES_ES, PT_BR, ZH_HANS)
