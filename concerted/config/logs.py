"""Log lines without anybody's text: where an error happened and of what kind, not its words."""

import logging
import traceback
from types import TracebackType


class LineFormatter(logging.Formatter):
    """Time, level, logger and message; of an exception its class and places, never its message.

    The message of a database error quotes the row it was about.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        places = [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        return "\n".join([*places, kind.__name__ if kind else "no exception"])
