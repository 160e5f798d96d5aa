"""Workers do jobs; what a job breaks costs that job alone."""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sitmon.answer import Failed
from sitmon.config import Config
from sitmon.headless.nursing import tagger
from sitmon.workers import Pool, pickled
from sitmon.workers.reading import Reader
from tests.factories import NOW, item

MIB = 1_048_576


def _load() -> Callable[[str], str]:
    return _do


def _do(job: str) -> str:
    match job:
        case "hang":
            time.sleep(60)
        case "die":
            os._exit(3)
        case "raise":
            raise RuntimeError("hunter2")
        case "eat":
            return str(len(bytearray(2048 * MIB)))
        case "pid":
            return str(os.getpid())
        case "nice":
            return str(os.nice(0))
    return job.upper()


def results(*jobs: str, size: int = 1, deadline: float = 30.0) -> list[str | Failed]:
    async def run() -> list[str | Failed]:
        pool: Pool[str, str] = Pool(_load, size=size, deadline=deadline, memory=64 * MIB)
        try:
            return [await pool.run(job) for job in jobs]
        finally:
            pool.close()

    return asyncio.run(run())


def test_a_job_comes_back_done() -> None:
    assert results("a", "b") == ["A", "B"]


def test_a_worker_serves_many_jobs() -> None:
    first, second = results("pid", "pid")
    assert first == second != str(os.getpid())


@pytest.mark.skipif(not hasattr(os, "nice"), reason="Windows knows no niceness")
def test_the_collector_goes_before_its_workers() -> None:
    (niceness,) = results("nice")
    assert isinstance(niceness, str) and int(niceness) > os.nice(0)


@pytest.mark.parametrize(("job", "kind"), [("die", "worker"), ("raise", "internal")])
def test_a_job_that_ends_its_worker_costs_itself_alone(job: str, kind: str) -> None:
    lost, after = results(job, "next")
    assert isinstance(lost, Failed)
    assert (lost.kind, after) == (kind, "NEXT")


def test_a_job_that_hangs_is_killed_at_the_deadline() -> None:
    lost, after = results("hang", "next", deadline=2.0)
    assert isinstance(lost, Failed)
    assert ("more than 2 s" in lost.message, after) == (True, "NEXT")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process reliably")
def test_a_job_that_needs_too_much_memory_is_stopped() -> None:
    lost, after = results("eat", "next")
    assert isinstance(lost, Failed)
    assert ("64 MiB" in lost.message, after) == (True, "NEXT")


def test_what_an_exception_says_stays_in_the_worker() -> None:
    assert "hunter2" not in repr(results("raise"))


def test_nouns_come_back_equal_from_the_compact_pickle() -> None:
    noun = (item(regions=("ML.Kidal",), actors=("jnim",)), Failed("worker", "x"), NOW, {"a": 1})
    assert pickle.loads(pickled(noun)) == noun


def test_workers_of_a_configuration_without_names_of_its_own_find_their_words_loaded() -> None:
    config = Config(Path("feeds.yaml"))
    assert pickle.dumps(Reader(tagger(config.places, config.actors))) == pickle.dumps(Reader(tagger()))
