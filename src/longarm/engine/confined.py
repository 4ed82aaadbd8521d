"""A function in a child process with limits: what is handed to it may be hostile, and must cost no more than a refusal.

The child is warm: it loads its function once and serves one document after the other. It is ended after a fault, after
a limit, and after a number of documents, and started again for the next one. It starts from a bare environment, and
has limits of memory, processor time, files and output; network and processes are shut off inside it (`confined_child`).
The parent keeps the time.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import struct
import subprocess
import sys
import threading
import time
import weakref
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from longarm.errors import Refused

HEAD: Final = struct.Struct(">IQ")
"""of a question: bytes of the options (JSON), bytes of the document"""
ANSWER: Final = struct.Struct(">BQ")
"""of an answer: what became of it (0 done, 1 refused, 2 out of memory, 3 a fault), bytes that follow"""
_CHUNK: Final = 1 << 20
_TO_LOAD: Final = 60.0


@dataclass(frozen=True)
class Bounds:
    """What one document may cost."""

    memory: int = 900 * 1024 * 1024
    """bytes of address space of the child"""
    seconds: float = 30.0
    """by the clock, and as much of the processor"""
    most_in: int = 64 * 1024 * 1024
    most_out: int = 64 * 1024 * 1024
    documents: int = 500
    """after which a child is started afresh"""


class Confined:
    """A function `module:name` of (bytes, options) → bytes that runs in a child; one document at a time.

    Raises Refused with the reason size, time, memory, crash, fault, or what the function itself refuses with.
    """

    def __init__(self, target: str, bounds: Bounds | None = None, *, folder: Path | None = None) -> None:
        """`folder` is where a module that is not installed lies."""
        self._folder = str(folder or "")
        self._target, self._bounds = target, bounds or Bounds()
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._lock = threading.Lock()

    def __call__(self, document: bytes, options: dict[str, Any] | None = None) -> bytes:
        """Hand a document to the child and give its answer."""
        if len(document) > self._bounds.most_in:
            limit = self._bounds.most_in
            raise Refused(f"it has {len(document):,} bytes, more than the {limit:,} that are read", reason="size")
        with self._lock:
            try:
                child = self._running()
                told, answer = self._exchange(child, document, json.dumps(options or {}).encode())
            except BaseException:
                self.close()
                raise
            self._served += 1
            if told > 1 or self._served >= self._bounds.documents:
                self.close()
        if told == 0:
            return answer
        if told == 1:
            fault = json.loads(answer)
            raise Refused(fault["message"], reason=fault["reason"])
        if told == 2:
            raise Refused(f"reading it takes more than {self._bounds.memory:,} bytes of memory", reason="memory")
        raise Refused(f"its reader failed ({answer.decode(errors='replace')[:300]})", reason="fault")

    def close(self) -> None:
        """End the child; the next document starts another."""
        if self._child is not None:
            _end(self._child)
            self._child, self._served = None, 0

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            # Isolated (-I): no variable and no folder of the user changes what is loaded.
            bounds = json.dumps(asdict(self._bounds))
            self._child = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
                [
                    sys.executable,
                    "-I",
                    "-m",
                    "longarm.engine.confined_child",
                    self._target,
                    bounds,
                    self._folder,
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"},
                start_new_session=True,
            )
            weakref.finalize(self, _end, self._child)
            # Loading the libraries is not the document's fault: it has its own allowance, until the child says so.
            self._talk(self._child, memoryview(b""), _TO_LOAD)
        return self._child

    def _exchange(self, child: subprocess.Popen[bytes], document: bytes, options: bytes) -> tuple[int, bytes]:
        asked = memoryview(HEAD.pack(len(options), len(document)) + options + document)
        return self._talk(child, asked, self._bounds.seconds)

    def _talk(self, child: subprocess.Popen[bytes], asked: memoryview, seconds: float) -> tuple[int, bytes]:
        assert child.stdin is not None
        assert child.stdout is not None
        end = time.monotonic() + seconds
        got = bytearray()
        into, out = child.stdin.fileno(), child.stdout.fileno()
        os.set_blocking(into, False)
        with selectors.DefaultSelector() as ready:
            if asked:
                ready.register(into, selectors.EVENT_WRITE)
            ready.register(out, selectors.EVENT_READ)
            while True:
                left = end - time.monotonic()
                if left <= 0:
                    raise Refused(f"reading it takes more than {self._bounds.seconds:g} seconds", reason="time")
                for key, _ in ready.select(left):
                    if key.fd == into:
                        asked = self._written(into, asked)
                        if not asked:
                            ready.unregister(into)
                        continue
                    piece = os.read(out, _CHUNK)
                    if not piece:
                        raise self._gone(child)
                    got += piece
                if len(got) >= ANSWER.size:
                    told, size = ANSWER.unpack_from(got)
                    if size > self._bounds.most_out:
                        raise Refused(f"its text has more than {self._bounds.most_out:,} bytes", reason="size")
                    if len(got) >= ANSWER.size + size:
                        return told, bytes(got[ANSWER.size : ANSWER.size + size])

    @staticmethod
    def _written(into: int, asked: memoryview) -> memoryview:
        try:
            return asked[os.write(into, asked[:_CHUNK]) :]
        except BlockingIOError:
            return asked
        except BrokenPipeError:
            return asked[:0]  # the child is gone: reading from it says how

    def _gone(self, child: subprocess.Popen[bytes]) -> Refused:
        try:
            code = child.wait(5)
        except subprocess.TimeoutExpired:
            code = 0
        if code == -signal.SIGXCPU:
            return Refused(f"reading it takes more than {self._bounds.seconds:g} seconds", reason="time")
        return Refused(f"its reader broke down (exit {code})", reason="crash")


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            try:
                stream.close()
            except BrokenPipeError:
                continue
