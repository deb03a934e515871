"""Turns a function that computes into a recorder: checked parameters in, a complete Trace out."""

import functools
import platform
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, ParamSpec

from engine import __version__, packages
from engine.trace import Flag, Trace
from engine.trace.series import Node, Series
from engine.trace.signature import Parameter, Settle, as_it_is, parameters_of, resolve

P = ParamSpec("P")


@dataclass(frozen=True)
class Recording:
    """What a recorder itself contributes to its trace."""

    series: Mapping[str, Series]
    nodes: tuple[Node, ...] = ()
    flags: Mapping[str, Flag] = field(default_factory=dict)


class Recorder(Generic[P]):
    """A function ``compute(*, seed, …)`` that records: called with some of its parameters, it gives a Trace.

    ``settle`` decides parameters whose default depends on others, once each has been checked by itself.
    Called: InputError comes from the parameters, RunError from the run.
    """

    def __init__(self, name: str, compute: Callable[P, Recording], settle: Settle) -> None:
        self.name = name
        self._compute, self._settle = compute, settle
        functools.update_wrapper(self, compute)

    @functools.cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """In the order of the signature. Loads no torch."""
        return parameters_of(self._compute)

    def resolve(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Every parameter with its checked value; InputError says what is wrong."""
        return resolve(self.name, self.parameters, given, self._settle)

    def __call__(self, *args: P.args, **given: P.kwargs) -> Trace:
        if args:
            raise TypeError(f"{self.name}.record takes keyword arguments only.")
        resolved = self.resolve(given)
        checked = {key: resolved[key] for key in given}
        with torch_scope(resolved["seed"]):
            recording = self._compute(*args, **resolved)
        return Trace(
            recorder=self.name,
            version=__version__,
            seed=resolved["seed"],
            params={"given": checked, "resolved": resolved},
            environment=environment(),
            series=recording.series,
            nodes=recording.nodes,
            flags=recording.flags,
        )


def recorder(name: str, settle: Settle = as_it_is) -> Callable[[Callable[P, Recording]], Recorder[P]]:
    """Make a Recorder called ``name`` of the function below, whose parameters its signature declares."""
    return lambda compute: Recorder(name, compute, settle)


@contextmanager
def torch_scope(seed: int) -> Iterator[None]:
    """Torch with its own seed, gradients on and one thread; everything is as it was afterwards.

    One thread, because sums then keep their order whatever the number of cores: same seed, same bytes.
    """
    import torch

    threads = torch.get_num_threads()
    with ExitStack() as stack:
        stack.callback(torch.set_num_threads, threads)
        stack.enter_context(torch.random.fork_rng(devices=[]))
        stack.enter_context(torch.inference_mode(False))
        stack.enter_context(torch.enable_grad())
        torch.set_num_threads(1)
        torch.manual_seed(seed)
        yield


def environment() -> dict[str, str]:
    """The versions and the processor that the last bits of a number depend on.

    cpu: the instructions torch chose; processor: the model, by which the library below torch chooses its own.
    """
    import torch

    return {
        "python": platform.python_version(),
        **packages.versions(packages.COMPUTING),
        "system": platform.system(),
        "machine": platform.machine(),
        "cpu": torch.backends.cpu.get_cpu_capability(),
        "processor": _processor(),
        "device": "cpu",
    }


@functools.cache
def _processor() -> str:
    """The processor's model as the system names it; "" where it does not say."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.processor()
    named = (line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("model name"))
    return next(named, platform.processor())
