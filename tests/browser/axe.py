"""axe-core, which finds what people with assistive technology cannot use. It comes from the npm registry, once.

Only tests use it (MPL-2.0); its version and the hash of its archive are pinned here.
"""

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

VERSION = "4.14.1"
SHA512 = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
KEPT = Path(__file__).parents[2] / ".venv" / f"axe-core-{VERSION}.js"
# The rules of WCAG 2.2 up to level AA, and what axe calls best practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe_script() -> Path | None:
    """The script, fetched where it is not kept yet; None where there is no npm to fetch it with."""
    if KEPT.exists():
        return KEPT
    if shutil.which("npm") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", f"axe-core@{VERSION}", "--silent", "--pack-destination", folder]
        subprocess.run(command, check=True, capture_output=True, cwd=folder)
        archive = Path(folder) / f"axe-core-{VERSION}.tgz"
        found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        assert found == SHA512, f"axe-core {VERSION} is not what it was: {found}"
        with tarfile.open(archive) as packed:
            script = packed.extractfile("package/axe.min.js")
            assert script is not None
            KEPT.write_bytes(script.read())
    return KEPT


def complaints(page: Any, script: Path) -> list[str]:
    """What axe finds on the page that is open: each rule with the first places, the worst first."""
    page.evaluate(script.read_text("utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(r => r.violations)", RULES
    )
    return [f"{v['impact']} {v['id']}: {v['help']}: {[n['html'][:160] for n in v['nodes'][:3]]}" for v in found]
