"""One question to a language model, at an address that the operator of this machine set: never one out of a document.

Since the operator names it, it may lie inside the network, on this machine above all. Nothing else differs from the
fetcher's care: no redirect is followed, the answer has limits, and nothing goes in clear over a public network.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import re
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from longarm.errors import OptionError, Refused

LARGEST: Final = 4 * 1024 * 1024
"""Bytes of an answer."""
SECONDS: Final = 300.0
"""For one answer: a model on a laptop is slow."""
_CHUNK: Final = 64 * 1024
_KEY: Final = re.compile(r"[\x21-\x7e]{1,4096}")


@dataclass(frozen=True)
class Model:
    """Where a model answers, and under which name."""

    url: str
    name: str
    key: str | None = field(default=None, repr=False)
    seconds: float = SECONDS


def ask(model: Model, body: Mapping[str, Any]) -> str:
    """Ask for a chat completion and give the words of the answer.

    Raises OptionError where the address cannot be used, Refused (connection, certificate, time, size, status, broken)
    where no answer comes of it.
    """
    parts = urlsplit(model.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise OptionError(f"'{model.url[:200]}' is no address of a model", mend="as http://127.0.0.1:11434/v1")
    if model.key is not None and not _KEY.fullmatch(model.key):
        raise OptionError("LONGARM_MODEL_KEY has characters that no key has", mend="letters, digits and signs in ASCII")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise OptionError(f"'{model.url[:200]}' has no such port", mend="as http://127.0.0.1:11434/v1") from None
    try:
        return _words(_exchange(model, parts.scheme, parts.hostname, port, parts.path.rstrip("/"), body))
    except ssl.SSLError as fault:
        raise Refused(f"the model's certificate or TLS is not accepted ({fault})", reason="certificate") from None
    except TimeoutError:
        raise Refused(f"the model did not answer within {model.seconds:g} seconds", reason="time") from None
    except (OSError, http.client.HTTPException) as fault:
        raise Refused(f"the model at {parts.hostname}:{port} cannot be asked ({fault})", reason="connection") from None


def _exchange(model: Model, scheme: str, host: str, port: int, path: str, body: Mapping[str, Any]) -> bytes:
    end = time.monotonic() + model.seconds
    wire = socket.create_connection((host, port), timeout=min(20.0, model.seconds))
    try:
        peer = str(wire.getpeername()[0])
        if scheme == "http" and not _is_inside(peer):
            raise OptionError(f"{host} is a public address: no text goes there in clear", mend="an https:// address")
        if scheme == "https":
            wire = ssl.create_default_context().wrap_socket(wire, server_hostname=host)
        return _asked(model, wire, http.client.HTTPConnection(host, port), path, body, end)
    finally:
        wire.close()


def _asked(
    model: Model,
    wire: socket.socket,
    connection: http.client.HTTPConnection,
    path: str,
    body: Mapping[str, Any],
    end: float,
) -> bytes:
    # As in the fetcher: a socket that is there already is used as it is.
    connection.sock = wire
    wire.settimeout(_left(end))
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
    if model.key is not None:
        headers["Authorization"] = f"Bearer {model.key}"
    connection.request("POST", f"{path}/chat/completions", json.dumps(body).encode(), headers)
    with connection.getresponse() as answer:
        if answer.status != 200:
            raise Refused(f"the model's server answered {answer.status} {answer.reason[:80]}", reason="status")
        found = b""
        while chunk := answer.read(_CHUNK):
            found += chunk
            if len(found) > LARGEST:
                raise Refused(f"the model's answer is larger than {LARGEST:,} bytes", reason="size")
            wire.settimeout(_left(end))
        return found


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _is_inside(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    return parsed.is_loopback or parsed.is_private or parsed.is_link_local


def _words(data: bytes) -> str:
    try:
        words = json.loads(data)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        words = None
    if not isinstance(words, str):
        raise Refused("the model's server answered in no form of chat completions", reason="broken")
    return words
