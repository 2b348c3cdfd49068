"""The home of a company and its settings: defaults, where it is looked for, and every error."""

from datetime import date
from pathlib import Path

import pytest

from relevo.base.config import Company, Config, Home, find_home, parse_config, render_config
from relevo.base.errors import WrongUse

FULL = """
[company]
name = "Acme"
currency = "USD"
timezone = "Europe/Madrid"
fiscal_year_starts = 4

[house]
history_starts_on = 2024-01-01
keep_books = 5
memory_limit = "1GB"
threads = 4

[[source]]
name = "crm"
"""


def test_every_setting_is_read() -> None:
    config = parse_config(FULL, "relevo.toml")
    assert config.company == Company("Acme", "USD", "Europe/Madrid", 4)
    assert config.house.history_starts_on == date(2024, 1, 1)
    assert (config.house.keep_books, config.house.memory_limit, config.house.threads) == (5, "1GB", 4)
    assert config.sources == ({"name": "crm"},)


def test_nothing_written_means_the_defaults(tmp_path: Path) -> None:
    assert parse_config("", "relevo.toml") == Config()
    assert Home(tmp_path).config() == Config()


def test_a_home_has_its_files_in_one_folder(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.settings_file.write_text('[company]\nname = "Acme"\n', "utf-8")
    assert home.config().company.name == "Acme"
    names = (home.settings_file, home.landing, home.books, home.desk_database, home.audit_log, home.served_port)
    assert [p.name for p in names] == ["relevo.toml", "landing", "book", "desk.sqlite3", "audit.jsonl", "served-port"]
    assert {p.parent for p in names} == {tmp_path}


def test_a_home_is_what_the_command_names_then_the_environment_then_a_folder_here(tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert find_home(tmp_path, {"RELEVO_HOME": str(other)}).path == tmp_path.resolve()
    assert find_home(None, {"RELEVO_HOME": str(other)}).path == other.resolve()
    assert find_home(None, {}).path == Path("relevo-home").resolve()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[company", "is not valid TOML"),
        ("[firm]", "unknown setting 'firm'"),
        ("[company]\ncolour = 1", r"\[company\] of relevo.toml has the unknown setting 'colour'"),
        ("[house]\nkeep = 1", "unknown setting 'keep'"),
        ("company = 3", "Write a section .company."),
        ('source = "crm"', "Write each source as a section"),
        ("[company]\nname = 3", "name in .company. of relevo.toml is 3, a int"),
        ('[house]\nkeep_books = "3"', "Write a int"),
        ("[house]\nkeep_books = true", "keep_books .* is True, a bool"),
        ('[house]\nhistory_starts_on = "2024-01-01"', "Write a date"),
        ('[company]\ncurrency = "euro"', "ISO 4217"),
        ('[company]\ncurrency = "eur"', "ISO 4217"),
        ('[company]\ncurrency = "ÄÖÜ"', "ISO 4217"),
        ('[company]\ntimezone = "Europe/Atlantis"', "IANA"),
        ('[company]\ntimezone = "../UTC"', "IANA"),
        ("[company]\nfiscal_year_starts = 0", "month from 1 to 12"),
        ("[company]\nfiscal_year_starts = 13", "month from 1 to 12"),
        ("[house]\npublish_every_minutes = -1", "Write minutes, or 0 for never"),
        ("[house]\nupload_limit_mb = -1", "Write a whole number from 0 on"),
        ('[watch]\nfolders = [""]', "folders in .watch. of relevo.toml"),
        ('[mail]\nsecurity = "some"', "security in .mail. of relevo.toml is 'some'"),
    ],
)
def test_a_wrong_setting_says_what_was_found_and_what_is_allowed(text: str, says: str) -> None:
    with pytest.raises(WrongUse, match=says):
        parse_config(text, "relevo.toml")


def test_settings_that_are_not_utf8_name_the_line(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.settings_file.write_bytes('[company]\nname = "Peña"\n'.encode("latin-1"))
    with pytest.raises(WrongUse, match="is not UTF-8: line 2"):
        home.config()


def test_what_is_written_for_a_new_company_reads_back() -> None:
    company = Company('Åse "& Sons" \\ Co', "USD", "America/Sao_Paulo", 7)
    assert parse_config(render_config(company), "relevo.toml").company == company
