"""Compose a neutral document from a completed report."""

from __future__ import annotations

from gxgen.view.compose import ComposeOptions, compose, title_parts
from gxgen.view.document import Block, Document, Emphasis, Figure, Paragraph, SectionView, Span, Subheading
from gxgen.view.grid import Cell, Frame, Grid, Role, frame_of

__all__ = [
    "Block",
    "Cell",
    "ComposeOptions",
    "Document",
    "Emphasis",
    "Figure",
    "Frame",
    "Grid",
    "Paragraph",
    "Role",
    "SectionView",
    "Span",
    "Subheading",
    "compose",
    "frame_of",
    "title_parts",
]
