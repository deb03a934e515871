"""Columns of numbers from CSV files as people have them. docs/numbers.md says what is read."""
