"""Text of users without the signs that files cannot hold: XML 1.0 forbids them, and nobody sees them.

Every text on its way into a .docx, .pptx, page or subtitle goes through here, and every text of a lecture script.
"""

from __future__ import annotations

import re

# PowerPoint's and Word's line break in a title is a vertical tab; others are a page break and those of Unicode.
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What XML 1.0 (section 2.2) leaves out of its characters, and the controls that it only advises against.
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """``text`` with every kind of line break as a line feed, and without signs that XML forbids."""
    return FORBIDDEN.sub("", BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """``clean``, with line breaks and runs of spaces as one space."""
    return " ".join(clean(text).split())
