"""How good and how fast MockLoop is: prints figures, keeps a history, asserts nothing."""
