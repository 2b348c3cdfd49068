"""Macros that recipes use beside cents(): stretches of time between changes, and billing intervals in words."""

# Words of an interval in the languages of the product, by what they begin with.
_UNITS = (("day", "d[ií]a|day|daily|diari|天|日"), ("week", "w|sem|周"), ("month", "m|月"), ("year", "y|an|年"))
_SPECIAL = ((2, "bi-?month|bimestr"), (3, "quart|trimestr|季"), (6, "semi-?ann|half|semestr|半年"))
# The first that a department or role speaks of.
_TEAMS = (
    ("presales", "pre-?sales|solutions? (engineer|consult|architect)|sales engineer|preventa|pré-?vendas|售前"),
    ("implementation", "implement|onboard|professional services|deliver|implanta"),
    ("success", "success|csm|éxito|sucesso|成功"),
    ("support", "support|help ?desk|service desk|soporte|suporte|atención|atendimento|支持|客服"),
    ("marketing", "market|mercad|市场"),
    ("product", "product|engineer|develop|producto|produto|产品|研发"),
    ("finance", "financ|account(ing|ant)|billing|controll|contab|财务"),
    ("sales", "sales|account exec|business develop|sdr|bdr|ventas|vendas|comercial|销售"),
)


def recipe_macros() -> tuple[str, ...]:
    """SQL that makes the macros.

    stretches(start, finish, cuts): the parts of [start, finish) between cuts, as from_at and to_at. Cuts outside are
    passed over; a finish of null is open; there is always one part, from null where start is null.
    interval_unit(text), interval_count(text): "3 months", "quarterly", "anual" as a unit and how many; null for others.
    domain_of(text): the domain of a website or an e-mail address; null where it is none.
    team_of(text, otherwise): the team that a department or role speaks of.
    """
    return (_stretches(), _interval_unit(), _interval_count(), _domain_of(), _team_of())


def _domain_of() -> str:
    bare = r"regexp_replace(lower(trim(told)), '^([a-z]+://)?([^/@]*@)?(www\.)?', '')"
    host = rf"regexp_extract({bare}, '^[^/?#:]+')"
    return _macro("domain_of(told)", rf"CASE WHEN regexp_full_match({host}, '[^\s.]+(\.[^\s.]+)+') THEN {host} END")


def _team_of() -> str:
    cases = " ".join(f"WHEN regexp_matches(lower(told), '{words}') THEN '{team}'" for team, words in _TEAMS)
    return _macro("team_of(told, otherwise)", f"CASE {cases} ELSE otherwise END")


def _stretches() -> str:
    inside = "list_filter(list_distinct(cuts), lambda t: t > start AND (finish IS NULL OR t < finish))"
    starts = f"list_concat([start], list_sort({inside}))"
    parts = f"list_zip({starts}, list_concat({starts}[2:], [finish]))"
    named = "{'from_at': CAST(part[1] AS TIMESTAMP), 'to_at': CAST(part[2] AS TIMESTAMP)}"
    return _macro("stretches(start, finish, cuts)", f"list_transform({parts}, lambda part: {named})")


def _interval_unit() -> str:
    word = r"trim(regexp_replace(lower(told), '^(every|cada|a cada|per|/|por|每)?\s*\d*\s*', ''))"
    special = " ".join(f"WHEN regexp_matches({word}, '^({words})') THEN 'month'" for _, words in _SPECIAL)
    cases = " ".join(f"WHEN regexp_matches({word}, '^({words})') THEN '{unit}'" for unit, words in _UNITS)
    return _macro("interval_unit(told)", f"CASE {special} {cases} END")


def _interval_count() -> str:
    digits = r"TRY_CAST(regexp_extract(told, '\d+') AS INTEGER)"
    cases = " ".join(f"WHEN regexp_matches(lower(told), '^({words})') THEN {n}" for n, words in _SPECIAL)
    return _macro("interval_count(told)", f"CASE WHEN {digits} IS NOT NULL THEN {digits} {cases} ELSE 1 END")


def _macro(head: str, body: str) -> str:
    return f"CREATE OR REPLACE TEMP MACRO {head} AS {body}"
