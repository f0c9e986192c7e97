"""TOML texts, decoded and with positions, for data files and the settings of packs."""
