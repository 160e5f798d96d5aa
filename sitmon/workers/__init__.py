"""A pool of worker processes that foreign data cannot hurt: a deadline and a memory limit for every job.

A job that takes too long is killed, one that needs too much memory ends its worker, and either costs that job alone:
it comes back as `Failed`, and the next job gets a new worker. What workers load is loaded once and shared by forking
where the platform can (Linux), else once in each.
"""

from __future__ import annotations

import asyncio
import base64
import ctypes
import gc
import multiprocessing
import os
import pickle
import select
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Any, Generic, TypeVar

from sitmon.answer import Failed

J = TypeVar("J")
R = TypeVar("R")

Load = Callable[[], Callable[[J], R]]
"""Makes what does the jobs. Runs in the worker, or before it is forked; must be picklable, and not of `__main__`."""

NURSERY = "SITMON_NURSERY"
"""Environment variable in which `sitmon.workers.nursery` finds the pickled loader."""

_OUT_OF_MEMORY = 17
"""Exit code of a worker that hit its limit: its heap is in no state to go on."""
_JOBS = 1000
"""Jobs after which a worker is replaced, so that what allocators keep for themselves never adds up."""
_START = 120.0
"""Seconds in which a worker must have loaded what it needs: a laptop under load takes ten."""
_ENVIRONMENT_LIMIT = 100_000
"""Linux takes 128 KiB for one variable; a longer loader is loaded in each worker."""
_NICER = 3
"""Niceness of workers beyond the collector's, which halves their weight, so that on two processors it has one to
itself: in a first poll it folds and stores as long as they read, and with even shares they were done first and it went
on alone for the last quarter."""
_SWITCH = 0.001
"""Seconds after which a thread that hands out jobs gets its turn while the collector folds or stores: Python's own 5 ms
would leave a worker idle for as long as it takes to read a feed."""


class Pool(Generic[J, R]):
    """`size` workers. `deadline` in seconds and `memory` in bytes (beyond what is loaded) hold for every job."""

    def __init__(
        self, load: Load[J, R], *, size: int = 0, deadline: float = 20.0, memory: int = 256 * 1_048_576
    ) -> None:
        self.size = size or min(max(os.cpu_count() or 1, 1), 4)
        frugal()
        context = _context(load)
        sys.setswitchinterval(min(sys.getswitchinterval(), _SWITCH))
        self._threads = ThreadPoolExecutor(2 * self.size, thread_name_prefix="worker")
        self._workers = [_Worker(context, pickle.dumps(load), deadline, memory) for _ in range(self.size)]
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)

    async def warm(self) -> None:
        """Starts the workers, so that the first job need not wait for it."""
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(self._threads, worker.warm) for worker in self._workers))

    async def run(self, job: J) -> R | Failed:
        """The job's result, or Failed(kind worker | internal)."""
        # Threads hand out the jobs, not the event loop: while that one stores something, workers are kept busy.
        found: R | Failed = await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, job)
        return found

    def _ask(self, job: J) -> R | Failed:
        asked = pickled(job)
        worker = self._idle.get()  # there are more threads than workers: the next job waits here, ready to go
        try:
            reply = worker.ask(asked)
        finally:
            self._idle.put(worker)
        found: R | Failed = pickle.loads(reply) if isinstance(reply, bytes) else reply
        return found

    def close(self) -> None:
        """Ends the workers, whatever they are doing."""
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown(wait=False, cancel_futures=True)


class _Worker:
    """One process, seen from ours. Used by one thread at a time."""

    def __init__(self, context: Any, load: bytes, deadline: float, memory: int) -> None:
        self._context, self._load, self._deadline, self._memory = context, load, deadline, memory
        self._process: Any = None
        self._pipe: Connection | None = None
        self._answers: Callable[[float], bool]
        """Waits so many seconds for the pipe; False when nothing came."""
        self._jobs = 0

    def warm(self) -> None:
        """Starts it; one that cannot start says so at its first job."""
        with suppress(EOFError, OSError):
            self.start()

    def start(self) -> Connection:
        if self._pipe is not None:
            return self._pipe
        self.stop()
        ours, theirs = self._context.Pipe()
        self._process = self._context.Process(target=serve, args=(theirs, self._load, self._memory), daemon=True)
        with _without_main():
            self._process.start()
        theirs.close()
        if not ours.poll(_START):
            self.stop()
            raise EOFError  # as when it dies
        ours.recv_bytes()
        self._pipe, self._answers, self._jobs = ours, _waiting(ours), 0
        return self._pipe

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def ask(self, job: bytes) -> bytes | Failed:
        """The reply to a pickled job, pickled. Blocks until the job is done, dead or overdue."""
        try:
            pipe = self.start()
            pipe.send_bytes(job)
            if not self._answers(self._deadline):
                self.stop()
                return Failed("worker", f"reading it took more than {self._deadline:g} s")
            reply = pipe.recv_bytes()
        except (EOFError, OSError):
            return self._died()
        self._jobs += 1
        if self._jobs >= _JOBS:
            self.stop()
        return reply

    def _died(self) -> Failed:
        code = None
        if self._process is not None:
            self._process.join(1)
            code = self._process.exitcode
        self.stop()
        if code == _OUT_OF_MEMORY:
            return Failed("worker", f"reading it needs more than {self._memory // 1_048_576} MiB")
        return Failed("worker", "reading it ended its worker process")


