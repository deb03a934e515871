"""Parameters of the optimisers' race: type, range and line of help, once for command line, lecture scripts and docs."""

from typing import Annotated, Literal

from pydantic import Field

SurfaceName = Annotated[
    Literal["ravine", "rosenbrock", "beale", "himmelblau", "saddle", "bump"],
    Field(description="Loss surface to walk on."),
]
OwnSurface = Annotated[
    str, Field(description="Your own surface, a formula in x and y such as '(x-1)**2 + 9*y**2'; needs start.")
]
Start = Annotated[
    dict[str, float],
    Field(description="Where every optimiser starts, x=-7,y=1.8 (default: the surface's own)."),
]
FirstRate = Annotated[
    float | None,
    Field(
        description="Learning rate of SGD, momentum and nesterov (default: the surface's own).", gt=0, le=1000
    ),
]
Smaller = Annotated[
    float, Field(description="Share of SGD's learning rate in the run at a smaller one.", ge=0.05, le=0.95)
]
Momentum = Annotated[
    float, Field(description="Share of the velocity that is carried into the next step.", gt=0, lt=1)
]
Others = Annotated[
    str,
    Field(description="Further optimisers of the race: any of nesterov, adagrad, rmsprop, adam, adamw."),
]
Rates = Annotated[
    dict[str, float],
    Field(description="Learning rates of single optimisers, for example adam=0.3,adagrad=2."),
]
Alpha = Annotated[float, Field(description="RMSprop's decay of the mean square.", ge=0, lt=1)]
Beta1 = Annotated[float, Field(description="Adam's and AdamW's decay of the mean gradient.", ge=0, lt=1)]
Beta2 = Annotated[float, Field(description="Adam's and AdamW's decay of the mean square.", ge=0, lt=1)]
WeightDecay = Annotated[float, Field(description="AdamW's weight decay.", ge=0, le=10)]
Steps = Annotated[int, Field(description="Updates that every optimiser may take.", ge=10, le=2000)]
Tolerance = Annotated[
    float, Field(description="A loss this close to the smallest one counts as arrived.", ge=1e-300, le=1e6)
]
