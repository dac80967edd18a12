"""What a process gives up before it touches a hostile file. Nothing of it can be taken back."""

import contextlib
import ctypes
import os
import resource
import signal
import sys
from typing import NoReturn

MEMORY = 1024 * 1024 * 1024  # bytes of address space
CPU = 60  # seconds
_NOBODY = 65534
_NEW_USER, _NEW_NETWORK, _NEW_IPC = 0x10000000, 0x40000000, 0x08000000
_CREATE_RULESET, _RESTRICT_SELF = 444, 446  # the same numbers on every architecture
_SET_DEATH_SIGNAL, _SET_DUMPABLE, _SET_NO_NEW_PRIVILEGES = 1, 4, 38
_PIPES = 3
_ROOM = 8  # descriptors: the three, and for a moment two passed on, with space to open none
# Whatever reaches outside the process; what only moves memory may go on.
_REFUSED = (
    "open",
    "socket.",
    "os.",
    "subprocess.",
    "pty.",
    "shutil.",
    "tempfile.",
    "ctypes.",
    "fcntl.",
    "mmap.",
    "signal.",
    "sqlite3.",
    "urllib.",
    "ftplib.",
    "http.",
    "smtplib.",
)


def limit() -> None:
    """Limits on memory, processor time and core files; call before anything is imported."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        _lower(what, most)
    # First a signal the parent can tell from other ends, then the certain one.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU + 5))


def withdraw() -> None:
    """Everything that a process can give up which is still to fork; call with modules loaded.

    A network of its own with nothing in it where user namespaces are allowed. Landlock, where the
    kernel has it, hides every file and every process outside. Root becomes nobody.
    """
    if os.geteuid() == 0:
        _become_nobody()
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "linux":
        library.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        library.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
        library.unshare(_NEW_USER | _NEW_NETWORK | _NEW_IPC)  # may be refused; the rest holds
        _lock_the_land(library)
        # Last, for a change of user forgets it: whoever began this process takes it along.
        library.prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    _lower(resource.RLIMIT_NOFILE, _ROOM)


def close_doors() -> None:
    """No new file, socket or process from here on; call when all modules are loaded.

    Besides what `withdraw` gives up, the kernel keeps two doors shut: no descriptor beyond the
    three pipes (so no file can be opened and no socket made), and no further process or thread.
    Called in a fork, it also leaves its parent behind: namespaces and a Landlock domain of its
    own. An audit hook answers before them all, so that a mistake in our own code shows as an
    error.
    """
    withdraw()
    _lower(resource.RLIMIT_NPROC, 0)
    _lower(resource.RLIMIT_NOFILE, _PIPES)
    sys.addaudithook(_refuse)


class _Ruleset(ctypes.Structure):
    """Linux’s struct landlock_ruleset_attr."""

    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


def landlock_version() -> int:
    """The version of Landlock this kernel offers; 0 for none."""
    if sys.platform != "linux":
        return 0
    library = ctypes.CDLL(None, use_errno=True)
    version: int = library.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    return max(0, version)


def _lock_the_land(library: ctypes.CDLL) -> None:
    """No path can be opened, no port reached, no stranger signalled: rules without exceptions."""
    version = landlock_version()
    if version == 0:
        return
    # Older kernels take a shorter struct, without the parts they do not know.
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    everything = _Ruleset(files=0x1FFF, network=0x3, scoped=0x3)
    rules = library.syscall(
        _CREATE_RULESET, ctypes.byref(everything), ctypes.c_size_t(size), ctypes.c_uint32(0)
    )
    if rules >= 0:
        library.syscall(_RESTRICT_SELF, rules, ctypes.c_uint32(0))
        os.close(rules)


def _become_nobody() -> None:
    """Root may do what limits forbid; where it cannot step down, it has lost its powers before."""
    with contextlib.suppress(PermissionError):
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)


def _lower(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    # macOS has no limit of address space; the others and the clock of the parent hold there.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (most, most))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(f"{event} is not allowed here")


def leave(status: int) -> NoReturn:
    """End at once, without the interpreter's farewell, which would open files."""
    os._exit(status)
