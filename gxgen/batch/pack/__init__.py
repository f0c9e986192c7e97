"""Template packs shown, begun, and proved before they are used."""
