"""Undoing a content coding within a limit: what comes out is counted before more is made.

Only what every Python can undo by itself is asked for and taken: gzip and deflate. A body that ends
in the middle of its coding is reported as truncated, which HTTP libraries let pass.
"""

import zlib
from collections.abc import Iterable

from monitor.fetching.allowance import Allowance
from monitor.fetching.stop import StopError
from monitor.model import Transport

ACCEPTED = "gzip, deflate"
_MAX_STACKED = 2
_MAX_MEMBERS = 64  # a gzip body may be several in a row; more than these are made to burn time
_PIECE = 65_536
_GZIP_MAGIC = b"\x1f\x8b"


def codings_of(values: Iterable[str]) -> tuple[str, ...]:
    """Return the codings that were applied, in order, from the Content-Encoding lines of a reply.

    Raises:
        StopError: one is unknown, one is named twice, or there are more than two.
    """
    named = [part.strip().lower().removeprefix("x-") for value in values for part in value.split(",")]
    codings = tuple(name for name in named if name not in ("", "identity"))
    unknown = [name for name in codings if name not in ("gzip", "deflate")]
    if unknown:
        raise _bad(f"the body is coded as '{unknown[0][:40]}', which was not asked for and cannot be read")
    if len(codings) > _MAX_STACKED or len(set(codings)) != len(codings):
        raise _bad("the body is coded several times over, which no honest site does")
    return codings


class Body:
    """Collects a body from the pieces of the wire, decoded, up to a number of bytes."""

    def __init__(self, codings: Iterable[str], allowance: Allowance) -> None:
        self._decoders = [_Decoder(coding) for coding in reversed(tuple(codings))]
        self._allowance = allowance
        self._wire_bytes = 0
        self._content = bytearray()

    def add(self, piece: bytes) -> None:
        """Take a piece as it came.

        Raises:
            StopError: the body is too large, on the wire or decoded, or is not coded as it says.
        """
        self._wire_bytes += len(piece)
        if self._wire_bytes > self._allowance.max_bytes:
            raise self._allowance.too_large("sends")
        for decoded in self._decode(piece, 0):
            self._content += decoded
            if len(self._content) > self._allowance.max_bytes:
                raise self._allowance.too_large("unpacks to")

    def finish(self) -> bytes:
        """Return the whole body.

        Raises:
            StopError: it ended inside its coding.
        """
        if self._wire_bytes and any(not decoder.complete for decoder in self._decoders):
            raise StopError(
                Transport.TRUNCATED,
                "the packed body ends before its end; what came is not used, it is asked again when next due",
            )
        return bytes(self._content)

    def _decode(self, piece: bytes, depth: int) -> Iterable[bytes]:
        if depth == len(self._decoders):
            yield piece
            return
        for part in self._decoders[depth].decode(piece):
            yield from self._decode(part, depth + 1)


class _Decoder:
    """Undoes one coding, a bounded piece at a time."""

    def __init__(self, coding: str) -> None:
        self._coding = coding
        self._kept = b""
        self._members = 0
        self._zlib: zlib._Decompress | None = None
        self.complete = False

    def decode(self, data: bytes) -> Iterable[bytes]:
        data = self._kept + data
        self._kept = b""
        while data:
            if self._zlib is None and not self._begin(data):
                return
            yield from self._inflate(data)
            data = self._end_member()

    def _begin(self, data: bytes) -> bool:
        """Start on a stream, unless it cannot be told yet or only padding follows the last one."""
        if len(data) < 2:
            self._kept = data
            return False
        if self._members and (self._coding != "gzip" or data[:2] != _GZIP_MAGIC):
            return False
        if self._members == _MAX_MEMBERS:
            raise _bad("the body is packed in too many parts")
        self._zlib = zlib.decompressobj(self._window_bits(data))
        self.complete = False
        return True

    def _window_bits(self, data: bytes) -> int:
        if self._coding == "gzip":
            return 16 + zlib.MAX_WBITS
        # "deflate" means a zlib stream, and half of the servers that say it send a bare one.
        is_zlib = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        return zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS

    def _inflate(self, data: bytes) -> Iterable[bytes]:
        """Yield what a piece holds. A full part may have left more inside, though no input is left."""
        stream = self._zlib
        part = b""
        while stream is not None and (data or len(part) == _PIECE) and not stream.eof:
            try:
                part = stream.decompress(data, _PIECE)
            except zlib.error:
                raise _bad(f"the body is not the {self._coding} that its header says") from None
            data = stream.unconsumed_tail
            yield part

    def _end_member(self) -> bytes:
        """Return what follows the stream if it has ended."""
        if self._zlib is None or not self._zlib.eof:
            return b""
        rest = self._zlib.unused_data
        self._zlib = None
        self._members += 1
        self.complete = True
        return rest


def _bad(what: str) -> StopError:
    return StopError(
        Transport.BAD_ENCODING, f"{what}; if this stays, look at the address in a browser and tell the site"
    )
