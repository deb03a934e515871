"""Imported by the process from which a pool's processes are forked, before everything else: it ends with its parent."""

from pipeline.parent import die_with_parent

die_with_parent()
