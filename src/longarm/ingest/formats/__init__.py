"""The formats that large sources come in: one reader each, from a stream of bytes to chunks of statements."""
