"""A field as SQL: its value from the text of a file, null where the text is none.

Text that is there and has no value makes the row's cell wrong: loading sets such rows aside, never changes them.
"""

from relevo.book.engine import quoted
from relevo.sources.files.checks import HAS_ZONE, INSTANT
from relevo.sources.raw.facts import DATE_LIKE, Facts, Order, Point
from relevo.sources.raw.model import Kind

SQL_TYPES = {
    Kind.TEXT: "VARCHAR",
    Kind.SALESFORCE_ID: "VARCHAR",
    Kind.WHOLE: "BIGINT",
    Kind.NUMBER: "DECIMAL(38, 9)",
    Kind.MAJOR: "DECIMAL(38, 9)",
    Kind.MINOR: "BIGINT",
    Kind.TIME: "TIMESTAMP",
    Kind.DAY: "DATE",
    Kind.FLAG: "BOOLEAN",
    Kind.SPELL: "BIGINT",
}
REASONS = {
    Kind.WHOLE: "it is not a whole number",
    Kind.NUMBER: "it is not a number",
    Kind.MAJOR: "it is not an amount",
    Kind.MINOR: "it is not an amount in minor units",
    Kind.TIME: "it is not a time",
    Kind.DAY: "it is not a day",
    Kind.FLAG: "it is neither true nor false",
    Kind.SPELL: "it is not a length of time",
}
YES = ("true", "t", "yes", "y", "1", "sí", "si", "sim", "是", "verdadero", "verdadeiro", "x")
NO = ("false", "f", "no", "n", "0", "não", "nao", "否", "falso", "")
_TIME_OF_DAY = r"[ ,T]+(\d{1,2})(?::|h)(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([AaPp])?\.?(?:[Mm]\.?)?"
_CLOCK = r"^(?:(\d+) ?d(?:ays?)?,? *)?(\d+):(\d{2})(?::(\d{2}))?$"
_WORDS = r"^(?:(\d+) ?d[a-z]* ?)?(?:(\d+) ?h[a-z]* ?)?(?:(\d+) ?m[a-z]* ?)?(?:(\d+) ?s[a-z]*)?$"
_WORDED = (
    "%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y %H:%M", "%b %d, %Y %I:%M %p", "%B %d, %Y %I:%M %p",
    "%d %b %Y %H:%M", "%d %b %Y %H:%M:%S", "%a, %d %b %Y %H:%M:%S", "%B %d, %Y %H:%M", "%b %d %Y", "%d-%b-%Y",
)  # fmt: skip


def value_sql(kind: Kind, text: str, facts: Facts, zone: str) -> str:
    """SQL of a field's value. `text` is SQL of its text, `zone` where its times were written if they do not say."""
    if kind in (Kind.WHOLE, Kind.MINOR):
        return f"TRY_CAST({_exact(number_sql(text, facts.point))} AS BIGINT)"
    if kind in (Kind.NUMBER, Kind.MAJOR):
        return f"TRY_CAST({number_sql(text, facts.point)} AS DECIMAL(38, 9))"
    if kind is Kind.TIME:
        return time_sql(text, facts.order, zone)
    if kind is Kind.DAY:
        return day_sql(text, facts.order)
    plain = {Kind.SALESFORCE_ID: salesforce_id_sql, Kind.FLAG: flag_sql, Kind.SPELL: spell_sql}
    return plain[kind](text) if kind in plain else text


def salesforce_id_sql(text: str) -> str:
    """The 15 characters that both forms of a Salesforce id begin with; what has another form stays as it is."""
    return f"CASE WHEN regexp_full_match({text}, '[A-Za-z0-9]{{18}}') THEN left({text}, 15) ELSE {text} END"


def flag_sql(text: str) -> str:
    """True or false, from the words of four languages."""
    yes, no = _listed(YES), _listed(NO)
    return f"CASE WHEN lower({text}) IN {yes} THEN true WHEN lower({text}) IN {no} THEN false END"


def number_sql(text: str, point: Point | None) -> str:
    """Digits with a decimal point, without thousands signs, currency and blanks; a negative in brackets has a minus."""
    bare = (
        rf"regexp_replace({text}, '[\s\x{{00A0}}\x{{202F}}''’]|[A-Z]{{0,3}}\p{{Sc}}|^[A-Z]{{3}}|[A-Z]{{3}}$', '', 'g')"
    )
    signed = rf"CASE WHEN {bare} LIKE '(%)' THEN '-' || {bare}[2:-2] ELSE replace({bare}, '−', '-') END"
    group, sign = (".", ",") if point is Point.COMMA else (",", ".")
    shape = rf"'-?(\d+|\d{{1,3}}([{group}]\d{{3}})+)?([{sign}]\d*)?'"
    plain = f"replace(replace({signed}, '{group}', ''), '{sign}', '.')"
    return f"CASE WHEN regexp_full_match({signed}, {shape}) THEN {plain} END"


def _exact(number: str) -> str:
    """A number without decimals; one that has any is none."""
    return rf"regexp_extract({number}, '^(-?\d+)(\.0*)?$', 1)"


