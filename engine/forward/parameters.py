"""Parameters of the perceptron: type, range and line of help, once for command line, lecture scripts and docs."""

from typing import Annotated, Literal

from pydantic import Field

DEFAULT_SAMPLE = 54  # an iris of the test set, rightly classified at p = 0.74, with two of six units cut off
DEFAULT_WIDTHS = (6,)
DEFAULT_EPOCHS = 300
DEFAULT_LEARNING_RATE = 0.1
HIDDEN_LAYERS_MAX = 4
UNITS_MAX = 64
Widths = Annotated[
    tuple[int, ...],
    Field(description="Units of each hidden layer, for example 6 or 16,8 (1 to 4 layers of 1 to 64 units)."),
]
Activation = Annotated[
    Literal["relu", "tanh", "sigmoid", "leaky_relu"],
    Field(description="Activation function of the hidden layers."),
]
Sample = Annotated[
    int | None,
    Field(
        description="Which example goes through the net: its row in the data, from 0 (default: 54; of a file of your "
        "own, the first that is kept for testing).",
        ge=0,
    ),
]
Epochs = Annotated[int, Field(description="Training steps, each on the whole training set.", ge=1, le=20_000)]
LearningRate = Annotated[
    float, Field(description="Learning rate of the training and of the one step shown.", gt=0, le=100)
]
