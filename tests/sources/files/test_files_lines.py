"""Reading lines: the result does not depend on where blocks end, and huge rows are refused, not fatal."""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relevo.sources.files import lines
from relevo.sources.files.lines import Cleaned, Dialect, clean_csv

MIXED = (
    "a,b,c\n"
    + "".join(f"{n},plain,x\n" for n in range(30))
    + '1,"two\nlines","a ""quote"""\n\n'
    + "short,row\n"
    + '2,"never closed,x\n'
    + "".join(f"{n},plain,é\r\n" for n in range(30))
    + '3,"x"y,z\n4,last,line'
)


def cleaned(folder: Path, content: str | bytes, dialect: Dialect | None = None) -> tuple[Cleaned, list, list]:
    path = folder / "file.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    rows, refused = folder / "rows.csv", folder / "refused.csv"
    result = clean_csv(path, dialect or Dialect(), lambda header: None, rows, refused)
    csv.field_size_limit(1 << 20)
    with rows.open(newline="", encoding="utf-8") as one, refused.open(newline="", encoding="utf-8") as other:
        return result, list(csv.reader(one)), list(csv.reader(other))


@pytest.mark.parametrize("block", [1, 7, 40, 100, 1 << 22])
@pytest.mark.parametrize("run", [1, 3, 400])
def test_where_blocks_and_runs_end_makes_no_difference(tmp_path, monkeypatch, block, run):
    monkeypatch.setattr(lines, "_BLOCK", block)
    monkeypatch.setattr(lines, "_RUN", run)
    result, rows, refused = cleaned(tmp_path, MIXED)
    assert (result.good, result.bad, len(rows), len(refused)) == (62, 3, 62, 3)
    assert [row[0] for row in refused] == ["35", "36", "67"]
    assert ["32", "1", "two\nlines", 'a "quote"'] in rows
    assert ["66", "29", "plain", "é"] in rows
    assert rows[-1] == ["68", "4", "last", "line"]


@given(
    text=st.lists(
        st.sampled_from(['"', ",", "\n", "\r\n", "\r", "a", "é", " ", '""', "b,c\n", '"x\ny",z\n']), max_size=40
    )
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_records_in_blocks_are_the_records_one_by_one(tmp_path, monkeypatch, text):
    content = "h,i\n" + "".join(text)
    monkeypatch.setattr(lines, "_RUN", 1)
    one_by_one = cleaned(tmp_path, content)
    monkeypatch.setattr(lines, "_RUN", 400)
    assert cleaned(tmp_path, content) == one_by_one


def test_a_row_that_is_too_long_is_refused_and_the_next_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "MAX_RECORD_CHARACTERS", 100)
    long = "x" * 101
    quoted_parts = ",".join(f'"{"y" * 60}"' for _ in range(2))
    result, rows, refused = cleaned(tmp_path, f'a,b\n1,{long}\n2,"{long}"\n{quoted_parts}\n3,ok\n')
    assert [row[2] for row in refused] == ["the row is longer than can be read"] * 3
    assert rows == [["5", "3", "ok"]]
    assert (result.good, result.bad) == (1, 3)
    assert all(row[3] for row in refused)


def test_a_quote_left_open_is_not_followed_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "MAX_RECORD_LINES", 10)
    _, rows, refused = cleaned(tmp_path, 'a,b\n1,"open\n' + "".join(f"{n},ok\n" for n in range(50)))
    assert [row[2] for row in refused] == ["the row is longer than can be read"]
    assert len(rows) == 50


@pytest.mark.parametrize("block", [1, 1 << 22])
def test_after_a_header_that_cannot_be_used_every_line_is_refused(tmp_path, monkeypatch, block):
    monkeypatch.setattr(lines, "_BLOCK", block)
    result, rows, refused = cleaned(tmp_path, b"a,\xff\n1,2\n\n3,4\n")
    assert result.broken
    assert (result.good, result.bad, rows) == (0, 2, [])
    assert [row[:2] for row in refused] == [["2", "1,2"], ["4", "3,4"]]


def test_one_column_and_other_delimiters(tmp_path):
    assert cleaned(tmp_path, "a\n1\n\n2\n")[1] == [["2", "1"], ["4", "2"]]
    result, _, _ = cleaned(tmp_path, 'a\tb\n1\t2,5\n"x\ty"\tz\n', Dialect(delimiter="\t"))
    assert (result.header, result.good, result.bad) == (("a", "b"), 2, 0)
    assert (tmp_path / "rows.csv").read_text("utf-8") == '"2"\t"1"\t"2,5"\n"3"\t"x\ty"\t"z"\n'


def test_a_multi_line_row_with_a_bad_byte_is_one_row(tmp_path):
    result, rows, refused = cleaned(tmp_path, b'a,b\n1,"two\n\xff lines"\n2,ok\n')
    assert (result.good, result.bad, result.undecodable) == (1, 1, 1)
    assert refused[0][0] == "2"
    assert rows == [["4", "2", "ok"]]
