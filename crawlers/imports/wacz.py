"""A WACZ that a person brings: its digests checked, and the WARCs in it found.

Format: https://specs.webrecorder.net/wacz/1.1.1/ (``datapackage.json`` lists the SHA-256 of every
file in it, ``datapackage-digest.json`` the one of that list) and Frictionless Data Package 1. Who
alters a file can alter its digests, too: they tell damage and careless hands, and no forger. A
signature in ``datapackage-digest.json`` is not checked.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from typing import Any

from data.errors import UsageError
from data.other_warcs import DAMAGE

# What an import's note says of a file's digests.
VERIFIED = "verified"
LIST_ALONE = "verified; datapackage.json itself has none"
NONE = "none"

LIST, LISTS_OWN = "datapackage.json", "datapackage-digest.json"
_WARCS = (".warc", ".warc.gz")
# What macOS puts beside each file that it packs.
_NOT_OURS = re.compile(r"(?:^|/)(?:__MACOSX/|\._[^/]*$)")
_MOST_LIST_BYTES = 32 * 1024**2
_MOST_TIMES, _LEAST_BYTES = 20, 256 * 1024**2
_CHUNK = 1024**2
_REMEDY = (
    "It was altered or damaged after it was made: get it again from whoever made it, or capture"
    " the site anew."
)


def warcs(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The WARCs in it, in its order."""
    return [
        member
        for member in archive.infolist()
        if member.filename.lower().endswith(_WARCS) and not _NOT_OURS.search(member.filename)
    ]


def waczs(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The WACZs in it, in its order; one that is packed once more can be made to be unpacked."""
    return [
        member
        for member in archive.infolist()
        if member.filename.lower().endswith(".wacz") and member.compress_type == zipfile.ZIP_STORED
    ]


def check(path: str, archive: zipfile.ZipFile, size: int) -> str:
    """Hold every file in a WACZ against the digests that it carries.

    Args:
        path: what the WACZ is called in messages.
        archive: the WACZ.
        size: its bytes.

    Returns:
        ``VERIFIED``, ``LIST_ALONE``, or ``NONE`` where its list names no SHA-256.

    Raises:
        UsageError: something in it is not what its digests say.
        OSError, ValueError, zipfile.BadZipFile: it is damaged in another way.
    """
    listed = _listed(archive)
    own = _object(archive, LISTS_OWN).get("hash")
    is_listed = isinstance(own, str) and own.startswith("sha256:")
    if is_listed:
        _compare(path, archive, LIST, str(own))
    if not listed:
        return NONE
    _require_room(path, archive, listed, size)
    for name, said in listed.items():
        _compare(path, archive, name, said)
    for member in (*warcs(archive), *waczs(archive)):
        if member.filename not in listed:
            name = member.filename[:200]
            raise UsageError(f"{path}: {name!r} is not in its {LIST}.", _REMEDY)
    return VERIFIED if is_listed else LIST_ALONE


def _listed(archive: zipfile.ZipFile) -> dict[str, str]:
    """Names in the archive and what their digests are said to be."""
    resources = _object(archive, LIST).get("resources")
    found = [r for r in resources if isinstance(r, dict)] if isinstance(resources, list) else []
    return {
        str(r["path"]).removeprefix("./"): str(r["hash"])
        for r in found
        if "path" in r and str(r.get("hash")).startswith("sha256:")
    }


def _object(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    """A JSON object in the archive; empty where there is none, or something else."""
    try:
        with archive.open(name) as stream:
            told = json.loads(stream.read(_MOST_LIST_BYTES + 1)[:_MOST_LIST_BYTES])
    except (*DAMAGE, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _members(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    """All that go by one name, which a ZIP allows: each of them would be read."""
    return [member for member in archive.infolist() if member.filename == name]


def _require_room(path: str, archive: zipfile.ZipFile, listed: dict[str, str], size: int) -> None:
    """Refuse what was made to be unpacked: a WACZ holds what is packed already."""
    unpacked = sum(m.file_size for m in archive.infolist() if m.filename in listed)
    if unpacked > max(_LEAST_BYTES, _MOST_TIMES * size):
        raise UsageError(
            f"{path}: would unpack to {unpacked >> 20} MiB, over {_MOST_TIMES} times its size.",
            "A WACZ stores its WARCs as they are; unpack it and import the WARCs.",
        )


def _compare(path: str, archive: zipfile.ZipFile, name: str, said: str) -> None:
    members = _members(archive, name)
    if not members:
        raise UsageError(f"{path}: {name[:200]!r} is listed in it, and not there.", _REMEDY)
    for member in members:
        found = f"sha256:{_digest(archive, member)}"
        if found != said.lower():
            raise UsageError(
                f"{path}: {name[:200]!r} has the digest {found[:23]}..., and {said[:23]}... is"
                " written down for it.",
                _REMEDY,
            )


def _digest(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    told = hashlib.sha256()
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                told.update(chunk)
    except DAMAGE:
        return "unreadable"
    return told.hexdigest()
