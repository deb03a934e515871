"""Single units of the network as graphs: the scores that make the loss, and one hidden unit's paths to it."""

from __future__ import annotations

from scenes.parts.nets.chain_graph import At, ChainGraph, Quantity
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold, fold
from scenes.parts.text.expression import added, factor
from scenes.parts.text.source import num, quote
from scenes.stage.network_stage import NetworkStage

PATHS_MOST = 4  # outputs that are drawn


def outputs(film: NetworkStage) -> Fold:
    """The classes that are drawn in a graph."""
    return fold(len(film.array("data/classes")), PATHS_MOST, (film.true_class,))


def of_class(film: NetworkStage, symbol: str, number: int) -> str:
    """A symbol with a class as its index, in Typst math."""
    return f"{symbol}_({num(film.name(film.s('data/classes'), number))})"


def _loss(film: NetworkStage, symbol: str) -> Quantity:
    value = At("loss/value", form=film.net_loss_form())
    return Quantity("loss(L)", value, symbol=symbol, role="loss")


def output_graph(film: NetworkStage, box: Box) -> ChainGraph:
    """Every z goes into the true class's probability, and that into the loss; derivatives where p has one to show."""
    rows, last, true = outputs(film), film.depth, film.true_class
    known, top = film.s("loss/slope") in film.trace, len(rows.shown)

    def derivative(series: str, *index: int) -> At | None:
        return At(series, index, film.delta_form) if known else None

    z, delta = (film.of(last, name) for name in ("z", "delta"))
    nodes = [Quantity(of_class(film, "z", c), At(z, (c,), ".2f"), derivative(delta, c)) for c in rows.shown]
    own = f"activation(p_(word({quote(film.label('own'))})))"
    p = At(film.of(last, "a"), (true,), film.share_form())
    nodes.append(Quantity(own, p, derivative("loss/slope"), r'op("soft") \ op("max")'))
    nodes.append(_loss(film, "-log"))
    wires = {(i, top): derivative("softmax/slope", c) for i, c in enumerate(rows.shown)}
    return ChainGraph(film, nodes, wires | {(top, top + 1): derivative("loss/slope")}, box, rows.gap)


def paths_graph(film: NetworkStage, unit: int, box: Box) -> ChainGraph:
    """One unit of the last hidden layer, the z of the outputs that it goes into, and the loss."""
    rows, last, form = outputs(film), film.depth, film.delta_form
    top, gap = len(rows.shown) + 1, None if rows.gap is None else rows.gap + 1
    a, upstream = (film.of(last - 1, name) for name in ("a", "upstream"))
    nodes = [Quantity(f"activation({activation(film, unit)})", At(a, (unit,)), At(upstream, (unit,), form))]
    for c in rows.shown:
        delta = At(film.of(last, "delta"), (c,), form)
        nodes.append(Quantity(of_class(film, "z", c), gradient=delta, symbol="+"))
    nodes.append(_loss(film, "L"))
    weight = film.of(last, "weight")
    wires: dict[tuple[int, int], At | None] = {
        (0, i): At(weight, (c, unit)) for i, c in enumerate(rows.shown, 1)
    }
    return ChainGraph(film, nodes, wires | {(i, top): None for i in range(1, top)}, box, gap)


def activation(film: NetworkStage, unit: int) -> str:
    """The output of one unit of the last hidden layer, in Typst math."""
    return f"a_({num(film.position(film.s(film.of(film.depth - 1, 'a')), unit, first=1))})"


def weighted_sum(film: NetworkStage, unit: int) -> str:
    """∂L/∂a of one unit of the last hidden layer as the sum over its paths, in Typst math."""
    last, rows, form = film.depth, outputs(film), film.delta_form

    def number(layer: int, name: str, *index: int, form: str = form) -> str:
        return film.number(film.s(film.of(layer, name)), *index, form=form)

    factors = [(number(last, "weight", c, unit, form=".3f"), number(last, "delta", c)) for c in rows.shown]
    terms = [f"{factor(w)} times gradient({factor(delta)})" for w, delta in factors]
    total = num(number(last - 1, "upstream", unit))
    return f"(partial loss(L)) / (partial {activation(film, unit)}) = {added(terms, rows.gap)} = gradient({total})"
