"""The versions of the decisions' tables, by Alembic. Each version is one file in `versions/`."""

from __future__ import annotations

from importlib.resources import as_file, files

import sqlalchemy as sa

from longarm.errors import WorkspaceError


def upgrade(engine: sa.Engine) -> None:
    """Bring the tables to the newest version. Raises WorkspaceError where a newer program made them."""
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    with as_file(files("longarm.store.migrations")) as folder, engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as fault:
            raise WorkspaceError(
                f"the decisions were made by another version of longarm ({fault})", mend="use the newer program"
            ) from fault
