"""Two reports side by side, for people and for programs."""
