"""Render a document to files: a folder or module for each format, none of which knows the official forms."""
