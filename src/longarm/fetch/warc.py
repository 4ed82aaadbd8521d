"""What was fetched, kept as WARC 1.1 (ISO 28500): each question and answer as they went over the wire."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from typing import Final

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from longarm.fetch.client import Exchange, Fetched

_NAMESPACE: Final = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
"""That of URLs in RFC 9562: the same page at the same moment has the same record ids."""


def warc(fetched: Fetched, at: dt.datetime) -> bytes:
    """Give the exchanges of a page as a WARC file; the same exchanges at the same moment give the same bytes."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    when = at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for number, exchange in enumerate(fetched.exchanges):
        _write(writer, exchange, when, number)
    return out.getvalue()


def _write(writer: WARCWriter, exchange: Exchange, when: str, number: int) -> None:
    url = exchange.asked.url
    answer_id, question_id = (
        f"<urn:uuid:{uuid.uuid5(_NAMESPACE, f'{url} {when} {number} {kind}')}>" for kind in ("response", "request")
    )
    common = {"WARC-Date": when}
    answered = StatusAndHeaders(f"{exchange.status} ", _text(exchange.headers), protocol="HTTP/1.1")
    asked_for = StatusAndHeaders(f"GET {exchange.asked.target} HTTP/1.1", _text(exchange.request), is_http_request=True)
    answer = writer.create_warc_record(
        url,
        "response",
        payload=io.BytesIO(exchange.body),
        http_headers=answered,
        warc_headers_dict={**common, "WARC-Record-ID": answer_id, "WARC-IP-Address": exchange.address},
    )
    question = writer.create_warc_record(
        url,
        "request",
        payload=io.BytesIO(b""),
        http_headers=asked_for,
        warc_headers_dict={**common, "WARC-Record-ID": question_id, "WARC-Concurrent-To": answer_id},
    )
    for record in (answer, question):
        writer.write_record(record)
        record.raw_stream.close()  # a temporary file of the writer, which it leaves open


def _text(headers: tuple[tuple[bytes, bytes], ...]) -> list[tuple[str, str]]:
    return [(k.decode("latin-1"), v.decode("latin-1")) for k, v in headers]
