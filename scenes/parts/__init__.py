"""Array to mobject: the pieces every scene draws with. One concept per file."""
