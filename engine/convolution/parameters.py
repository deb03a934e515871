"""Parameters of the convolution: type, range and line of help, once for command line, lecture scripts and docs."""

from typing import Annotated

from pydantic import Field

from engine.files.given import File

DIGITS = 1797
ImageFile = Annotated[
    File | None,
    Field(description="Your own picture (PNG, JPEG …) or .npy, instead of the digit."),
]
Digit = Annotated[
    int, Field(description="Which of scikit-learn's handwritten digits (its row).", ge=0, le=DIGITS - 1)
]
Kernel = Annotated[
    str,
    Field(
        description="identity, sobel-x, sobel-y, laplacian, sharpen, blur, emboss, learned, or a matrix such as "
        "'1,0,-1;2,0,-2;1,0,-1' (up to 11 by 11)."
    ),
]
Bias = Annotated[float, Field(description="Number added to every window's sum.", ge=-1e6, le=1e6)]
Stride = Annotated[int, Field(description="Pixels from one window to the next.", ge=1, le=4)]
Padding = Annotated[int, Field(description="Rows and columns of zeros on every side.", ge=0, le=8)]
Dilation = Annotated[int, Field(description="Pixels from one weight of the window to the next.", ge=1, le=4)]
Transposed = Annotated[bool, Field(description="Add the transposed convolution of the output.")]
