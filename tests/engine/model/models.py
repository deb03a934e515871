"""Models that people brought to other tools and that broke there, and how a trace of them is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm, weight_norm
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from engine.trace import Trace


def seeded(make: Callable[[], Any], seed: int = 0) -> Any:
    """What ``make`` makes when its random numbers begin with ``seed``."""
    torch.manual_seed(seed)
    return make()


def texts(trace: Trace, name: str) -> list[Any]:
    """A table's column as a list."""
    return trace[name].values.tolist()  # type: ignore[no-any-return]


def named(trace: Trace, name: str) -> int:
    """The index of the node of that name."""
    return next(place for place, node in enumerate(trace.nodes) if node.name == name)


def row(trace: Trace, node: str, name: str = "output") -> int:
    """The tensor called ``name`` that the node called ``node`` made."""
    index = named(trace, node)
    pairs = zip(texts(trace, "tensor/node"), texts(trace, "tensor/name"), strict=True)
    return next(place for place, pair in enumerate(pairs) if pair == (index, name))


def operations(trace: Trace) -> list[str]:
    """What was called, without inputs and outputs."""
    kinds = texts(trace, "node/kind")
    return [
        node.operation
        for node, kind in zip(trace.nodes, kinds, strict=True)
        if kind in ("module", "function", "closed")
    ]


def by_name(trace: Trace, column: str) -> dict[str, Any]:
    """A column of the parameters by their names."""
    return dict(zip(texts(trace, "parameter/name"), texts(trace, column), strict=True))


def value(trace: Trace, node: str, name: str = "output") -> np.ndarray:
    """The numbers of a node's tensor."""
    return trace[f"value/{row(trace, node, name)}"].values


def gradient(trace: Trace, node: str, name: str = "output") -> np.ndarray:
    """∂loss/∂ the same."""
    return trace[f"gradient/{row(trace, node, name)}"].values


class InPlace(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 3, 3, padding=1)
        self.act = nn.ReLU(inplace=True)

    def forward(self, x: Tensor) -> Tensor:
        y = self.act(self.conv(x))
        z = y.reshape(1, 3, 25) * 2
        z += 1
        return z.mean()


