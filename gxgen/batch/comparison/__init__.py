"""Two reports compared, and copies among many."""
