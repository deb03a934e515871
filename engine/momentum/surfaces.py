"""Loss surfaces over x and y: the named ones and the user's own formula. Imports torch only inside functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import InputError
from engine.formula.grammar import Formula, Term, parse

if TYPE_CHECKING:
    from torch import Tensor

    from engine.formula.graph import Graph

AXES = ("x", "y")


@dataclass(frozen=True)
class Named:
    """A surface with a start, learning rates that suit it, and its smallest value where it has one.

    view: x and y range that shows it.  adaptive: rates of the optimisers that scale each axis by itself.
    """

    formula: str
    start: tuple[float, float]
    view: tuple[tuple[float, float], tuple[float, float]]
    lr: float
    adaptive: Mapping[str, float]
    minimum: float | None = 0.0
    minima: tuple[tuple[float, float], ...] = ((0.0, 0.0),)


SURFACES: dict[str, Named] = {
    # Fifty times steeper along y than along x: at this rate SGD only just settles along y.
    "ravine": Named(
        "0.02*x**2 + y**2",
        (-7.0, 1.8),
        ((-8.0, 3.5), (-2.6, 2.6)),
        0.98,
        {"adagrad": 1.0, "rmsprop": 0.1, "adam": 0.5, "adamw": 0.5},
    ),
    # https://en.wikipedia.org/wiki/Test_functions_for_optimization: rosenbrock, beale, himmelblau
    "rosenbrock": Named(
        "(1 - x)**2 + 100*(y - x**2)**2",
        (0.0, 2.5),
        ((-2.0, 2.0), (-1.0, 3.0)),
        0.003,
        {"adagrad": 0.5, "rmsprop": 0.02, "adam": 0.1, "adamw": 0.1},
        minima=((1.0, 1.0),),
    ),
    "beale": Named(
        "(1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2",
        (1.0, 1.5),
        ((-0.5, 4.0), (-1.0, 2.0)),
        0.01,
        {"adagrad": 0.5, "rmsprop": 0.02, "adam": 0.1, "adamw": 0.1},
        minima=((3.0, 0.5),),
    ),
    "himmelblau": Named(
        "(x**2 + y - 11)**2 + (x + y**2 - 7)**2",
        (0.0, -4.0),
        ((-5.5, 5.5), (-5.5, 5.5)),
        0.01,
        {"adagrad": 0.5, "rmsprop": 0.05, "adam": 0.2, "adamw": 0.2},
        minima=(
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.283185991286170),
            (3.584428340330492, -1.848126526964404),
        ),
    ),
    # It falls without end along y: every optimiser leaves it, and the film says when.
    "saddle": Named(
        "x**2 - y**2",
        (-2.0, 0.01),
        ((-2.5, 2.5), (-1.8, 1.8)),
        0.05,
        {"adagrad": 0.2, "rmsprop": 0.02, "adam": 0.05, "adamw": 0.05},
        minimum=None,
        minima=(),
    ),
    "bump": Named(
        "0.05*x**2 + 0.5*y**2 + 0.35*exp(-2*(x + 2)**2)",
        (-6.0, 0.0),
        ((-7.0, 2.5), (-2.5, 2.5)),
        0.6,
        {"adagrad": 0.5, "rmsprop": 0.05, "adam": 0.3, "adamw": 0.3},
        minimum=0.0001132854168886513,  # where 0.1·x = 1.4·(x + 2)·exp(−2·(x + 2)²), by Newton's method
        minima=((0.008792109991254188, 0.0),),
    ),
}


@dataclass(frozen=True)
class Surface:
    """A readable surface. Call it with x and y tensors of one shape for its values."""

    name: str
    formula: Formula
    root: Term

    def __call__(self, x: "Tensor", y: "Tensor") -> "Tensor":
        """f(x, y), elementwise; not finite where f has no value."""
        from engine.formula.graph import evaluate

        return evaluate(self.root, {"x": x, "y": y})

    def graph(self, start: tuple[float, float]) -> "Graph":
        """The formula's operations, run at ``start``; InputError points at what has no value there."""
        from engine.formula.graph import run

        at = dict(zip(AXES, start, strict=True))
        return run(self.formula, self.root, at, remedy="choose another start")


def surface(name: str, text: str) -> Surface:
    """The user's ``text`` when there is one, else the named surface. InputError when it is not one of x and y."""
    formula, root = parse(text or SURFACES[name].formula, AXES)
    known = root.variables
    missing = [axis for axis in AXES if axis not in known]
    other = [one for one in known if one not in AXES]
    if other:
        start = text.find(other[0])
        raise formula.error(
            f"A surface is a formula in x and y: there is no {other[0]}.", start, start + len(other[0])
        )
    if missing:
        raise formula.error(
            f"A surface is a formula in x and y, and this one has no {' and no '.join(missing)}.",
            0,
            len(formula.text),
        )
    return Surface("" if text else name, formula, root)


def start_of(chosen: Surface, given: Mapping[str, float]) -> tuple[float, float]:
    """The start point: as given, or the named surface's own."""
    names = {name.strip(): value for name, value in given.items()}
    unknown = [name for name in names if name not in AXES]
    if unknown:
        raise InputError(f"start has a value for {unknown[0]}: give x and y only, for example x=-7,y=1.8.")
    if not chosen.name and len(names) < len(AXES):
        raise InputError("Your own surface needs a start: give for example --start x=2,y=1.")
    own = SURFACES[chosen.name].start if chosen.name else (0.0, 0.0)
    return names.get("x", own[0]), names.get("y", own[1])
