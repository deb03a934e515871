"""What the beats about deep nets share: the compared nets as strips on the left, a panel on the right."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from manim import Animation, VGroup, VMobject

from scenes.parts.markers import marker
from scenes.parts.motion import leave
from scenes.parts.place import at
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.explainer import Explainer
from scenes.vanishing.deep_net import DeepNet

LEFT_X, RIGHT_X = -6.4, -0.55
TOP, ROOM, TIGHT_ROOM = style.STAGE_TOP, 4.3, 3.75
SCORE_ROOM = 0.9  # at the right of a strip with its name on the left
NAMED_ABOVE = 2  # up to so many nets have their name above and values below
NAME_ROOM = 1.6
UNITS = 5
ACCURACY_CHARS = 6  # the room for a percentage
PATH_S = 2.4  # what runs through all layers takes so long


class DeepStage(Explainer):
    """A film that draws the runs of the recorder `vanishing`."""

    panel: VGroup = VGroup()

    def of(self, run: int, name: str) -> str:
        """The name of a series of run `run` (from 1)."""
        return f"run{run}/{name}"

    def array(self, name: str) -> np.ndarray:
        """The values of a series."""
        return self.trace[name].values

    def item(self, name: str) -> float:
        """A scalar as a number."""
        return float(self.array(name))

    def activation(self, run: int) -> str:
        """The activation's name in the film's language."""
        return self.name(self.of(run, "activation"))

    @property
    def nets(self) -> range:
        """The compared runs."""
        return range(1, int(self.array("nets")) + 1)

    @property
    def weak(self) -> int:
        """The compared run whose gradient fades most on its way back."""
        return int(self.array("weakest"))

    @property
    def strong(self) -> int:
        """The other one whose gradient fades least."""
        return int(self.array("strongest"))

    def form_of(self, key: str, *layers: int, runs: Iterable[int] = ()) -> str:
        """How a series of the compared nets (or of `runs`), at these layers, is written to be compared."""
        values = [self.array(self.of(run, key)) for run in runs or self.nets]
        return comparable(
            np.array([value[list(layers)] if layers else value for value in values]), form="short"
        )

    @cached_property
    def accuracy_form(self) -> str:
        """How the test accuracies of all nets and cures are written, beside that of one constant answer."""
        runs = dict.fromkeys([*self.nets, *(int(run) for run in self.array("cures"))])
        ended = [run for run in runs if not bool(self.array(self.of(run, "diverged")))]
        values = [self.item(self.of(run, "test_accuracy")) for run in ended]
        return comparable([*values, self.item("training/constant_accuracy")], form=".0%", most=ACCURACY_CHARS)

    def build_nets(self) -> None:
        """Make the strips with their names; nothing is shown yet."""
        count = len(self.nets)
        layers = len(self.array("widths"))
        above = count <= NAMED_ABOVE
        pitch = ROOM / count if above else TIGHT_ROOM / count
        left = LEFT_X if above else LEFT_X + NAME_ROOM + 0.5
        right = RIGHT_X if above else RIGHT_X - SCORE_ROOM
        height = 1.0 if above else 0.62 * pitch
        self.ys = {run: TOP - pitch * (run - 0.5) for run in self.nets}
        self.strip_height = height
        units = min(UNITS if above else 3, int(self.array("width")))
        self.strips = {
            run: DeepNet(self.look, layers, left, right, y, height, units) for run, y in self.ys.items()
        }
        self.names = {run: self._named(run, above) for run in self.nets}

    def _named(self, run: int, above: bool) -> VGroup:
        y = self.ys[run] + (self.strip_height / 2 + 0.36 if above else 0)
        sign = self.sign(run).move_to(at(LEFT_X + 0.1, y))
        name = self.fitted(self.activation(run), 3.0 if above else NAME_ROOM, style.LABEL_PX)
        return VGroup(sign, name.left_at(at(LEFT_X + 0.35, y)))

    def sign(self, run: int, role: str = "ink") -> VMobject:
        """The run's own mark, the same in every graph."""
        return marker(run - 1, self.look, role)

    def share(self, norm: float) -> float:
        """How bright a gradient of this size is, on a logarithmic scale over what was measured (0..1)."""
        norms = np.concatenate([self.array(self.of(run, "gradient_norm")) for run in self.nets])
        norms = norms[norms > 0]
        if norm <= 0 or len(norms) == 0 or norms.min() == norms.max():
            return 0.0 if norm <= 0 else 1.0
        low, high = np.log10(norms.min()), np.log10(norms.max())
        return float((np.log10(norm) - low) / (high - low))

    def clear_panel(self) -> list[Animation]:
        """Animations that take away what stands beside the nets."""
        old, self.panel = self.panel, VGroup()
        return [leave(old)] if len(old) else []