class Packed(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Embedding(10, 4, padding_idx=0)
        self.lstm = nn.LSTM(4, 3, bidirectional=True, batch_first=True)
        self.head = nn.Linear(6, 2)

    def forward(self, tokens: Tensor, lengths: Tensor) -> Tensor:
        packed = pack_padded_sequence(self.embed(tokens), lengths, batch_first=True, enforce_sorted=False)
        packed, _ = self.lstm(packed)
        out, _ = pad_packed_sequence(packed, batch_first=True)
        return self.head(out.sum(1) / lengths[:, None])


class FourTimes(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.step, self.act = nn.Linear(4, 4), nn.ReLU()
        self.names = {"again": self.step}

    def forward(self, x: Tensor) -> Tensor:
        for _ in range(4):
            x = x + self.act(self.names["again"](x))
        return x.sum()


class Encoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True, dropout=0.1)
        self.encoder = nn.TransformerEncoder(layer, 2)
        self.head = nn.Linear(8, 3)

    def forward(self, x: Tensor, pad: Tensor) -> Tensor:
        return self.head(self.encoder(x, src_key_padding_mask=pad)[:, 0])


@dataclass
class Result:
    loss: Tensor | None = None
    logits: Tensor | None = None
    hidden: dict[str, Tensor] = field(default_factory=dict)
    extra: list[Tensor] = field(default_factory=list)
    cache: object = None


class Body(nn.Linear):
    def forward(self, x: Tensor) -> dict[str, Tensor]:  # type: ignore[override]
        first = torch.tanh(super().forward(x))
        return {"first": first, "second": first * 2}


class Structured(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.body, self.head = Body(4, 6), nn.Linear(6, 3)

    def forward(self, x: Tensor, labels: Tensor | None = None) -> Result:
        hidden = self.body(x)
        logits = self.head(hidden["second"])
        loss = nn.functional.cross_entropy(logits, labels) if labels is not None else None
        return Result(loss, logits, hidden, [logits.argmax(-1)])


class Listed(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(1, 1)

    def forward(self, xs: list[Tensor], *, scale: float = 1.0) -> Tensor:
        return self.fc(torch.cat([scale * x for x in xs])[:, None])[:, 0]


class Lazy(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.LazyConv2d(8, 3, stride=2)
        self.scale = nn.UninitializedParameter()
        self.fc = nn.LazyLinear(10)

    def forward(self, x: Tensor) -> Tensor:
        y = torch.relu(self.conv(x))
        if isinstance(self.scale, nn.UninitializedParameter):
            self.scale.materialize((4,))
            nn.init.ones_(self.scale)
        return self.fc((y.mean((2,)) * self.scale[: y.shape[3]]).flatten(1))


class Parametrized(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc, self.out = weight_norm(nn.Linear(3, 2)), spectral_norm(nn.Linear(2, 2))

    def forward(self, x: Tensor) -> Tensor:
        return self.out(torch.tanh(self.fc(x)))


class Round(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, steps: int) -> Tensor:
        return torch.round(x * steps) / steps

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, None]:
        return grad, None


kept_apply = Round.apply  # as many files keep it


class StraightThrough(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(2, 2)

    def forward(self, x: Tensor) -> Tensor:
        return (Round.apply(self.fc(x), 4) * kept_apply(x, 2)).sum()


class Frozen(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(4)
        self.backbone = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4)).requires_grad_(False)
        self.label, self.age = nn.Linear(4, 3), nn.Linear(4, 1)

    def forward(self, x: Tensor, label: Tensor, age: Tensor) -> tuple[Tensor, Tensor]:
        z = self.backbone(self.norm(x))
        first = nn.functional.cross_entropy(self.label(z), label)
        return first, nn.functional.l1_loss(self.age(z)[:, 0], age)


class Hooked(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc, self.runs, self.seen = nn.Linear(2, 2), 0, []
        self.fc.register_forward_hook(lambda module, args, out: out * 10)
        self.register_forward_pre_hook(self.count)

    def count(self, module: nn.Module, args: Any) -> None:
        self.runs += 1

    def forward(self, x: Tensor) -> Tensor:
        y = self.fc(x)
        y.register_hook(lambda grad: self.seen.append(grad.norm().item()))
        return y.sum()


class Plain(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(4, 8), nn.GELU(), nn.Linear(8, 2))

    def forward(self, x: Tensor) -> Tensor:
        return self.layers(x)


class Bag(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.words, self.head = nn.EmbeddingBag(1000, 3, mode="mean", sparse=True), nn.Linear(3, 2)

    def forward(self, tokens: Tensor, offsets: Tensor) -> Tensor:
        return self.head(self.words(tokens, offsets))


class Block(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.LayerNorm(8), nn.Linear(8, 8), nn.GELU())

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)


class Nest(nn.Module):
    def __init__(self, depth: int) -> None:
        super().__init__()
        self.block, self.rest = Block(), Nest(depth - 1) if depth > 1 else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        return self.rest(self.block(x))


class Deep(nn.Module):
    def __init__(self, blocks: int = 100) -> None:
        super().__init__()
        self.flat, self.nest = nn.Sequential(*(Block() for _ in range(blocks))), Nest(blocks)

    def forward(self, x: Tensor) -> Tensor:
        return self.nest(self.flat(x)).mean()


def conv(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv3d(inputs, outputs, 3, padding=1), nn.InstanceNorm3d(outputs), nn.LeakyReLU(0.1, True)
    )


class Volumes(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.down1, self.down2, self.middle = conv(1, 4), conv(4, 8), conv(8, 16)
        self.up2 = nn.ConvTranspose3d(16, 8, 2, stride=2, output_padding=(1, 1, 1))
        self.up1 = nn.ConvTranspose3d(8, 4, 2, stride=2)
        self.right2, self.right1, self.out = conv(16, 8), conv(8, 4), nn.Conv3d(4, 2, 1)

    @staticmethod
    def join(skip: Tensor, up: Tensor) -> Tensor:
        d, h, w = (min(one) for one in zip(skip.shape[2:], up.shape[2:], strict=True))
        return torch.cat([skip[:, :, :d, :h, :w], up[:, :, :d, :h, :w]], 1)

    def forward(self, x: Tensor) -> Tensor:
        a = self.down1(x)
        b = self.down2(nn.functional.max_pool3d(a, 2))
        y = self.middle(nn.functional.max_pool3d(b, 2, ceil_mode=True))
        return self.out(self.right1(self.join(a, self.up1(self.right2(self.join(b, self.up2(y)))))))
