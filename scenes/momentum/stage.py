"""What the beats about optimisers on a surface share: colours and names of the runs."""

from __future__ import annotations

from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.provenance import Shown
from scenes.stage.surface_stage import SurfaceStage

MAP_SHARE = 0.57  # of the stage, in all beats that have the map
ROLES = {"sgd": "negative", "plain": "negative", "smaller": "negative", "limit": "negative"}
ROLES |= {"momentum": "positive", "heavy": "positive", "nesterov": "positive"}
SCALING = "input"  # whatever divides by what it remembers of squares
# Series, symbol and colour of what makes one step of momentum.
PARTS = (
    ("momentum/downhill", "-eta nabla f", "gradient"),
    ("momentum/kept", "-eta beta v_(k - rule(1))", "activation"),
    ("momentum/move", "-eta v_k", "positive"),
)


class DescentStage(SurfaceStage):
    """A film that draws the runs of the recorder `momentum`."""

    def prepare(self) -> None:
        """The map, and the start on it."""
        self.place_map(self.room, MAP_SHARE)

    def role(self, run: str) -> str:
        """A run's colour."""
        return ROLES.get(run, SCALING)

    def optimiser(self, name: str) -> Shown:
        """What an optimiser is called."""
        return self.name("optimisers", self.array("optimisers").tolist().index(name))

    def title(self, name: str, px: float = style.LABEL_PX, weight: str = "regular") -> Typeset:
        """An optimiser's name in its colour."""
        return self.words(self.optimiser(name), px, self.role(name), weight)
