"""Values in the form in which they are compared: names, domains, addresses and tax numbers, as DuckDB SQL.

What takes the SQL of a text returns the SQL of its plain form, null where nothing is left that could tell.
"""

import re
from collections.abc import Iterable

from relevo.book.engine import quoted
from relevo.book.matching import words

_FORMS = {text: form for form, texts in words.LEGAL_FORMS.items() for text in texts}
_SIGNS = {sign: form for form, signs in words.LEGAL_SIGNS.items() for sign in signs}
_OTHER_SCRIPT = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Arabic}\p{Hebrew}\p{Greek}\p{Thai}\p{Devanagari}]"
_SHORTEST_TAX = 6


def spelled(text: str) -> str:
    """A name in lower case, its alphabet Latin, words parted by one space, without accents and marks."""
    found = f"lower(strip_accents({_where(text, '[！-～　]', _translated(text, words.WIDE))}))"
    letters = found
    for letter, others in words.LONG_LETTERS.items():
        letters = f"replace({letters}, '{letter}', '{others}')"
    found = _where(found, "[^[:ascii:]]", _translated(letters, words.SHORT_LETTERS))
    found = f"regexp_replace({found}, '[.''’`´·・]', '', 'g')"
    return rf"trim(regexp_replace({found}, '[^\p{{L}}\p{{N}}㈱]+', ' ', 'g'))"


def _where(text: str, pattern: str, changed: str) -> str:
    """The changed text where a sign of the pattern occurs in it; most names have none, and looking is cheap."""
    return f"CASE WHEN regexp_matches({text}, '{pattern}') THEN {changed} ELSE {text} END"


def _translated(text: str, signs: tuple[str, str]) -> str:
    return f"translate({text}, {quoted(signs[0])}, {quoted(signs[1])})"


def names_sql(rows: str) -> str:
    """The rows of a SELECT with a `name`, and of each name its `tokens`, `key`, `form` and whether it `is_latin`.

    `key` is what is left without legal form, joining words and spaces; `form` is null where the name states none.
    """
    joining = _listed(words.JOINING_WORDS)
    signs, leading = _either(_SIGNS), _either(words.LEADING_FORMS)
    return rf"""
        SELECT * EXCLUDE (spelled, sign, ending, heading, bare, tokens),
               CASE WHEN len(tokens) > 0 THEN tokens ELSE string_split(spelled, ' ') END AS tokens,
               nullif(array_to_string(CASE WHEN len(tokens) > 0 THEN tokens ELSE [spelled] END, ''), '') AS key,
               coalesce({_map(_SIGNS)}[sign], {_map(_FORMS)}[ending], {_map(_FORMS)}[heading]) AS form,
               NOT regexp_matches(bare, '{_OTHER_SCRIPT}') AS is_latin
        FROM (SELECT *, list_filter(string_split(bare, ' '), lambda x: x NOT IN ({joining}, '')) AS tokens FROM (
        SELECT *, trim(regexp_replace(regexp_replace(regexp_replace(spelled, '{signs}', ' ', 'g'),
                       ' ({_ending()})$', ''), '^({leading}) ', '')) AS bare FROM (
        SELECT *, regexp_extract(spelled, '{signs}') AS sign, regexp_extract(spelled, ' ({_ending()})$', 1) AS ending,
               regexp_extract(spelled, '^({leading}) ', 1) AS heading FROM (
        SELECT *, {spelled("name")} AS spelled FROM ({rows})))))
    """


def address(text: str) -> str:
    """An e-mail address in lower case; null for what is none, as a hash or a mask is."""
    found = f"lower(trim({text}))"
    return rf"CASE WHEN regexp_full_match({found}, '[^@\s*]+@[^@\s*]+\.[^@\s*.]+') THEN {found} END"


def domains_sql(rows: str) -> str:
    """The rows of a SELECT with a `host`, and of each its `domain`: the name that a registry gave out.

    A host is an internet address, or what follows the @ of a mail address. The domain is null for hosts of everybody:
    free mail, pages of others, names that nobody can own.
    """
    long = f"length(labels[-1]) = 2 AND labels[-2] IN ({_listed(words.SECOND_LABELS)})"
    named = f"ending IN ({_listed(sorted(words.NAMED_HOSTS))})"
    everybody = _listed(sorted(words.FREE_HOSTS | words.SHARED_HOSTS | words.NAMED_HOSTS))
    nobody = f"split_part(registered, '.', 1) IN ({_listed(words.FREE_FAMILIES)}) OR registered IN ({everybody})"
    bare = r"regexp_replace(trim(lower(host)), '^([a-z]+://)?([^/@]*@)?', '')"
    bare = rf"rtrim(regexp_extract({bare}, '^[^/:?#\s]*'), '.')"
    bare = _where("lower(host)", r"[/:@?#\s]|[.]$", bare)
    never = "labels[-1] IN ('', 'invalid', 'localhost', 'local', 'test') OR labels[1] = ''"
    return rf"""
        SELECT * EXCLUDE (labels, ending, registered),
               CASE WHEN NOT ({nobody} OR {never}) THEN registered END AS domain
        FROM (SELECT *, CASE WHEN len(labels) > 2 AND ({long} OR {named}) THEN labels[-3] || '.' || ending
                             ELSE ending END AS registered FROM (
        SELECT *, CASE WHEN len(labels) > 1 THEN labels[-2] || '.' || labels[-1] END AS ending FROM (
        SELECT *, string_split({bare}, '.') AS labels FROM ({rows}))))
    """


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(map(quoted, texts))


def tax_number(text: str) -> str:
    """A tax number without marks and without the country that some write before it; null for words and masks."""
    marks = r"[^\p{L}\p{N}]+"
    bare = f"regexp_replace(upper(strip_accents({text})), '{marks}', '', 'g')"
    bare = f"regexp_replace({bare}, '^[A-Z]{{2}}([0-9A-Z]{{7,}})$', '\\1')"
    none = f"^({'|'.join([*words.NO_NUMBER, *words.HASHES_OF_NOTHING])})$|[X*]{{4,}}"
    tells = f"length({bare}) >= {_SHORTEST_TAX} AND regexp_matches({bare}, '[0-9]') AND {bare} <> ''"
    varied = f"length(translate({bare}, left({bare}, 1), '')) > 0"
    return f"CASE WHEN {tells} AND {varied} AND NOT regexp_matches({bare}, '{none}') THEN {bare} END"


def country(text: str) -> str:
    """A country as two letters; null for what is written otherwise, which can be told from no other spelling."""
    return rf"CASE WHEN regexp_full_match(trim({text}), '[A-Za-z]{{2}}') THEN upper(trim({text})) END"


def _ending() -> str:
    """Legal forms as the last words of a spelled name, for a pattern."""
    return "|".join(re.escape(text).replace(r"\ ", " ") for text in _FORMS)


def _either(texts: Iterable[str]) -> str:
    return "|".join(re.escape(text).replace(r"\ ", " ") for text in sorted(texts, key=lambda t: (-len(t), t)))


def _map(values: dict[str, str]) -> str:
    return "MAP {" + ", ".join(f"{quoted(text)}: {quoted(form)}" for text, form in values.items()) + "}"
