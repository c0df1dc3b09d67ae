"""Feedback in a language model's words."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "written_feedback",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=True),
        sa.CheckConstraint("status IN ('waiting', 'ready', 'failed')", name=op.f("ck_written_feedback_status")),
        sa.CheckConstraint("(status = 'ready') = (body IS NOT NULL)", name=op.f("ck_written_feedback_body")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["interview_sessions.id"], name=op.f("fk_written_feedback_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_written_feedback")),
    )


def downgrade() -> None:
    op.drop_table("written_feedback")
