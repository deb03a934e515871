"""Parameters that several recorders have; the others stand with their recorder. Type, range and line of help, once."""

from typing import Annotated, Literal

from pydantic import Field

Seed = Annotated[
    int, Field(description="Seed of everything random: split and first weights.", ge=0, le=2**31 - 1)
]
Data = Annotated[
    Literal["iris", "wine", "breast_cancer", "digits"],
    Field(description="Real data set to train on, as scikit-learn ships it."),
]
