"""The two commands of a fresh machine: set ketawatch up beside this file, then run it.

Standard library only, and readable by old Pythons, so that they get an answer instead of a
traceback. Everything is installed into the folder .venv next to this file, nothing elsewhere.
"""

import contextlib
import errno
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if sys.version_info < (3, 11):  # noqa: UP036 (this file is what tells people so)
    sys.exit(
        "ketawatch needs Python 3.11 or newer, and this is Python %d.%d. "  # noqa: UP031
        "Install a newer one, and call start.py with it." % sys.version_info[:2]
    )

PYTHON = "py" if os.name == "nt" else "python3"
HELP = f"""\
usage: {PYTHON} start.py COMMAND [ARGS]

  {PYTHON} start.py demo --no-dashboard    the whole path on invented provider sites
  {PYTHON} start.py test [ARGS]            the project's tests; ARGS go to pytest
  {PYTHON} start.py lint                   style, types and import contracts
  {PYTHON} start.py COMMAND [ARGS]         any other ketawatch command; --help after it explains it
  {PYTHON} start.py commands               lists the ketawatch commands

The first call installs what ketawatch needs into {{venv}} (about 1 GB, a minute or two, needs the
internet). Later calls start at once. Delete that folder to begin afresh.
"""
HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
VENV_PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "ketawatch-setup.json"
LOG = VENV / "ketawatch-setup.log"
LOCK, PROJECT = HOME / "requirements.lock", HOME / "pyproject.toml"
LINTERS = (("ruff", "check"), ("ruff", "format", "--check"), ("mypy",), ("lint-imports",))
# What pip says, and what a person can do about it; the first that fits wins.
REMEDIES = {
    "No space left": "The disk is full. Make room for about 1 GB, then call this again.",
    "DO NOT MATCH THE HASHES": (
        "A package came with other content than requirements.lock expects, and was refused. "
        "Try again; if it stays so, ask who runs your network or package mirror."
    ),
    "connection broken": (
        "No package index could be reached. Check the network (behind a proxy, set HTTPS_PROXY), "
        "then call this again."
    ),
    "No matching distribution": (
        "A package cannot be had: either no package index answers, or there is no ready-made "
        "build for this system (CPython 3.11 to 3.14 on Linux with glibc, macOS, 64-bit Windows)."
    ),
}


def say(text: str) -> None:
    """Tell the person something; standard output is left to the command's results."""
    print(f"ketawatch set-up: {text}", file=sys.stderr, flush=True)


def digest(*parts: bytes) -> str:
    """One SHA-256 over several texts, kept apart."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def wanted() -> dict[str, str]:
    """What a finished set-up has noted, if it fits these files, this place and this Python."""
    place = f"{VENV} {sys.platform} {sys.version_info[:2]}".encode()
    packages = digest(LOCK.read_bytes(), place)
    return {"packages": packages, "project": digest(PROJECT.read_bytes())}


def noted() -> dict[str, str]:
    """What the last finished set-up noted; nothing when it was cut short or is broken."""
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(found) if VENV_PYTHON.exists() and isinstance(found, dict) else {}


def set_up() -> None:
    """Bring the environment to what the lock file and pyproject.toml say, if it is not there."""
    if noted() == wanted():
        return
    with alone():
        want, have = wanted(), noted()
        if have != want:
            install(want, have)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Wait until no other call is setting up; the system frees the lock of one that was killed."""
    with (HOME / ".venv.lock").open("a") as held:
        if sys.platform == "win32":
            while True:
                with contextlib.suppress(OSError):  # it gives up after ten seconds
                    msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def install(want: dict[str, str], have: dict[str, str]) -> None:
    """Do what is missing, and note it once all of it is done."""
    began = time.monotonic()
    STAMP.unlink(missing_ok=True)
    if have.get("packages") != want["packages"]:
        make_environment()
        install_packages()
    say("Installing the project itself (a few seconds) ...")
    pip("--no-deps", "--no-build-isolation", "--no-index", "--editable", str(HOME))
    beside = STAMP.with_suffix(".new")
    beside.write_text(json.dumps(want), encoding="utf-8")
    beside.replace(STAMP)
    say(f"Done in {time.monotonic() - began:.0f} s. Later calls start at once.")


