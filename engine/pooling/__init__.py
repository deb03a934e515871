"""What the film pooling shows, recorded: a feature map pooled in several ways, moved, and trained through."""
