"""What a reading process gives back, as bytes: the result, or why there is none.

The process that reads hostile bodies is the one that may be taken over, so its answers are not
trusted: unpickling them can make values of ``monitor.model`` and dates, and nothing else.
"""

import io
import pickle
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from monitor.errors import ExtractError
from monitor.model import DocumentRead, ItemsRead, ReadJob

Read = Callable[[ReadJob], ItemsRead | DocumentRead]
_DATES = {kind.__name__: kind for kind in (date, datetime, timedelta, timezone)}


@dataclass(frozen=True, slots=True)
class Answer:
    """Either ``result``, or ``refused`` in words; ``fault`` is the traceback of an error of ours."""

    result: ItemsRead | DocumentRead | None = None
    refused: str = ""
    permanent: bool = False
    fault: str = ""

    def unwrap(self, source_id: str) -> ItemsRead | DocumentRead:
        """Return the result.

        Raises:
            ExtractError: there is none.
        """
        if self.result is None:
            raise ExtractError(source_id, self.refused, permanent=self.permanent)
        return self.result


def answer(read: Read, job: ReadJob) -> Answer:
    """Read a body, whatever happens but for the lack of memory.

    Raises:
        MemoryError: the caller knows what the limit was.
    """
    try:
        return Answer(read(job))
    except ExtractError as error:
        message = str(error).removeprefix(f"{job.source.id}: ")
        return Answer(refused=message, permanent=error.permanent)
    except MemoryError:
        raise
    except Exception as error:  # one body among many: its reader's fault must not stop the others
        words = f"could not be read ({type(error).__name__}: {error}); report this with the stored body"
        return Answer(refused=words[:500], fault=traceback.format_exc(limit=-8))


def encode(given: Answer) -> bytes:
    """Return an answer as bytes."""
    return pickle.dumps((given.result, given.refused, given.permanent, given.fault), pickle.HIGHEST_PROTOCOL)


def decode(data: bytes) -> Answer:
    """Return an answer from bytes of a process that is not trusted.

    Raises:
        ValueError: they are not an answer.
    """
    try:
        result, refused, permanent, fault = _OnlyModel(io.BytesIO(data)).load()
    except Exception as error:  # bytes made to break an unpickler raise anything
        raise ValueError(f"not an answer: {type(error).__name__}") from error
    if not isinstance(result, ItemsRead | DocumentRead | None):
        raise ValueError("not an answer: wrong type")
    return Answer(result, str(refused), bool(permanent), str(fault))


class _OnlyModel(pickle.Unpickler):
    """Makes classes defined in monitor.model and dates; no functions, no attributes of attributes."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in _DATES:
            return _DATES[name]
        if module.startswith("monitor.model.") and name.isidentifier():
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of an answer")
