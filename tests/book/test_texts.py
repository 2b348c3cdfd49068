"""SQL texts that outlive the process are those it would write, and a damaged or full folder does no harm."""

from pathlib import Path

import ibis
import pytest

from relevo.book import compiling, texts
from relevo.book.compiling import compile_sql, keep_in, translate
from relevo.book.shapes import Text
from relevo.book.texts import TextFiles

rows = ibis.table({"month": "int64", "name": "string"}, name="rows")
TEXT = Text(("SELECT ", ""), (0,))


def asked(month: int, name: str = "x") -> ibis.Table:
    return rows.filter((rows.month == month) & (rows.name == name))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(texts.VARIABLE, raising=False)
    monkeypatch.setattr(compiling, "_files", None)
    monkeypatch.setattr(compiling, "_KEPT", {})
    return tmp_path / "sql"


def next_process(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Forget what this process knows; the list grows with each translation from now on."""
    translated: list[str] = []

    def told(root: ibis.expr.operations.Node, dialect: str) -> str:
        translated.append(dialect)
        return translate(root, dialect)

    monkeypatch.setattr(compiling, "_KEPT", {})
    monkeypatch.setattr(compiling, "translate", told)
    return translated


def test_the_next_process_finds_the_text_and_fills_in_its_own_month(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_in(folder)
    compile_sql(asked(24_300))
    translated = next_process(monkeypatch)
    assert compile_sql(asked(24_311)) == translate(asked(24_311).op(), "duckdb")
    assert translated == []
    compile_sql(asked(24_311), "postgres")
    assert set(translated) == {"postgres"}


def test_nothing_is_kept_before_a_home_says_where(folder: Path) -> None:
    compile_sql(asked(24_300))
    assert not folder.exists()


@pytest.mark.parametrize("damage", ["", "{", "[]", '[["SELECT"], ["x"]]', "[1, 2]", "null"])
def test_a_damaged_file_is_translated_again_and_mended(
    folder: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_in(folder)
    right = compile_sql(asked(24_300))
    (file,) = folder.glob("*/*.json")
    whole = file.read_text("utf-8")
    file.write_text(damage, "utf-8")
    next_process(monkeypatch)
    assert compile_sql(asked(24_300)) == right
    assert file.read_text("utf-8") == whole


def test_another_translator_finds_nothing_and_clears_what_the_last_one_left(folder: Path) -> None:
    old, new = TextFiles.under(folder, "old"), TextFiles.under(folder, "new")
    old.keep("duckdb", "a", TEXT)
    (folder / "letters").mkdir()
    assert old.find("duckdb", "a") == TEXT
    assert new.find("duckdb", "a") is None
    new.keep("duckdb", "b", TEXT)
    assert not old.folder.exists()
    assert new.find("duckdb", "b") == TEXT
    assert (folder / "letters").exists()


def test_a_folder_holds_so_many_texts_and_no_more(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST", 2)
    files = TextFiles.under(folder, "any")
    for shape in ("a", "b", "c"):
        files.keep("duckdb", shape, TEXT)
    assert [files.find("duckdb", shape) for shape in ("a", "b", "c")] == [TEXT, TEXT, None]


def test_a_place_that_cannot_be_written_is_passed_over(folder: Path) -> None:
    folder.write_text("a file where the folder should be", "utf-8")
    keep_in(folder)
    assert compile_sql(asked(24_300)) == translate(asked(24_300).op(), "duckdb")
    assert folder.read_text("utf-8").startswith("a file")


def test_an_environment_variable_names_one_folder_for_all_homes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(texts.VARIABLE, str(tmp_path / "shared"))
    keep_in(folder)
    compile_sql(asked(24_300))
    assert not folder.exists()
    assert len(list((tmp_path / "shared").glob("*/*.json"))) == 1
    texts.forget(folder)
    assert list((tmp_path / "shared").iterdir()) == []
