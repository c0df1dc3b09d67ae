"""Keys, users, logins, and the job queue."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NOW = sa.func.now()


def _time(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), **({"nullable": False} | options))


def upgrade() -> None:
    _create_keys()
    _create_accounts()
    _create_job_queue()


def _create_keys() -> None:
    op.create_table(
        "user_keys",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("kek_id", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        _time("created_at", server_default=NOW),
        sa.PrimaryKeyConstraint("user_id", "version", name=op.f("pk_user_keys")),
    )
    op.create_index(op.f("ix_user_keys_kek_id"), "user_keys", ["kek_id"])
    op.create_table(
        "own_secrets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kek_id", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        _time("created_at", server_default=NOW),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_own_secrets")),
    )
    op.create_index(op.f("ix_own_secrets_kek_id"), "own_secrets", ["kek_id"])


def _create_accounts() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.LargeBinary(), nullable=False),
        sa.Column("username_index", sa.LargeBinary(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        _time("created_at", server_default=NOW),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("username_index", name=op.f("uq_users_username_index")),
    )
    op.create_table(
        "logins",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        _time("rotated_at"),
        _time("expires_at"),
        _time("revoked_at", nullable=True),
        sa.Column("revoked_because", sa.Text(), nullable=True),
        sa.Column("address_index", sa.LargeBinary(), nullable=False),
        _time("created_at", server_default=NOW),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logins")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_logins_user_id"), ondelete="CASCADE"),
        sa.CheckConstraint("kind IN ('browser', 'program')", name=op.f("ck_logins_kind_known")),
    )
    op.create_index(op.f("ix_logins_user_id"), "logins", ["user_id"])
    op.create_index(op.f("ix_logins_expires_at"), "logins", ["expires_at"])
    op.create_table(
        "login_attempts",
        sa.Column("bucket", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        _time("last_at"),
        _time("blocked_until"),
        sa.PrimaryKeyConstraint("bucket", name=op.f("pk_login_attempts")),
    )
    op.create_index(op.f("ix_login_attempts_last_at"), "login_attempts", ["last_at"])


def _create_job_queue() -> None:
    """procrastinate's own schema of version 3.10. Its later migrations become revisions of ours, one each."""
    connection = op.get_bind()
    op.execute("CREATE SCHEMA jobs")
    op.execute("SET LOCAL search_path = jobs")
    driver: Any = connection.connection.dbapi_connection
    # Several statements with `%` in them: only the driver itself takes them as they are.
    driver.run_async(lambda raw: raw.execute(SchemaManager.get_schema()))
    op.execute("SET LOCAL search_path = public")
