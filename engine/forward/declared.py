"""The series of recorder perceptron."""

from engine.data.given import data_fits
from engine.declared.rule import Declaration, Each, Row, row
from engine.trace import Trace
from engine.trace.scales import whole
from engine.trace.series import Node

MODULES = {"relu": "ReLU", "tanh": "Tanh", "sigmoid": "Sigmoid", "leaky_relu": "LeakyReLU"}
ACTIVATIONS = tuple(MODULES)
LAYERS = Each("l", last="L")
HIDDEN = Each("l", last="L-1")
EPOCHS_MAX = 20_000
FLOAT_MAX = 1.8e308
CURVE_MAX = 1000.0  # |z| is at most 700
SHARE_MIN = 1e-12  # a smaller probability has no slope of −log p


def rows(prefix: str = "") -> tuple[Row, ...]:
    """The rows; ``prefix`` is what a joined trace puts before their names, for the rows that look at others."""

    def likely(trace: Trace) -> bool:
        last = trace.series[f"{prefix}layer{len(trace.series[f'{prefix}widths'].values) - 1}/a"].values
        label = trace.series[f"{prefix}sample/label"].item()
        return label < len(last) and bool(last[label] >= SHARE_MIN)

    return (
        row("widths", "int", "layer=L+1", low=1, high=1000, equals="w{i}"),
        row("activation", "text", choices=ACTIVATIONS),
        row("data/name", "text"),
        row("data/features data/units", "text", "feature=w0"),
        row("data/classes", "text", "class=classes"),
        row("data/train_count", "int", low=1, equals="examples"),
        row("data/test_count", "int", low=1),
        row("data/mean", "float", "feature=w0"),
        row("data/std", "float", "feature=w0", low=1e-9),
        row("data/class_mean", "float", "class=classes, feature=w0"),
        row("data/tick", "int", "tick=data_ticks", low=0, most=7, rising=True),
        row("sample/index", "int"),
        row("sample/split", "text", choices=("train", "test")),
        row("sample/raw sample/input", "float", "feature=w0"),
        row("sample/label sample/prediction", "int", below="classes"),
        row("parameters/weights parameters/biases", "int", "layer=L", low=1),
        row("parameters/total", "int", low=1),
        row("training/loss", "float", "epoch", low=0, most=EPOCHS_MAX),
        row("training/epochs", "int", low=1, high=EPOCHS_MAX, equals="epoch"),
        row("training/learning_rate step/learning_rate", "float", low=0),
        row("training/p_before training/p_after", "float", "example=examples", low=0, high=1),
        row("training/loss_after", "float", low=0),
        row("training/train_correct training/test_correct", "int"),
        row("training/train_accuracy training/test_accuracy", "float", low=0, high=1),
        row(
            "layer{l}/weight layer{l}/product layer{l}/weight_grad layer{l}/weight_fd layer{l}/weight_after "
            "layer{l}/weight_change",
            "float",
            "unit=w{l}, input=w{l-1}",
            each=LAYERS,
        ),
        row("layer{l}/partial", "float", "unit=w{l}, term=w{l-1}+1", each=LAYERS),
        row(
            "layer{l}/bias layer{l}/z layer{l}/a layer{l}/delta layer{l}/bias_grad layer{l}/bias_fd "
            "layer{l}/bias_after layer{l}/a_after",
            "float",
            "unit=w{l}",
            each=LAYERS,
        ),
        row("layer{l}/input", "float", "input=w{l-1}", each=LAYERS),
        row("layer{l}/slope layer{l}/upstream", "float", "unit=w{l}", each=HIDDEN),
        row("layer{l}/upstream_product", "float", "unit=w{l}, next unit=w{l+1}", each=HIDDEN),
        row(
            "layer{l}/cut_off",
            "int",
            high=1000,
            each=HIDDEN,
            when=lambda trace: str(trace.series[f"{prefix}activation"].values) == "relu",
        ),
        row("activation/curve_x", "float", "point=curve", low=-CURVE_MAX, high=CURVE_MAX, rising=True),
        row(
            "activation/curve_y activation/curve_slope",
            "float",
            "point=curve",
            low=-CURVE_MAX,
            high=CURVE_MAX,
        ),
        row("activation/tick", "int", "tick=activation_ticks", low=-1000, high=1000, most=7, rising=True),
        row("loss/tick", "int", "tick=loss_ticks", low=0, high=1000, most=7, rising=True),
        row("softmax/exp", "float", "class=classes", low=0, high=FLOAT_MAX),
        row(
            "softmax/tick",
            "float",
            "tick=exp_ticks",
            low=0,
            high=FLOAT_MAX,
            most=7,
            rising=True,
        ),
        row("softmax/exp_sum", "float", low=0, high=FLOAT_MAX),
        row("softmax/score_sum", "float"),
        row("softmax/sum", "float", low=0.99, high=1.01),
        row("step/probabilities_after loss/target", "float", "class=classes", low=0, high=1),
        row("loss/each", "float", "class=classes", low=0),
        row("loss/value step/loss_after", "float", low=0),
        row("loss/curve_p", "float", "point=losses", low=0, high=1, rising=True),
        row("loss/curve", "float", "point=losses"),
        row("check/difference_bound", "float", low=1e-308),  # shown as a power of ten
        row("check/epsilon", "float", low=0),
        row("check/unit", "int", "rank", below="classes", most=5),
        row("check/input", "int", "rank"),
        row("check/first_unit", "int", "first rank", below="w1", most=5),
        row("check/first_input", "int", "first rank", below="w0"),
        row("check/passes", "int", low=2),
        row("step/moved step/still", "int"),
        row("check/weight", "float", "offset=3", rising=True),
        row("check/loss", "float", "offset=3", low=0),
        row("layer1/strongest layer1/weakest", "int", below="w1"),
        row("path/unit", "int"),
        row("loss/slope", "float", when=likely),
        row("softmax/slope", "float", "class=classes", low=-1, high=1, when=likely),
    )


