"""The expression recorder against the notes' numbers, calculus done by hand, and errors that point."""

import math
import re

import pytest
import torch

from engine.errors import InputError
from engine.formula.recorder import record
from engine.trace import Trace

NOTES = {"w": 1.0, "x": 1.0, "y": 2.0, "ŷ": 1.0, "s": -1.0, "L": 1.0}  # notes 004, section 5.3


def values(trace: Trace, series: str = "value") -> dict[str, float]:
    return dict(zip(trace["name"].values.tolist(), trace[series].values.tolist(), strict=True))


def edges(trace: Trace) -> dict[tuple[str, str, int], tuple[float, float]]:
    """(source name, target name, slot) -> (local, message)."""
    names = trace["name"].values.tolist()
    columns = [
        trace[f"edge/{one}"].values.tolist() for one in ("source", "target", "slot", "local", "message")
    ]
    return {(names[s], names[t], k): (local, sent) for s, t, k, local, sent in zip(*columns, strict=True)}


class TestNotesExample:
    def test_is_exact(self):
        trace = record(at={"x": 1, "y": 2, "w": 1})
        assert values(trace) | {"2": 2.0} == NOTES | {"2": 2.0}
        found = edges(trace)
        assert found["s", "L", 0] == (-2.0, -2.0)
        assert found["ŷ", "s", 0] == (1.0, -2.0)
        assert found["y", "s", 1] == (-1.0, 2.0)
        assert found["w", "ŷ", 0] == (1.0, -2.0)
        assert found["x", "ŷ", 1] == (1.0, -2.0)
        assert trace["gradient"].item() == -2.0
        assert trace["wrt/before"].item() == 1.0
        assert trace["wrt/after"].item() == 1.02
        assert trace["loss"].item() == 1.0
        assert trace["loss_after"].item() == (1.02 - 2) ** 2
        assert f"{trace['loss_after'].item():.4f}" == "0.9604"
        assert values(trace, "value_after")["s"] == 1.02 - 2
        assert trace["gradient_fd"].item() == pytest.approx(-2, rel=1e-9)
        assert trace.flags["gradient_agrees"] is True


class TestDefault:
    def test_every_factor_is_another_number(self):
        trace = record()
        assert values(trace) | {"2": 2.0} == {"w": 4, "x": 2, "2": 2.0, "y": 5, "ŷ": 8, "s": 3, "L": 9}
        adjoints = values(trace, "adjoint")
        assert (adjoints["s"], adjoints["w"], adjoints["x"], adjoints["y"]) == (6, 12, 24, -6)
        assert trace["wrt/after"].item() == 4 - 0.01 * 12
        assert f"{trace['loss_after'].item():.4f}" == "7.6176"

    def test_scalars_and_counts(self):
        trace = record()
        assert trace["wrt"].item() == "w"
        assert trace["name"][trace["wrt/node"].item()] == "w"
        assert trace["lr"].item() == 0.01
        assert trace["expression"].item() == "(w*x - y)**2"
        assert trace["count/operations"].item() == 3
        assert trace["count/paths"].item() == 1

    def test_nodes_match_the_series(self):
        trace = record()
        assert [node.name for node in trace.nodes] == trace["name"].values.tolist()
        assert [node.operation for node in trace.nodes] == trace["operation"].values.tolist()
        assert trace.nodes[-1].operation == "pow"
        assert trace.nodes[-1].inputs == ("n4", "n5")

    def test_a_constant_exponent_of_a_negative_base_is_marked_undefined(self):
        trace = record(at={"x": 1, "y": 2, "w": 1})
        assert edges(trace)["2", "L", 1] == (0.0, 0.0)
        assert trace["edge/defined"].values.tolist() == [True] * 5 + [False]

    def test_params_say_what_was_given(self):
        trace = record(lr=0.1)
        assert trace.params["given"] == {"lr": 0.1}
        assert trace.params["resolved"]["at"] == {"x": 2, "y": 5, "w": 4}


