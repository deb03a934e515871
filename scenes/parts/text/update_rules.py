"""Update rules of optimisers, as they are written: θ are the parameters, v gathers gradients and s their squares."""

from __future__ import annotations

from dataclasses import dataclass

SCALED = "theta <- theta - eta nabla f \\/ (sqrt(input(s)) + epsilon)"
VELOCITY = "positive(v) <- beta positive(v) + nabla f, quad "
CORRECTED = (
    "quad hat(m) = positive(m) \\/ (rule(1) - beta_(rule(1))^k), "
    "quad hat(s) = input(s) \\/ (rule(1) - beta_(rule(2))^k)"
)


@dataclass(frozen=True)
class UpdateRule:
    """`source`: Typst math; what gathers gradients has the role positive, what gathers their squares the role input.

    memory: what it keeps from step to step: "nothing", "past" gradients, "squares", "mean_square" or "both" means.
    symbols: those of the rule, in Typst math, that are neither parameters, gradient, rate nor memory.
    """

    source: str
    memory: str
    symbols: tuple[str, ...] = ()


RULES = {
    "sgd": UpdateRule("theta <- theta - eta nabla f", "nothing"),
    "momentum": UpdateRule(VELOCITY + "theta <- theta - eta positive(v)", "past", ("beta",)),
    "nesterov": UpdateRule(VELOCITY + "theta <- theta - eta (nabla f + beta positive(v))", "past", ("beta",)),
    "adagrad": UpdateRule(
        "input(s) <- input(s) + (nabla f)^(rule(2)), quad " + SCALED, "squares", ("epsilon",)
    ),
    "rmsprop": UpdateRule(
        "input(s) <- alpha input(s) + (rule(1) - alpha) (nabla f)^(rule(2)), quad " + SCALED,
        "mean_square",
        ("alpha", "epsilon"),
    ),
    "adam": UpdateRule(
        "theta <- theta - eta hat(m) \\/ (sqrt(hat(s)) + epsilon), " + CORRECTED,
        "both",
        ("beta", "epsilon", "k"),
    ),
    "adamw": UpdateRule(
        "theta <- theta - eta (hat(m) \\/ (sqrt(hat(s)) + epsilon) + lambda theta), " + CORRECTED,
        "both",
        ("beta", "epsilon", "k", "lambda"),
    ),
}
