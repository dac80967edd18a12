"""What a process gives up before it touches a hostile file. Nothing of it can be taken back."""

import contextlib
import ctypes
import os
import resource
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

MEMORY = 1024 * 1024 * 1024  # bytes of address space
CPU = 60  # seconds
_NOBODY = 65534
_NEW_USER, _NEW_NETWORK, _NEW_IPC, _NEW_PIDS = 0x10000000, 0x40000000, 0x08000000, 0x20000000
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_PATH_BENEATH = 1  # Landlock’s name of a rule about a folder
_READ, _READ_FILE, _USE_DEVICE = 0xD, 0x5, 0x6  # run and read what is in a folder; a file; a device
_SOCKETS = 0x220  # make a socket and take it away
_SET_DEATH_SIGNAL, _SET_DUMPABLE, _SET_SUBREAPER, _SET_NO_NEW_PRIVILEGES = 1, 4, 36, 38
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


def enclose(folder: str, readable: Sequence[str], *, memory: int, file_size: int) -> None:
    """Shut a process in that must start a large program: one folder to write to, and no network.

    It and all it starts may read what is under `readable` and make sockets in /tmp, without which
    LibreOffice does not start, and nothing else, as far as the kernel has Landlock; use `memory`
    bytes of address space each; write files of up to `file_size`. What is orphaned becomes its
    child; where namespaces are allowed, all of it ends with its first child.
    """
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_NPROC, 512),
    ):
        _lower(what, most)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU + 5))
    if os.geteuid() == 0:
        for path, folders, files in os.walk(folder):
            for name in ("", *folders, *files):
                os.chown(os.path.join(path, name), _NOBODY, _NOBODY)
        _become_nobody()
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    library.prctl(_SET_SUBREAPER, 1, 0, 0, 0)
    library.unshare(_NEW_USER | _NEW_NETWORK | _NEW_IPC | _NEW_PIDS)  # may be refused
    _fence(library, folder, readable)


def die_with_parent() -> None:
    """Be killed when the process that started this one ends; for a child before its program."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


class _Ruleset(ctypes.Structure):
    """Linux’s struct landlock_ruleset_attr."""

    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    """Linux’s struct landlock_path_beneath_attr."""

    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def landlock_version() -> int:
    """The version of Landlock this kernel offers; 0 for none."""
    if sys.platform != "linux":
        return 0
    library = ctypes.CDLL(None, use_errno=True)
    version: int = library.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    return max(0, version)


def _lock_the_land(library: ctypes.CDLL) -> None:
    """No path can be opened, no port reached, no stranger signalled: rules without exceptions."""
    rules = _rules(library, 0x1FFF)
    if rules >= 0:
        library.syscall(_RESTRICT_SELF, rules, ctypes.c_uint32(0))
        os.close(rules)


def _fence(library: ctypes.CDLL, folder: str, readable: Sequence[str]) -> None:
    """Paths outside the folder cannot be opened, except for reading those named."""
    version = landlock_version()
    # Moving between folders and cutting files short have rights of their own in later kernels.
    everything = 0x7FFF if version >= 3 else 0x3FFF if version >= 2 else 0x1FFF
    rules = _rules(library, everything)
    if rules < 0:
        return
    granted = [(folder, everything), ("/tmp", _SOCKETS), *((path, _READ) for path in readable)]  # noqa: S108
    for path, allowed in granted:
        with contextlib.suppress(OSError):  # not every system has every path
            parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
            if not os.path.isdir(path):
                allowed = _USE_DEVICE if path.startswith("/dev/") else _READ_FILE
            beneath = _Beneath(allowed, parent)
            library.syscall(
                _ADD_RULE, rules, _PATH_BENEATH, ctypes.byref(beneath), ctypes.c_uint32(0)
            )
            os.close(parent)
    library.syscall(_RESTRICT_SELF, rules, ctypes.c_uint32(0))
    os.close(rules)


def _rules(library: ctypes.CDLL, files: int) -> int:
    """A set of rules that allows nothing of what it handles; -1 where the kernel has none."""
    version = landlock_version()
    if version == 0:
        return -1
    # Older kernels take a shorter struct, without the parts they do not know.
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    everything = _Ruleset(files=files, network=0x3, scoped=0x3)
    made: int = library.syscall(
        _CREATE_RULESET, ctypes.byref(everything), ctypes.c_size_t(size), ctypes.c_uint32(0)
    )
    return made


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
