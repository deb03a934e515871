"""Superscript digits as captions write them (10⁻³), and the plain ones raised in their place: the font has not all."""

from __future__ import annotations

import re

RAISED = re.compile("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "\u22120123456789")