def given_fits(trace: Trace, prefix: str = "") -> str | None:
    """Its data and its example are those of its parameters; of a file's, the run may have chosen the example."""
    given = trace.params["resolved"]
    sample = trace.series[f"{prefix}sample/index"].item()
    if given["sample"] not in (sample, None):
        return f"{prefix}sample/index is not the parameter sample"
    return data_fits(trace, prefix)


def output_fits(trace: Trace, prefix: str = "") -> str | None:
    """The last layer's units are the classes, and what they give are probabilities."""
    widths = trace.series[f"{prefix}widths"].values.tolist()
    if widths[1:-1] != list(trace.params["resolved"]["widths"]):
        return f"{prefix}widths are not those of its parameters"
    layers = len(widths) - 1
    given = trace.series[f"{prefix}layer{layers}/a"].values
    if len(given) != len(trace.series[f"{prefix}data/classes"].values):
        return f"{prefix}layer{layers} has another number of units than there are classes"
    curve = trace.series[f"{prefix}activation/curve_x"].values
    for layer in range(1, layers):
        z = trace.series[f"{prefix}layer{layer}/z"].values
        if z.min() < curve[0] or z.max() > curve[-1]:
            return f"{prefix}layer{layer}/z reaches beyond its activation's curve"
    loss = trace.series[f"{prefix}loss/curve"].values
    ticks = {
        "activation/tick": whole(float(curve[0]), float(curve[-1])),
        "loss/tick": whole(0, float(loss.max())),
        "softmax/tick": whole(0, trace.series[f"{prefix}softmax/exp_sum"].item()),
    }
    for name, numbers in ticks.items():
        if trace.series[f"{prefix}{name}"].values.tolist() != numbers:
            return f"{prefix}{name} are not the whole numbers of its axis"
    ends = {"check/input": widths[-2], "path/unit": widths[-2]}
    for name, below in ends.items():
        if trace.series[f"{prefix}{name}"].values.max() >= below:
            return f"{prefix}{name} is beyond the last hidden layer"
    if (given < 0).any() or not 0.99 < given.sum() < 1.01:
        return f"{prefix}layer{layers}/a are no probabilities"
    return None


def nodes_fit(trace: Trace, prefix: str = "") -> str | None:
    """The nodes that are none of a formula are the net's modules, one after the other."""
    widths = trace.series[f"{prefix}widths"].values.tolist()
    module = MODULES[trace.series[f"{prefix}activation"].item()]
    wanted = [Node(f"{prefix}input", "x", "input", output_shape=(widths[0],))]

    def then(name: str, operation: str, width: int) -> None:
        last = wanted[-1]
        shape = last.output_shape
        wanted.append(Node(f"{prefix}{name}", name, operation, (last.id,), (shape,), (width,)))

    for layer, width in enumerate(widths[1:], start=1):
        then(f"layer{layer}", "Linear", width)
        if layer < len(widths) - 1:
            then(f"activation{layer}", module, width)
    last, target = wanted[-1], Node(f"{prefix}target", "y", "input")
    shapes = (last.output_shape, ())
    loss = Node(f"{prefix}loss", "loss", "CrossEntropyLoss", (last.id, target.id), shapes)
    if [node for node in trace.nodes if not node.id.startswith("graph/")] != [*wanted, target, loss]:
        return "its nodes are not the modules of its net"
    return None


ROWS = rows()
PARAMS = {
    "activation": "activation",
    "epochs": "training/epochs",
    "learning_rate": "training/learning_rate",
}
DECLARED = Declaration(ROWS, relations=(given_fits, output_fits, nodes_fit), nodes=True, params=PARAMS)
