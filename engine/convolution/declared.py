"""The series of recorder convolution."""

from typing import Any

from engine.convolution.geometry import Geometry
from engine.convolution.kernels import KERNELS as NAMED
from engine.declared.rule import Declaration, Each, Row, row
from engine.trace import Trace

LARGEST = 1e15  # pixels to 1e9, times weights to 1e6
SIZES_MAX = 10**9
FILTERS = Each("k", last="filters")
STRIDES, PADDINGS = 4, 2
KERNELS = tuple(NAMED)
LAYER_MAX = 40
KERNEL_MAX = 11
NAME_MAX = 255
CROP, CROP_MORE = 8, 3
MATRIX_MAX = 100_000
NOTES = Geometry(39, 5, 0, 2)
PARTS = ("run", "learned", "photo")
COLOURS, COLOUR_KERNEL = ("red", "green", "blue"), "ky=3, kx=3"


def _number(names: str, axes: str = "", **options: object) -> Row:
    return row(names, "float", axes, **{"low": -LARGEST, "high": LARGEST} | options)


def _size(names: str, axes: str = "", **options: object) -> Row:
    return row(names, "int", axes, **{"high": SIZES_MAX} | options)


def has_picture(trace: Trace) -> bool:
    """Whether the user gave a picture or an array."""
    return str(trace.series["image/kind"].values) != "digit"


def is_digit(trace: Trace) -> bool:
    """Whether the picture is one of scikit-learn's digits."""
    return not has_picture(trace)


def is_array(trace: Trace) -> bool:
    """Whether pixels are no whole numbers."""
    return _fractions(trace, "image/pixel")


def not_array(trace: Trace) -> bool:
    """Whether pixels are whole numbers."""
    return not is_array(trace)


def photo_is_array(trace: Trace) -> bool:
    """Whether the photograph's pixels are no whole numbers."""
    return _fractions(trace, "photo/pixel")


def _fractions(trace: Trace, name: str) -> bool:
    """Whether a series is there and holds no whole numbers."""
    return name in trace.series and trace.series[name].values.dtype.kind == "f"


def _picture(key: str, height: str, width: str) -> tuple[Row, ...]:
    return (
        row(f"{key}/name", "text", longest=NAME_MAX, printable=False),
        _number(f"{key}/low {key}/high"),
        _size(f"{key}/height", low=1, equals=height),
        _size(f"{key}/width", low=1, equals=width),
        _size(f"{key}/file_height {key}/file_width {key}/reduced_by", low=1),
    )


def _padding(number: int) -> tuple[Row, ...]:
    key = f"padding{number}"

    def fits(trace: Trace) -> bool:
        return bool(trace.series[f"{key}/fits"].values)

    return (
        row(f"{key}/amount", "int", high=100),
        row(f"{key}/fits", "bool"),
        _size(f"{key}/size", "dimension=2"),
        _number(f"{key}/padded", f"y=padded{number}_h, x=padded{number}_w"),
        _number(f"{key}/output", f"y=out{number}_h, x=out{number}_w", when=fits),
        _size(f"{key}/visits", "y=crop_h, x=crop_w", when=fits),
    )


def _stride(number: int) -> tuple[Row, ...]:
    key = f"stride{number}"
    return (
        row(f"{key}/stride", "int", low=number, high=number),
        _size(f"{key}/room {key}/steps", "dimension=2"),
        _number(f"{key}/quotient", "dimension=2", low=0),
        _size(f"{key}/size", "dimension=2", low=1),
        _number(f"{key}/output", f"y={key}_h, x={key}_w"),
        _size(f"{key}/visits", "y=crop_h, x=crop_w"),
        _size(f"{key}/unread"),
    )


def transposes(trace: Trace) -> bool:
    """Whether the transposed convolution was asked for."""
    return trace.flags.get("transposed") is True


def _learned_kernel(trace: Trace) -> bool:
    return str(trace.series["kernel/name"].values) == "learned"


