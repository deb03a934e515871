"""Files: opening what a user named, and results that appear whole or not at all."""
