"""`python -m mockloop` is `mockloop`."""

from mockloop.cli import main

main()
