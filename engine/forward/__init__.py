"""What the film forward shows, recorded: a trained perceptron. Recorder perceptron."""
