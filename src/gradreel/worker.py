"""For machines of a cluster: ``dask worker tcp://HOST:PORT --preload gradreel.worker`` can then make films."""

import sys

from gradreel import house

sys.path.insert(0, str(house()))