def _waiting(pipe: Connection) -> Callable[[float], bool]:
    """`pipe.poll` without the selector that it makes at each call, where the platform can: 50 of 200 µs a job."""
    if not hasattr(select, "poll"):
        return pipe.poll
    poll = select.poll()
    poll.register(pipe.fileno(), select.POLLIN)
    return lambda seconds: bool(poll.poll(seconds * 1000))


# ---------------------------------------------------------------- in the worker


def serve(pipe: Connection, load: bytes, memory: int) -> None:
    """A worker's life: jobs in, results out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to the whole group; our parent ends us
    with suppress(AttributeError, OSError):
        os.nice(_NICER)
    do = loaded(load)
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # parse trees are many objects and no cycles
    limit_memory(memory)
    pipe.send_bytes(b"ready")  # from here on the deadlines of jobs hold
    while True:
        try:
            job = pickle.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        try:
            reply = pickled(_done(do, job))
            del job
        except MemoryError:
            os._exit(_OUT_OF_MEMORY)
        pipe.send_bytes(reply)


def _done(do: Callable[[Any], Any], job: object) -> object:
    """The job's result. The one boundary that catches everything: what one feed breaks must not end the others."""
    try:
        return do(job)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001
        return Failed("internal", f"reading it failed: {type(error).__name__}")


@lru_cache(maxsize=1)
def loaded(load: bytes) -> Callable[[Any], Any]:
    """What the loader makes; in a forked worker it is there already."""
    make: Load[Any, Any] = pickle.loads(load)
    return make()


def limit_memory(more: int) -> None:
    """This process may take `more` bytes beyond what it has. Nothing happens on platforms that know no such limit."""
    if sys.platform != "linux":
        return
    import resource

    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    has = next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmData:")), 0)
    resource.setrlimit(resource.RLIMIT_DATA, (has + more, has + more))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
"""mallopt(3)."""
_LARGE = 1_048_576
"""Bytes of a block that goes back to the system at once when it is freed. glibc raises its own limit to 32 MiB as it
sees larger blocks go, and kept 140 MiB of bodies that were long read."""


def frugal() -> None:
    """Have this process, and those forked from it, keep no large memory that is freed. Other C libraries never do."""
    if sys.platform != "linux":
        return
    with suppress(AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_MMAP_THRESHOLD, _LARGE)
        mallopt(_ARENA_MAX, 2)


# ---------------------------------------------------------------- between the two


def pickled(noun: object) -> bytes:
    return pickle.dumps(noun, pickle.HIGHEST_PROTOCOL)


_STARTING = Lock()


@contextmanager
def _without_main() -> Iterator[None]:
    """A process started meanwhile does not import the program that started us: 0.3 s and 15 MiB in every worker."""
    main = sys.modules["__main__"]
    with _STARTING:
        spec, file = getattr(main, "__spec__", None), main.__dict__.pop("__file__", None)
        main.__spec__ = None
        try:
            yield
        finally:
            main.__spec__ = spec
            if file is not None:
                main.__file__ = file


def _context(load: Load[Any, Any]) -> Any:
    """Fork server on Linux, with what `load` makes already in it; spawn elsewhere (macOS forks badly, Windows not)."""
    nurse(load)
    return multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")


def nurse(load: Load[Any, Any]) -> None:
    """Start the process that workers are forked from, and have it load: whoever asks early has workers early.

    Nothing happens where one runs already, or where nothing is forked; a worker that needs something else makes it.
    """
    if sys.platform != "linux":
        return
    coded = base64.b64encode(pickle.dumps(load)).decode()
    if len(coded) < _ENVIRONMENT_LIMIT:
        os.environ[NURSERY] = coded
    multiprocessing.get_context("forkserver").set_forkserver_preload(["sitmon.workers.nursery"])
    try:
        from multiprocessing import forkserver

        forkserver.ensure_running()
    finally:
        os.environ.pop(NURSERY, None)
