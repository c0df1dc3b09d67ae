"""Postgres: embedded or given, transactions, sealed columns and migrations. Knows no feature."""
