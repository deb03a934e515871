"""Parameters that several recorders have; the others stand with their recorder. Type, range and line of help, once."""

from typing import Annotated

from pydantic import Field

from engine.files.named import Named

Seed = Annotated[
    int, Field(description="Seed of everything random: split and first weights.", ge=0, le=2**31 - 1)
]
Data = Annotated[
    str | Named | None,
    Field(
        description="Data to train on: iris, wine, breast_cancer or digits, real data sets that scikit-learn ships, or "
        "a CSV file of your own with numbers and a column of classes, such as my.csv."
    ),
]
Label = Annotated[
    str,
    Field(
        description="Which column of that file has the classes: its name, else its place from 1 (default: the last)."
    ),
]
