"""Parameters of the deep nets: type, range and line of help, once for command line, lecture scripts and docs."""

from typing import Annotated, Literal

from pydantic import Field

DEPTH_MAX = 50
Depth = Annotated[int, Field(description="Hidden layers of each deep net (2 to 50).", ge=2, le=DEPTH_MAX)]
DeepWidth = Annotated[int, Field(description="Units of each hidden layer of the deep nets.", ge=1, le=64)]
Activations = Annotated[
    str,
    Field(
        description="Activations to compare, two or more of sigmoid, tanh, relu, leaky_relu, elu, gelu, "
        "for example sigmoid,relu."
    ),
]
Initialisation = Annotated[
    Literal["xavier", "he", "lecun", "normal", "zeros"],
    Field(description="How the first weights of every layer are drawn."),
]
BatchNorm = Annotated[
    bool, Field(description="Put batch normalisation before every activation of the compared nets.")
]
DeepSteps = Annotated[
    int, Field(description="Training steps of each deep net, each on the whole training set.", ge=1, le=2000)
]
DeepRate = Annotated[float, Field(description="Learning rate of every deep net's training.", gt=0, le=100)]
