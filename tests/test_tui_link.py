"""The pipe to a desk that is a process of its own."""

from __future__ import annotations

import asyncio
import sys
import textwrap

import pytest

from sitmon.picture import AskPage, Leave, Page
from sitmon.tui.link import LinkLost, to_desk

ECHO = """
    import pickle, sys
    while True:
        size = sys.stdin.buffer.read(4)
        if not size:
            break
        message = pickle.loads(sys.stdin.buffer.read(int.from_bytes(size, "big")))
        if type(message).__name__ == "Leave":
            break
        from sitmon.picture import Page
        body = pickle.dumps(Page(message.query * 100_000, 7, message.offset, ()))
        sys.stdout.buffer.write(len(body).to_bytes(4, "big") + body)
        sys.stdout.buffer.flush()
"""


def desk(code: str) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(code)]


def test_messages_go_whole_and_in_order() -> None:
    async def scene() -> None:
        link = await to_desk(desk(ECHO))()
        for offset in range(3):
            await link.send(AskPage("x", offset))
        answers = [await link.receive() for _ in range(3)]
        assert answers == [Page("x" * 100_000, 7, offset, ()) for offset in range(3)]
        await link.send(Leave())
        await link.close()

    asyncio.run(scene())


def test_a_desk_that_dies_leaves_its_last_words() -> None:
    async def scene() -> None:
        link = await to_desk(
            desk("import sys; print('noise', file=sys.stderr); sys.exit('journal is locked by seat 2')")
        )()
        with pytest.raises(LinkLost, match=r"code 1\): journal is locked by seat 2"):
            await link.receive()
        await link.close()

    asyncio.run(scene())


def test_a_desk_that_talks_to_stderr_without_end_blocks_nobody() -> None:
    code = "import sys; sys.stderr.write('x' * 1_000_000)" + textwrap.dedent(ECHO)

    async def scene() -> None:
        link = await to_desk([sys.executable, "-c", code])()
        await link.send(AskPage("y", 0))
        assert isinstance(await link.receive(), Page)
        await link.send(Leave())
        await link.close()

    asyncio.run(scene())


def test_a_desk_that_cannot_be_started_is_an_error_to_show() -> None:
    async def scene() -> None:
        with pytest.raises(OSError, match="no-such-program"):
            await to_desk(["/no-such-program"])()

    asyncio.run(scene())


def test_a_desk_that_stays_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitmon.tui.link.PATIENCE", 0.3)

    async def scene() -> None:
        link = await to_desk(desk("import time; time.sleep(60)"))()
        await asyncio.wait_for(link.close(), 5)

    asyncio.run(scene())
