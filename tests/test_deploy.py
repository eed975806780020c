"""The files for schedulers: each is read by what will read it, where that is here, and its commands
are commands of ours."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import click
import pytest
import yaml

import ketawatch
from data.store import Store

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
SERVICE, TIMER = DEPLOY / "systemd" / "ketawatch.service", DEPLOY / "systemd" / "ketawatch.timer"
CRON, SCRIPT = DEPLOY / "cron" / "ketawatch.cron", DEPLOY / "cron" / "scheduled.sh"
TASK, WORKFLOW = DEPLOY / "windows" / "ketawatch.xml", DEPLOY / "github" / "ketawatch.yml"
TASK_NAMES = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
FIELDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
needs_sh = pytest.mark.skipif(not shutil.which("sh"), reason="needs a POSIX shell")
needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every command of ours that a file gives, as words."""
    for line in SERVICE.read_text(encoding="utf-8").splitlines():
        if line.startswith("Exec"):
            yield SERVICE.name, shlex.split(line.partition("=")[2])[1:]
    for step in workflow()["jobs"]["look"]["steps"]:
        for call in re.findall(r"python start\.py (\w.*?)(?: \|\||$)", step.get("run", ""), re.M):
            yield WORKFLOW.name, shlex.split(call)
    for arguments in task().iterfind(".//t:Exec/t:Arguments", TASK_NAMES):
        yield TASK.name, str(arguments.text).split()
    for call in re.findall(r'"\$ketawatch" (.*?) >', SCRIPT.read_text(encoding="utf-8")):
        yield SCRIPT.name, [w for w in shlex.split(call) if w != "$@"]


def workflow() -> dict[Any, Any]:
    return dict(yaml.safe_load(WORKFLOW.read_text(encoding="utf-8")))


def task() -> Any:
    return ET.fromstring(TASK.read_bytes())


def test_every_command_is_one_of_ours() -> None:
    found = list(commands())
    assert {file for file, _ in found} == {SERVICE.name, WORKFLOW.name, TASK.name, SCRIPT.name}
    for file, (name, *arguments) in found:
        if name == "commands":  # of start.py
            continue
        with click.Context(ketawatch.cli) as context:
            command = ketawatch.cli.get_command(context, name)
            assert command is not None, (file, name)
            command.make_context(name, list(arguments))
    assert {words[0] for _, words in found} >= {"run", "prune"}


@needs_systemd
def test_systemd_finds_nothing_to_complain_about(tmp_path: Path) -> None:
    unit = SERVICE.read_text(encoding="utf-8")
    command = re.search(r"ExecStart=(\S+)", unit)
    assert command is not None
    # The one thing that this machine lacks is the installed command.
    (tmp_path / SERVICE.name).write_text(unit.replace(command[1], "/bin/true"), encoding="utf-8")
    shutil.copy(TIMER, tmp_path)
    done = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / SERVICE.name, tmp_path / TIMER.name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    calendar = re.search(r"OnCalendar=(.*)", TIMER.read_text(encoding="utf-8"))
    assert calendar is not None
    subprocess.run(["systemd-analyze", "calendar", calendar[1]], check=True, capture_output=True)


def test_a_stop_that_can_be_resumed_is_no_failure_to_systemd() -> None:
    assert "SuccessExitStatus=130" in SERVICE.read_text(encoding="utf-8").splitlines()


def is_a_time(line: str) -> bool:
    """Whether a line begins with five fields that every cron takes."""
    words = line.split()[:5]
    return len(words) == 5 and all(
        word == "*" or (word.isdigit() and low <= int(word) <= high)
        for word, (low, high) in zip(words, FIELDS, strict=True)
    )


def test_the_cron_line_is_a_time_a_user_and_our_script() -> None:
    lines = CRON.read_text(encoding="utf-8").splitlines()
    assert CRON.read_bytes().endswith(b"\n"), "or cron does not read the last line"
    (job,) = [x for x in lines if x and not re.match(r"#|\w+=", x)]
    assert is_a_time(job)
    user, script, store = job.split()[5:]
    assert user == "ketawatch" and script.endswith("/deploy/cron/scheduled.sh")
    assert store.startswith("/") and "%" not in job
    assert os.access(SCRIPT, os.X_OK) or sys.platform == "win32"


