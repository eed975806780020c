"""What holds for the whole house: rooms, contracts, the lock file, the starter, sizes."""

from __future__ import annotations

import ast
import importlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1]
ROOMS = ("data", "crawlers", "audit", "publish", "dashboard")
LONG_FILE, LONGEST_FILE, LONGEST_FUNCTION = 250, 400, 40
# Put together here, so that this file holds none of them itself.
_INDEXES = "|".join(("py" + "pi", "python" + "hosted", "npm" + "js", "yarn" + "pkg"))
INDEX_ADDRESS = re.compile(rf"(?:{_INDEXES})[.](?:org|com)|index-ur[l][= ]+\S*:[/]{{2}}")
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(work|root|home|Users|opt|tmp)/[\w.]")


def python(*arguments: str, cwd: Path = HOUSE) -> subprocess.CompletedProcess[str]:
    """Run this Python; never raises, so that the test can show what was said."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


def house_files() -> list[Path]:
    """Every file that is the project's: tracked, or new and not ignored."""
    git = shutil.which("git")
    if not git or not (HOUSE / ".git").exists():
        pytest.skip("needs git and a checkout to tell the project's files from others")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOUSE,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [path for name in listed.split("\0") if name and (path := HOUSE / name).is_file()]


@pytest.mark.parametrize("room", [*ROOMS, "ketawatch"])
def test_room_is_the_one_of_this_checkout(room: str) -> None:
    origin = importlib.import_module(room).__file__
    assert origin is not None
    expected = HOUSE / (f"{room}.py" if room == "ketawatch" else f"{room}/__init__.py")
    assert Path(origin).resolve() == expected


def test_import_contracts_hold() -> None:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = python("-c", code, "--no-cache", "--no-logo")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("pattern", [INDEX_ADDRESS, MACHINE_PATH], ids=["index", "machine"])
def test_no_file_names_a_package_index_or_a_path_of_one_machine(pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(HOUSE)}:{number}: {line.strip()[:120]}"
        for path in house_files()
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), 1
        )
        if pattern.search(line)
    ]
    assert not found, "\n".join(found)


def sources() -> list[Path]:
    """The project's Python files."""
    return [path for path in house_files() if path.suffix == ".py"]


def test_no_expression_has_a_possessive_group() -> None:
    """Python before 3.11.5 loses its place in ``(...)*+``, not in ``(?>...)`` (cpython#106052)."""
    group = re.compile(r"[^(]\)[*+]\+\S*[\"']")
    lines = [
        f"{path}:{number}"
        for path in sources()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if group.search(line) and not line.lstrip().startswith("#")
    ]
    assert lines == []


def test_long_files_are_rare_and_none_is_very_long() -> None:
    sizes = {p: p.read_text(encoding="utf-8").count("\n") for p in sources()}
    long = {str(p.relative_to(HOUSE)): n for p, n in sizes.items() if n > LONG_FILE}
    assert len(long) <= len(sizes) / 20, long
    assert all(n <= LONGEST_FILE for n in long.values()), long


def test_no_function_is_long() -> None:
    long = [
        f"{path.relative_to(HOUSE)}:{node.lineno}: {node.name}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_tests_hold_no_package_and_no_name_twice() -> None:
    files = sorted((HOUSE / "tests").rglob("*.py"))
    names = [path.name for path in files if path.name != "conftest.py"]
    assert "__init__.py" not in names
    assert len(names) == len(set(names)), names


def test_lock_pins_everything_by_hash_and_names_no_address() -> None:
    lock = (HOUSE / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock and "--index" not in lock and "--find-links" not in lock
    body = "\n".join(line for line in lock.splitlines() if not line.startswith("#"))
    entries = body.replace("\\\n", " ").splitlines()
    assert len(entries) > 100
    for entry in entries:
        assert re.match(
            r"[a-z0-9.-]+==[\w.+!]+( ; [^\\]+?)?( +--hash=sha256:[0-9a-f]{64})+$", entry
        ), entry


def test_lock_holds_every_dependency_that_pyproject_names() -> None:
    tomllib = importlib.import_module("tomllib")
    config = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    named = [*config["project"]["dependencies"], *config["dependency-groups"]["dev"]]
    lock = (HOUSE / "requirements.lock").read_text(encoding="utf-8")
    for requirement in named:
        name = re.split(r"[<>=!~; \[]", requirement)[0].lower().replace("_", "-")
        assert f"\n{name}==" in lock, name


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = "python3 start.py test"
    assert command in (HOUSE / "README.md").read_text(encoding="utf-8")
    script = HOUSE / ".ci" / "run"
    assert command in script.read_text(encoding="utf-8").splitlines()
    assert os.name == "nt" or os.access(script, os.X_OK)


def test_starter_explains_itself_without_setting_anything_up(tmp_path: Path) -> None:
    shutil.copy(HOUSE / "start.py", tmp_path)
    done = python(str(tmp_path / "start.py"), cwd=tmp_path)
    assert done.returncode == 0
    assert "start.py demo --no-dashboard" in done.stdout
    assert not (tmp_path / ".venv").exists()
