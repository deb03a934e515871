"""The film checks itself: sampled frames, the geometry and pixels of what stands on them, and a report.

births     where in the scene's code each mobject was made
sampler    runs a film and draws only the frames that are looked at
stage      one sampled moment: which texts and shapes are seen, and where
raster     the exact ink of a mobject, as a small mask
overlap, bounds, contrast, glyphs, numbers, words, timeline    the checks
problems   what was found, once each; declared exceptions apart
sheet, report, command    the contact sheet, the list, the command
"""
