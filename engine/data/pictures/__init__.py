"""Pictures and arrays as pixels: the only place where a user's picture is opened."""