def _small(trace: Trace) -> bool:
    return trace.series["crop/pixel"].values.size * trace.series["slide/output"].values.size <= MATRIX_MAX


KERNEL = "ky=kernel_h, kx=kernel_w"
ROWS = (
    *_picture("image", "image_h", "image_w"),
    row("image/kind", "text", choices=("digit", "picture", "array")),
    row("image/divisor", "float", low=1e-300, high=LARGEST),
    row("image/pixel", "int", "y=image_h, x=image_w", low=-LARGEST, high=LARGEST, when=not_array),
    _number("image/pixel", "y=image_h, x=image_w", when=is_array),
    row("image/index", "int", high=1796, when=is_digit),
    row("image/label", "int", high=9, when=is_digit),
    row("image/output", "float32", "y, x", low=-LARGEST, high=LARGEST, when=has_picture),
    _number("image/limit", low=0, when=has_picture),
    _size("crop/height", low=1, equals="crop_h"),
    _size("crop/width", low=1, equals="crop_w"),
    _size("crop/top", below="image_h"),
    _size("crop/left", below="image_w"),
    row("crop/whole", "bool"),
    row("crop/pixel", "int", "y=crop_h, x=crop_w", low=-LARGEST, high=LARGEST, when=not_array),
    _number("crop/pixel", "y=crop_h, x=crop_w", when=is_array),
    _number("crop/value", "y=crop_h, x=crop_w"),
    row("kernel/name", "text", choices=(*KERNELS, "learned", "own")),
    _number("kernel/weight kernel/turned", KERNEL),
    row("kernel/height", "int", low=1, high=KERNEL_MAX, equals="kernel_h"),
    row("kernel/width", "int", low=1, high=KERNEL_MAX, equals="kernel_w"),
    _number("kernel/bias"),
    row("kernel/filter", "int", high=100, when=_learned_kernel),
    _size("size/input size/kernel size/stride size/dilation size/span size/output", "dimension=2", low=1),
    _size("size/padding size/room size/steps", "dimension=2"),
    _number("size/quotient", "dimension=2", low=0),
    _number("slide/padded", "y=padded_h, x=padded_w"),
    _number("slide/output slide/sum slide/turned_output", "y=out_h, x=out_w"),
    _number("slide/products", f"y=out_h, x=out_w, {KERNEL}"),
    row("slide/top", "int", "y=out_h", below="padded_h", rising=True),
    row("slide/left", "int", "x=out_w", below="padded_w", rising=True),
    _number("slide/limit", low=0),
    _size("slide/most slide/least", "dimension=2"),
    _size("slide/windows check/windows", low=1, equals="out_h*out_w"),
    _number("check/max_difference", low=0),
    _size("window/y", below="out_h"),
    _size("window/x", below="out_w"),
    _size("window/top", below="padded_h"),
    _size("window/left", below="padded_w"),
    _number("window/pixel window/products", KERNEL),
    _number("window/partial", "term=kernel_h*kernel_w+1"),
    _number("window/sum window/output"),
    *(one for number in range(1, PADDINGS + 1) for one in _padding(number)),
    *(one for number in range(1, STRIDES + 1) for one in _stride(number)),
    _size("notes/input notes/kernel notes/stride notes/dilation", low=1),
    _size("notes/padding notes/room notes/steps"),
    _size("notes/output", low=1, equals="notes"),
    _number("notes/quotient", low=0),
    row("notes/left", "int", "window=notes", rising=True),
    *_picture("photo", "photo_h", "photo_w"),
    row("photo/filters", "int", low=len(KERNELS), high=len(KERNELS) + 1, equals="filters"),
    row(
        "photo/pixel",
        "int",
        "y=photo_h, x=photo_w",
        low=-LARGEST,
        high=LARGEST,
        when=lambda trace: not photo_is_array(trace),
    ),
    _number("photo/pixel", "y=photo_h, x=photo_w", when=photo_is_array),
    row("filter{k}/name", "text", choices=(*KERNELS, "own"), each=FILTERS),
    _number("filter{k}/weight", "ky=filter{k}_ky, kx=filter{k}_kx", most=KERNEL_MAX, each=FILTERS),
    row("filter{k}/map", "float32", "y=filter{k}_h, x=filter{k}_w", low=-LARGEST, high=LARGEST, each=FILTERS),
    _number("filter{k}/limit filter{k}/strong", low=0, each=FILTERS),
    row("photo/magnitude", "float32", "y=magnitude_h, x=magnitude_w", low=0, high=LARGEST),
    _number("photo/magnitude_limit photo/magnitude_strong", low=0),
    row("learned/index", "int", high=1796),
    row("learned/split", "text", choices=("test",)),
    row("learned/pixel", "int", "y=8, x=8", high=16),
    row("learned/label learned/prediction", "int", high=9),
    _number("learned/score learned/readout_bias", "class=10"),
    _number("learned/readout learned/term", "class=10, filter=learned"),
    row("learned/filters", "int", low=1, high=100, equals="learned"),
    row("learned/side", "int", low=5, high=5),
    row("learned/padding", "int", low=2, high=2),
    row("learned/map_side", "int", low=8, high=8),
    row("learned/chance", "float", low=0, high=1),
    row("learned/classes", "int", low=10, high=10),
    row("learned/probabilities", "float", "class=10", low=0, high=1),
    _number("learned/map", "filter=learned, y=8, x=8"),
    _number("learned/relu", "filter=learned, y=8, x=8", low=0),
    _number("learned/map_limit", low=0),
    row("learned/layers", "text", "layer=layers", longest=LAYER_MAX),
    _size("learned/layer_parameters", "layer=layers"),
    _size("learned/parameters", low=1),
    _number("learned/weight learned/weight_before", "filter=learned, ky=5, kx=5"),
    _number("learned/peak", "filter=learned", low=0),
    row("learned/peak_y learned/peak_x", "int", "filter=learned", high=7),
    row("learned/strongest", "int", "rank=3", below="learned"),
    row("learned/negative", "bool", "filter=learned"),
    row("learned/cosine", "float", "filter=learned", low=-1.001, high=1.001),
    _number("learned/bias", "filter=learned"),
    _number("learned/limit", low=0),
    _number("learned/loss", "epoch=epochs", low=0),
    row("learned/epochs", "int", low=1, high=1000, equals="epochs"),
    _number("learned/learning_rate", low=0),
    _size("learned/train_count learned/test_count", low=1),
    _size("learned/train_correct learned/test_correct learned/frozen_correct"),
    row("learned/train_accuracy learned/test_accuracy learned/frozen_accuracy", "float", low=0, high=1),
    row("channels/name", "text", "channel=3", choices=COLOURS),
    row("channels/colour", "int", "y=colour_h, x=colour_w, channel=3", high=255),
    row("channels/pixel", "int", f"channel=3, {COLOUR_KERNEL}", high=255),
    _number("channels/weight channels/products", f"channel=3, {COLOUR_KERNEL}"),
    row("channels/weights", "int", low=27, high=27),
    row("channels/parameters", "int", low=28, high=28),
    _number("channels/map", "y=colour_map_h, x=colour_map_w"),
    _size("channels/top", below="colour_h"),
    _size("channels/left", below="colour_w"),
    _number("channels/sum", "channel=3"),
    _number("channels/bias channels/output"),
    *(
        one
        for part in PARTS
        for one in (
            row(
                f"sharing/{part}/inputs sharing/{part}/outputs sharing/{part}/weights sharing/{part}/conv_parameters "
                f"sharing/{part}/dense_parameters sharing/{part}/conv_multiplications "
                f"sharing/{part}/local_parameters sharing/{part}/rows sharing/{part}/columns "
                f"sharing/{part}/dense_multiplications",
                "int",
                low=1,
            ),
            _number(f"sharing/{part}/ratio", low=0),
        )
    ),
    _number("sharing/matrix", "output=out_h*out_w, input=crop_h*crop_w", most=MATRIX_MAX, when=_small),
    _number("transposed/input", "y=out_h, x=out_w", when=transposes),
    _number("transposed/output", "y=crop_h, x=crop_w", when=transposes),
    _number("transposed/full", "y=full_h, x=full_w", when=transposes),
    _number("transposed/stamps", f"y=out_h, x=out_w, {KERNEL}", when=transposes),
    row("transposed/stamp_top", "int", "y=out_h", below="full_h", rising=True, when=transposes),
    row("transposed/stamp_left", "int", "x=out_w", below="full_w", rising=True, when=transposes),
    _size("transposed/size", "dimension=2", low=1, when=transposes),
    _size("transposed/output_padding", "dimension=2", when=transposes),
)
FLAGS = {
    "cropped": bool,
    "reduced": bool,
    "transposed": bool,
    "padding/keeps_size": bool,
    "learned/right": bool,
}


