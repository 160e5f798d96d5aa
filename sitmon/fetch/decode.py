"""Content codings undone, never beyond a cap: a bomb of 10 kB stops at the cap, not at its 10 GB. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli
import zstandard

from sitmon.answer import Failed

_CODINGS = 3
"""Codings applied on top of each other: nobody honest uses two."""
_STEP = 65_536
_MEMBERS = 500
"""Members of a gzip file, frames of a zstd one: blocks of 64 KiB make 160 of 10 MiB, and each more is copied anew."""
_SIP = 128
"""Bytes given to zstd at a time: four of them can become 128 KiB (RFC 8878 section 3.1.1.2.2)."""
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
    if data.startswith(_GZIP):  # a file feed.xml.gz, or one that was packed twice
        data = _gzip(data, cap) or data
    return data if len(data) <= cap else too_large(cap)


def too_large(cap: int) -> Failed:
    return Failed("too_large", f"more than {cap // 1_048_576 or cap / 1_048_576:g} MiB")


def _gzip(data: bytes, cap: int) -> bytes | None:
    """gzip in one or several members; what follows the last is ignored, as gzip does."""
    plain = bytearray()
    for _ in range(_MEMBERS):
        decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
        part = _inflated(decoder, data, cap - len(plain))
        if part is None:
            return None
        plain += part
        data = decoder.unused_data
        if not data.startswith(_GZIP) or len(plain) > cap:
            return bytes(plain) or None
    return None


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
    decompressor = zstandard.ZstdDecompressor(max_window_size=1 << max(cap, 1_048_576).bit_length())
    plain = bytearray()
    for _ in range(_MEMBERS):
        decoder, at = decompressor.decompressobj(), 0
        try:
            while at < len(data) and not decoder.eof and len(plain) <= cap:
                plain += decoder.decompress(data[at : at + _SIP])
                at += _SIP
        except zstandard.ZstdError:
            return None
        if not decoder.eof and len(plain) <= cap:
            return None
        data = decoder.unused_data + data[at:]
        if not data.startswith(_ZSTD) or len(plain) > cap:
            return bytes(plain) or None
    return None


_DECODERS: dict[str, Decode] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
