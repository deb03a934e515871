"""Build hook: in a wheel, the folders of the checkout go inside the launcher, as ``gradreel/house/``.

An editable install gets none of them: there the launcher finds the checkout itself (docs/install.md).
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HOUSE = ("render.py", "engine", "scenes", "pipeline")


class HouseHook(BuildHookInterface):  # type: ignore[misc]
    """Adds the house to standard wheels."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Map every part of the house to its place in the wheel; ``version`` is "standard" or "editable"."""
        if version != "editable":
            build_data["force_include"].update({part: f"gradreel/house/{part}" for part in HOUSE})
