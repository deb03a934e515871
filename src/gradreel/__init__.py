"""The launcher: finds gradreel's folders and runs the same CLI as ``python render.py``.

It is the only name an installation adds to an environment; ``engine``, ``scenes`` and ``pipeline`` are put
on the import path of this one process and never into ``site-packages``.
"""

import sys
from pathlib import Path


def house() -> Path:
    """The folder that holds ``render.py``: inside this package when installed, the checkout when editable."""
    here = Path(__file__).resolve().parent
    installed = here / "house"
    return installed if installed.is_dir() else here.parents[1]


def main() -> None:
    """Run the CLI with the process's own arguments."""
    sys.path.insert(0, str(house()))
    from engine.files import stopping

    stopping.listen_early()
    from render import main as run

    run()
