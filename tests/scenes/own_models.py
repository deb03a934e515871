"""Models as people bring them, each with what went in: the film of a user's own model is drawn from their traces."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import torch
from torch import Tensor, nn

from engine.model.record import record
from engine.trace import Trace


class LeNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5, padding=2), nn.Conv2d(6, 16, 5)
        self.pool = nn.MaxPool2d(2)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = self.pool(torch.relu(self.conv1(x)))
        x = self.pool(torch.relu(self.conv2(x))).flatten(1)
        return self.fc3(torch.relu(self.fc2(torch.relu(self.fc1(x)))))


class Residual(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        plain = stride == 1 and inputs == outputs
        self.down = nn.Identity() if plain else nn.Conv2d(inputs, outputs, 1, stride, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        y = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(y)) + self.down(x))


class ResNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU())
        self.layer1 = nn.Sequential(Residual(16, 16), Residual(16, 16))
        self.layer2 = nn.Sequential(Residual(16, 32, 2), Residual(32, 32))
        self.layer3 = nn.Sequential(Residual(32, 64, 2), Residual(64, 64))
        self.head = nn.Linear(64, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = self.layer3(self.layer2(self.layer1(self.stem(x))))
        return self.head(x.mean((2, 3)))


class SmallResNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stem, self.block, self.head = nn.Conv2d(1, 8, 3, 1, 1), Residual(8, 8), nn.Linear(8, 10)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.block(self.stem(x)).mean((2, 3)))


def _double(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.ReLU())


class UNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.down1, self.down2, self.middle = _double(1, 8), _double(8, 16), _double(16, 32)
        self.pool = nn.MaxPool2d(2)
        self.up2, self.up1 = nn.ConvTranspose2d(32, 16, 2, 2), nn.ConvTranspose2d(16, 8, 2, 2)
        self.right2, self.right1, self.out = _double(32, 16), _double(16, 8), nn.Conv2d(8, 2, 1)

    def forward(self, x: Tensor) -> Tensor:
        a = self.down1(x)
        b = self.down2(self.pool(a))
        y = self.middle(self.pool(b))
        y = self.right2(torch.cat([b, self.up2(y)], 1))
        return self.out(self.right1(torch.cat([a, self.up1(y)], 1)))


class TwoInputs(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.vision = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(2), nn.Flatten())
        self.words = nn.Embedding(20, 8)
        self.join, self.out = nn.Linear(24, 16), nn.Linear(16, 3)

    def forward(self, image: Tensor, tokens: Tensor) -> Tensor:
        both = torch.cat([self.vision(image), self.words(tokens).mean(1)], 1)
        return self.out(torch.relu(self.join(both)))


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Embedding(30, 16)
        layer = nn.TransformerEncoderLayer(16, 4, 32, batch_first=True, dropout=0.0)
        self.encoder, self.head = (
            nn.TransformerEncoder(layer, 3, enable_nested_tensor=False),
            nn.Linear(16, 4),
        )

    def forward(self, tokens: Tensor) -> Tensor:
        return self.head(self.encoder(self.embed(tokens)).mean(1))


class Recurrent(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embed, self.lstm = nn.Embedding(30, 8), nn.LSTM(8, 12, batch_first=True)
        self.head = nn.Linear(12, 2)

    def forward(self, tokens: Tensor) -> Tensor:
        _, (hidden, _) = self.lstm(self.embed(tokens))
        return self.head(hidden[-1])


class Vae(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.Sequential(nn.Flatten(), nn.Linear(64, 32), nn.ReLU())
        self.mu, self.log_var = nn.Linear(32, 4), nn.Linear(32, 4)
        self.decoder = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 64), nn.Sigmoid())

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        h = self.encoder(x)
        mu, log_var = self.mu(h), self.log_var(h)
        z = mu + torch.exp(log_var / 2) * torch.randn_like(mu)
        return self.decoder(z).view_as(x), mu, log_var


def vae_loss(output: Any, target: Tensor) -> Tensor:
    """Reconstruction and divergence."""
    made, mu, log_var = output
    divergence = -(1 + log_var - mu.pow(2) - log_var.exp()).sum() / 2
    return nn.functional.binary_cross_entropy(made, target, reduction="sum") + divergence


def digit(size: int) -> Tensor:
    """A ring with a gap, as a picture (1, 1, size, size) from 0 to 1: no data set is needed for it."""
    steps = torch.linspace(-1, 1, size)
    y, x = torch.meshgrid(steps, steps, indexing="ij")
    ring = torch.exp(-30 * ((x**2 + 1.3 * y**2).sqrt() - 0.6) ** 2)
    return (ring * (1 - ((x > 0.3) & (y.abs() < 0.3)).float()))[None, None]


def _mlp() -> Trace:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 3))
    return record(model, torch.tensor([[5.1, 3.5, 1.4, 0.2]]), target=torch.tensor([0]), loss="cross_entropy")


def _classes(make: Callable[[], nn.Module], *inputs: Any) -> Callable[[], Trace]:
    def made() -> Trace:
        torch.manual_seed(0)
        return record(make().eval(), *inputs, target=torch.tensor([1]), loss="cross_entropy")

    return made


def _unet() -> Trace:
    torch.manual_seed(0)
    picture = digit(32)
    return record(UNet().eval(), picture, target=(picture[0] > 0.5).long(), loss="cross_entropy")


def _vae() -> Trace:
    torch.manual_seed(0)
    return record(Vae(), digit(8), target=digit(8), loss=vae_loss)


def _forward_only() -> Trace:
    torch.manual_seed(0)
    return record(LeNet().eval(), digit(28))


def _regression() -> Trace:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(8, 16), nn.Tanh(), nn.Linear(16, 1))
    return record(model, torch.randn(1, 8), target=torch.tensor([[0.7]]), loss="mse")


def _deep() -> Trace:
    torch.manual_seed(0)
    parts: list[nn.Module] = [nn.Linear(12, 24), nn.ReLU()]
    for _ in range(98):
        parts += [nn.Linear(24, 24), nn.Tanh()]
    model = nn.Sequential(*parts, nn.Linear(24, 3))
    return record(model, torch.randn(1, 12), target=torch.tensor([2]), loss="cross_entropy")


WORDS = torch.tensor([[3, 17, 8, 21, 5, 9, 2]])
MODELS: dict[str, Callable[[], Trace]] = {
    "mlp": _mlp,
    "lenet": _classes(LeNet, digit(28)),
    "residual": _classes(ResNet, digit(32).repeat(1, 3, 1, 1)),
    "unet": _unet,
    "two_inputs": _classes(TwoInputs, digit(12), WORDS % 20),
    "transformer": _classes(Attention, WORDS),
    "lstm": _classes(Recurrent, WORDS),
    "vae": _vae,
}
OTHERS: dict[str, Callable[[], Trace]] = {
    "small_residual": _classes(SmallResNet, digit(16)),
    "forward_only": _forward_only,
    "regression": _regression,
    "deep": _deep,
}


@cache
def trace_of(name: str) -> Trace:
    """The trace of one of them."""
    return (MODELS | OTHERS)[name]()
