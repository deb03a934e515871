"""The contract between the engine, which records, and the scenes, which draw. Loads numpy and no torch."""

from engine.trace.series import Node, Series
from engine.trace.trace import Flag, Trace

__all__ = ["Flag", "Node", "Series", "Trace"]
