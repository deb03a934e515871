"""Turns a function that computes into a recorder: checked parameters in, a complete Trace out."""

import functools
import importlib.metadata
import platform
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ParamSpec

from engine import __version__
from engine.series import Node, Series
from engine.signature import parameters_of, resolve
from engine.trace import Flag, Trace

P = ParamSpec("P")


@dataclass(frozen=True)
class Recording:
    """What a recorder itself contributes to its trace."""

    series: Mapping[str, Series]
    nodes: tuple[Node, ...] = ()
    flags: Mapping[str, Flag] = field(default_factory=dict)


def recorder(compute: Callable[P, Recording]) -> Callable[P, Trace]:
    """Wrap ``compute(*, seed, …)``: check the parameters, run it in its own scope, and make the Trace.

    The recorder's name is that of its module. InputError comes from the parameters, RunError from the run.
    """
    name = compute.__module__.rpartition(".")[2]
    parameters = parameters_of(compute)

    @functools.wraps(compute)
    def record(*args: P.args, **given: P.kwargs) -> Trace:
        if args:
            raise TypeError(f"{name}.record takes keyword arguments only.")
        resolved = resolve(name, parameters, given)
        checked = {key: resolved[key] for key in given}
        with torch_scope(resolved["seed"]):
            recording = compute(*args, **resolved)
        return Trace(
            recorder=name,
            version=__version__,
            seed=resolved["seed"],
            params={"given": checked, "resolved": resolved},
            environment=environment(),
            series=recording.series,
            nodes=recording.nodes,
            flags=recording.flags,
        )

    return record


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
        "numpy": importlib.metadata.version("numpy"),
        "torch": str(torch.__version__),
        "pillow": importlib.metadata.version("pillow"),
        "scikit-learn": importlib.metadata.version("scikit-learn"),
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
