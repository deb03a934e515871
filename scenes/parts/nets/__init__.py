"""Networks and graphs of operations."""
