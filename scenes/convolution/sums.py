"""What the formula band says of one window: each product, their sum, and the rule for every place."""

from __future__ import annotations

import numpy as np

from scenes.convolution.stage import ConvStage
from scenes.parts.cells import Place, number_form

TERMS_MAX = 12  # more products than these are not spelled out
ENDS = 3  # of those, so many stand in front of the dots


def told(film: ConvStage) -> list[Place]:
    """The taps whose products are spelled out one by one."""
    taps = list(np.ndindex(*film.kernel_size))
    return taps if len(taps) <= TERMS_MAX else taps[:ENDS]


def product_fields(film: ConvStage, tap: Place) -> dict[str, str]:
    """Weight, pixel and product of a tap."""
    return {
        "w": film.number("kernel/weight", *tap, form=film.kernel.form()),
        "x": film.number("window/pixel", *tap, form=number_form(film.array("window/pixel"))),
        "p": film.number("window/products", *tap, form=film.products.form()),
    }


def sum_of_products(film: ConvStage) -> tuple[str, dict[str, str]]:
    """Every product with its sign when they fit in the band, else the first and the last; with its fields."""
    products, form = film.array("window/products"), film.products.form()
    places = list(np.ndindex(*products.shape))
    count = len(places)
    parts: list[str] = []
    fields: dict[str, str] = {}
    for k, place in enumerate(places):
        if count > TERMS_MAX and ENDS <= k < count - 1:
            parts += ["+ dots.c"] * (k == ENDS)
            continue
        fields[f"p{k}"] = film.number("window/products", *place, form=form if products[place] else "d")
        term = f"({{p{k}}})" if products[place] < 0 and parts else f"{{p{k}}}"
        parts.append(f"+ {term}" if parts else term)
    if float(film.item("kernel/bias")):
        parts.append("+ {b}" if float(film.item("kernel/bias")) > 0 else "+ ({b})")
        fields["b"] = film.number("kernel/bias", form="short")
    fields["y"] = film.number("window/output", form=film.output.form())
    return " ".join(parts) + " = {y}", fields


def rule(film: ConvStage) -> str:
    """The value of any place of the output."""
    i, j = ("i", "j") if int(film.array("size/stride")[1]) == 1 else ("s i", "s j")
    row, column = ("k", "l") if film.dilation == 1 else ("d k", "d l")
    bias = " + b" if float(film.item("kernel/bias")) else ""
    return f"y_(i j) = sum_(k, l) w_(k l) dot x_({i} + {row}, {j} + {column}){bias}"
