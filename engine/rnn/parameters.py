"""Parameters of the recurrent net: type, range and line of help, once for command line, lecture scripts and docs."""

from typing import Annotated, Literal

from pydantic import Field

SEQUENCE_MIN, SEQUENCE_MAX = 3, 64  # two steps at least, or nothing is carried
DEFAULT_SEQUENCE = "hello"
Sequence = Annotated[
    str | None,
    Field(
        description="Characters to learn, for example 안녕하세요 or 你好 (3 to 64, two different; default: hello): "
        "Latin, Greek, Cyrillic, Hangul, Chinese or Japanese."
    ),
]
NumberFile = Annotated[
    str | dict[str, tuple[float, ...]] | None,
    Field(
        description="CSV file with numbers to learn instead of characters, one a row (3 to 400), as Excel and "
        "other programs save it."
    ),
]
Column = Annotated[
    str,
    Field(
        description="Which column of that file: its name, also when that is a number such as 2020, else its place "
        "from 1 (default: the only one)."
    ),
]
Cell = Annotated[Literal["rnn", "lstm", "gru"], Field(description="Kind of recurrent cell.")]
HiddenSize = Annotated[int, Field(description="Numbers in the hidden state.", ge=1, le=64)]
RecurrentSteps = Annotated[
    int, Field(description="Training steps (Adam), each on the whole sequence.", ge=1, le=2000)
]
RecurrentRate = Annotated[float, Field(description="Learning rate of the training (Adam).", gt=0, le=100)]
LongLength = Annotated[
    int, Field(description="Length of the long sequence that gradients are measured over.", ge=10, le=400)
]
ForgetBias = Annotated[
    float,
    Field(
        description="Bias that the forget gate of the third long run starts from; 0 is half open.",
        ge=-8,
        le=8,
    ),
]
InputBias = Annotated[
    float, Field(description="Bias that the input gate of the third long run starts from.", ge=-8, le=8)
]
