"""What a trace is made of: Series (an array with named axes) and Node (an operation or module)."""

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.errors import RunError

DTYPES = frozenset(np.dtype(kind) for kind in ("float64", "float32", "int64", "bool"))


@dataclass(frozen=True, eq=False)
class Series:
    """A read-only array with a name for each axis.

    values: float64, float32, int64, bool or unicode, copied; floats are finite.
    axes: one name per dimension, for example ``("unit", "input")``; ``()`` for a scalar.
    unit: physical unit such as "cm", "" for a pure number.  source: the equation or torch call it came from.

    Raises RunError when rank and axes differ, the type is another one, or a value is not finite.
    """

    values: NDArray[Any]
    axes: tuple[str, ...] = ()
    unit: str = ""
    source: str = ""

    def __init__(
        self, values: ArrayLike, axes: tuple[str, ...] = (), unit: str = "", source: str = ""
    ) -> None:
        array = np.array(np.asarray(values), order="C", copy=True)
        if array.dtype not in DTYPES and array.dtype.kind != "U":
            raise RunError(
                f"A series holds floats, int64, bool or text, not {array.dtype}: convert it first."
            )
        if array.ndim != len(axes):
            raise RunError(
                f"A series of shape {array.shape} needs {array.ndim} axis names, not {list(axes)}."
            )
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise RunError("A series holds finite numbers only.")
        array.setflags(write=False)
        for name, value in (("values", array), ("axes", tuple(axes)), ("unit", unit), ("source", source)):
            object.__setattr__(self, name, value)

    @property
    def shape(self) -> tuple[int, ...]:
        """The length of each axis."""
        return self.values.shape

    def __getitem__(self, index: Any) -> Any:
        """Index as in numpy; one element comes back as a Python number, bool or str (a scalar: ``[()]``)."""
        picked = self.values[index]
        return picked.item() if np.ndim(picked) == 0 else picked

    def __len__(self) -> int:
        return len(self.values)

    def item(self) -> Any:
        """The only element, as a Python number, bool or str (ValueError when there are more)."""
        return self.values.item()

    def __eq__(self, other: object) -> bool:
        """Same axes, unit, source and the same bytes."""
        if not isinstance(other, Series):
            return NotImplemented
        mine = (self.axes, self.unit, self.source, self.digest())
        return mine == (other.axes, other.unit, other.source, other.digest())

    __hash__ = None  # type: ignore[assignment]

    def digest(self) -> str:
        """sha256 hex of type, shape and bytes (little-endian, so the same on every machine)."""
        array = self.values.astype(self.values.dtype.newbyteorder("<"), copy=False)
        return hashlib.sha256(f"{array.dtype.str}{array.shape}".encode() + array.tobytes()).hexdigest()


@dataclass(frozen=True)
class Node:
    """One operation or module. ``inputs`` are node ids in order, duplicates kept: ``a*a`` has two edges."""

    id: str
    name: str
    operation: str
    inputs: tuple[str, ...] = ()
    input_shapes: tuple[tuple[int, ...], ...] = ()
    output_shape: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if len(self.inputs) != len(self.input_shapes):
            raise RunError(
                f"Node {self.id} has {len(self.inputs)} inputs but {len(self.input_shapes)} shapes."
            )
