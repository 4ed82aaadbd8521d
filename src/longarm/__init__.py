"""longarm: how far does a foreign state's arm reach into a critical site, by which path, and what cuts it?"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from longarm.errors import LongarmError

if TYPE_CHECKING:
    from longarm.workspace import Workspace, init, open  # noqa: A004 (the verb of the design)

try:
    __version__ = version("longarm")
except PackageNotFoundError:  # run from a folder that was never installed
    __version__ = "0"

__all__ = ["LongarmError", "Workspace", "__version__", "init", "open"]


def __getattr__(name: str) -> Any:
    """Import the workspace only when it is used: `longarm --help` does not need it."""
    if name in ("Workspace", "init", "open"):
        from longarm import workspace

        return getattr(workspace, name)
    raise AttributeError(f"module 'longarm' has no attribute '{name}'")
