"""Tests of what templates of every format share."""
