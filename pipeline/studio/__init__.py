"""Makes films, several at a time, and keeps them: what was drawn once is not drawn again.

An ``Order`` says which film; ``produce`` gives a ``Film`` for each. Any ``concurrent.futures.Executor`` does the work.
"""

from pipeline.studio.order import Film, Order
from pipeline.studio.production import produce, shoot

__all__ = ["Film", "Order", "produce", "shoot"]