def make_environment() -> None:
    """Make an empty environment in place of whatever is there."""
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        sys.exit(
            "This Python cannot make environments: its module ensurepip is missing. On Debian and "
            "Ubuntu: apt install python3-venv; elsewhere: install Python from python.org."
        )
    import venv  # only now is it known to be there

    again = ", in place of an older or unfinished one" if VENV.exists() else ""
    say(f"Making an environment in {VENV}{again} (about 5 seconds) ...")
    if VENV.is_symlink():
        VENV.unlink()
    venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(VENV)


def install_packages() -> None:
    """Install exactly what requirements.lock names, each file checked against its hash."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    total = sum(not line.startswith((" ", "#")) for line in lines)
    say(f"Installing about {total} packages, each checked by hash (a minute or two) ...")
    # Ready-made builds only: a build on the spot would fetch tools that no hash vouches for.
    pip("--require-hashes", "--only-binary=:all:", "--requirement", str(LOCK))


def pip(*arguments: str) -> None:
    """Run ``pip install`` in the environment; on failure end with one line and a remedy."""
    # -I and --no-user: neither the caller's folder nor a personal setting may get in between.
    command = [str(VENV_PYTHON), "-I", "-m", "pip", "--disable-pip-version-check", "--no-input"]
    command += ["install", "--no-user", "--progress-bar=off", *arguments]
    process = subprocess.Popen(  # noqa: S603 (our own interpreter, our own arguments)
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    with process, LOG.open("a", encoding="utf-8") as log:
        said = list(follow(process.stdout or (), log))
    if process.returncode:
        sys.exit(f"{explain(''.join(said))} (All that pip said: {LOG})")


def follow(lines: Iterable[str], log: TextIO) -> Iterator[str]:
    """Pass on pip's lines, keep them in the log, and count on a terminal."""
    collected = 0
    for line in lines:
        log.write(line)
        yield line
        collected += line.startswith("Collecting ")
        if sys.stderr.isatty() and line.startswith("Collecting "):
            print(f"\r  {collected} packages found", end="", file=sys.stderr, flush=True)
        elif sys.stderr.isatty() and line.startswith("Installing collected"):
            print("\r  downloaded; unpacking ...", file=sys.stderr, flush=True)


def explain(said: str) -> str:
    """The remedy for what pip said, or its last error in its own words."""
    for sign, remedy in REMEDIES.items():
        if sign in said:
            return remedy
    errors = [line for line in said.splitlines() if line.startswith("ERROR:")]
    return f"pip failed. {errors[-1] if errors else said.strip()[-200:]} Then call this again."


def replace_by(command: list[str]) -> int:
    """Become the command where the system can; else wait for it and give its exit code."""
    if os.name != "nt":
        sys.stdout.flush()
        os.execv(command[0], command)  # noqa: S606 (that is the point: signals go straight to it)
    with subprocess.Popen(command) as process:  # noqa: S603
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # the console sent it to the command too: let that finish
                continue


def lint() -> int:
    """Run every check that needs no test; 1 when one of them objects."""
    os.chdir(HOME)
    bad = 0
    for command in LINTERS:
        say(" ".join(command))
        bad += subprocess.call([str(BIN / command[0]), *command[1:]]) != 0  # noqa: S603
    return int(bad > 0)


def run(name: str, arguments: list[str]) -> int:
    """Run what was asked for, in the environment."""
    if name == "lint":
        return lint()
    if name == "test":
        os.chdir(HOME)
        return replace_by([str(VENV_PYTHON), "-m", "pytest", *arguments])
    words = ["--help"] if name == "commands" else [name, *arguments]
    # The script and not "-m ketawatch": -m would put the caller's folder first on the path, where
    # a folder called data is to be expected.
    return replace_by([str(shutil.which("ketawatch", path=str(BIN))), *words])


def main() -> int:
    """Set up if need be, then run the command given."""
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        print(HELP.format(venv=VENV))
        return 0
    try:
        set_up()
    except KeyboardInterrupt:
        say("Interrupted. The next call begins again.")
        return 130
    except (OSError, subprocess.CalledProcessError) as error:
        refused = getattr(error, "errno", None) in (errno.EACCES, errno.EPERM, errno.EROFS)
        remedy = "Put this folder where you may write to it" if refused else "Set that right"
        sys.exit(f"Setting up failed: {error}. {remedy}, then call this again.")
    return run(sys.argv[1], sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
