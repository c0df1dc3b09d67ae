"""What the installation's shared model providers were used in a day, beyond the life of accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("input_tokens", sa.BigInteger(), nullable=False),
        sa.Column("output_tokens", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_model_days")),
    )
    op.execute(
        "INSERT INTO model_days SELECT (at AT TIME ZONE 'UTC')::date, sum(input_tokens), sum(output_tokens) "
        "FROM model_usage WHERE provider <> 'own' GROUP BY 1"
    )


def downgrade() -> None:
    op.drop_table("model_days")
