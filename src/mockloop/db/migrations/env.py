"""What Alembic runs for each command. `db.migrate` hands it an open connection in `config.attributes`."""

from alembic import context


def run() -> None:
    connection = context.config.attributes.get("connection")
    if connection is None:
        raise SystemExit("start migrations with `mockloop migrate`")
    context.configure(connection=connection, target_metadata=context.config.attributes["tables"])
    with context.begin_transaction():
        context.run_migrations()


run()
