"""Uploaded files when somebody is erased: all of them go, as the raw copies they are.

A row of a raw table may be about somebody without naming them, so no search could tell which files are free of them.
To remove some and keep others would do harm: what was loaded joins them, and would be read anew without them.
"""

import shutil

from relevo.base.config import Home


def remove_uploads(home: Home) -> int:
    """Remove every uploaded file, those that wait too; how many. What was read of them stays loaded."""
    files = sum(1 for path in home.uploads.rglob("*") if path.is_file())
    for path in home.uploads.glob("*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return files
