"""Sessions, their logs, and scorecards."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OPEN = sa.text("status IN ('created', 'in_progress')")


MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_sessions()
    _create_events()
    _create_scorecards()


def _create_sessions() -> None:
    op.create_table(
        "interview_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("format_id", sa.Text(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("company_style", sa.Text(), nullable=False),
        sa.Column("difficulty", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_event_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("deadline_at", MOMENT, nullable=False),
        sa.Column("attention_at", MOMENT, nullable=False),
        sa.Column("overall", sa.Double(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('created', 'in_progress', 'completed', 'expired')", name=op.f("ck_interview_sessions_status")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_interview_sessions_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_sessions")),
        postgresql_with={"fillfactor": "70"},
    )
    op.create_index(
        "uq_interview_sessions_open", "interview_sessions", ["user_id", "type"], unique=True, postgresql_where=OPEN
    )
    op.create_index("ix_interview_sessions_mine", "interview_sessions", ["user_id", "created_at"])
    op.create_index("ix_interview_sessions_attention", "interview_sessions", ["attention_at"], postgresql_where=OPEN)
    op.create_index("ix_interview_sessions_deadline", "interview_sessions", ["deadline_at"], postgresql_where=OPEN)


def _create_events() -> None:
    op.create_table(
        "session_events",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["interview_sessions.id"],
            name=op.f("fk_session_events_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "seq", name=op.f("pk_session_events")),
    )
    op.create_index(
        "uq_session_events_client_id",
        "session_events",
        ["session_id", "client_id"],
        unique=True,
        postgresql_where=sa.text("client_id IS NOT NULL"),
    )


def _create_scorecards() -> None:
    op.create_table(
        "scorecards",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("judge", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["interview_sessions.id"], name=op.f("fk_scorecards_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_scorecards")),
    )


def downgrade() -> None:
    op.drop_table("scorecards")
    op.drop_table("session_events")
    op.drop_table("interview_sessions")
