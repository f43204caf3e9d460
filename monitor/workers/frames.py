"""Messages through pipes: a length of eight bytes, then so many bytes, and nothing read beyond them.

Reading ahead would be wrong here: when a process is replaced, its successor goes on reading where it
stopped.
"""

import os
import struct
from collections.abc import Iterator
from contextlib import suppress

_LENGTH = struct.Struct(">Q")
_PIECE = 1024 * 1024


def frame(payload: bytes) -> bytes:
    """Return a message as it goes through a pipe."""
    return _LENGTH.pack(len(payload)) + payload


def take_frame(received: bytearray) -> bytes | None:
    """Take the first whole message out of what was received, or return None if there is none yet."""
    if len(received) < _LENGTH.size:
        return None
    end = _LENGTH.size + _LENGTH.unpack_from(received)[0]
    if len(received) < end:
        return None
    payload = bytes(received[_LENGTH.size : end])
    del received[:end]
    return payload


def read_frame(pipe: int) -> bytes | None:
    """Wait for a message; None if the other end was closed instead."""
    head = _read(pipe, _LENGTH.size)
    return None if head is None else _read(pipe, _LENGTH.unpack(head)[0])


def write_frame(pipe: int, payload: bytes) -> None:
    """Write a whole message, however long it takes."""
    rest = memoryview(frame(payload))
    while rest:
        rest = rest[os.write(pipe, rest[:_PIECE]) :]


def drain(pipe: int) -> None:
    """Throw away what is in a pipe at this moment."""
    os.set_blocking(pipe, False)
    with suppress(BlockingIOError):
        while os.read(pipe, _PIECE):
            pass
    os.set_blocking(pipe, True)


def _read(pipe: int, size: int) -> bytes | None:
    pieces = tuple(_pieces(pipe, size))
    whole = b"".join(pieces)
    return whole if len(whole) == size else None


def _pieces(pipe: int, size: int) -> Iterator[bytes]:
    while size > 0:
        piece = os.read(pipe, min(size, _PIECE))
        if not piece:
            return
        size -= len(piece)
        yield piece
