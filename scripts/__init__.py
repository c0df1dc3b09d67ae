"""What `make` calls: checks, tests, generated files, the development server."""
