"""Series of the trained net: its first layer's filters, what they make of a digit, and how well it does."""

import torch

from engine.convolution.digit_net import EPOCHS, HIGH, LEARNING_RATE, SIDE, Learned, first, last
from engine.trace.series import Series

SHOWN = 3  # filters that are looked at
FILTERS, MAPS = ("filter", "ky", "kx"), ("filter", "y", "x")


def learned(done: Learned, digit: int) -> dict[str, Series]:
    """``learned/…``; the net looks at row ``digit``, or at the next one that it was not trained on."""
    row = done.test_row(digit)
    pixel = done.data.raw[row].reshape(SIDE, SIDE)  # (y, x), 0 to 16
    with torch.no_grad():
        map_ = first(done.net)(pixel[None, None] / HIGH)[0]  # (filter, y, x)
        logits = done.net(pixel[None, None] / HIGH)[0]  # (class,)
    probabilities = torch.softmax(logits, dim=0)
    peaks = torch.relu(map_).flatten(1).max(dim=1)  # (filter,)
    terms = last(done.net).weight.detach() * peaks.values  # (class, filter)
    return {
        "learned/index": Series(row, source="row of the digits' test set"),
        "learned/split": Series("test"),
        "learned/pixel": Series(pixel.to(torch.int64), ("y", "x")),
        "learned/label": Series(done.data.labels[row]),
        "learned/prediction": Series(probabilities.argmax()),
        "learned/score": Series(logits, ("class",), source="torch.nn.Linear, of the largest of each map"),
        "learned/term": Series(terms, ("class", "filter"), source="readout · peak"),
        "learned/probabilities": Series(probabilities, ("class",), source="torch.softmax"),
        "learned/map": Series(map_, MAPS, source="torch.nn.Conv2d"),
        "learned/negative": Series(
            (map_ < 0).flatten(1).all(dim=1), ("filter",), source="whether a map is negative everywhere"
        ),
        "learned/relu": Series(torch.relu(map_), MAPS, source="torch.relu"),
        "learned/map_side": Series(map_.shape[1], unit="px", source="of a map, which is square"),
        "learned/map_limit": Series(map_.abs().max()),
        "learned/peak": Series(peaks.values, ("filter",), source="largest of the map after ReLU"),
        "learned/peak_y": Series(peaks.indices // SIDE, ("filter",)),
        "learned/peak_x": Series(peaks.indices % SIDE, ("filter",)),
        "learned/strongest": Series(
            peaks.values.argsort(descending=True, stable=True)[:SHOWN], ("rank",), source="by peak"
        ),
        **_layers(done),
        **_training(done),
    }


def _layers(done: Learned) -> dict[str, Series]:
    counts = [sum(one.numel() for one in layer.parameters()) for layer in done.net]
    readout = last(done.net)
    return {
        "learned/filters": Series(len(done.weight)),
        "learned/side": Series(done.weight.shape[1], unit="px", source="of a kernel, which is square"),
        "learned/padding": Series(int(first(done.net).padding[0]), source="of the first layer"),
        "learned/classes": Series(readout.out_features),
        "learned/chance": Series(1 / readout.out_features, source="share right of guesses, all alike likely"),
        "learned/readout": Series(readout.weight.detach(), ("class", "filter"), source="of the last layer"),
        "learned/readout_bias": Series(readout.bias.detach(), ("class",)),
        "learned/layers": Series([_words(layer) for layer in done.net], ("layer",)),
        "learned/layer_parameters": Series(counts, ("layer",)),
        "learned/parameters": Series(sum(counts)),
        "learned/weight": Series(done.weight, FILTERS, source="after training"),
        "learned/weight_before": Series(done.before, FILTERS, source="as torch.nn.Conv2d drew them"),
        "learned/cosine": Series(
            torch.cosine_similarity(done.weight.flatten(1), done.before.flatten(1)),
            ("filter",),
            source="of a kernel with what it was before training",
        ),
        "learned/bias": Series(done.bias, ("filter",)),
        "learned/limit": Series(torch.stack([done.weight, done.before]).abs().max()),
    }


def _words(layer: torch.nn.Module) -> str:
    """A layer as PyTorch writes it, shortened to its sizes."""
    if isinstance(layer, torch.nn.Conv2d):
        sides = "×".join(map(str, layer.kernel_size))
        return f"Conv2d {layer.in_channels} → {layer.out_channels}, {sides}"
    if isinstance(layer, torch.nn.Linear):
        return f"Linear {layer.in_features} → {layer.out_features}"
    return (
        f"{type(layer).__name__} {layer.kernel_size}"
        if isinstance(layer, torch.nn.MaxPool2d)
        else type(layer).__name__
    )


def _training(done: Learned) -> dict[str, Series]:
    trained, tested = len(done.data.train), len(done.data.test)
    return {
        "learned/loss": Series(done.losses, ("epoch",), source="mean cross-entropy during the epoch"),
        "learned/epochs": Series(EPOCHS),
        "learned/learning_rate": Series(LEARNING_RATE, source="torch.optim.Adam"),
        "learned/train_count": Series(trained),
        "learned/test_count": Series(tested),
        "learned/train_correct": Series(done.train_correct),
        "learned/test_correct": Series(done.test_correct),
        "learned/train_accuracy": Series(done.train_correct / trained),
        "learned/test_accuracy": Series(done.test_correct / tested),
        "learned/frozen_correct": Series(done.frozen_correct),
        "learned/frozen_accuracy": Series(
            done.frozen_correct / tested, source="the same training with the kernels left as they were drawn"
        ),
    }
