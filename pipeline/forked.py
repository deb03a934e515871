"""Imported by the process from which a pool's processes are forked, before everything else: it ends with its parent.

It lies here because whatever a package imports comes first: the studio's takes seconds.
"""

from pipeline.parent import die_with_parent

die_with_parent()
