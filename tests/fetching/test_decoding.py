"""F2, F3: a packed body is unpacked within its limit, whole, or not at all."""

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetching.allowance import Allowance
from monitor.fetching.decoding import Body, codings_of
from monitor.fetching.stop import StopError
from monitor.model import Transport

TEXT = b"Borduria and Syldavia signed an agreement. " * 50


def deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKED = [
    pytest.param((), TEXT, id="plain"),
    pytest.param(("gzip",), gzip.compress(TEXT), id="gzip"),
    pytest.param(("deflate",), zlib.compress(TEXT), id="deflate-in-zlib"),
    pytest.param(("deflate",), deflate(TEXT), id="deflate-bare"),
    pytest.param(("gzip",), gzip.compress(TEXT[:700]) + gzip.compress(TEXT[700:]), id="gzip-in-two-members"),
    pytest.param(("gzip",), gzip.compress(TEXT) + b"\0" * 20, id="gzip-with-padding"),
    pytest.param(("deflate", "gzip"), gzip.compress(zlib.compress(TEXT)), id="stacked"),
]


def unpack(codings, pieces, max_bytes=1_000_000):
    body = Body(codings, Allowance(30, max_bytes))
    for piece in pieces:
        body.add(piece)
    return body.finish()


@pytest.mark.parametrize(("codings", "packed"), PACKED)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_a_body_is_the_same_however_it_is_cut_into_pieces(codings, packed, size):
    """The network decides where pieces end, also in the middle of a header or between two members."""
    assert unpack(codings, [packed[at : at + size] for at in range(0, len(packed), size)]) == TEXT


@pytest.mark.parametrize("packed", [gzip.compress(b""), b""], ids=["packed", "bare"])
def test_an_empty_body_is_whole(packed):
    """A server that packs everything says so of an empty reply too."""
    assert unpack(("gzip",), [packed] if packed else []) == b""


@given(st.binary(max_size=3_000), st.integers(0, 9))
def test_any_content_comes_back(content, level):
    """Bytes are evidence: what is stored must be what the site packed."""
    assert unpack(("gzip",), [gzip.compress(content, level)]) == content


@pytest.mark.parametrize("length", [1, 64 * 1024, 64 * 1024 + 1, 200_000])
def test_nothing_is_left_inside_the_unpacker(length):
    """A part that exactly fills the output buffer hides more behind it."""
    assert unpack(("gzip",), [gzip.compress(b"a" * length)]) == b"a" * length


@pytest.mark.parametrize(
    "values",
    [
        ["br"],
        ["zstd"],
        ["compress"],
        ["gzip, br"],
        ["gzip, gzip"],
        ["gzip", "gzip"],
        ["gzip, deflate, gzip"],
        ["x-gzip, gzip"],
        ["\x00"],
        ["gzip;q=1"],
    ],
    ids=str,
)
def test_an_unknown_or_repeated_coding_is_refused(values):
    """A coding that was not asked for cannot be read; one applied twice is made to exhaust memory."""
    with pytest.raises(StopError) as stop:
        codings_of(values)

    assert stop.value.transport is Transport.BAD_ENCODING


@pytest.mark.parametrize(
    ("values", "codings"),
    [([], ()), (["identity"], ()), ([""], ()), (["GZip"], ("gzip",)), (["x-gzip"], ("gzip",))],
    ids=str,
)
def test_codings_are_read_whatever_their_case(values, codings):
    """Old servers write x-gzip, others identity."""
    assert codings_of(values) == codings


@pytest.mark.parametrize("codings", [("gzip",), ("deflate",), ("gzip", "deflate")], ids="+".join)
def test_a_body_that_is_not_what_its_header_says_is_refused(codings):
    """Reading a broken page as if it were whole would report items as gone."""
    with pytest.raises(StopError) as stop:
        unpack(codings, [b"<html>not packed at all</html>"])

    assert stop.value.transport is Transport.BAD_ENCODING


@pytest.mark.parametrize("kept", [0.05, 0.5, 0.99])
@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, deflate], ids=["gzip", "zlib", "bare"])
def test_a_packed_body_that_ends_early_is_truncated(pack, kept):
    """HTTP libraries give back the first half of a packed page as if it were the page."""
    packed = pack(bytes(range(256)) * 40)
    with pytest.raises(StopError) as stop:
        unpack(("gzip" if pack is gzip.compress else "deflate",), [packed[: int(len(packed) * kept)]])

    assert stop.value.transport is Transport.TRUNCATED


ZEROS = 60_000_000
BOMBS = [
    pytest.param(("gzip",), lambda: gzip.compress(bytes(ZEROS)), id="gzip"),
    pytest.param(("deflate",), lambda: zlib.compress(bytes(ZEROS)), id="deflate"),
    pytest.param(("deflate", "gzip"), lambda: gzip.compress(zlib.compress(bytes(ZEROS))), id="stacked"),
    pytest.param(("gzip",), lambda: gzip.compress(b"")[:20] * 100_000, id="many-empty-members"),
]


@pytest.mark.parametrize(("codings", "make"), BOMBS)
def test_a_bomb_is_stopped_at_the_limit_and_never_unpacked(codings, make):
    """60 KB on the wire must not become 60 MB of memory."""
    packed = make()
    tracemalloc.start()
    with pytest.raises(StopError) as stop:
        unpack(codings, [packed], max_bytes=2_500_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert stop.value.transport in (Transport.TOO_LARGE, Transport.BAD_ENCODING)
    assert peak < 4 * 2_500_000
