"""The worlds in which fetches are tested."""

from fetch_world import secure, world

__all__ = ["secure", "world"]
