"""Pages that did not change: ``revisit`` records, which point at the record that holds the body.

Format: WARC 1.1, section 6.7 (https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/).
The file, offset and length of the record pointed at are named in fields of our own, because the
record's id alone does not tell where it is; so are the last time at which the body came whole, and
how often since then a server said no more than that it had not changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from data.warc import Headers, WarcError

NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_FILE, _OFFSET, _LENGTH = (
    "WARC-Refers-To-Filename",
    "WARC-Refers-To-File-Offset",
    "WARC-Refers-To-File-Length",
)
_WHOLE, _UNSENT = "Ketawatch-Last-Whole-Date", "Ketawatch-Not-Modified-Count"
_SHA256 = "sha256:"
# No record, whoever wrote it, leads out of the runs.
_ARCHIVE = re.compile(r"runs/\w+/captures/[^/]+\.warc\.gz")


@dataclass(frozen=True, slots=True)
class Original:
    """A ``response`` record of an earlier run; ``warc_file`` is relative to the store.

    ``whole`` is when its body last came over the wire, where that was after ``date``;
    ``times_unsent`` how often in a row it was called unchanged since, the last time at ``met``.
    """

    uri: str
    date: str
    payload_sha256: str
    warc_file: str
    record_id: str
    offset: int
    length: int
    whole: str = ""
    times_unsent: int = 0
    met: str = ""

    @property
    def came_whole(self) -> str:
        """When the body last came over the wire."""
        return self.whole or self.date

    @property
    def asked(self) -> str:
        """When the address was last asked."""
        return self.met or self.date

    def refer(self, not_modified: bool, date: str) -> Headers:
        """The WARC headers of a ``revisit`` record made at ``date`` that points here."""
        return [
            ("Content-Type", "application/http; msgtype=response"),
            ("WARC-Date", date),
            ("WARC-Profile", NOT_MODIFIED if not_modified else SAME_PAYLOAD),
            ("WARC-Payload-Digest", f"{_SHA256}{self.payload_sha256}"),
            ("WARC-Refers-To", self.record_id),
            ("WARC-Refers-To-Target-URI", self.uri),
            ("WARC-Refers-To-Date", self.date),
            (_FILE, self.warc_file),
            (_OFFSET, str(self.offset)),
            (_LENGTH, str(self.length)),
            (_WHOLE, self.came_whole if not_modified else date),
            (_UNSENT, str(self.times_unsent + 1 if not_modified else 0)),
        ]


def originals(store: Path, warc_file: str) -> dict[str, Original]:
    """Address -> the record that holds what was last answered there with status 200.

    Args:
        store: the store's folder.
        warc_file: one provider's archive of a finished run, relative to the store.

    Raises:
        WarcError: the file is unreadable or damaged.
    """
    found: dict[str, Original] = {}
    try:
        for original in _found(store / warc_file, warc_file):
            found[original.uri] = original
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise WarcError(f"{store / warc_file}: unreadable ({error}).") from error
    return found


def _found(path: Path, warc_file: str) -> Iterator[Original]:
    """The originals in or behind a file, in the order of its records."""
    size = path.stat().st_size
    with path.open("rb") as file:
        met = [
            (record.stream_pos, dict(record.headers.asdict()) if _counts(record) else None)
            for record in ArchiveIterator(file, fsspec_args=False)
        ]
    ends = [offset for offset, _ in met[1:]] + [size]
    for (offset, headers), end in zip(met, ends, strict=True):
        if headers is not None and headers["WARC-Type"] == "revisit":
            yield from _referred(headers)
        elif headers is not None:
            yield _response(headers, warc_file, offset, end - offset)


def _counts(record: WarcRecord) -> bool:
    if record.record_type == WarcRecordType.revisit:
        return True
    return bool(record.is_http and record.http_headers.status_code == 200)


def _response(headers: dict[str, str], warc_file: str, offset: int, length: int) -> Original:
    return Original(
        uri=headers["WARC-Target-URI"],
        date=headers["WARC-Date"],
        payload_sha256=headers["WARC-Payload-Digest"].removeprefix(_SHA256),
        warc_file=warc_file,
        record_id=headers["WARC-Record-ID"],
        offset=offset,
        length=length,
    )


def _referred(headers: dict[str, str]) -> Iterator[Original]:
    """What a ``revisit`` record of ours points at; others do not say where that is."""
    place = headers.get(_FILE, "")
    if _ARCHIVE.fullmatch(place):
        yield Original(
            uri=headers["WARC-Target-URI"],
            date=headers["WARC-Refers-To-Date"],
            payload_sha256=headers["WARC-Payload-Digest"].removeprefix(_SHA256),
            warc_file=place,
            record_id=headers["WARC-Refers-To"],
            offset=int(headers[_OFFSET]),
            length=int(headers[_LENGTH]),
            # Records of ours that lack these were made before they were kept.
            whole=headers.get(_WHOLE, ""),
            times_unsent=int(headers.get(_UNSENT, 0)),
            met=headers["WARC-Date"],
        )
