"""Text that people give: one spelling, what can be drawn and in which font, and how a sentence repeats it."""
