"""One format of large sources a module, each a reader as `longarm.ingest.stream` declares it."""
