"""Single units of the recorded classifier as graphs: what makes the loss, and the paths of one hidden unit to it."""

from __future__ import annotations

from scenes.parts.nets.chain_graph import At, ChainGraph, Quantity
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold, fold
from scenes.parts.text.expression import added, factor
from scenes.parts.text.source import num, quote
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

PATHS_MOST = 4  # outputs that are drawn
FACTOR = ".4f"  # of a local derivative: with one digit more, products of what is shown are what is shown
OUTER = ".3f"  # and of −1/p, as many as p has
SOFTMAX = r'op("soft") \ op("max")'


def outputs(film: NetworkStage) -> Fold:
    """The classes that are drawn in a graph."""
    return fold(len(film.array("data/classes")), PATHS_MOST, (film.true_class,))


def share_of(film: NetworkStage, key: str = "own") -> str:
    """The probability of the true class, or of another one, in Typst math."""
    return f"activation(p_({_class(film, key)}))"


def _class(film: NetworkStage, key: str) -> str:
    """The true class, or another one, as an index."""
    return f"index(word({quote(film.label(key))}))"


def _score(
    film: NetworkStage, number: int, known: bool, value: At | None = None, symbol: str = ""
) -> Quantity:
    """The z of a class, with δ."""
    name = f"z_(index({num(film.spoken(film.s('data/classes'), number))}))"
    delta = At(film.of(film.depth, "delta"), (number,), film.delta_form) if known else None
    return Quantity(name, value, delta, symbol, slope="delta", aside=bool(symbol))


def output_graph(film: NetworkStage, box: Box) -> ChainGraph:
    """Every z goes into the true class's probability, and that into the loss; derivatives where p has one to show."""
    rows, last, true = outputs(film), film.depth, film.true_class
    known, top = film.s("loss/slope") in film.trace, len(rows.shown)

    def derivative(series: str, *index: int, form: str = FACTOR) -> At | None:
        return At(series, index, form) if known else None

    nodes = [_score(film, c, known, At(film.of(last, "z"), (c,), ".2f")) for c in rows.shown]
    p, outer = At(film.of(last, "a"), (true,), film.share_form()), derivative("loss/slope", form=OUTER)
    nodes.append(Quantity(share_of(film), p, outer, SOFTMAX))
    nodes.append(Quantity("loss(L)", At("loss/value", form=film.net_loss_form()), symbol="-log", role="loss"))
    wires = {(i, top): derivative("softmax/slope", c) for i, c in enumerate(rows.shown)}
    return ChainGraph(film, nodes, wires | {(top, top + 1): outer}, box, rows.gap)


def loss_of_scores(film: NetworkStage) -> str:
    """Softmax for the true class, and the loss that it makes, in Typst math."""
    return f"{softmax(film)}, quad loss(L) = -log {share_of(film)}"


def softmax(film: NetworkStage) -> str:
    """Softmax for the true class, in Typst math."""
    return f"{share_of(film)} = e^(z_({_class(film, 'own')})) / (sum e^z)"


def loss_by_share(film: NetworkStage) -> str:
    """∂L/∂p of the true class, in Typst math."""
    slope = num(film.number(film.s("loss/slope"), form=OUTER))
    return f"(partial loss(L)) / (partial {share_of(film)}) = -rule(1) / {share_of(film)} = gradient({slope})"


def share_by_score(film: NetworkStage, key: str) -> str:
    """∂p/∂z of the true class's p by the z of that class, or of another one, beside softmax; in Typst math."""
    own, this = share_of(film), share_of(film, key)
    slope = f"-{own} {this}"
    if key == "own":
        p = num(film.number(film.s(film.of(film.depth, "a")), film.true_class, form=film.share_form()))
        found = num(film.number(film.s("softmax/slope"), film.true_class, form=FACTOR))
        slope = f"{own} (rule(1) - {own}) = {p} (rule(1) - {p}) = gradient({found})"
    return f"{softmax(film)}, quad (partial {own}) / (partial z_({_class(film, key)})) = {slope}"


def loss_by_score(film: NetworkStage, key: str) -> str:
    """δ of the true class, or of another one, as the product of the two before; `from` and `with` are the factors that
    cancel, `end` is what is left."""
    own, this, z = share_of(film), share_of(film, key), _class(film, key)
    inner, end = (f"(rule(1) - {own})", f"{own} - rule(1)") if key == "own" else (this, this)
    minus = "" if key == "own" else "-"
    chain = f"(partial loss(L)) / (partial {own}) dot (partial {own}) / (partial z_({z}))"
    factors = f'(-rule(1) / tag("from", {own})) dot ({minus}tag("with", {own}) {inner})'
    return f'delta_({z}) = {chain} = {factors} tag("end", = {end})'


def score_products(film: NetworkStage, px: float) -> dict[tuple[int, int], Typeset]:
    """∂L/∂p times ∂p/∂z on every wire of `output_graph` from a z, if it has derivatives, in numbers."""
    rows = outputs(film).shown
    if film.s("loss/slope") not in film.trace:
        return {}
    delta = film.s(film.of(film.depth, "delta"))

    def product(number: int) -> Typeset:
        outer = film.number(film.s("loss/slope"), form=OUTER)
        inner = film.number(film.s("softmax/slope"), number, form=FACTOR)
        made = num(film.number(delta, number, form=film.delta_form))
        return film.math(f"{factor(outer)} times {factor(inner)} = gradient({made})", px)

    return {(i, len(rows)): product(c) for i, c in enumerate(rows)}


def paths_graph(film: NetworkStage, unit: int, box: Box) -> ChainGraph:
    """One unit of the last hidden layer, the z of the outputs that it goes into, and how these make the loss."""
    rows, last = outputs(film), film.depth
    top, gap = len(rows.shown) + 1, None if rows.gap is None else rows.gap + 1
    a, upstream = (film.of(last - 1, name) for name in ("a", "upstream"))
    own, slope = activation(film, unit), At(upstream, (unit,), film.delta_form)
    name = rf"partial loss(L) \/ partial {own}"
    nodes = [Quantity(f"activation({own})", At(a, (unit,)), slope, slope=name)]
    nodes += [_score(film, c, True, symbol="z") for c in rows.shown]
    nodes += [Quantity(share_of(film), symbol=SOFTMAX), Quantity("loss(L)", symbol="-log", role="loss")]
    weight = film.of(last, "weight")
    wires: dict[tuple[int, int], At | None] = {
        (0, i): At(weight, (c, unit)) for i, c in enumerate(rows.shown, 1)
    }
    wires |= {(i, top): None for i in range(1, top)} | {(top, top + 1): None}
    return ChainGraph(film, nodes, wires, box, gap)


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


def difference(film: NetworkStage, number: int, px: float) -> Typeset:
    """Probability minus target of one class, and the δ that this is, in numbers; at least as large as numbers are."""
    a, delta = (film.of(film.depth, name) for name in ("a", "delta"))
    ways = {"p": (a, film.share_form()), "y": ("loss/target", "d"), "d": (delta, film.delta_form)}
    fields = {key: film.number(film.s(name), number, form=form) for key, (name, form) in ways.items()}
    return film.math("activation({p}) - loss({y}) = gradient({d})", max(px, style.NUMBER_PX), **fields)
