"""Archives: read like folders, within limits of the house, whatever they say of themselves."""

import gzip
import os
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from relevo.base.config import parse_config
from relevo.base.errors import WrongUse
from relevo.sources.files.limits import Budget, Limits, TooMuch

HEADER = "customer_id,name\n"


def lines(count: int, key: str = "c") -> str:
    """So many customers, each in sixteen bytes."""
    return HEADER + "".join(f"{key}{n:06},Acme {n % 10:02}\n" for n in range(count))


def pack(company, name: str, files: dict[str, str | bytes]) -> None:
    with ZipFile(company.folder / name, "w", ZIP_DEFLATED) as opened:
        for file, content in files.items():
            opened.writestr(file, content)


def test_an_archive_is_read_like_a_folder_alone_or_in_one(company) -> None:
    pack(company, "sub.zip", {"a/customer.csv": "customer_id,name\nc1,Acme\n", "headcount.csv": "on_date,employees\n"})
    company.load(path=company.folder / "sub.zip")
    assert company.counts() == {"sub.zip/a/customer.csv": (1, 1, 0), "sub.zip/headcount.csv": (0, 0, 0)}
    assert not any(each.is_new for each in company.load().loads)


def test_a_mapping_and_its_lookup_are_found_within_the_archive(company) -> None:
    pack(
        company,
        "crm.zip",
        {"x/accounts.csv": "Id,Name,Owner\na,Acme,1\n", "x/owners.csv": "Owner,Country\n1,ES\n", "owners.csv": "no\n"},
    )
    company.settings(
        '[[source]]\nname = "crm"\n[[source.table]]\nfile = "accounts.csv"\ntable = "customer"\n'
        '[source.table.columns]\ncustomer_id = "Id"\nname = "Name"\n'
        'country = { lookup = { file = "owners.csv", match = "Owner", on = "Owner", take = "Country" } }\n'
    )
    company.load()
    assert company.kept("customer", "customer_id, country") == [("a", "ES")]


def test_copies_for_other_warehouses_are_known_within_an_archive(company) -> None:
    pack(company, "all.zip", {"a/customer.csv": f"{HEADER}c1,A\n", "a/customer_snowflake.csv": f"{HEADER}c1,A\n"})
    company.load()
    assert {f.where: f.code for f in company.status().findings} == {
        "all.zip/a/customer_snowflake.csv": "other_warehouse"
    }


def test_archives_of_one_load_share_what_they_may_unpack_to(company) -> None:
    company.settings("[house]\nunpack_limit_mb = 1\n")
    # 0.64 MB each: the first fits, the second passes one megabyte.
    for name in ("a", "b"):
        pack(company, f"{name}.zip", {"customer.csv": lines(40_000, name)})
    company.load()
    assert company.counts() == {"a.zip/customer.csv": (40_000, 40_000, 0)}
    (finding,) = company.status().findings
    assert (finding.code, str(finding.severity), finding.where) == ("refused_file", "warning", "b.zip/customer.csv")
    assert "more than 1 MB" in finding.message
    assert "unpack_limit_mb" in finding.hint


def test_entries_are_limited_and_packed_files_too(company) -> None:
    company.settings("[house]\nunpack_entries = 2\nunpack_limit_mb = 1\n")
    pack(company, "three.zip", {f"{n}.csv": "x\n" for n in range(3)})
    company.write("customer.csv.gz", gzip.compress(lines(80_000).encode()))
    company.load()
    told = {f.where: f.message for f in company.status().findings}
    assert "more than 2 entries" in told["three.zip"]
    assert "more than 1 MB" in told["customer in customer.csv.gz"]
    company.settings("[house]\nunpack_entries = 3\nunpack_limit_mb = 2\n")
    assert "three.zip" not in company.load().unused


def test_a_ratio_counts_only_where_a_file_is_large() -> None:
    budget = Budget(Limits(most_bytes=10**9, ratio=10))
    budget.spend(16 << 20, 16 << 20, 1)
    with pytest.raises(TooMuch, match="more than 10 times"):
        budget.spend(1, (16 << 20) + 1, 1)
    budget.spend(1, 20 << 20, 2 << 20)


@pytest.mark.parametrize("name", ["unpack_limit_mb", "unpack_ratio", "unpack_entries"])
def test_limits_are_numbers_from_one_on(name: str) -> None:
    with pytest.raises(WrongUse, match=name):
        parse_config(f"[house]\n{name} = 0\n", "relevo.toml")


def test_what_was_refused_is_not_told_once_it_was_read(company) -> None:
    company.write("all.zip", b"")
    company.write("customer.xlsx", b"")
    assert company.load().unused == ("all.zip", "customer.xlsx")
    assert company.status().unused == ("all.zip", "customer.xlsx")
    pack(company, "all.zip", {"customer.csv": f"{HEADER}c1,A\n"})
    company.load()
    assert company.status().unused == ("customer.xlsx",)
    assert [finding.where for finding in company.status().findings] == ["customer.xlsx"]


def test_rows_of_parquet_count_as_what_they_unpack_to(company) -> None:
    """Equal values take no room in the file: each is counted as a byte, so 600,000 rows of two columns are too many."""
    company.settings("[house]\nunpack_limit_mb = 1\n")
    company.parquet("customer.parquet", "SELECT 'c' AS customer_id, 'n' AS name FROM range(600_000)")
    company.load()
    (finding,) = company.status().findings
    assert (finding.code, "more than 1 MB" in finding.message) == ("unreadable_file", True)


@pytest.mark.parametrize("name", ["n" * 300, "a\0b", "customer.csv/inside", "\udce9"])
def test_a_path_that_cannot_be_is_wrong_use(company, name: str) -> None:
    company.write("customer.csv", "customer_id,name\n")
    with pytest.raises(WrongUse, match="There is nothing at"):
        company.load(path=company.folder / name)


def test_a_pipe_alone_is_refused_and_not_waited_for(company) -> None:
    os.mkfifo(company.folder / "customer.csv")
    assert company.load(path=company.folder / "customer.csv").unused == ("customer.csv",)


def test_a_folder_that_may_not_be_opened_is_told_and_the_others_are_read(company, monkeypatch) -> None:
    company.write("a/customer.csv", "customer_id,name\nc1,Acme\n")
    company.write("b/customer.csv", "customer_id,name\nc2,Beta\n")
    opened = os.scandir

    def locked(folder: object) -> object:
        if str(folder).endswith("/a"):
            raise PermissionError(13, "Permission denied")
        return opened(folder)

    monkeypatch.setattr(os, "scandir", locked)
    company.load()
    assert company.counts() == {"b/customer.csv": (1, 1, 0)}
    (finding,) = company.status().findings
    assert (finding.where, finding.code) == ("a", "refused_file")
    assert "cannot be opened (Permission denied)" in finding.message


def test_an_unreadable_export_that_nobody_maps_is_told(company, monkeypatch) -> None:
    path = company.write("customers.csv", "id,Email,Name\n")
    opened = os.open

    def locked(file: object, *args: object, **kwargs: object) -> int:
        if file == path:
            raise PermissionError(13, "Permission denied")
        return opened(file, *args, **kwargs)

    monkeypatch.setattr(os, "open", locked)
    company.load()
    (finding,) = company.status().findings
    assert (finding.code, "cannot be read (Permission denied)" in finding.message) == ("refused_file", True)
