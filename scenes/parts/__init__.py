"""Array to mobject: the pieces every scene draws with, by rooms. One concept per file; docs/vocabulary.md lists them."""
