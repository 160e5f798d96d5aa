"""Messages between screen and desk as bytes: each is a pickle behind its length in four bytes, big end first.

Both ends are sitmon on one machine, parent and child: nobody else can write to the pipe, which is what makes pickle
safe here.
"""

from __future__ import annotations

import pickle
from typing import BinaryIO


def frame(message: object) -> bytes:
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return len(body).to_bytes(4, "big") + body


def read(pipe: BinaryIO) -> object | None:
    """The next message, None when the other end is gone. Blocks."""
    head = pipe.read(4)
    if len(head) < 4:
        return None
    size = int.from_bytes(head, "big")
    body = pipe.read(size)
    return pickle.loads(body) if len(body) == size else None
