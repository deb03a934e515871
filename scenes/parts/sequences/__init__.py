"""What is read step by step: items, recurrent cells, and what may come next."""
