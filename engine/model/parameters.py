"""Parameters of a user's own model: type, range and line of help, once for command line, lecture scripts and docs."""

from typing import Annotated

from pydantic import Field

from engine.files.given import File
from engine.files.named import Named
from engine.text.settings import Settings

LOSSES = ("cross_entropy", "mse", "bce", "l1")
BUDGET_MAX_MB = 100  # a trace file holds 128 MiB at most

Model = Annotated[
    str | Named | None,
    Field(
        description="Your model as FILE.py:NAME, a class or a function that returns an nn.Module (default: a small "
        "convolutional net, trained on handwritten digits)."
    ),
]
ModelArg = Annotated[
    Settings | None,
    Field(description="What NAME is called with, such as hidden=32,bias=false,widths=[16,8]."),
]
Weights = Annotated[
    File | None,
    Field(
        description="Weights of the model: a .safetensors file, or what torch.save(model.state_dict(), …) wrote."
    ),
]
Input = Annotated[
    str | Named | None,
    Field(
        description="What goes in: a .npy, .npz, picture or CSV file, or random numbers of a shape, random:1,3,32,32 "
        "(whole ones below 1000: random:1,12:1000); several as x=a.npy;mask=random:1,8."
    ),
]
Target = Annotated[
    str | int | float | Named | None,
    Field(
        description="What is right: a class by its name or its number from 0, numbers, or a .npy, CSV or "
        "picture file."
    ),
]
Loss = Annotated[
    str | Named | None,
    Field(
        description="cross_entropy, mse, bce, l1, or your own as FILE.py:NAME, a function of output and target."
    ),
]
ClassNames = Annotated[str, Field(description="Names of the classes, such as cat,dog,bird.")]
Focus = Annotated[
    str, Field(description="Modules whose numbers are kept before others, such as layer3.conv1.")
]
TrainMode = Annotated[
    bool, Field(description="Run as in training: with dropout and the batch's own statistics.")
]
BudgetMb = Annotated[
    float,
    Field(
        description="Megabytes of numbers that are kept; of the rest there are statistics.",
        gt=0,
        le=BUDGET_MAX_MB,
    ),
]
