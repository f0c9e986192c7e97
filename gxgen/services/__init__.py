"""One module or package for each command: what it does, without the command line."""
