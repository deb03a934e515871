"""From mobjects to frames: only what changed since the frame before is drawn and converted again.

Everything that leans on the inside of Manim's Cairo renderer lives here; `guard` says on which versions.
"""
