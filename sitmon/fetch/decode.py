"""Content codings undone, never beyond a cap: a bomb of 10 kB stops at the cap, not at its 10 GB. Pure."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import brotli
import zstandard

from sitmon.answer import Failed

_CODINGS = 3
"""Codings applied on top of each other: nobody honest uses two."""
_STEP = 65_536
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"

Decode = Callable[[bytes, int], bytes | None]
"""At most `cap` + 1 bytes, or None when the data is not so coded, or ends in the middle."""


def decoded(data: bytes, coding: str, cap: int) -> bytes | Failed:
    """The body as it was before its content codings, the last first; one that is not so coded stays as it is."""
    names = [name for part in coding.split(",") if (name := part.strip().lower()) not in ("", "identity", "none")]
    if len(names) > _CODINGS:
        return Failed("http", f"{len(names)} content codings")
    for name in reversed(names):
        decode = _DECODERS.get(name)
        if decode is None:
            return Failed("http", "a content coding that was not asked for")
        if data.lstrip()[:1] in (b"<", b"{"):  # says gzip, sends text: a proxy unpacked it and kept the header
            continue
        plain = decode(data, cap)
        if plain is None:
            return Failed("http", f"its {name} coding is damaged or cut off")
        data = plain
    if not names and data.startswith(_GZIP):  # a file feed.xml.gz
        data = _gzip(data, cap) or data
    return data if len(data) <= cap else too_large(cap)


def too_large(cap: int) -> Failed:
    return Failed("too_large", f"more than {cap // 1_048_576 or cap / 1_048_576:g} MiB")


def _gzip(data: bytes, cap: int) -> bytes | None:
    """gzip in one or several members; what follows the last is ignored, as gzip does."""
    plain = bytearray()
    while data.startswith(_GZIP) and len(plain) <= cap:
        decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
        part = _inflated(decoder, data, cap - len(plain))
        if part is None:
            return None
        plain += part
        data = decoder.unused_data
    return bytes(plain) or None


def _deflate(data: bytes, cap: int) -> bytes | None:
    """zlib as the standard says, or the raw stream that some servers send."""
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        plain = _inflated(zlib.decompressobj(bits), data, cap)
        if plain is not None:
            return plain
    return None


def _inflated(decoder: zlib._Decompress, data: bytes, cap: int) -> bytes | None:
    try:
        plain = decoder.decompress(data, cap + 1)
    except zlib.error:
        return None
    return plain if decoder.eof or len(plain) > cap else None


def _brotli(data: bytes, cap: int) -> bytes | None:
    decoder, plain = brotli.Decompressor(), bytearray()
    try:
        plain += decoder.process(data, output_buffer_limit=_STEP)
        while not decoder.is_finished() and len(plain) <= cap:
            more = decoder.process(b"", output_buffer_limit=_STEP)
            if not more:
                return None
            plain += more
    except brotli.error:
        return None
    return bytes(plain)


def _zstd(data: bytes, cap: int) -> bytes | None:
    """One frame or several. The window, which a frame may claim to need, is capped too."""
    if not data.startswith(_ZSTD):
        return None
    window = 1 << max(cap, 1_048_576).bit_length()
    reader = zstandard.ZstdDecompressor(max_window_size=window).stream_reader(io.BytesIO(data), read_across_frames=True)
    plain = bytearray()
    try:
        while len(plain) <= cap and (part := reader.read(_STEP)):
            plain += part
    except zstandard.ZstdError:
        return None
    return bytes(plain)


_DECODERS: dict[str, Decode] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
