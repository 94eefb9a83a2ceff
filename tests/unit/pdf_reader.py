"""Reads the words of a PDF that the office saves, as a person would."""

from __future__ import annotations

import re
import zlib

ESCAPED = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3})")
CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def streams_of(pdf: bytes) -> list[bytes]:
    """Return the unpacked streams of a PDF."""
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    streams = []
    for stream in found:
        try:
            streams.append(zlib.decompress(stream))
        except zlib.error:
            streams.append(stream)
    return streams


def text_of(pdf: bytes) -> str:
    """Return the words on the pages, by the PDF's own table from glyphs to letters.

    The two fonts of the file have a table each; a page names the one it writes with.
    """
    streams = streams_of(pdf)
    tables = [table_of(s) for s in streams if b"begincmap" in s]
    words = ""
    for page in (s for s in streams if b" Tj" in s):
        table: dict[int, str] = {}
        for part in re.finditer(
            rb"/F(?P<font>\d+) [\d.]+ Tf|\((?P<shown>(?:[^()\\]|\\.)*)\) Tj",
            page,
            re.DOTALL,
        ):
            if part["font"]:
                table = tables[int(part["font"]) - 1]
                continue
            raw = ESCAPED.sub(lambda m: CONTROLS.get(m[1], m[1]), part["shown"])
            glyphs = [
                int.from_bytes(raw[n : n + 2], "big") for n in range(0, len(raw), 2)
            ]
            words += "".join(table[glyph] for glyph in glyphs) + "\n"
    return words


def table_of(stream: bytes) -> dict[int, str]:
    """Return which letter each glyph of a font is."""
    table = {}
    for glyph, letter in re.findall(rb"<([0-9A-F]+)> <([0-9A-F]+)>\n", stream):
        table[int(glyph, 16)] = bytes.fromhex(letter.decode()).decode("utf-16-be")
    return table
