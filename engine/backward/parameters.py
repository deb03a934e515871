"""Parameters of backpropagation: type, range and line of help, once for command line, lecture scripts and docs."""

from typing import Annotated

from pydantic import Field

Net = Annotated[
    bool | None,
    Field(description="Add the network's beats (default: only with the default formula)."),
]
