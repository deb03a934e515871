"""What stands in the panel beside the network: one concept per file, each made of numbers of the trace."""
