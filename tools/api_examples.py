"""Write the examples of the API's description: what every operation answers for the small company of the tests.

Run by hand from the repository's folder when an answer has changed its shape: `python tools/api_examples.py`. Lists
are cut to two items, long texts stay. A test compares each example with the shape that is described.
"""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "relevo" / "api" / "examples"
FILLED = {"{name}": "mrr", "{customer_id}": "C00", "{candidate_id}": "k-even"}
ASKED = {
    "list_customers": "?segment=smb&limit=2",
    "ask_measure": "?from=2026-03&to=2026-04",
    "reconcile": "?tool=stripe",
    "find": "?q=al",
}
LONGEST = 2
VIEW = {"page": "customers", "name": "Large ones", "query": "sort=mrr"}
GOAL = {"measure": "mrr", "value": 500000, "until": "2027-03", "counter": "cac", "serves": "logo_churn"}


def main() -> None:
    """Ask every operation once and write what it said."""
    sys.path.insert(0, str(ROOT))
    os.environ["RELEVO_HOME"] = tempfile.mkdtemp(prefix="relevo-examples-")
    from relevo.base.config import Home
    from relevo.desk.ready import prepare

    prepare(Home(Path(os.environ["RELEVO_HOME"])))
    from django.conf import settings

    from tests.answers import identities

    settings.RELEVO_HOME = identities.home(Path(tempfile.mkdtemp(prefix="relevo-examples-book-"))).path
    settings.ALLOWED_HOSTS = ["testserver"]
    EXAMPLES.mkdir(exist_ok=True)
    for name, said in answers().items():
        (EXAMPLES / f"{name}.json").write_text(json.dumps(short(said), indent=1, ensure_ascii=False) + "\n", "utf-8")


def answers() -> dict[str, Any]:
    """What every operation says, by its name."""
    from relevo.api.application import api
    from relevo.api.describing import operations
    from tests.api.asking import BASE, member, program

    asking, found = program(member("ines", "owner", "mia")), {}
    found["make_key"] = asking.send("POST", "/keys", {"name": "nightly report", "scopes": ["read"]}, 201)
    found["make_view"] = asking.send("POST", "/views", VIEW, 201)
    goal = {**GOAL, "from_on": "2026-10-01", "reason": "Board of October."}
    apart = {"kind": "apart", "customer_id": "C04", "other_id": "C05", "reason": "A branch that pays for itself."}
    found["make_decision"] = asking.send("POST", "/identity/decisions", apart, 201)
    found["set_goal"] = asking.send("POST", "/goals", goal, 201)
    for path, method, told in operations(api.get_openapi_schema()):
        name = told["operationId"]
        if method == "get" and name != "read_openapi":
            for part, value in FILLED.items():
                path = path.replace(part, value)
            found[name] = asking.get(path.removeprefix(BASE) + ASKED.get(name, ""))
    decision = found["make_decision"]["id"]
    why = {"reason": "Two companies after all."}
    found["undo_decision"] = asking.send("POST", f"/identity/decisions/{decision}/undo", why, 201)
    found["update_view"] = asking.send("PATCH", f"/views/{found['make_view']['id']}", {"is_shared": True})
    found["end_key"] = asking.send("DELETE", f"/keys/{found['make_key']['key']['id']}")
    found["make_key"]["token"] = "rlv_" + "x" * 43
    return found


def short(value: Any) -> Any:
    """A value whose lists are cut."""
    if isinstance(value, dict):
        return {key: short(each) for key, each in value.items()}
    return [short(each) for each in value[:LONGEST]] if isinstance(value, list) else value


if __name__ == "__main__":
    main()
