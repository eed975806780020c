"""Messages through a pipe between two processes of ours: eight bytes of length, then a pickle.

They are read from the descriptor itself, behind no buffer: a thread that waits in a buffered read
holds the buffer's lock, and Python dies of that lock when it shuts down meanwhile.
"""

from __future__ import annotations

import os
import pickle
from typing import Any, BinaryIO

_LENGTH_BYTES = 8


def send(pipe: BinaryIO, message: object) -> None:
    """Write a message, and flush it.

    Raises:
        OSError: nobody reads any more.
    """
    body = pickle.dumps(message)
    pipe.write(len(body).to_bytes(_LENGTH_BYTES, "big") + body)
    pipe.flush()


def receive(descriptor: int) -> Any:
    """Wait for the next message from the other one, which is believed.

    Raises:
        EOFError: the pipe ended, perhaps within a message.
    """
    length = int.from_bytes(_exactly(descriptor, _LENGTH_BYTES), "big")
    return pickle.loads(_exactly(descriptor, length))  # noqa: S301 - from a process of our own


def _exactly(descriptor: int, size: int) -> bytes:
    got = bytearray()
    while len(got) < size:
        chunk = os.read(descriptor, size - len(got))
        if not chunk:
            raise EOFError
        got += chunk
    return bytes(got)
