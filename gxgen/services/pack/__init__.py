"""Template packs shown, begun, and tested before they are used."""