def scheduled(tmp_path: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The script as cron calls it: with next to nothing in its environment."""
    command = tmp_path / "ketawatch"
    command.write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
    command.chmod(0o755)
    bare = {"PATH": "/usr/bin:/bin", "KETAWATCH": str(command)}
    return subprocess.run(
        ["/bin/sh", str(SCRIPT), str(tmp_path / "store"), *arguments],
        env=bare,
        cwd="/",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@needs_sh
@pytest.mark.parametrize(
    ("code", "ends", "speaks"), [(0, 0, 0), (130, 0, 0), (3, 3, 1), (5, 5, 1), (1, 1, 1), (6, 6, 1)]
)
def test_the_script_speaks_where_there_is_something_to_see_to(
    tmp_path: Path, code: int, ends: int, speaks: bool
) -> None:
    calls = tmp_path / "calls"
    program = f'echo "$@" >> {calls}; echo said; [ "$1" = prune ] && exit 0; exit {code}'
    done = scheduled(tmp_path, program, "--limit", "5")
    assert (done.returncode, bool(done.stdout)) == (ends, bool(speaks)), done
    assert not speaks or done.stdout == f"said\nketawatch run: exit code {code}\n"
    store = tmp_path / "store"
    expected = [f"run --store {store} --limit 5"]
    expected += [f"prune --store {store} --yes"] if code != 6 else []
    assert calls.read_text(encoding="utf-8").splitlines() == expected


@needs_sh
def test_the_real_program_runs_in_a_bare_environment(tmp_path: Path) -> None:
    Store.create(tmp_path / "store")
    (tmp_path / "store" / "providers.csv").write_text(
        "provider_id,name,homepage\nx.example,Clínica Ñ,https://clinica-n.com/\n", encoding="utf-8"
    )
    text = (tmp_path / "store" / "ketawatch.toml").read_text(encoding="utf-8")
    off = re.sub(r"(?m)^\[sources\]$", "[sources]\nstarter = false", text)
    (tmp_path / "store" / "ketawatch.toml").write_text(off, encoding="utf-8")
    done = scheduled(tmp_path, f'exec {sys.executable} {ROOT / "ketawatch.py"} "$@"')
    assert done.returncode == 2, done
    assert "no contact is set" in done.stdout or "contact: none is set" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_the_windows_task_runs_weekly_without_a_limit_and_never_twice() -> None:
    found = task()
    assert found.tag == f"{{{TASK_NAMES['t']}}}Task"

    def text(path: str) -> str:
        return str(found.findtext(path, namespaces=TASK_NAMES))

    assert text("t:Settings/t:MultipleInstancesPolicy") == "IgnoreNew"
    assert text("t:Settings/t:ExecutionTimeLimit") == "PT0S"
    assert text("t:Settings/t:StartWhenAvailable") == "true"
    assert text(".//t:WeeksInterval") == "1"
    assert str(found.findall(".//t:Exec/t:Arguments", TASK_NAMES)[-1].text).startswith("run ")


def test_the_workflow_runs_alone_in_time_and_keeps_the_store_in_any_case() -> None:
    found = workflow()
    (schedule,) = found[True]["schedule"]  # "on" is a yes to YAML 1.1
    assert is_a_time(schedule["cron"])
    assert found["concurrency"]["cancel-in-progress"] is False
    job = found["jobs"]["look"]
    run = next(step for step in job["steps"] if step.get("name") == "Run")
    hours = re.search(r"--max-hours (\d+)", run["run"])
    assert hours is not None and int(hours[1]) * 60 < job["timeout-minutes"] < 360
    kept = [s for s in job["steps"] if "upload-artifact" in s.get("uses", "")]
    whole = "${{ always() && steps.bring_back.outcome == 'success' }}"  # half a store is none
    packed = [s for s in job["steps"] if "tar -cf" in s.get("run", "")]
    assert [step["if"] for step in packed + kept] == [whole, whole]
    assert "bring_back" in [step.get("id") for step in job["steps"]]
    text = WORKFLOW.read_text(encoding="utf-8")
    assert all("secrets." in line for line in text.splitlines() if "KETAWATCH_PING_URL:" in line)
