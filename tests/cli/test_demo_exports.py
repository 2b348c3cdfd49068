"""`relevo demo --exports`: files with which a newcomer tries an import."""

from pathlib import Path

from tests.cli.running import Runner


def test_exports_are_written_and_load(relevo: Runner, tmp_path: Path) -> None:
    written = relevo("demo", "--exports", str(tmp_path / "files"), "--customers", "50")
    assert written.code == 0
    assert "es-ES/stripe" in written.out + written.err
    folders = {path.name for path in (tmp_path / "files").iterdir()}
    assert folders == {"canonical", "en-US", "es-ES", "pt-BR", "zh-Hans", "machine"}
    assert 'timezone = "America/Sao_Paulo"' in (tmp_path / "files" / "pt-BR" / "reading.toml").read_text()
    loaded = relevo("load", str(tmp_path / "files" / "en-US" / "stripe"))
    assert loaded.code == 0, loaded.out
    for table in ("subscription_span", "invoice", "payment", "fx_rate"):
        assert table in loaded.out


def test_nothing_is_written_among_other_files(relevo: Runner, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("mine\n")
    refused = relevo("demo", "--exports", str(tmp_path))
    assert refused.code == 2
    assert "not empty" in refused.out + refused.err
    assert [path.name for path in tmp_path.iterdir() if path.suffix] == ["mine.csv"]
