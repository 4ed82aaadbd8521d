"""Documents from the web: the one fetcher, what it keeps, and feeds."""

from longarm.fetch.addresses import Address, checked
from longarm.fetch.feeds import Entry, entries
from longarm.fetch.fetching import Fetched, Hop, Limits, fetch
from longarm.fetch.networks import refusal
from longarm.fetch.warc import warc
from longarm.fetch.wire import Network

__all__ = ["Address", "Entry", "Fetched", "Hop", "Limits", "Network", "checked", "entries", "fetch", "refusal", "warc"]
