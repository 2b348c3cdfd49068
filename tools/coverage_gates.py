"""Hold coverage where it has to be: all of base, book and measures, nine tenths of everything else."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

GATES = {"relevo/base": 100.0, "relevo/book": 100.0, "relevo/measures": 100.0}
ELSEWHERE = 90.0


def covered(files: dict[str, dict[str, dict[str, float]]], prefix: str, others: tuple[str, ...] = ()) -> float:
    """Per cent of lines and branches run in the files below `prefix`, without those below `others`."""
    chosen = [
        f["summary"]
        for name, f in files.items()
        if name.startswith(prefix) and not any(name.startswith(o) for o in others)
    ]
    known = sum(s["num_statements"] + s.get("num_branches", 0) for s in chosen)
    run = sum(s["covered_lines"] + s.get("covered_branches", 0) for s in chosen)
    return 100.0 * run / known if known else 100.0


def gaps(files: dict[str, dict[str, dict[str, float]]]) -> list[str]:
    """One sentence per gate that is missed."""
    found = []
    for prefix, least in (*GATES.items(), ("relevo/", ELSEWHERE)):
        share = covered(
            files, prefix + ("" if prefix.endswith("/") else "/"), tuple(GATES) if prefix == "relevo/" else ()
        )
        print(f"{prefix:18} {share:6.2f} % covered, {least:.0f} % needed")
        if share < least:
            found.append(f"{prefix} is covered to {share:.2f} %, {least:.0f} % is needed.")
            found += [
                f"  {n}: lines {f['missing_lines']} branches {f.get('missing_branches', [])}"
                for n, f in sorted(files.items())
                if n.startswith(prefix) and least == 100 and (f["missing_lines"] or f.get("missing_branches"))
            ]
    return found


def main() -> None:
    """Read the coverage data of the last test run and leave with 1 where a gate is missed."""
    coverage = Path(sys.executable).with_name("coverage")
    subprocess.run([coverage, "combine", "--quiet"], check=False, stderr=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        subprocess.run([coverage, "json", "--quiet", "-o", report], check=True)
        missed = gaps(json.loads(report.read_text("utf-8"))["files"])
    for sentence in missed:
        print(sentence)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
