"""Tables of many reports."""
