"""Run untrusted code: the contract, the languages, and one file per backend. Knows nothing of sessions or databases."""
