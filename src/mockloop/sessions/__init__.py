"""What happened in a session: events, the fold, formats and the log. The rules are pure; `log` and `service` store."""
