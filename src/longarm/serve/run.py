"""Runs the server until it is stopped, and says where it listens."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable

import uvicorn

from longarm.errors import OptionError
from longarm.serve.app import create_app
from longarm.workspace import Workspace

Announce = Callable[[str], None]
"""Is told the address, once it answers."""


class _Announcing(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce()


def serve(workspace: Workspace, host: str, port: int, announce: Announce) -> None:
    """Serve a workspace; port 0 takes a free one. Returns when it is stopped by Ctrl-C.

    Raises OptionError, with the mend, where the port is taken or the address is not one of this machine.
    """
    with _listen(host, port) as listening:
        address = address_of(host, listening.getsockname()[1])
        config = uvicorn.Config(
            create_app(workspace, host),
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
        server = _Announcing(config, lambda: announce(address))
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            return


def address_of(host: str, port: int) -> str:
    """Give the address to open: IPv6 in brackets."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, protocol)
    except OSError as fault:
        raise OptionError(f"--host: '{host}' is no address of this machine: {fault.strerror}") from None
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(place)
        made.listen(128)
    except OSError as fault:
        made.close()
        raise _unbound(host, port, fault) from None
    return made


def _unbound(host: str, port: int, fault: OSError) -> OptionError:
    if fault.errno == errno.EADDRINUSE:
        return OptionError(f"port {port} of {host} is taken by another program", mend="--port 0 takes a free one")
    if fault.errno == errno.EACCES:
        return OptionError(f"port {port} of {host} may not be opened by this user", mend="--port 0 takes a free one")
    return OptionError(f"--host: '{host}' is no address of this machine: {fault.strerror}", mend="--host 127.0.0.1")