class TestPaths:
    def test_a_name_used_twice_is_one_node_and_adds_its_paths(self):
        trace = record(expression="a*a", at={"a": 3}, wrt="a")
        assert trace["name"].values.tolist() == ["a", "L"]
        assert trace.nodes[-1].inputs == ("n0", "n0")
        assert trace["edge/slot"].values.tolist() == [0, 1]
        assert trace["edge/message"].values.tolist() == [3, 3]
        assert trace["gradient"].item() == 6
        assert trace["count/paths"].item() == 2

    def test_paths_of_different_length(self):
        trace = record(expression="w*w + w", at={"w": 2}, wrt="w")
        assert trace["gradient"].item() == 5
        assert trace["count/paths"].item() == 3
        assert edges(trace) == {
            ("w", "u1", 0): (2, 2),
            ("w", "u1", 1): (2, 2),
            ("u1", "L", 0): (1, 1),
            ("w", "L", 1): (1, 1),
        }

    def test_equal_parts_stay_apart(self):
        trace = record(expression="sin(w) * sin(w)", at={"w": 1}, wrt="w")
        assert trace["operation"].values.tolist() == ["input", "sin", "sin", "mul"]
        assert trace["gradient"].item() == pytest.approx(math.sin(2), rel=1e-15)


@pytest.mark.parametrize(
    ("expression", "at", "value", "gradient"),
    [
        ("sigmoid(w*x+b)", {"x": 2, "w": -1, "b": 0.5}, 1 / (1 + math.e**1.5), 2 * 0.14914645207033286),
        ("exp(w)", {"w": 1}, math.e, math.e),
        ("log(w)", {"w": 4}, math.log(4), 0.25),
        ("cos(w)", {"w": 1}, math.cos(1), -math.sin(1)),
        ("tanh(w)", {"w": 0.5}, math.tanh(0.5), 1 - math.tanh(0.5) ** 2),
        ("sqrt(w)", {"w": 4}, 2, 0.25),
        ("abs(w)*3", {"w": -2}, 6, -3),
        ("relu(w)", {"w": -2}, 0, 0),
        ("max(w, x, 1)", {"w": 3, "x": 2}, 3, 1),
        ("min(w, x)", {"w": 3, "x": 2}, 2, 0),
        ("-w", {"w": 3}, -3, -1),
        ("x/w", {"w": 2, "x": 3}, 1.5, -0.75),
        ("2**w", {"w": 3}, 8, 8 * math.log(2)),
        ("ln(w)", {"w": 4}, math.log(4), 0.25),
        ("log10(w)", {"w": 4}, math.log10(4), 0.25 / math.log(10)),
        ("log2(w)", {"w": 4}, 2, 0.25 / math.log(2)),
        ("tan(w)", {"w": 1}, math.tan(1), 1 + math.tan(1) ** 2),
        ("softplus(w)", {"w": 1}, math.log(1 + math.e), 1 / (1 + 1 / math.e)),
        ("e**w", {"w": 2}, math.e**2, math.e**2),
        ("e*w", {"w": 2, "e": 3}, 6, 3),
        ("2π*w", {"w": 2}, 4 * math.pi, 2 * math.pi),
        ("w²", {"w": -2}, 4, -4),
        ("(-2)**3 * w", {"w": 1}, -8, -8),
        ("(w+1)(w-1)", {"w": 3}, 8, 6),
        ("w**0.5", {"w": 4}, 2, 0.25),
        ("(-2)**2 * w", {"w": 3}, 12, 4),
        ("sqrt(0) + w", {"w": 3}, 3, 1),
    ],
)
def test_calculus_by_hand(expression: str, at: dict[str, float], value: float, gradient: float):
    trace = record(expression=expression, at=at, wrt="w", lr=1e-3)
    assert trace["loss"].item() == pytest.approx(value, rel=1e-14)
    assert trace["gradient"].item() == pytest.approx(gradient, rel=1e-14)
    assert trace["gradient_fd"].item() == pytest.approx(gradient, rel=1e-8, abs=1e-10)
    assert trace.flags["gradient_agrees"] is True


@pytest.mark.parametrize(
    ("expression", "gradient", "left", "right"),
    [
        ("3*abs(w)", 0, -3, 3),
        ("3|w|", 0, -3, 3),
        ("3*relu(w)", 0, 0, 3),
        ("3*max(0, w)", 1.5, 0, 3),
        ("min(w, 2w)", 1.5, 2, 1),
        ("5w + abs(w)", 5, 4, 6),
    ],
)
def test_at_a_kink_the_value_is_torch_s_and_the_sides_disagree(
    expression: str, gradient: float, left: float, right: float
):
    """Also where the central difference happens to be what torch says, as for abs and max."""
    trace = record(expression=expression, at={"w": 0})
    assert trace["gradient"].item() == gradient
    assert trace["gradient_left"].item() == pytest.approx(left, abs=1e-9)
    assert trace["gradient_right"].item() == pytest.approx(right, abs=1e-9)
    assert (trace.flags["gradient_agrees"], trace.flags["kink"]) == (False, True)


