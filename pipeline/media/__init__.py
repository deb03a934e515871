"""Films and sounds of users: opened in one place, shown in one way."""
