"""Measure pages and endpoints as readers meet them: eight at once on the demo company, each address in turn.

The server is the one of `relevo serve`, a process of its own; server milliseconds are what it says in Server-Timing
and include waiting for each other. `python tools/bench_pages.py --home HOME [--readers 8] [--seconds 4]` prints a
table, worst first, and writes docs/benchmarks_pages.json and the table of docs/benchmarks.md.
"""

import argparse
import gzip
import http.client
import itertools
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
RELEVO = str(Path(sys.executable).with_name("relevo"))
# Hand-offs and promises on the Desk beside those that the demo company loads: 100,000 of each.
FILL = Path(__file__).with_name("bench_relay.py")
BEGIN, END = "<!-- pages: written by make bench -->", "<!-- end of pages -->"
ROLES = ("owner", "seller", "csm", "agent")
# One web process per core: two answer twice as many readers.
WORKERS = ("--workers", "2")
CUSTOMER = "the first customer that the reader may see"
HANDOFF = "the first hand-off on the reader's board"
PERSON = "the first person of support that the reader may see"
PAGES = (
    "/", "/customers", "/customers?q=tech&sort=name", "/customers?f=segment:is:smb&f=mrr:min:100&columns=name,mrr,plan",
    CUSTOMER, *(f"{CUSTOMER}?tab={tab}" for tab in ("deals", "conversations", "usage", "money", "notes", "hand-offs")),
    "/search?q=tech", "/money", "/money?by=segment", "/money/unit-economics", "/money/ahead", "/money/reconcile",
    "/rows/mrr", "/review", "/data", "/data/aside", "/definitions", "/definitions/ltv", "/settings",
    "/hand-offs", "/hand-offs?scope=mine", "/hand-offs/list?state=accepted", "/hand-offs/list?state=dropped", HANDOFF,
    "/promises", "/promises?by=segment", "/fit", "/hand-offs/fidelity", "/hand-offs/process", "/hand-offs/records",
    "/hand-offs/items", "/hand-offs/plans", "/conversations", "/conversations/waits", "/conversations/load",
    "/conversations/types", "/conversations/channels", "/conversations/people", PERSON, "/conversations/reviews",
    "/conversations/call-back",
    "/conversations/after", "/api/v1/customers", "/api/v1/measures/mrr/answer",
)  # fmt: skip
STRANGER = "a customer that nobody opened before"
GOAL_MS, FIRST_GOAL_MS, PATIENCE_S, CUSTOMERS = 150, 1500, 120, 20_000
# So many connections meet every web process, each of which keeps its own answers.
CONNECTIONS = 8
Met = tuple[float, float]
IDLE_S = 3


@dataclass(frozen=True)
class Timed:
    """One address: the 95th percentile and the median of its server milliseconds, the first answer, and its weight.

    `met_p95_ms` is what readers waited, from asking to the last byte: with the wait for a thread and for the network.
    """

    address: str
    role: str
    asked: int
    p95_ms: float
    median_ms: float
    met_p95_ms: float
    first_ms: float
    kilobytes: float
    zipped_kb: float


