"""How large the output of a convolution is, along one dimension; whole numbers only, without torch."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Geometry:
    """Along one dimension: input n, kernel f, padding p, stride s, dilation d, and the output's size from them."""

    input: int
    kernel: int
    padding: int = 0
    stride: int = 1
    dilation: int = 1

    @property
    def span(self) -> int:
        """Pixels from the first to the last that one window touches."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def room(self) -> int:
        """Pixels by which a window can move; negative when it does not fit."""
        return self.input + 2 * self.padding - self.span

    @property
    def steps(self) -> int:
        """Whole strides in the room."""
        return self.room // self.stride

    @property
    def output(self) -> int:
        """⌊(n + 2p − d(f − 1) − 1)/s⌋ + 1."""
        return self.steps + 1

    @property
    def skipped(self) -> int:
        """Pixels at the end that no window begins at, because the next stride would leave the input."""
        return self.room - self.steps * self.stride

    def __str__(self) -> str:
        inside = f"{self.input} + 2·{self.padding} − {self.dilation}·({self.kernel} − 1) − 1"
        return f"⌊({inside})/{self.stride}⌋ + 1 = {self.output}"
