"""`python -m warehouse.cli`: the same as the installed `minsheng`."""

from warehouse.cli.entry import main

main()
