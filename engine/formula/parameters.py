"""Parameters of a formula: type, range and line of help, once for command line, lecture scripts and docs."""

from typing import Annotated

from pydantic import Field

DEFAULT_EXPRESSION = "(w*x - y)**2"
DEFAULT_AT = {"x": 2.0, "y": 5.0, "w": 4.0}
DEFAULT_STEP_RATE = 0.01
Expression = Annotated[
    str,
    Field(
        description="Formula to differentiate, such as 'sigmoid(w*x+b)' or '2x² + |x|': + - * / **, numbers, names, "
        "exp log ln log10 log2 sin cos tan tanh sigmoid relu softplus abs sqrt max min."
    ),
]
At = Annotated[dict[str, float], Field(description="Value of every variable, for example x=2,y=5,w=4.")]
Wrt = Annotated[str, Field(description="The variable to differentiate by and to update.")]
StepRate = Annotated[float, Field(description="Learning rate of the one update that is shown.", gt=0, le=1e6)]
Names = Annotated[
    str, Field(description="Your own names for parts of the formula, for example 'p=w*x, s=w*x-y'.")
]
