"""What was worked out once and is kept for the next run, in the user's own cache folder.

It is only ever a shortcut: whatever is missing, damaged, or made of other files is worked out
again. A kept file is JSON, so that reading it runs nothing, and is left aside where anybody else
could have written it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def digest(files: Iterable[Path]) -> str:
    """SHA-256 over names and bytes of files, in their order."""
    total = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        total.update(f"{path.name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def read(name: str, made_of: str) -> Any:
    """What was kept under a name, ``None`` where nothing was made of the same files.

    Args:
        name: of the file.
        made_of: digest of the files that it was made of.
    """
    try:
        folder = _folder()
        path = folder / name
        if not (_is_ours(folder) and _is_ours(path)):
            return None
        head, _, body = path.read_bytes().partition(b"\n")
        return json.loads(body) if head.decode() == _head(made_of, body) else None
    except (OSError, ValueError, RuntimeError):  # RuntimeError: there is no home folder
        return None


def write(name: str, made_of: str, value: Any) -> None:
    """Keep a value of plain JSON; where there is no room for it, nothing is kept."""
    body = json.dumps(value, separators=(",", ":")).encode()
    with contextlib.suppress(OSError, RuntimeError):
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Nobody but its owner can read or write it, whatever the umask.
        file = tempfile.NamedTemporaryFile(dir=folder, delete=False)  # noqa: SIM115
        beside = Path(file.name)
        try:
            with file:
                file.write(_head(made_of, body).encode() + b"\n" + body)
            beside.replace(folder / name)
        except OSError:
            beside.unlink()


def _head(made_of: str, body: bytes) -> str:
    return f"{made_of} {hashlib.sha256(body).hexdigest()}"


def _folder() -> Path:
    """Where programs keep such files: https://specifications.freedesktop.org/basedir-spec/latest/."""
    if sys.platform == "win32":
        given = os.environ.get("LOCALAPPDATA", "")
        usual = "~/AppData/Local"
    else:
        given = os.environ.get("XDG_CACHE_HOME", "")
        usual = "~/Library/Caches" if sys.platform == "darwin" else "~/.cache"
    base = Path(given)
    return (base if base.is_absolute() else Path(usual).expanduser()) / "ketawatch"


def _is_ours(path: Path) -> bool:
    """Whether nobody but its owner, who runs this, can write it."""
    if sys.platform == "win32":
        return True  # the folder belongs to the user's profile
    known = path.stat()
    return known.st_uid == os.getuid() and not known.st_mode & 0o022
