"""The child of `confined`: loads one function, shuts the doors, and answers documents until its input ends.

Doors that are shut: a limit of address space, of processor time for each document, of written files (none) and of
core dumps; a network namespace of its own where the system lets us have one; and a hook of Python that refuses
sockets, processes, and opening anything for writing. The hook is no wall against native code that was taken over: the
limits and the namespace are what is left then.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import resource
import sys
from typing import Any, BinaryIO, Final

from longarm.engine.confined import ANSWER, HEAD
from longarm.errors import Refused

_NEW_USER_AND_NETWORK: Final = 0x10000000 | 0x40000000
_SHUT: Final = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.posix_spawn",
    "os.system",
    "os.fork",
    "pty.",
    "ftplib.",
    "urllib.",
)
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGING: Final = (
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.chmod",
    "os.truncate",
)


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if event.startswith(_SHUT) or event in _CHANGING:
        raise PermissionError(f"{event} is shut off here")
    if event == "open" and isinstance(args[2], int) and args[2] & _WRITING and args[0] != "/dev/null":
        raise PermissionError("writing is shut off here")


def _shut(bounds: dict[str, Any]) -> None:
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).unshare(_NEW_USER_AND_NETWORK)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (bounds["memory"], bounds["memory"]))
    sys.addaudithook(_hook)


def _allow_processor(seconds: float) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + seconds + 2)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _answer(out: BinaryIO, told: int, data: bytes) -> None:
    out.write(ANSWER.pack(told, len(data)))
    out.write(data)
    out.flush()


def main() -> None:
    """Serve documents from standard input to standard output."""
    target, bounds, folder = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3]
    if folder:
        sys.path.append(folder)
    # The answers keep the output to themselves: a library that prints must not write among them.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    module, _, name = target.partition(":")
    loaded = importlib.import_module(module)
    getattr(loaded, "warm", lambda: None)()
    function = getattr(loaded, name)
    _shut(bounds)
    _answer(out, 0, b"")
    read = sys.stdin.buffer.read
    while len(head := read(HEAD.size)) == HEAD.size:
        sizes = HEAD.unpack(head)
        options, document = json.loads(read(sizes[0])), read(sizes[1])
        _allow_processor(bounds["seconds"])
        try:
            told, data = 0, function(document, options)
        except Refused as fault:
            told, data = 1, json.dumps({"message": fault.message, "reason": fault.reason}).encode()
        except MemoryError:
            told, data = 2, b""
        except Exception as fault:  # noqa: BLE001 - a library's fault on a hostile document is a refusal, whatever it is
            told, data = 3, f"{type(fault).__name__}: {fault}"[:300].encode(errors="replace")
        _answer(out, told, data)
        del document, data


if __name__ == "__main__":
    main()
