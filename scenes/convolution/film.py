"""A picture is numbers, a window walks over it, and the same few weights are used everywhere."""

from __future__ import annotations

from engine.trace import Trace
from scenes.convolution import CARD
from scenes.convolution.filter_beats import FilterBeats
from scenes.convolution.size_beats import SizeBeats
from scenes.convolution.window_beats import WindowBeats


class Convolution(WindowBeats, SizeBeats, FilterBeats):
    """See scenes/convolution/text.toml for what each beat says."""

    card = CARD
    reads = (
        "image/kind",
        "image/low",
        "image/high",
        "image/divisor",
        "image/height",
        "image/width",
        "image/pixel",
        "crop/top",
        "crop/left",
        "crop/height",
        "crop/width",
        "crop/whole",
        "crop/pixel",
        "kernel/name",
        "kernel/height",
        "kernel/width",
        "kernel/bias",
        "kernel/weight",
        "size/input",
        "size/kernel",
        "size/padding",
        "size/stride",
        "size/dilation",
        "size/output",
        "slide/padded",
        "slide/output",
        "slide/top",
        "slide/left",
        "slide/limit",
        "slide/windows",
        "window/y",
        "window/x",
        "window/top",
        "window/left",
        "window/pixel",
        "window/products",
        "window/partial",
        "window/sum",
        "window/output",
        "padding1/fits",
        "padding1/size",
        "padding2/amount",
        "padding2/size",
        "padding2/visits",
        "padding2/padded",
        "notes/input",
        "notes/kernel",
        "notes/stride",
        "notes/padding",
        "notes/output",
        "notes/left",
        "photo/pixel",
        "photo/filters",
        "learned/weight",
        "learned/weight_before",
        "learned/limit",
        "learned/pixel",
        "learned/relu",
        "learned/map_limit",
        "learned/label",
        "learned/prediction",
        "learned/test_accuracy",
        "learned/test_count",
        "sharing/run/inputs",
        "sharing/run/outputs",
        "sharing/run/conv_parameters",
        "sharing/run/dense_parameters",
    )

    @classmethod
    def required(cls, trace: Trace) -> tuple[str, ...]:
        """The series named above and those of every filter."""
        filters = range(1, int(trace["photo/filters"].values) + 1)
        return (
            *cls.reads,
            *(f"filter{k}/{key}" for k in filters for key in ("name", "weight", "map", "limit")),
        )
