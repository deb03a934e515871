"""Update rules of optimisers, as they are written: θ are the parameters, v gathers gradients and s their squares."""

from __future__ import annotations

from dataclasses import dataclass

VELOCITY = "positive(v_k) = beta positive(v_(k - rule(1))) + nabla f"
SCALED = "theta <- theta - eta (nabla f) / (sqrt(input(s)) + epsilon)"
MEAN = "positive(m) <- beta_(rule(1)) positive(m) + (rule(1) - beta_(rule(1))) nabla f"
MEAN_SQUARE = "input(s) <- beta_(rule(2)) input(s) + (rule(1) - beta_(rule(2))) (nabla f)^(rule(2))"
CORRECTED_MEAN = "hat(m) = positive(m) \\/ (rule(1) - beta_(rule(1))^k)"
CORRECTED_SQUARE = "hat(s) = input(s) \\/ (rule(1) - beta_(rule(2))^k)"
CORRECTED = f"{CORRECTED_MEAN}, quad {CORRECTED_SQUARE}"
BETAS = {"beta_(rule(1))": "beta1", "beta_(rule(2))": "beta2"}


@dataclass(frozen=True)
class UpdateRule:
    """`lines`: Typst math; what gathers gradients has the role positive, what gathers their squares the role input.

    settings: its symbols besides the rate, and the series that hold their values. keeps: the symbols of what it
    remembers or needs to have said, which a film has labels `symbol_…` for. parts: what makes up its first step.
    moments: where each line makes one of these parts, how many lines are told of at once, moment by moment.
    """

    lines: tuple[str, ...]
    settings: dict[str, str]
    keeps: tuple[str, ...]
    parts: tuple[str, ...] = ()
    moments: tuple[int, ...] = ()


RULES = {
    "nesterov": UpdateRule(
        (VELOCITY, "theta <- theta - eta (nabla f + beta positive(v_k))"),
        {"beta": "momentum"},
        ("v",),
        ("nabla f", "beta positive(v)"),
    ),
    "adagrad": UpdateRule(
        ("input(s) <- input(s) + (nabla f)^(rule(2))", SCALED),
        {},
        ("s_sum", "epsilon"),
        ("nabla f", "sqrt(input(s))"),
    ),
    "rmsprop": UpdateRule(
        ("input(s) <- alpha input(s) + (rule(1) - alpha) (nabla f)^(rule(2))", SCALED),
        {"alpha": "alpha"},
        ("s_mean", "alpha"),
        ("nabla f", "sqrt(input(s))"),
    ),
    "adam": UpdateRule(
        (
            *(MEAN, MEAN_SQUARE, CORRECTED_MEAN, CORRECTED_SQUARE),
            "theta <- theta - eta hat(m) \\/ (sqrt(hat(s)) + epsilon)",
        ),
        BETAS,
        ("beta", "k"),
        ("positive(m)", "input(s)", "hat(m)", "hat(s)"),
        (1, 1, 2, 1),
    ),
    "adamw": UpdateRule(
        (
            MEAN,
            MEAN_SQUARE,
            CORRECTED,
            "theta <- theta - eta (hat(m) \\/ (sqrt(hat(s)) + epsilon) + lambda theta)",
        ),
        BETAS | {"lambda": "weight_decay"},
        ("k", "lambda"),
        ("hat(m)", "sqrt(hat(s))", "lambda theta"),
    ),
}
