"""`python -m longarm.cli`."""

from longarm.cli import main

main()
