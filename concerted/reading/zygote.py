"""The process that readers are forked from: everything loaded, nothing read.

Loading the reader takes a hundred times as long as most files. So this process loads it once and
forks for each file a child that reads that file alone and ends; it takes the next order when the
child before is dead. It never holds a byte of a file: orders carry a name and two pipes, which
only the child reads and writes. Linux and macOS alone have what it needs.

On its standard input is a socket of whole messages. In: which text of a Word file is wanted, a
zero and a name, with two descriptors (the file's bytes, the answer). Out: `began <pid>`, then
`ended <status>` as Python's waitstatus. A child is not reaped before the next order comes, so that
its number stands for no other process meanwhile.
"""

import gc
import os
import socket

from concerted.reading import child, confinement
from concerted.reading.files.changes import Changes

LONGEST_ORDER = 2048  # bytes
MANY = 65_536  # descriptors


def main() -> None:
    """Serve orders until the other end is closed."""
    confinement.limit()
    child.rehearse()
    confinement.withdraw()
    gc.freeze()
    orders = socket.socket(fileno=0)
    while True:
        said, pipes, _, _ = socket.recv_fds(orders, LONGEST_ORDER, 2)
        _reap()
        if not said or len(pipes) != 2:
            confinement.leave(0)
        pid = os.fork()
        if pid == 0:
            changes, _, name = said.decode().partition("\0")
            _become_reader(name, "original" if changes == "original" else "accepted", *pipes)
        for pipe in pipes:
            os.close(pipe)
        orders.send(b"began %d" % pid)
        ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        status = 0 if ended is None else ended.si_status
        killed = ended is not None and ended.si_code != os.CLD_EXITED
        orders.send(b"ended %d" % (-status if killed else status))


def _reap() -> None:
    try:
        os.waitpid(-1, 0)
    except ChildProcessError:
        return  # the first order


def _become_reader(name: str, changes: Changes, data: int, answer: int) -> None:
    """From here on the process is the file's own: the socket is gone, the pipes take its place."""
    os.setsid()
    os.dup2(data, 0)
    os.dup2(answer, 1)
    os.closerange(3, MANY)
    child.read_one(name, changes)


if __name__ == "__main__":
    main()
