"""Work that happens later and survives a crash: queued, scheduled and retried in Postgres."""
