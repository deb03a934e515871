"""Arrays as pictures, and what filters make of them."""
