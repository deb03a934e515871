"""Array to mobject: the pieces every scene draws with, by rooms that docs/vocabulary.md lists. One concept per file."""
