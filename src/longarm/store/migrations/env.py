"""What Alembic runs: the migration on the connection that `upgrade` hands over."""

from alembic import context

from longarm.store.decisions import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