@pytest.mark.parametrize(
    ("expression", "w"),
    [
        ("abs(w)**2", 0),
        ("relu(w)**2", 0),
        ("w**3", 0),
        ("abs(w)", 1e-9),
        ("relu(1000w)", 1e-7),
        ("exp(20w)", 1),
    ],
)
def test_what_only_looks_like_a_kink_is_none(expression: str, w: float):
    trace = record(expression=expression, at={"w": w}, lr=1e-12)
    assert (trace.flags["gradient_agrees"], trace.flags["kink"]) == (True, False)


def test_kinks_that_cancel_leave_one_slope_that_is_not_torch_s():
    trace = record(expression="relu(w) - relu(-w)", at={"w": 0})
    assert (trace["gradient"].item(), trace["gradient_left"].item(), trace["gradient_right"].item()) == (
        0,
        1,
        1,
    )
    assert (trace.flags["gradient_agrees"], trace.flags["kink"]) == (False, False)


def test_a_weight_called_lambda():
    """However it is written: the penalty of the weight decay, 2(wx − y)x + 2λw."""
    for name in ("lambda", "λ"):
        for given in ("lambda", "λ"):
            trace = record(expression=f"(w*x-y)**2 + {name}*w**2", at={"x": 2, "y": 1, "w": 1, given: 0.5})
            assert (trace["loss"].item(), trace["gradient"].item()) == (1.5, 5)
            assert "λ" in trace["name"].values
    assert record(expression="lambda*w", at={"w": 1, "λ": 2}, wrt="lambda")["wrt"].item() == "λ"


class TestNames:
    def test_own_expression_is_numbered(self):
        trace = record(expression="exp(w) + x", at={"w": 0, "x": 1})
        assert trace["name"].values.tolist() == ["w", "u1", "x", "L"]

    def test_the_notes_expression_typed_otherwise_keeps_their_names(self):
        assert record(expression="((w*x)-y)**2")["name"].values.tolist() == [
            "w",
            "x",
            "ŷ",
            "y",
            "s",
            "2",
            "L",
        ]

    def test_names_in_use_are_passed_over(self):
        trace = record(expression="u1*L + u1*w", at={"u1": 1, "L": 2, "w": 3})
        assert trace["name"].values.tolist() == ["u1", "L", "u2", "w", "u3", "Loss"]

    def test_own_names(self):
        trace = record(names="p = w * x, J=(w*x-y)**2")
        assert trace["name"].values.tolist() == ["w", "x", "p", "y", "u1", "2", "J"]
        trace = record(expression="max(w, x) + y", names="m=max(w, x)")
        assert trace["name"].values.tolist() == ["w", "x", "m", "y", "L"]

    @pytest.mark.parametrize(
        ("names", "sentence"),
        [
            ("p", "write name=part"),
            ("1p=w*x", "write name=part"),
            ("averyveryverylongname=w*x", "write name=part"),
            ("w=w*x", "gives w twice"),
            ("p=w*x, p=w*x-y", "gives p twice"),
            ("p=x*w", "no part of the expression"),
            ("p=w*", "cannot be read"),
        ],
    )
    def test_that_cannot_be_used(self, names: str, sentence: str):
        with pytest.raises(InputError, match=sentence):
            record(names=names)


