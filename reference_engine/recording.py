"""Whether ops on variables record how their results were made."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_RECORDING: ContextVar[bool] = ContextVar("recording", default=True)

is_recording = _RECORDING.get  # read for every op: the built-in method, without a function around it


@contextmanager
def recording() -> Iterator[None]:
    """Ops inside the block record, as they do where nothing else was said."""
    yield from _set(True)


@contextmanager
def not_recording() -> Iterator[None]:
    """Ops inside the block do not record: their results are constants."""
    yield from _set(False)


def _set(value: bool) -> Iterator[None]:
    token = _RECORDING.set(value)
    try:
        yield
    finally:
        _RECORDING.reset(token)
