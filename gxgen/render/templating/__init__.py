"""Templates of all formats: their names, their sandbox and budget, their completeness, and the lint of their tags."""
