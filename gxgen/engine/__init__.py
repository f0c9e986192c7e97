"""Many reports in one run: which files, in which order, by how many processes."""
