"""The series of recorder rnn."""

import numpy as np

from engine.declared.rule import Declaration, Each, row
from engine.trace import Trace
from engine.trace.scales import decades

CELLS = ("rnn", "lstm", "gru")
GATES = {"rnn": ("new",), "lstm": ("input", "forget", "new", "output"), "gru": ("reset", "update", "new")}
NAME_MAX = 200
SEQUENCE_MAX, NUMBERS_MAX, LONG_MAX, UNITS_MAX = 64, 400, 400, 64
LONG = Each("k", last="runs")
LONG_RUNS = [
    ("rnn", False),
    ("lstm", False),
    ("lstm", True),
]  # cell, and whether its gates start from given biases


def of_characters(trace: Trace) -> bool:
    """Whether characters were learned."""
    return str(trace.series["kind"].values) == "characters"


def of_numbers(trace: Trace) -> bool:
    """Whether numbers were learned."""
    return not of_characters(trace)


def _cell(trace: Trace) -> str:
    return str(trace.series["cell"].values)


def _last(run: int, names: str) -> str:
    """The full names of what an LSTM's last step is taken apart into."""
    return " ".join(f"long{run}/last/{one}" for one in names.split())


CHARACTERS = (
    row("sequence", "text", longest=SEQUENCE_MAX, when=of_characters),
    row("vocabulary", "text", "character=size", longest=1, when=of_characters),
    row("count/vocabulary", "int", low=2, high=SEQUENCE_MAX, equals="size", when=of_characters),
    row("input", "float", "step=steps, character=size", low=0, high=1, when=of_characters),
    row("input/id target/id", "int", "step=steps", below="size", when=of_characters),
    row("input/character target/character", "text", "step=steps", longest=1, when=of_characters),
    row("logits", "float", "step=steps, character=size", when=of_characters),
    row("probabilities", "float", "step=steps, character=size", low=0, high=1, when=of_characters),
    row("predicted/id", "int", "step=steps", below="size", when=of_characters),
    row("predicted/character", "text", "step=steps", longest=1, when=of_characters),
    row("predicted/right table/right", "int", below="steps+1", when=of_characters),
    row("table/hit", "bool", "step=steps", when=of_characters),
    row("table/character", "text", "step=steps", longest=1, when=of_characters),
    row("snapshot/predicted/id", "int", "snapshot=snapshots, step=steps", below="size", when=of_characters),
    row(
        "snapshot/predicted/character",
        "text",
        "snapshot=snapshots, step=steps",
        longest=1,
        when=of_characters,
    ),
    row("snapshot/predicted/right", "int", "snapshot=snapshots", below="steps+1", when=of_characters),
)
NUMBERS = (
    row("data/name", "text", longest=NAME_MAX, printable=False, when=of_numbers),
    row("data/mean data/least data/largest", "float", when=of_numbers),
    row("data/std", "float", low=1e-300, when=of_numbers),
    row("loss/repeating", "float", low=0, when=of_numbers),
    row("input", "float", "step=steps, number=size", when=of_numbers),
    row("input/raw target target/raw prediction prediction/raw", "float", "step=steps", when=of_numbers),
    row("snapshot/prediction/raw", "float", "snapshot=snapshots, step=steps", when=of_numbers),
    row("count/numbers", "int", low=3, high=NUMBERS_MAX, equals="steps+1", when=of_numbers),
)
ROWS = (
    row("kind", "text", choices=("characters", "numbers")),
    row("cell", "text", choices=CELLS),
    row("snapshot/update", "int", "snapshot=snapshots", low=0, high=2000, rising=True, shortest=2, most=3),
    *CHARACTERS,
    *NUMBERS,
    row("same/pair", "int", "place=pair", shortest=0, below="steps"),
    row("same/distance same/most", "float", low=0),
    row("count/steps", "int", low=2, high=NUMBERS_MAX, equals="steps"),
    row("count/input", "int", low=1, equals="size"),
    row("step", "int", "step=steps", low=1, high=NUMBERS_MAX, rising=True),
    row("hidden", "int", low=1, high=UNITS_MAX, equals="units"),
    row("unit", "int", "unit=units", low=1, high=UNITS_MAX, rising=True),
    row("snapshot/loss", "float", "snapshot=snapshots", low=0),
    row("training/loss", "float", "update", low=0),
    row("training/steps", "int", low=1, high=2000, equals="update"),
    row("training/learning_rate", "float", low=0),
    row("training/learned", "bool"),
    row("training/learned_step", "int", low=-1, high=2000),
    *(
        row(
            f"gate/{gate}",
            "float",
            "step=steps, unit=units",
            low=-1,
            high=1,
            when=lambda trace, gate=gate: gate in GATES[_cell(trace)],
        )
        for gate in ("input", "forget", "reset", "update", "new", "output")
    ),
    row("weight_ih", "float", "gate unit=stacked, input=size"),
    row("weight_hh", "float", "gate unit=stacked, unit=units"),
    row("bias_ih bias_hh", "float", "gate unit=stacked"),
    row("output/weight", "float", "output=size, unit=units"),
    row("output/bias", "float", "output=size"),
    row("parameters/recurrent parameters/output parameters/total", "int", low=1),
    row("count/gates", "int", low=1, high=4),
    row("h", "float", "step=steps, unit=units", low=-1, high=1),
    row("h/start", "float", "unit=units", low=0, high=0),
    row("pre_activation", "float", "step=steps, gate unit=stacked", when=lambda trace: _cell(trace) == "rnn"),
    row("c", "float", "step=steps, unit=units", when=lambda trace: _cell(trace) == "lstm"),
    row("input_part hidden_part", "float", "step=steps, gate unit=stacked"),
    row("loss/step", "float", "step=steps", low=0),
    row("loss/value", "float", low=0),
    row("gradient/total gradient/last", "float", "step=steps, unit=units"),
    row("gradient/total_norm gradient/last_norm gradient/start_norm", "float", "step=steps", low=0),
    row("gradient/part_norm", "float", "step=steps", low=0),
    row("gradient/factor", "float", "way=steps-1", low=0),
    row("gradient/start_loss", "float", low=0),
    row("gradient/decades", "float", "tick=decades", low=1e-308, rising=True),
    row("long/length", "int", low=10, high=LONG_MAX, equals="long"),
    row("long/forget_bias long/input_bias", "float", low=-8, high=8),
    row("long/step", "int", "long step=long", low=1, high=LONG_MAX, rising=True),
    row("long/runs", "int", low=len(LONG_RUNS), high=len(LONG_RUNS), equals="runs"),
    row("long/unit", "int", below="units"),
    row("long{k}/cell", "text", choices=CELLS, each=LONG),
    row("long{k}/open", "bool", each=LONG),
    row("long{k}/gradient_norm", "float", "long step=long", low=0, each=LONG),
    row("long{k}/per_step long{k}/left", "float", low=0, each=LONG),
    *(
        one
        for k in (2, 3)
        for one in (
            row(f"long{k}/forget_mean long{k}/along_c", "float", low=0, high=1),
            row(f"long{k}/bias/forget long{k}/bias/input", "float", "unit=units"),
            row(_last(k, "forget input output"), "float", "unit=units", low=0, high=1),
            row(_last(k, "new h h_before"), "float", "unit=units", low=-1, high=1),
            row(_last(k, "before c"), "float", "unit=units"),
        )
    ),
    row("long/decades", "float", "tick=long_decades", low=1e-308, rising=True),
)


