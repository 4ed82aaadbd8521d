"""What was sent and received as a WARC file (ISO 28500:2017), each record gzipped by itself, to the byte as it went.

The ids of the records are hashes of what they hold (RFC 9562, version 5), and the date is the one of the fetch: the
same exchange gives the same file.
"""

from __future__ import annotations

import base64
import hashlib
import io
import uuid
from datetime import UTC
from typing import Final

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from longarm.fetch.fetching import Fetched, Hop

_OURS: Final = uuid.uuid5(uuid.NAMESPACE_URL, "longarm:warc")


def warc(fetched: Fetched) -> bytes:
    """Give each hop of a fetch as a response record and the request that it answers."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    date = fetched.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for number, hop in enumerate(fetched.hops):
        answered = _id(hop, number, date, "response", hop.received)
        asked = _id(hop, number, date, "request", hop.sent)
        writer.write_record(_record(hop, date, "response", answered, asked, hop.received))
        writer.write_record(_record(hop, date, "request", asked, answered, hop.sent))
    return out.getvalue()


def _id(hop: Hop, number: int, date: str, kind: str, block: bytes) -> str:
    name = "\n".join((str(number), date, kind, hop.url, hop.peer, hashlib.sha256(block).hexdigest()))
    return f"<urn:uuid:{uuid.uuid5(_OURS, name)}>"


def _record(hop: Hop, date: str, kind: str, own: str, other: str, block: bytes) -> ArcWarcRecord:
    headers = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", own),
        ("WARC-Concurrent-To", other),
        ("WARC-Target-URI", hop.url),
        ("WARC-Date", date),
        ("WARC-IP-Address", hop.peer),
        ("WARC-Block-Digest", _digest(block)),
        # What follows the HTTP head, with its transfer coding: as other writers of WARC count it.
        ("WARC-Payload-Digest", _digest(block.partition(b"\r\n\r\n")[2])),
    ]
    # The writer would parse and write the HTTP head again; given without one, the block stays as it went over the wire.
    return ArcWarcRecord(
        *("warc", kind, StatusAndHeaders("", headers, protocol="WARC/1.1"), io.BytesIO(block), None),
        *(f"application/http; msgtype={kind}", len(block)),
    )


def _digest(block: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(block).digest()).decode()
