"""The sum of departments: who counts, the data file that comes of it, and who contributed what."""
