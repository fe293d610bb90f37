"""`python -m fazhi` is the command line."""

from fazhi.cli import main

main()
