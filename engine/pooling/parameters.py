"""Parameters of the pooling: type, range and line of help, once for command line, lecture scripts and docs."""

from typing import Annotated, Literal

from pydantic import Field

DIGITS = 1797

Digit = Annotated[
    int, Field(description="Which of scikit-learn's handwritten digits (its row).", ge=0, le=DIGITS - 1)
]
Filter = Annotated[
    Literal["sobel-x", "sobel-y", "laplacian", "sharpen", "emboss"],
    Field(description="The filter whose feature map is pooled."),
]
Window = Annotated[
    int, Field(description="Side of a pooling window in cells; windows lie beside each other.", ge=2, le=3)
]
