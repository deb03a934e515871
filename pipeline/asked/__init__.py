"""What ``import gradreel`` asks of the house, from a process of the user's: the answers, and how they are given."""
