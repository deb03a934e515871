"""What the film convolution shows, recorded: one kernel over one picture, window by window."""