def _values(trace: Trace, name: str) -> list[int]:
    found: list[int] = trace.series[name].values.tolist()
    return found


def _sides(trace: Trace, stride: int, padding: int) -> list[Geometry]:
    """Height and width of the shown piece, by its own shape and that of the kernel."""
    dilation = int(trace.params["resolved"]["dilation"])
    shapes = zip(trace.series["crop/pixel"].shape, trace.series["kernel/weight"].shape, strict=True)
    return [Geometry(size, kernel, padding, stride, dilation) for size, kernel in shapes]


def sizes_fit(trace: Trace) -> str | None:
    """All sizes are those that the formula gives, told and drawn, and the piece is as large as it has to be."""
    wanted = trace.params["resolved"]
    run = _sides(trace, wanted["stride"], wanted["padding"])
    told: dict[str, Any] = {
        f"size/{name}": [getattr(side, name) for side in run]
        for name in ("input", "kernel", "padding", "stride", "dilation", "span", "room", "steps", "output")
    }
    shapes = {
        "slide/output": [side.output for side in run],
        "slide/padded": [side.input + 2 * side.padding for side in run],
    }
    for number in range(1, STRIDES + 1):
        found = _sides(trace, number, wanted["padding"])
        told |= {f"stride{number}/room": [side.room for side in found]}
        told |= {f"stride{number}/steps": [side.steps for side in found]}
        told |= {f"stride{number}/size": [side.output for side in found]}
        shapes[f"stride{number}/output"] = [side.output for side in found]
    keeps = max(run[0].dilation * (max(side.kernel for side in run) - 1) // 2, 1)
    for number, amount in enumerate((0, wanted["padding"] or keeps), start=1):
        found = _sides(trace, 1, amount)
        fits = min(side.output for side in found) > 0
        told |= {f"padding{number}/amount": amount, f"padding{number}/fits": fits}
        told |= {f"padding{number}/size": [max(side.output, 0) for side in found]}
        shapes[f"padding{number}/padded"] = [side.input + 2 * amount for side in found]
        if fits:
            shapes[f"padding{number}/output"] = [side.output for side in found]
    if transposes(trace):
        told["transposed/size"] = [side.input for side in run]
        told["transposed/output_padding"] = [side.skipped for side in run]
        shapes["transposed/full"] = [side.steps * side.stride + side.span + side.skipped for side in run]
    for name, value in told.items():
        if trace.series[name].values.tolist() != value:
            return f"{name} is not what its sizes give"
    for name, shape in shapes.items():
        if list(trace.series[name].shape) != shape:
            return f"{name} has another size than it says"
    image = trace.series["image/pixel"].shape
    if [side.input for side in run] != [
        min(size, max(CROP, side.span + CROP_MORE)) for size, side in zip(image, run, strict=True)
    ]:
        return "crop/pixel has another size than it says"
    return None


def filters_fit(trace: Trace) -> str | None:
    """The photograph's filters are the named ones and the own kernel; the notes' example is the notes' one."""
    name = str(trace.series["kernel/name"].values)
    names = [*KERNELS, *(["own"] if name == "own" else [])]
    found = [
        str(trace.series[f"filter{k}/name"].values)
        for k in range(1, int(trace.series["photo/filters"].values) + 1)
    ]
    if found != names:
        return "its filters are not the named ones"
    for number, kernel in enumerate(KERNELS, start=1):
        if trace.series[f"filter{number}/weight"].values.tolist() != [list(row) for row in NAMED[kernel]]:
            return f"filter{number}/weight is not that of {kernel}"
    if name != (trace.params["resolved"]["kernel"] if name != "own" else name):
        return "kernel/name is not the parameter kernel"
    for key in ("input", "kernel", "padding", "stride", "dilation", "room", "output"):
        if int(trace.series[f"notes/{key}"].values) != getattr(NOTES, key):
            return f"notes/{key} is not that of the lecture notes"
    if _values(trace, "notes/left") != [NOTES.stride * place for place in range(NOTES.output)]:
        return "notes/left is not that of the lecture notes"
    return None


def _params_fit(trace: Trace) -> str | None:
    if trace.params["resolved"]["transposed"] is not transposes(trace):
        return "its flag transposed is not what its parameters say"
    return None


def windows_fit(trace: Trace) -> str | None:
    """Every window starts where its stride puts it, the crop lies in the picture, and black is below white."""
    stride = _values(trace, "size/stride")
    starts = {"slide/top": stride[0], "slide/left": stride[1]}
    if transposes(trace):
        starts |= {"transposed/stamp_top": stride[0], "transposed/stamp_left": stride[1]}
    for name, step in starts.items():
        if _values(trace, name) != [step * place for place in range(len(trace.series[name].values))]:
            return f"{name} does not go with the stride"
    for place, start, step in (("y", "top", stride[0]), ("x", "left", stride[1])):
        if int(trace.series[f"window/{start}"].values) != step * int(trace.series[f"window/{place}"].values):
            return f"window/{start} does not go with the stride"
    for start, size in (("top", "height"), ("left", "width")):
        end = sum(int(trace.series[f"crop/{one}"].values) for one in (start, size))
        if end > int(trace.series[f"image/{size}"].values):
            return "its crop reaches out of the picture"
    for key in ("image", "photo"):
        if trace.series[f"{key}/low"].values >= trace.series[f"{key}/high"].values:
            return f"{key}/low is not below {key}/high"
    return None


def ends_fit(trace: Trace) -> str | None:
    """The largest and the smallest output are where it is said that they are."""
    output = trace.series["slide/output"].values
    for name, value in (("most", output.max()), ("least", output.min())):
        at = tuple(_values(trace, f"slide/{name}"))
        if any(place >= size for place, size in zip(at, output.shape, strict=True)) or output[at] != value:
            return f"slide/{name} is not where that output is"
    return None


def channels_fit(trace: Trace) -> str | None:
    """The window lies in the picture and holds its pixels; strides count the pixels that no window sees."""
    top, left = (int(trace.series[f"channels/{side}"].values) for side in ("top", "left"))
    under = trace.series["channels/colour"].values[top : top + 3, left : left + 3]
    if under.shape != (3, 3, 3) or (under.transpose(2, 0, 1) != trace.series["channels/pixel"].values).any():
        return "channels/pixel is not what its window covers"
    for number in range(1, STRIDES + 1):
        unread = int((trace.series[f"stride{number}/visits"].values == 0).sum())
        if int(trace.series[f"stride{number}/unread"].values) != unread:
            return f"stride{number}/unread does not go with its visits"
    return None


DECLARED = Declaration(
    ROWS, FLAGS, (_params_fit, sizes_fit, filters_fit, windows_fit, ends_fit, channels_fit)
)
