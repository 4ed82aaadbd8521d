"""A function that misbehaves as it is told, to be run in a child."""

from __future__ import annotations

import os
import socket
import time
from typing import Any


def eats(data: bytes, options: dict[str, Any]) -> bytes:  # noqa: C901 - one case a misdeed
    """Misbehave as told, inside a child."""
    match options["do"]:
        case "memory":
            return bytes(options["much"])[:1]
        case "spin":
            while True:
                pass
        case "sleep":
            time.sleep(60)
        case "die":
            os._exit(7)
        case "talk":
            print("noise", flush=True)  # noqa: T201 - this is the misdeed
            os.write(1, b"noise")
        case "write":
            open("/tmp/longarm-must-not-be", "w").close()
        case "call":
            socket.create_connection(("127.0.0.1", 9))
        case "run":
            os.system("true")
        case "output":
            return b"x" * 2_000_000
        case "environment":
            return repr(dict(os.environ)).encode()
        case "raise":
            raise KeyError("odd")
    return data