def texts_fit(trace: Trace) -> str | None:
    """Characters are those that the indices name, the sequence is what they spell, and gates are stacked by unit."""
    stacked, units = trace.series["weight_hh"].shape
    if stacked != units * len(GATES[_cell(trace)]):
        return "its gates are not those of its cell"
    pair = trace.series["same/pair"].values
    if len(pair) not in (0, 2):
        return "same/pair names neither two steps nor none"
    if of_numbers(trace):
        return None if len(pair) == 0 else "same/pair names steps of a run that learned numbers"
    vocabulary = trace.series["vocabulary"].values.tolist()
    if len(set(vocabulary)) != len(vocabulary) or "" in vocabulary:
        return "its vocabulary is no list of different characters"
    guesses = trace.series["snapshot/predicted/id"].values
    if trace.series["snapshot/predicted/character"].values.tolist() != np.array(vocabulary)[guesses].tolist():
        return "snapshot/predicted/character are not the ones that snapshot/predicted/id names"
    read = {}
    for name in ("input", "target", "predicted"):
        ids = trace.series[f"{name}/id"].values.tolist()
        read[name] = trace.series[f"{name}/character"].values.tolist()
        if read[name] != [vocabulary[one] for one in ids]:
            return f"{name}/character are not the ones that {name}/id names"
    sequence = str(trace.series["sequence"].values)
    if list(sequence[:-1]) != read["input"] or list(sequence[1:]) != read["target"]:
        return "its sequence is not what it reads and predicts"
    return None


PARAMS = {
    "sequence": "sequence",
    "cell": "cell",
    "hidden": "hidden",
    "steps": "training/steps",
    "learning_rate": "training/learning_rate",
    "long": "long/length",
    "forget_bias": "long/forget_bias",
    "input_bias": "long/input_bias",
}


def scales_fit(trace: Trace) -> str | None:
    """The powers of ten are those around what was measured, and the numbers lie in the range that they have."""
    runs = range(1, int(trace.series["long/runs"].values) + 1)
    designs = [tuple(trace.series[f"long{k}/{one}"].values.item() for one in ("cell", "open")) for k in runs]
    if designs != LONG_RUNS:
        return "its long runs are not an RNN, an LSTM and an LSTM whose forget gate starts open"
    norms = [norm for k in runs for norm in trace.series[f"long{k}/gradient_norm"].values.tolist()]
    start = trace.series["gradient/start_norm"].values.tolist()
    for name, sizes in (("long/decades", norms), ("gradient/decades", start)):
        if trace.series[name].values.tolist() != decades(sizes):
            return f"{name} are not the powers of ten around its norms"
    if of_numbers(trace):
        read = np.concatenate([trace.series[f"{one}/raw"].values for one in ("input", "target")])
        told = [trace.series[f"data/{one}"].values.item() for one in ("least", "largest")]
        if told != [read.min(), read.max()] or told[0] == told[1]:
            return "data/least and data/largest are not those of its numbers"
    return None


DECLARED = Declaration(ROWS, {"learned": bool}, (texts_fit, scales_fit), params=PARAMS)
