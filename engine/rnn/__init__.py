"""What the film rnn shows, recorded: a recurrent net unrolled step by step."""
