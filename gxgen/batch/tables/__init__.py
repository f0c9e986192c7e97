"""Tables of many reports: written from data files, read into data files, and empty ones to hand out."""
