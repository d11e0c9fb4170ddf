"""The `minsheng` command: one module a group of commands, each a thin call of the function behind it."""
