"""A language model is asked at the address that was set, within limits, and nowhere else."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from longarm.errors import OptionError, Refused
from longarm.fetch import model


class _Server(ThreadingHTTPServer):
    answer: bytes = b""
    status = 200
    wait = 0.0
    asked: list[tuple[str, dict[str, str], Any]]


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), json.loads(body)))
        time.sleep(self.server.wait)
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[_Server]:
    """A server on this machine that answers as it is told."""
    made = _Server(("127.0.0.1", 0), _Handler)
    made.asked = []
    made.answer = json.dumps({"choices": [{"message": {"content": "said"}}]}).encode()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def _model(server: _Server, **more: Any) -> model.Model:
    return model.Model(f"http://127.0.0.1:{server.server_address[1]}/v1/", "m-1", **more)


def test_a_model_on_this_machine_is_asked(server: _Server) -> None:
    """At the path of chat completions, with the key as the bearer."""
    assert model.ask(_model(server, key="sk-1"), {"model": "m-1"}) == "said"
    ((path, headers, body),) = server.asked
    assert (path, headers["Authorization"], body) == ("/v1/chat/completions", "Bearer sk-1", {"model": "m-1"})


@pytest.mark.parametrize(
    ("answer", "status", "reason"),
    [
        (b"{}", 200, "broken"),
        (b"no json", 200, "broken"),
        (b'{"choices": [{"message": {"content": null}}]}', 200, "broken"),
        (b"[" * 100_000, 200, "broken"),
        (b"", 500, "status"),
        (b"", 302, "status"),
        (b"x" * (model.LARGEST + 1), 200, "size"),
    ],
)
def test_an_answer_that_is_none_is_refused(server: _Server, answer: bytes, status: int, reason: str) -> None:
    """In one word; no redirect is followed."""
    server.answer, server.status = answer, status
    with pytest.raises(Refused) as refused:
        model.ask(_model(server), {})
    assert refused.value.reason == reason
    assert len(server.asked) == 1


def test_a_model_that_is_slow_is_not_waited_for(server: _Server) -> None:
    """Not longer than was set."""
    server.wait = 2.0
    with pytest.raises(Refused) as refused:
        model.ask(_model(server, seconds=0.3), {})
    assert refused.value.reason == "time"


def test_nobody_there_is_told() -> None:
    """By host and port."""
    with pytest.raises(Refused) as refused:
        model.ask(model.Model("http://127.0.0.1:9/v1", "m"), {})
    assert refused.value.reason == "connection"


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/v1", "127.0.0.1:11434", "http://a:b@127.0.0.1/v1", "http://", "http://127.0.0.1:99999/v1"]
)
def test_what_is_no_address_is_told(url: str) -> None:
    """Before anything is sent."""
    with pytest.raises(OptionError):
        model.ask(model.Model(url, "m"), {})


def test_no_text_goes_in_clear_over_a_public_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sent before the address that answered is known to be inside."""
    sent: list[bytes] = []

    class Wire:
        def close(self) -> None:
            pass

        def getpeername(self) -> tuple[str, int]:
            return ("93.184.215.14", 80)

        def sendall(self, data: bytes) -> None:
            sent.append(data)

    monkeypatch.setattr("socket.create_connection", lambda *_, **__: Wire())
    with pytest.raises(OptionError, match="in clear"):
        model.ask(model.Model("http://models.example/v1", "m"), {})
    assert sent == []


def test_a_key_is_never_shown() -> None:
    """Nor one that would write a header of its own."""
    assert "secret" not in repr(model.Model("http://127.0.0.1/v1", "m", "secret"))
    with pytest.raises(OptionError) as fault:
        model.ask(model.Model("http://127.0.0.1:9/v1", "m", "secret\r\nX: y"), {})
    assert "secret" not in str(fault.value)
