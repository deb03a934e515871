"""Every recorder parameter once: its type, its range and its line of help. Command-line options,
lecture scripts and documentation are made from these."""

from typing import Annotated, Literal

from pydantic import Field

from engine.files import File

DEFAULT_EXPRESSION = "(w*x - y)**2"
DEFAULT_AT = {"x": 1.0, "y": 2.0, "w": 1.0}
DEFAULT_SAMPLE = 54  # an iris of the test set, rightly classified at p = 0.74, with two of six units cut off
DEFAULT_STEP_RATE = 0.01
DEFAULT_WIDTHS = (6,)
DEFAULT_EPOCHS = 300
DEFAULT_LEARNING_RATE = 0.1
HIDDEN_LAYERS_MAX = 4
UNITS_MAX = 64

Seed = Annotated[
    int, Field(description="Seed of everything random: split and first weights.", ge=0, le=2**31 - 1)
]
Expression = Annotated[
    str,
    Field(
        description="Formula to differentiate, such as 'sigmoid(w*x+b)' or '2x² + |x|': + - * / **, numbers, names, "
        "exp log ln log10 log2 sin cos tan tanh sigmoid relu softplus abs sqrt max min."
    ),
]
At = Annotated[dict[str, float], Field(description="Value of every variable, for example x=1,y=2,w=1.")]
Wrt = Annotated[str, Field(description="The variable to differentiate by and to update.")]
StepRate = Annotated[float, Field(description="Learning rate of the one update that is shown.", gt=0, le=1e6)]
Names = Annotated[
    str, Field(description="Your own names for parts of the formula, for example 'p=w*x, s=w*x-y'.")
]
Net = Annotated[
    bool | None,
    Field(description="Add the network's beats (default: only with the default formula)."),
]
Data = Annotated[
    Literal["iris", "wine", "breast_cancer", "digits"],
    Field(description="Real data set to train on, as scikit-learn ships it."),
]
Widths = Annotated[
    tuple[int, ...],
    Field(description="Units of each hidden layer, for example 6 or 16,8 (1 to 4 layers of 1 to 64 units)."),
]
Activation = Annotated[
    Literal["relu", "tanh", "sigmoid", "leaky_relu"],
    Field(description="Activation function of the hidden layers."),
]
Sample = Annotated[
    int, Field(description="Which example goes through the net: its row in the data set.", ge=0)
]
Epochs = Annotated[int, Field(description="Training steps, each on the whole training set.", ge=1, le=20_000)]
LearningRate = Annotated[
    float, Field(description="Learning rate of the training and of the one step shown.", gt=0, le=100)
]

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
    float, Field(description="A loss this close to the smallest one counts as arrived.", gt=0, le=1e6)
]

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
