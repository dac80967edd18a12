"""Files read and opened in this process: what a child would say, without starting one.

Children, and what hostile files do to them, have tests of their own in concerted/reading; starting
one takes ten times as long as most of these files.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from concerted.imports import tasks
from concerted.reading import child, readers, sandbox
from concerted.reading.files import NotReadable


@contextmanager
def here() -> Iterator[None]:
    """What is handed over meanwhile is read and opened in this process."""
    with mock.patch.multiple(tasks, read_each=read_each, open_container=open_container):
        yield


def read_each(files, *, cancelled):
    for given in files:
        if cancelled():
            yield given.of, NotReadable(sandbox.CANCELLED)
            return
        yield given.of, _outcome(given, cancelled)


def _outcome(given, cancelled):
    try:
        file = readers._prepared(given, cancelled)
        said = child.answer(file.data, sandbox.as_argument(file.name), file.changes)
        reading, notes = sandbox.believed(json.dumps(said).encode("ascii"))
    except NotReadable as refusal:
        return refusal
    return reading, sandbox.notes_of_converted(notes) if file.converted else notes


def open_container(data, name, *, cancelled):
    sandbox.refuse_size(len(data), sandbox.MAX_CONTAINER)
    lines = child.members(data, sandbox.as_argument(name))
    said = [json.dumps(line).encode("ascii") + b"\n" for line in lines]
    return sandbox._believed_members(b"".join(said))
