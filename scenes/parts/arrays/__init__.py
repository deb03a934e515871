"""Numbers in rows and columns: cells, matrices, tables, and windows that walk over them."""
