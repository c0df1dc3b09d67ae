"""What happened in a session: events, the fold, formats, and the log. Its rules are pure; `log` and `service` store them."""
