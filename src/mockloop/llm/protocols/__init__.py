"""One file per protocol: how a `Provider` becomes a model of pydantic-ai. The table is in `providers`."""
