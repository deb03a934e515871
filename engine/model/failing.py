"""What is said of a model that fails, and what is handed along: the part that was recorded."""

from typing import Any

from engine.errors import RunError
from engine.model.importing import line_of
from engine.text.echo import echo
from engine.trace import Trace

MESSAGE_MAX = 300


class ModelFailed(RunError):
    """The model's own code raised, which is ``__cause__``. ``trace`` is what was recorded up to there."""

    def __init__(self, sentence: str, trace: Trace | None = None) -> None:
        super().__init__(sentence)
        self.trace = trace


def sentence(
    stage: str, name: str, module: Any, shapes: tuple[tuple[int, ...], ...], error: BaseException
) -> str:
    """One sentence: where, what the layer wanted and got, and what was said there.

    stage: forward, loss or backward; name: of the node, or of the module whose own lines raised; module: its nn.Module
    or None; shapes: of the tensors that went in. Ends with the line of the user's own that was running.
    """
    line = line_of(error)
    line = f" in {line}" if line else ""
    said = f"{type(error).__name__}: {echo(' '.join(str(error).split()), MESSAGE_MAX).rstrip('.')}"
    if stage == "backward":
        return f"The backward pass fails ({said}){line}."
    kind = f" ({type(module).__name__})" if module is not None else ""
    where = f"{echo(name)}{kind}" if name else f"its own forward{kind}"
    place = "The loss" if stage == "loss" else "The model"
    want = wanted(module)
    got = f"got {' and '.join(map(str, shapes))}" if shapes else ""
    wants = f"wants {want}" if want else ""
    fit = " and ".join(filter(None, (wants, got)))
    return f"{place} fails at {where}{', which ' + fit if fit else ''} ({said}){line}."


def wanted(module: Any) -> str:
    """The input that a layer of torch wants, as far as its settings tell."""
    from torch import nn

    name = type(module).__name__
    if isinstance(module, nn.Linear):
        return f"(…, {module.in_features})"
    if isinstance(module, nn.Bilinear):
        return f"(…, {module.in1_features}) and (…, {module.in2_features})"
    if isinstance(module, nn.modules.conv._ConvNd):
        return _pictures(module.in_channels, name)
    if isinstance(module, nn.modules.batchnorm._NormBase):
        return (
            f"{module.num_features} channels"
            if name.startswith("Lazy")
            else _pictures(module.num_features, name)
        )
    if isinstance(module, nn.GroupNorm):
        return f"(batch, {module.num_channels}, …)"
    if isinstance(module, nn.LayerNorm | nn.RMSNorm):
        return f"(…, {', '.join(map(str, module.normalized_shape))})"
    if isinstance(module, nn.Embedding | nn.EmbeddingBag):
        return f"indices from 0 to {module.num_embeddings - 1}"
    if isinstance(module, nn.RNNBase):
        return (
            f"(batch, step, {module.input_size})"
            if module.batch_first
            else f"(step, batch, {module.input_size})"
        )
    if isinstance(module, nn.RNNCellBase):
        return f"(batch, {module.input_size})"
    if isinstance(module, nn.MultiheadAttention):
        return f"(…, {module.embed_dim})"
    return ""


def _pictures(channels: int, name: str) -> str:
    places = {"1d": ", length", "2d": ", height, width", "3d": ", depth, height, width"}
    return f"(batch, {channels}{next((text for key, text in places.items() if key in name), ', …')})"
