"""A circular that was never issued, taken through every command: a new form takes one module."""