@pytest.mark.parametrize(
    ("given", "sentence", "marked"),
    [
        ({"expression": "x + log(w)", "at": {"x": 0, "w": -1}}, r"log\(w\) is not .* at w = -1", "log(w)"),
        ({"expression": "log(w)", "at": {"w": 0}}, "takes numbers above 0", "log(w)"),
        ({"expression": "w + x/(y-2)"}, "Division by zero: y-2 = 0", "x/(y-2)"),
        ({"expression": "w/0"}, "Division by zero: 0", "w/0"),
        ({"expression": "sqrt(w - 2)"}, r"sqrt\(w - 2\) is not defined at w - 2 = -1", "sqrt(w - 2)"),
        ({"expression": "sqrt(w - 1)"}, "derivative of sqrt is infinite at w - 1 = 0", "sqrt(w - 1)"),
        ({"expression": "(w-1)**-2"}, "Division by zero: w-1 = 0 to the negative power -2", "(w-1)**-2"),
        ({"expression": "(w-2)**0.5"}, "is not a real number", "(w-2)**0.5"),
        ({"expression": "(w-1)**0.5"}, "derivative of pow is infinite", "(w-1)**0.5"),
        ({"expression": "(-2)**w", "at": {"w": 2}}, "no derivative by its exponent w = 2", "(-2)**w"),
        ({"expression": "(-2)**0.5 * w"}, "-2 to the power 0.5 is not a real number", "(-2)**0.5"),
        ({"expression": "ln(w-1)"}, r"ln\(w-1\) is not defined at w-1 = 0: ln takes numbers above 0", "ln(w-1)"),
        ({"expression": "log2(w-1)"}, r"log2\(w-1\) is not defined at w-1 = 0", "log2(w-1)"),
        ({"expression": "sqrt(w-1)*0"}, "derivative of sqrt is infinite at w-1 = 0", "sqrt(w-1)"),
        ({"expression": "9**9**9*w"}, "overflows", "9**9**9"),
        ({"expression": "wx + y", "at": {"w": 1, "x": 1, "y": 2}}, r"for wx: add wx=<number> .* write w\*x", "wx"),
        ({"expression": "exp(800*w)"}, r"exp overflows at 800\*w = 800", "exp(800*w)"),
        ({"expression": "10**10**10*w"}, "overflows", "10**10**10"),
        ({"expression": "w*1e200*1e200"}, "mul overflows", "w*1e200*1e200"),
        ({"expression": "w*1e-300*1e200*1e200", "at": {"w": 1e-20}}, "gradient overflows", "w*1e-300*1e200"),
        (
            {"expression": "w1x1 + 0*b", "at": {"w1": 1.0, "x1": 2.0, "b": 0.0}, "wrt": "w1"},
            r"no value for w1x1: add w1x1=<number> to at, or write w1\*x1 for the product",
            "w1x1",
        ),
        ({"expression": "w*b"}, "no value for b: add b=<number>", "b"),
        ({"expression": "x*y"}, "no w to differentiate by: wrt is one of x, y", "x*y"),
        ({"expression": "1+2"}, "add a variable", "1+2"),
        ({"expression": "w"}, "add an operation", "w"),
        ({"expression": "log(w)", "lr": 10.0}, "After the step: log.*take a smaller lr", "log(w)"),
    ],
)  # fmt: skip
def test_errors_point_at_the_place(given: dict, sentence: str, marked: str):
    used = re.findall(r"\b[wxy]\b", given.get("expression", "wxy"))
    given = {"at": {name: {"w": 1, "x": 1, "y": 2}[name] for name in used}} | given
    with pytest.raises(InputError, match=sentence) as caught:
        record(**given)
    _, shown, carets = str(caught.value).split("\n")
    start = carets.index("^")
    assert shown[start : start + carets.count("^")] == marked


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"expression": "w*x", "at": {"w": 1, "x": 1, "q": 2}},
            "a value for q, which the expression does not use",
        ),
        (
            {"expression": "2^3^2", "at": {"x": 3}},
            "a value for x, and the expression has no variables: write one with w",
        ),
        ({"lr": 0}, "lr is 0: give a number above 0"),
        ({"at": {"w": "one"}}, "names with numbers"),
        ({"at": {"w": math.inf, "x": 1, "y": 1}}, "names with numbers"),
        ({"expresion": "w"}, "Did you mean expression"),
        ({"expression": 3}, "give text"),
        ({"expression": "w*1e300", "lr": 1e6, "at": {"w": 1e-3}}, "overflows"),
    ],
)
def test_parameters_that_cannot_be_used(given: dict, sentence: str):
    with pytest.raises(InputError, match=sentence):
        record(**given)


def test_the_same_name_spelt_two_ways_is_one():
    decomposed = "y\u0302*y"
    assert record(expression=decomposed, at={"ŷ": 2, "y": 3}, wrt="y\u0302")["gradient"].item() == 3


def test_agrees_with_autograd_of_the_whole():
    trace = record(expression="tanh(w*x + b)*exp(-w*w) + log(1 + w**2)", at={"w": 0.3, "x": 2, "b": -0.1})
    w = torch.tensor(0.3, dtype=torch.float64, requires_grad=True)
    loss = torch.tanh(w * 2 - 0.1) * torch.exp(-w * w) + torch.log(1 + w**2)
    (gradient,) = torch.autograd.grad(loss, w)
    assert trace["gradient"].item() == pytest.approx(gradient.item(), rel=1e-14)
