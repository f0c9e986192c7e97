"""Samples, damaged in every way a file can be, put through the whole of ``gxgen check``."""
