"""Data that a recorder learns from or looks at: data sets, pictures, columns of numbers."""
