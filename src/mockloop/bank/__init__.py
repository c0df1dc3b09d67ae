"""The question bank: questions, company styles, and the check that proves them. Content is data in `bank/content/`."""
