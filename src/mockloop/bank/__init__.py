"""The question bank: questions, company styles, and the check that proves them. `content/` holds the data."""
