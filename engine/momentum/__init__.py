"""What the film momentum shows, recorded: optimisers on one loss surface."""
