"""Readers of the formats that the field uses, each in one module, all under the contract of `longarm.ingest.stream`."""
