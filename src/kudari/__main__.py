"""`python -m kudari`, the same as the `kudari` command."""

from kudari.cli import main

main()
