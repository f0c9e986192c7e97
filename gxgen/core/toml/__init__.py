"""Where things stand in a TOML text: what reading a data file and reading a pack's settings have in common."""