class Reader:
    """One signed-in connection that is kept open."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        self.cookie = cookie

    def get(self, address: str) -> tuple[float, bytes]:
        """Server milliseconds and the body; an answer other than 200 ends the measurement."""
        self._connection.request("GET", address, headers={"Cookie": self.cookie, "Accept-Language": "en"})
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            sys.exit(f"{address} answered {answer.status}.")
        return float(answer.headers["Server-Timing"].rpartition("=")[2]), body

    def may_open(self, address: str) -> bool:
        """Whether the page is there for this reader."""
        self._connection.request("GET", address, headers={"Cookie": self.cookie})
        answer = self._connection.getresponse()
        answer.read()
        return answer.status not in (403, 404)

    def enter(self, path: str) -> None:
        """Sign in by a link and keep the cookies."""
        self._connection.request("GET", path)
        answer = self._connection.getresponse()
        answer.read()
        self.cookie = "; ".join(c.partition(";")[0] for c in answer.headers.get_all("Set-Cookie") or ())


def sign_in(home: Path, port: int, role: str) -> str:
    """The cookies of a user of the demo company."""
    made = subprocess.run(
        [RELEVO, "--home", str(home), "link", role, "--port", str(port)], capture_output=True, text=True, check=True
    )
    reader = Reader(port)
    reader.enter(made.stdout.split()[-1].partition(f":{port}")[2])
    return reader.cookie


def measure(port: int, cookie: str, role: str, address: str, readers: int, seconds: float) -> Timed:
    """Ask one address with several readers at once for some seconds; the first answer is asked alone."""
    first, body = Reader(port, cookie).get(address)
    for _ in range(CONNECTIONS):
        Reader(port, cookie).get(address)
    return timed(address, role, first, body, read_together(port, cookie, itertools.repeat(address), readers, seconds))


def measure_strangers(port: int, cookie: str, role: str, readers: int, seconds: float) -> Timed:
    """Ask the pages of customers, each of them once, with several readers at once."""
    found = customers(port, cookie)
    first, body = Reader(port, cookie).get(next(found))
    return timed(STRANGER, role, first, body, read_together(port, cookie, found, readers, seconds))


def read_together(port: int, cookie: str, asks: Iterator[str], readers: int, seconds: float) -> list[Met]:
    """Every answer that so many readers got in so many seconds: server milliseconds, and those the reader waited."""
    until, found, lock = time.monotonic() + seconds, list[Met](), threading.Lock()

    def following() -> str | None:
        with lock:
            return next(asks, None)

    def read() -> None:
        reader = Reader(port, cookie)
        while time.monotonic() < until and (address := following()):
            began = time.perf_counter()
            answered = reader.get(address)[0]
            found.append((answered, (time.perf_counter() - began) * 1000))

    threads = [threading.Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def timed(address: str, role: str, first: float, body: bytes, found: Sequence[Met]) -> Timed:
    """What was found out about an address."""
    server, met = zip(*found, strict=True)
    p95, met_p95 = (statistics.quantiles(values, n=20)[-1] for values in (server, met))
    size, zipped = len(body) / 1000, len(gzip.compress(body, 6)) / 1000
    values = [round(x, 1) for x in (p95, statistics.median(server), met_p95, first, size, zipped)]
    return Timed(address, role, len(found), *values)


def first_after_publish(home: Path, port: int, cookie: str, asks: Sequence[str]) -> tuple[float, list[Timed]]:
    """Build the book again; the slowest answer of Today until the new one is read, then each address's first answers.

    A first answer is the slowest of several connections, so that it is that of the process which was asked first.
    """
    before = book_of(port, cookie)
    as_of = json.loads((home / "book" / f"gen-{before}.json").read_text("utf-8"))["as_of"]
    build = subprocess.Popen([RELEVO, "--home", str(home), "build", "--as-of", as_of], stdout=subprocess.DEVNULL)
    waiting = [0.0]
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and (build.poll() is None or book_of(port, cookie) == before):
        waiting.append(Reader(port, cookie).get("/")[0])
        time.sleep(0.05)
    # Every process has the new book when several connections in a row are answered from it.
    while time.monotonic() < until and any(book_of(port, cookie) == before for _ in range(CONNECTIONS)):
        time.sleep(0.5)
    found = []
    for ask in asks:
        answers = [Reader(port, cookie).get(ask) for _ in range(CONNECTIONS)]
        found.append(timed(ask, "owner", max(ms for ms, _ in answers), answers[0][1], [(ms, ms) for ms, _ in answers]))
    return max(waiting), found


def book_of(port: int, cookie: str) -> str:
    """The book that is read now."""
    return str(json.loads(Reader(port, cookie).get("/healthz")[1])["book"])


def customers(port: int, cookie: str) -> Iterator[str]:
    """Pages of customers that the reader may see, fifty at a time by name, without the first fifty."""
    for offset in range(50, 10_000, 50):
        listed = Reader(port, cookie).get(f"/customers?sort=name&offset={offset}")[1].decode()
        named = dict.fromkeys(re.findall(r'scope="row"[^/]+href="(/customers/[^"?]+)"', listed))
        if not named:
            return
        yield from named


def addresses(port: int, cookie: str, more: Sequence[str]) -> list[str]:
    """Every address that the reader may open, with one customer and one hand-off of theirs in their places."""
    reader = Reader(port, cookie)
    found = {
        CUSTOMER: linked(reader, "/customers", r'scope="row"[^/]+href="(/customers/[^"?]+)"'),
        HANDOFF: linked(reader, "/hand-offs", r'href="(/hand-offs/[0-9]+)"'),
        PERSON: linked(reader, "/conversations/people", r'href="(/conversations/people/[^"?]+)"'),
    }
    asked = (*PAGES, *more)
    for name, address in found.items():
        asked = tuple(page.replace(name, address) for page in asked if address or not page.startswith(name))
    return [page for page in asked if reader.may_open(page)]


def linked(reader: Reader, address: str, link: str) -> str:
    """The first such link of a page; nothing where the page has none or is not for the reader."""
    found = re.search(link, reader.get(address)[1].decode()) if reader.may_open(address) else None
    return found[1] if found else ""


def table(found: Sequence[Timed], readers: int) -> str:
    """The rows as Markdown, slowest first."""
    names = ("address", "role", "p95 ms", "median ms", "met p95 ms", "first ms", "kB", "kB zipped")
    head = f"{_row(names)}\n{_row('---' for _ in names)}"
    rows = [
        _row((f"`{t.address}`", t.role, t.p95_ms, t.median_ms, t.met_p95_ms, t.first_ms, t.kilobytes, t.zipped_kb))
        for t in sorted(found, key=lambda t: -t.p95_ms)
    ]
    warm = [t for t in found if t.address != STRANGER]
    within = sum(t.p95_ms <= GOAL_MS for t in warm)
    met = sum(t.met_p95_ms <= GOAL_MS for t in warm)
    told = (
        f"{readers} readers at once: at the 95th percentile {within} of {len(warm)} are within {GOAL_MS} ms of server "
        f"time, and {met} as the reader met them, which adds the wait for a thread and the client on the same cores."
    )
    return "\n".join([told, "", head, *rows])


def published_table(waiting_ms: float, found: Sequence[Timed]) -> str:
    """What readers met when the book was built again, slowest first."""
    head = "| address | slowest first answer ms |\n|---|---|"
    slowest = sorted(found, key=lambda t: -t.first_ms)
    rows = [f"| `{t.address}` | {t.first_ms} |" for t in slowest[:8]]
    missed = sum(t.first_ms > FIRST_GOAL_MS for t in found)
    told = (
        f"After a publish: {len(found) - missed} of {len(found)} first answers within {FIRST_GOAL_MS} ms (owner, each "
        f"asked over {CONNECTIONS} connections, the slowest counts). While the book was built and prepared, Today took "
        f"{waiting_ms:.0f} ms at worst."
    )
    return "\n".join([told, "", head, *rows])


def serve(home: Path, port: int) -> subprocess.Popen[bytes]:
    """The pages of a home, answered by processes of their own."""
    command = [RELEVO, "--home", str(home), "serve", "--no-worker", "--port", str(port), *WORKERS]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.2)
    sys.exit("The server did not come up.")


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def await_warm(server: int) -> None:
    """Wait until no process of the server computes: then each has made its first answers."""
    until, rest = time.monotonic() + PATIENCE_S, 0
    while time.monotonic() < until and rest < IDLE_S:
        before = cpu_ms(server)
        time.sleep(1)
        rest = rest + 1 if cpu_ms(server) - before < 50 else 0


def cpu_ms(process: int) -> int:
    """Milliseconds of computing that a process and those it started have used (Linux)."""
    return sum(ticks for _, ticks in processes(process)) * 1000 // os.sysconf("SC_CLK_TCK")


def processes(process: int) -> Iterator[tuple[int, int]]:
    """A process and those it started, each with its ticks of computing."""
    stat = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    yield process, int(stat[11]) + int(stat[12])
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in children.read_text("ascii").split():
            yield from processes(int(child))


def write(found: Sequence[Timed], told: str) -> None:
    """Keep the figures as JSON and in the page of benchmarks."""
    (DOCS / "benchmarks_pages.json").write_text(json.dumps([asdict(t) for t in found], indent=1) + "\n", "utf-8")
    page = DOCS / "benchmarks.md"
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    page.write_text(f"{before}{BEGIN}\n\n{told}\n\n{END}{rest.partition(END)[2]}", "utf-8")


def main() -> None:
    """Serve the home, ask everything for each role, print and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--keep", action="store_true", help="write the figures into docs")
    parser.add_argument("more", nargs="*", help="more addresses")
    asked = parser.parse_args()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    if not (asked.home / "book" / "CURRENT").exists():
        made = [RELEVO, "--home", str(asked.home), "demo", "--customers", str(CUSTOMERS), "--no-serve"]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, str(FILL), "--home", str(asked.home)], check=True)
    server, found = serve(asked.home, port), []
    try:
        cookies = {role: sign_in(asked.home, port, role) for role in ROLES}
        await_warm(server.pid)
        for role, cookie in cookies.items():
            asks = addresses(port, cookie, asked.more)
            found += [measure(port, cookie, role, address, asked.readers, asked.seconds) for address in asks]
            found.append(measure_strangers(port, cookie, role, asked.readers, asked.seconds))
        owner = cookies["owner"]
        published = first_after_publish(asked.home, port, owner, addresses(port, owner, asked.more))
    finally:
        server.terminate()
        server.wait()
    told = f"{table(found, asked.readers)}\n\n{published_table(*published)}"
    print(told, f"load {os.getloadavg()[0]:.1f}")
    if asked.keep:
        write(found, told)


if __name__ == "__main__":
    main()
