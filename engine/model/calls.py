"""The log of a run: calls of modules, nodes, the tensors they made, and which tensor went into which node."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from engine.errors import InputError
from engine.model.budget import Keeper
from engine.model.opening import Opened
from engine.model.origins import Origins, Stale, memory, version
from engine.model.statistics import summary
from engine.model.summary import Summary
from engine.model.tree import Tree, modules
from engine.trace.header import NODES_MAX


@dataclass
class TensorRow:
    """Numbers that a node made. gradient: what is known of ∂loss/∂it; order: the how-manieth that arrived."""

    node: int
    name: str
    shape: tuple[int, ...]
    dtype: str
    about: Summary
    gradient: Summary | None = None
    order: int = -1


@dataclass
class NodeRow:
    """A call. module: its own, or the one in whose forward it stood; sources: rows of its inputs, with slots."""

    name: str
    operation: str
    kind: str  # module, function, closed, input or output
    stage: str  # forward or loss
    module: int
    call: int
    sources: list[tuple[int, int]] = field(default_factory=list)
    tensors: list[int] = field(default_factory=list)
    uses: list[int] = field(default_factory=list)  # parameters
    closed: str = ""  # why its inside is not seen: scripted, custom, transform, unseen
    in_place: bool = False
    failed: bool = False


@dataclass
class CallRow:
    """A call of a module, also of one that holds others: nodes first … last − 1 happened in it."""

    module: int
    number: int
    parent: int
    first: int
    last: int = -1
    node: int = -1
    tensor: int = -1
    failed: bool = False


@dataclass(frozen=True)
class Packed:
    """Of every row of a packed sequence: which sentence (as in the batch) it belongs to, and which step of it."""

    sentence: list[int]
    step: list[int]
    length: list[int]


@dataclass(frozen=True)
class Given:
    """What is about to go into a call, looked at before the call can write over it."""

    sources: list[tuple[int, int]]
    uses: list[int]
    tensors: Sequence[Tensor]
    versions: list[int]

    def written(self) -> list[Tensor]:
        """Those that the call wrote in place."""
        pairs = zip(self.tensors, self.versions, strict=True)
        return list({id(one): one for one, before in pairs if version(one) != before}.values())


class Log:
    """Everything that happened, in order. Tensors are copied, or summarised, when they are made."""

    def __init__(self, model: nn.Module, keeper: Keeper, focus: Sequence[str]) -> None:
        self.tree = Tree(model)
        self.keeper = keeper
        self.nodes: list[NodeRow] = []
        self.tensors: list[TensorRow] = []
        self.calls: list[CallRow] = []
        self.packed: dict[int, Packed] = {}
        self.computed: dict[str, int] = {}  # name of a computed weight: the node that computed it last
        self.parameters: dict[int, int] = {}  # id: index
        self.parameter_names: list[list[str]] = []
        self.parameter_owners: list[int] = []
        self.parameter_objects: list[nn.Parameter] = []
        self.stage = "forward"
        self.transforms: list[
            tuple[str, list[int]]
        ] = []  # torch.func blocks whose results nobody has used yet
        self.arrived = 0
        self.listening = False  # to gradients: a forward may have backward passes of its own
        self.touched: set[int | None] = set()  # memory that was written in place
        self.origins = Origins()
        self.focus = tuple(focus)
        self._stack: list[int] = []
        self._numbers: dict[int, int] = {}
        self._hooks: list[object] = []
        self._leaves: dict[int, tuple[Tensor, int]] = {}  # held, so that an id stays its own
        self.find_parameters(0)

    # parameters

    def find_parameters(self, start: int) -> None:
        """Take in the parameters of the modules from index ``start`` on; one that stands in several places once."""
        for index in range(start, len(self.tree.places)):
            place = self.tree.places[index]
            scripted = place.module._parameters.items()
            for key, one in scripted:
                if one is None:
                    continue
                name = f"{place.name}.{key}" if place.name else key
                known = self.parameters.setdefault(id(one), len(self.parameter_names))
                if known == len(self.parameter_names):
                    self.parameter_names.append([])
                    self.parameter_owners.append(index)
                    self.parameter_objects.append(one)
                self.parameter_names[known].append(name)

    def held(self, module: nn.Module) -> list[int]:
        """The parameters of ``module`` and of what is in it, by their indices."""
        there = (one for part in modules(module) for one in part._parameters.values())
        return [self.parameters[id(one)] for one in there if id(one) in self.parameters]

    def place(self, module: nn.Module) -> int:
        """Where ``module`` stands in the tree; one that nobody holds gets a place where it is called."""
        size = len(self.tree.places)
        parent = self.calls[self._stack[-1]].module if self._stack else -1
        found = self.tree.index(module, parent, "loss" if self.stage == "loss" and parent < 0 else "")
        if len(self.tree.places) > size:
            self.find_parameters(size)
        return found

    # modules

    @property
    def call(self) -> int:
        """The innermost call that is open; −1 outside."""
        return self._stack[-1] if self._stack else -1

    def begin(self, module: nn.Module) -> int:
        """A call begins; its index."""
        place = self.place(module)
        number = self._numbers[place] = self._numbers.get(place, 0) + 1
        self.calls.append(CallRow(place, number, self.call, len(self.nodes)))
        self._stack.append(len(self.calls) - 1)
        return self._stack[-1]

    def end(self, call: int) -> None:
        """It is over, or has raised."""
        self._stack.pop()
        self.calls[call].last = len(self.nodes)

    # what goes in

    def given(self, tensors: Sequence[Tensor]) -> Given:
        """Where ``tensors`` come from, now."""
        sources, uses = [], []
        for slot, one in enumerate(tensors):
            parameter = self.parameters.get(id(one))
            if parameter is not None:
                uses.append(parameter)
                continue
            row = self.source(one)
            if row is not None:
                sources.append((slot, row))
        return Given(sources, uses, tensors, [version(one) for one in tensors])

    def source(self, tensor: Tensor) -> int | None:
        """The row that ``tensor`` has its numbers from; None for a constant, a buffer or a parameter."""
        found = self.origins.of(tensor)
        if isinstance(found, Stale):  # written through another view: the same node, seen whole
            row = self._tensor(self.tensors[found.row].node, "written", tensor)
            self.origins.came(tensor, row)
            return row
        if found is not None or id(tensor) in self.parameters:
            return found
        return self._unseen(tensor)

    def _unseen(self, tensor: Tensor) -> int | None:
        """A closed node for what nobody was seen making: a scripted function, a torch.func transform."""
        transformed = self.transforms.pop(0) if self.transforms else None
        behind = self.origins.behind(tensor) if tensor.grad_fn is not None else []
        if transformed is None and not behind:
            return None
        name = transformed[0] if transformed else tensor.grad_fn.name()  # type: ignore[union-attr]
        rows = list(dict.fromkeys([*behind, *(transformed[1] if transformed else [])]))
        node = NodeRow(name, name, "closed", self.stage, self._inside(), self.call, list(enumerate(rows)))
        node.closed = "transform" if transformed else "unseen"
        self._append(node)
        row = self._tensor(len(self.nodes) - 1, "output", tensor)
        self.origins.came(tensor, row)
        return row

    # what comes out

    def node(
        self,
        name: str,
        operation: str,
        kind: str,
        given: Given,
        made: Iterable[Opened],
        *,
        uses: Sequence[int] = (),
        closed: str = "",
        failed: bool = False,
    ) -> int:
        """Put down a call that has been made; its index."""
        row = NodeRow(name, operation, kind, self.stage, self._inside(), self.call, list(given.sources))
        row.uses = list(dict.fromkeys([*given.uses, *uses]))
        row.closed, row.failed = closed, failed
        self._append(row)
        index = len(self.nodes) - 1
        if failed:
            return index
        written = given.written()
        self.touched.update(map(memory, written))
        made = list(made)
        if not made:
            made = [
                Opened("output" if place == 0 else f"[{place}]", one) for place, one in enumerate(written)
            ]
        wrote = {id(one) for one in written}
        for one in made:
            in_place = id(one.tensor) in wrote
            row.in_place |= in_place
            self._made(index, one, in_place)
        if row.tensors:
            for one_written in written:
                self.origins.wrote(one_written, row.tensors[0])
        return index

    def _made(self, node: int, one: Opened, in_place: bool) -> None:
        if id(one.tensor) in self.parameters:
            return
        row = self._tensor(node, one.name, one.tensor)
        self.origins.came(one.tensor, row, in_place=in_place)
        if one.packed is not None:
            self.packed[row] = _unpacked(one)

    def input(self, one: Opened) -> None:
        """A tensor that was handed in."""
        self._append(NodeRow(one.name, "input", "input", self.stage, 0, -1))
        self._made(len(self.nodes) - 1, one, False)

    def output(self, one: Opened) -> None:
        """A tensor that the model gave back."""
        source = self.source(one.tensor)
        sources = [] if source is None else [(0, source)]
        self._append(NodeRow(one.name, "output", "output", self.stage, 0, -1, sources))
        if source is None:  # a buffer, a parameter, a constant
            self._tensor(len(self.nodes) - 1, one.name, one.tensor)

    def _inside(self) -> int:
        return self.calls[self._stack[-1]].module if self._stack else 0

    def _append(self, row: NodeRow) -> None:
        if len(self.nodes) >= NODES_MAX:
            raise InputError(
                f"The model makes more than {NODES_MAX} calls: record a part of it, or give a shorter input."
            )
        self.nodes.append(row)

    def _tensor(self, node: int, name: str, tensor: Tensor) -> int:
        row = len(self.tensors)
        dtype = str(tensor.dtype).removeprefix("torch.")
        self.tensors.append(TensorRow(node, name, tuple(tensor.shape), dtype, summary(tensor)))
        self.nodes[node].tensors.append(row)
        self.keeper.keep(f"value/{row}", tensor, self.focused(node))
        if tensor.requires_grad and tensor.grad_fn is None:
            self._leaves[id(tensor)] = (tensor, row)
        elif tensor.requires_grad:
            # On the version that is current: a later write in place leaves this hook where it is.
            hook = tensor.register_hook(lambda gradient: self.gradient(row, gradient))  # type: ignore[no-untyped-call]
            self._hooks.append(hook)
        return row

    def focused(self, node: int) -> bool:
        """Whether a node lies in a module that is in focus."""
        row = self.nodes[node]
        name = self.tree.places[row.module].name
        return any(name == one or name.startswith(f"{one}.") for one in self.focus)

    # backward

    def gradient(self, row: int, gradient: Tensor) -> None:
        """∂loss/∂tensor of a row has arrived."""
        if not self.listening:
            return
        one = self.tensors[row]
        sparse = gradient.layout == torch.sparse_coo
        one.gradient = summary(gradient.coalesce().values() if sparse else gradient)
        one.order = self.arrived
        self.arrived += 1
        self.keeper.keep(f"gradient/{row}", gradient, self.focused(one.node))

    def leaf_gradients(self, gradients: Mapping[int, Tensor]) -> None:
        """Of inputs that have gradients, which have no step behind them and so no hook: by their ids."""
        for key, (_, row) in self._leaves.items():
            if key in gradients:
                self.gradient(row, gradients[key])

    def unhook(self) -> None:
        """Take every tensor hook off again, and let autograd's graph go."""
        for hook in self._hooks:
            hook.remove()  # type: ignore[attr-defined]
        self._hooks.clear()
        self.origins.forget()


def _unpacked(one: Opened) -> Packed:
    assert one.packed is not None
    sizes = one.packed.batch_sizes.tolist()
    order = one.packed.sorted_indices
    sentences = list(range(sizes[0])) if order is None else order.tolist()
    sentence = [sentences[place] for size in sizes for place in range(size)]
    step = [number for number, size in enumerate(sizes) for _ in range(size)]
    return Packed(sentence, step, [sentence.count(one) for one in range(len(sentences))])
