"""Tables of many reports, one a row: written for collecting figures, and read back.

The first row of the header holds the official labels, the second the addresses; agency, year and file come first.
"""
