"""From a document to files; one module a format, and none of them knows the official forms."""
