"""Ways in which a knowledge file goes wrong on a disk, by chance or by hand."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

Spoil = Callable[[bytes, random.Random], bytes | None]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) // 2)]


def _noise(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) // 2)
    return data[:at] + bytes(chance.randrange(128, 256) for _ in range(40)) + data[at:]


def _without_heading(data: bytes, _chance: random.Random) -> bytes:
    return data.replace(b"\n## ", b"\n#- ", 1)


def _without_a_field(data: bytes, _chance: random.Random) -> bytes:
    return data.replace(b"label:", b"lable:", 1)


def _wild_yaml(data: bytes, chance: random.Random) -> bytes:
    inserted = chance.choice((b"]: {", b"\t- a: b: c\n", b"\n- &x *x\n", b"%\n"))
    return data.replace(b"label:", inserted + b"label:", 1)


# What becomes of a file's bytes; None: the file is gone. Each is a fault to be told.
CORRUPTIONS: Mapping[str, Spoil] = {
    "empty": lambda _data, _chance: b"",
    "gone": lambda _data, _chance: None,
    "cut": _cut,
    "noise": _noise,
    "no heading": _without_heading,
    "no field": _without_a_field,
    "wild": _wild_yaml,
    "huge": lambda data, _chance: data * (1_000_000 // len(data) + 1),
    "deep": lambda data, _chance: data.replace(b"label:", b"x: " + b"[" * 60_000, 1),
}


def corrupt(
    root: Path, chance: random.Random, ways: Mapping[str, Spoil]
) -> tuple[str, Callable[[], None]]:
    """Spoil one entry file in some way; return the entry's id and what mends it."""
    path = chance.choice(sorted(root.glob("*/*.md")))
    good = path.read_bytes()
    spoilt = ways[chance.choice(sorted(ways))](good, chance)
    if spoilt is None:
        path.unlink()
    else:
        path.write_bytes(spoilt)

    def mend() -> None:
        path.write_bytes(good)

    return path.name.split(".")[0], mend
