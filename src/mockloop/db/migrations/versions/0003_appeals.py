"""Appeals against marks."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("ruling", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.CheckConstraint("status IN ('waiting', 'decided', 'failed')", name=op.f("ck_appeals_status")),
        sa.CheckConstraint("(status = 'decided') = (ruling IS NOT NULL)", name=op.f("ck_appeals_ruling")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["interview_sessions.id"], name=op.f("fk_appeals_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
    )
    op.create_index("ix_appeals_session", "appeals", ["session_id", "made_at"])
    op.create_index(
        "uq_appeals_waiting", "appeals", ["session_id"], unique=True, postgresql_where=sa.text("status = 'waiting'")
    )


def downgrade() -> None:
    op.drop_table("appeals")
