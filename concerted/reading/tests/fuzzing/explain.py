"""What a reader that ended without an answer met: the file read again, by a process that tells.

`python -m concerted.reading.tests.fuzzing.explain NAME [original|members]`, the file on standard
input, under the limits of the reader's own child. Prints one line: the exception and where it rose.
"""

import os
import sys
import traceback
from pathlib import Path
from types import TracebackType

from concerted.reading import child, confinement

READING = Path(child.__file__).parent
TESTS = Path(__file__).parents[1]


def kind_of(error: BaseException) -> str:
    """An exception by its class, its innermost place, and the last place of the reader's own."""
    frames = _frames(error.__traceback__)
    own = [place for place, path in frames if _is_ours(path)]
    where = [frames[-1][0], *own[-1:]] if frames else []
    return " in ".join([type(error).__name__, *dict.fromkeys(where)])


def is_our_own(error: BaseException) -> bool:
    """Whether it rose in a line of the reader, not in a library that met damage."""
    frames = _frames(error.__traceback__)
    return bool(frames) and _is_ours(frames[-1][1]) and type(error).__module__ == "builtins"


def _is_ours(path: Path) -> bool:
    return READING in path.parents and TESTS not in path.parents


def _frames(trace: TracebackType | None) -> list[tuple[str, Path]]:
    return [
        (f"{Path(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}",
         Path(frame.f_code.co_filename))
        for frame, line in traceback.walk_tb(trace)
    ]  # fmt: skip


def main() -> None:
    name, wanted = sys.argv[1], sys.argv[2:]
    said = os.dup(2)
    confinement.limit()
    child.rehearse()
    confinement.close_doors()
    data = sys.stdin.buffer.read()
    try:
        if wanted == ["members"]:
            list(child.members(data, name))
        else:
            child.answer(data, name, "original" if wanted == ["original"] else "accepted")
    except BaseException as error:
        os.write(said, kind_of(error).encode("utf-8", "replace"))
        confinement.leave(1)
    os.write(said, b"an answer, this time")
    confinement.leave(0)


if __name__ == "__main__":
    main()
