"""What the film vanishing shows, recorded: deep nets that differ in their activation."""
