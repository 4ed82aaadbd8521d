"""The wire: names looked up once, a connection to the very address that was checked, every read under one deadline.

What may be put in place of the real network stands in `Network`: a resolver, a dialler and the trust of TLS. So a test
can let a name change its answer, and see which address was called.
"""

from __future__ import annotations

import io
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from longarm.errors import Refused

Resolver = Callable[[str, int, float], Sequence[str]]
"""host, port, seconds → numeric addresses; raises OSError where there is none"""
Dialler = Callable[[str, int, float], socket.socket]
"""numeric address, port, seconds → a connected socket; raises OSError"""


def look_up(host: str, port: int, seconds: float) -> list[str]:
    """Ask the system's resolver for the addresses of a host, for at most so many seconds.

    The name is asked for with a dot at its end, so that no search list of an office adds a domain to it.
    """
    found: list[str] = []
    faults: list[OSError] = []

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host + ".", port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
            found.extend(str(row[4][0]) for row in rows)
        except (OSError, UnicodeError) as fault:
            faults.append(fault if isinstance(fault, OSError) else OSError(str(fault)))

    # getaddrinfo knows no time limit: the thread is left behind, it ends with the resolver's own patience.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise TimeoutError("the name was not looked up in time")
    if faults:
        raise faults[0]
    return list(dict.fromkeys(found))


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to a numeric address; never looks up a name."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.settimeout(seconds)
        made.connect((address, port))
    except BaseException:
        made.close()
        raise
    return made


@dataclass(frozen=True)
class Network:
    """What a fetch reaches the world by."""

    resolver: Resolver = look_up
    dialler: Dialler = dial
    trust: Callable[[], ssl.SSLContext] = field(default=ssl.create_default_context)


class Deadline:
    """A moment after which nothing is waited for."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Give the seconds that are left, or raise Refused."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise Refused("the answer took too long", reason="time")
        return left


class Wire:
    """A socket as `http.client` wants it, which keeps what went over it, and ends at a deadline or a size."""

    def __init__(self, sock: socket.socket, deadline: Deadline, most: int) -> None:
        self._sock, self._deadline, self._most = sock, deadline, most
        self.sent, self.received = bytearray(), bytearray()

    def sendall(self, data: bytes | bytearray | memoryview) -> None:
        """Send, within what is left of the time."""
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)
        self.sent += data

    def makefile(self, mode: str = "rb", *_: object, **__: object) -> io.BufferedReader:
        """Give the reading end."""
        assert mode == "rb"
        return io.BufferedReader(_Reading(self))

    def read_into(self, buffer: memoryview) -> int:
        """Receive some bytes; each wait is for what is left of the whole time, so no drip outlasts it."""
        self._sock.settimeout(self._deadline.left())
        count = self._sock.recv_into(buffer)
        self.received += buffer[:count]
        if len(self.received) > self._most:
            raise Refused(f"the answer is larger than {self._most:,} bytes", reason="size")
        return count

    def close(self) -> None:
        """Do nothing: the library closes before it reads the body, and a real socket counts its readers."""

    def end(self) -> None:
        """Close the connection."""
        self._sock.close()


class _Reading(io.RawIOBase):
    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._wire.read_into(memoryview(buffer))
