"""Appeals: a candidate objects to one mark, and the session is judged afresh with the objection beside it."""
