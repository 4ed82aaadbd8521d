"""Running: it says where it listens once it answers, and stops without a word."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

import longarm
from longarm.errors import OptionError
from longarm.serve import run


def test_a_taken_port_is_said_with_the_mend(example_made: Path) -> None:
    """The port is named, and `--port 0` is the way out."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OptionError, match=f"port {port} of 127.0.0.1 is taken") as fault:
            run.serve(longarm.open(example_made), "127.0.0.1", port, lambda _: None)
    assert fault.value.where.mend == "--port 0 takes a free one"


def test_an_address_of_another_machine_is_said(example_made: Path) -> None:
    """192.0.2.1 is for documentation (RFC 5737): no machine has it."""
    with pytest.raises(OptionError, match=r"'192\.0\.2\.1' is no address of this machine"):
        run.serve(longarm.open(example_made), "192.0.2.1", 0, lambda _: None)


def test_addresses_are_written_as_a_browser_reads_them() -> None:
    """IPv6 in brackets."""
    assert run.address_of("127.0.0.1", 8321) == "http://127.0.0.1:8321/"
    assert run.address_of("::1", 8321) == "http://[::1]:8321/"


def test_it_answers_once_it_says_so_and_stops_on_ctrl_c(example_made: Path) -> None:
    """The announced address answers at once; Ctrl-C ends it with 0 and without a trace."""
    code = (
        "import sys, longarm\n"
        "from longarm.serve import run\n"
        "run.serve(longarm.open(sys.argv[1]), '127.0.0.1', 0, lambda a: print(a, flush=True))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(example_made)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        with urllib.request.urlopen(address + "healthz", timeout=10) as answer:
            assert json.load(answer)["status"] == "ok"
        os.kill(server.pid, signal.SIGINT)
        _, said = server.communicate(timeout=20)
    assert (server.returncode, said) == (0, "")
