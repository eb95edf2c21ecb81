"""Who does the work: processes of this machine, or a cluster. Everything else knows only `concurrent.futures`."""

import multiprocessing
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

from harness.errors import UsageError


@contextmanager
def local(jobs: int) -> Iterator[Executor]:
    """So many processes, each with workers of its own. On an interruption what is not begun is dropped."""
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_ignore_interrupts)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def on_cluster(address: str) -> Iterator[Executor]:
    """The workers of a dask scheduler. What a lost worker had is done again by another one.

    Raises `UsageError` without dask, or where no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("--cluster needs dask; pip install 'crossgrad[cluster]'") from None
    try:
        client = Client(address, timeout="5s")
    except OSError as error:
        raise UsageError(f"no scheduler answers at {address}: {error}") from None
    with client:
        yield client.get_executor(pure=False)


def _ignore_interrupts() -> None:
    """An interrupt from the keyboard is for the process that handed out the work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