def time_sql(text: str, order: Order | None, zone: str) -> str:
    """An instant in UTC, from ISO 8601, seconds since 1970, Excel's days since 1900, or what people write."""
    text = rf"regexp_replace({text}, '^(\d{{4}}-\d{{2}}-\d{{2}})[ T](\d:)', '\1 0\2')"
    stated = f"CAST(TRY_CAST({text} AS TIMESTAMPTZ) AS TIMESTAMP)"
    return (
        f"CASE WHEN {text} IS NULL THEN NULL"
        f" WHEN regexp_full_match({text}, {quoted(INSTANT)})"
        f" THEN CASE WHEN regexp_matches({text}, {quoted(HAS_ZONE)}) THEN {stated} ELSE {_in_utc(stated, zone)} END"
        rf" WHEN regexp_full_match({text}, '\d{{9,10}}') THEN make_timestamp(CAST({text} AS BIGINT) * 1000000)"
        rf" WHEN regexp_full_match({text}, '\d{{12,13}}') THEN make_timestamp(CAST({text} AS BIGINT) * 1000)"
        f" ELSE {_in_utc(local_sql(text, order), zone)} END"
    )


def day_sql(text: str, order: Order | None) -> str:
    """A day: of an instant the one it was written with."""
    iso = rf"TRY_CAST(regexp_extract({text}, '^(\d{{4}}-\d{{2}}-\d{{2}})([ T].*)?$', 1) AS DATE)"
    return f"coalesce({iso}, CAST({local_sql(text, order)} AS DATE))"


def local_sql(text: str, order: Order | None) -> str:
    """A time as people and spreadsheets write it, without a zone."""
    serial = rf"CASE WHEN regexp_full_match({text}, '[2-7]\d{{4}}([.,]\d+)?') THEN {_serial(text)} END"
    slashed_year = rf"try_strptime({text}, ['%Y/%m/%d', '%Y/%m/%d %H:%M', '%Y/%m/%d %H:%M:%S', '%Y.%m.%d'])"
    worded = f"try_strptime({text}, [{', '.join(quoted(each) for each in _WORDED)}])"
    return f"coalesce({serial}, {_numeric(text, order)}, {slashed_year}, {worded})"


def _serial(text: str) -> str:
    days = f"CAST(replace({text}, ',', '.') AS DOUBLE)"
    return f"TIMESTAMP '1899-12-30' + to_seconds(CAST(round({days} * 86400) AS BIGINT))"


def _numeric(text: str, order: Order | None) -> str:
    """31/12/2025 14:05, in the order of its column; with dots the day is always first."""
    date, clock = f"^{DATE_LIKE}$", f"{_TIME_OF_DAY}$"

    def part(n: int) -> str:
        return f"regexp_extract({text}, '{date}', {n})"

    def tick(n: int) -> str:
        return f"coalesce(TRY_CAST(regexp_extract({text}, '{clock}', {n}) AS INTEGER), 0)"

    first, second = (1, 3) if order is Order.DAY_FIRST else (3, 1)
    day = f"CASE WHEN {part(2)} = '.' THEN {part(1)} ELSE {part(first)} END"
    month = f"CASE WHEN {part(2)} = '.' THEN {part(3)} ELSE {part(second)} END"
    year = f"CASE WHEN length({part(4)}) = 2 THEN '20' || {part(4)} ELSE {part(4)} END"
    half = f"lower(regexp_extract({text}, '{clock}', 4))"
    hour = f"CASE WHEN {half} = '' THEN {tick(1)} ELSE {tick(1)} % 12 + CASE {half} WHEN 'p' THEN 12 ELSE 0 END END"
    written = (
        f"printf('%s-%s-%s %02d:%02d:%02d', {year}, lpad({month}, 2, '0'), lpad({day}, 2, '0'), "
        f"{hour}, {tick(2)}, {tick(3)})"
    )
    can = f"regexp_full_match({text}, '{DATE_LIKE}')"
    can += f" AND ({part(5)} = '' OR regexp_full_match({part(5)}, '{_TIME_OF_DAY}'))"
    return f"CASE WHEN {can} THEN TRY_CAST({written} AS TIMESTAMP) END"


def _in_utc(local: str, zone: str) -> str:
    if zone == "UTC":
        return local
    return f"CAST(timezone({quoted(zone)}, {local}) AS TIMESTAMP)"


def spell_sql(text: str) -> str:
    """Seconds of a length of time: 5400, 01:30:00, 1 day 02:03:04, 1h 30m."""
    clock, worded = _parts(text, _CLOCK), _parts(text, _WORDS)
    plain = f"CAST(CAST({text} AS DECIMAL(18, 3)) AS BIGINT)"
    is_worded = f"concat({worded}.d, {worded}.h, {worded}.m, {worded}.s) <> ''"
    return (
        rf"CASE WHEN regexp_full_match({text}, '\d+(\.\d+)?') THEN {plain}"
        f" WHEN {clock}.m <> '' THEN {_seconds(clock)} WHEN {is_worded} THEN {_seconds(worded)} END"
    )


def _parts(text: str, pattern: str) -> str:
    return f"regexp_extract({text}, '{pattern}', ['d', 'h', 'm', 's'])"


def _seconds(parts: str) -> str:
    return " + ".join(
        f"coalesce(TRY_CAST({parts}.{name} AS BIGINT), 0) * {worth}"
        for name, worth in (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))
    )


def _listed(words: tuple[str, ...]) -> str:
    return "(" + ", ".join(quoted(word) for word in words) + ")"
