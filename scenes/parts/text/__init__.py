"""Text and mathematics: set, composed from recorded graphs, worked out with numbers."""
