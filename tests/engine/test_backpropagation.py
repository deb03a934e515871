"""The joined recorder: the graph always, the net with the default formula or when asked for."""

import pytest

from engine.backward import recorder as backpropagation
from engine.errors import InputError
from engine.formula import recorder as expression
from engine.forward import recorder as perceptron


def test_the_default_holds_both_unchanged():
    trace, graph, net = backpropagation.record(), expression.record(), perceptron.record()
    assert trace.flags["net"] is True
    assert len(trace.series) == len(graph.series) + len(net.series)
    assert all(trace[f"graph/{name}"] == one for name, one in graph.series.items())
    assert all(trace[f"net/{name}"] == one for name, one in net.series.items())
    assert trace.node("net/loss").inputs == ("net/layer2", "net/target")
    assert trace.recorder == "backpropagation"
    assert trace.params["given"] == {}


def test_an_own_formula_leaves_the_net_out():
    trace = backpropagation.record(expression="w*w", at={"w": 3})
    assert trace.flags["net"] is False
    assert trace["graph/gradient"].item() == 6
    assert not any(name.startswith("net/") for name in trace.series)


def test_net_can_be_asked_for_and_declined():
    assert "net/loss/value" in backpropagation.record(expression="w*w", at={"w": 3}, net=True, epochs=5)
    assert "net/loss/value" not in backpropagation.record(net=False)


def test_parameters_reach_the_right_part():
    trace = backpropagation.record(seed=2, lr=0.5, learning_rate=0.2, widths=(3,), data="wine", epochs=7)
    assert trace["graph/lr"].item() == 0.5
    assert trace["net/step/learning_rate"].item() == 0.2
    assert trace["net/widths"].values.tolist() == [13, 3, 3]
    assert trace["net/training/epochs"].item() == 7
    assert trace.params["given"]["widths"] == [3]


def test_errors_are_those_of_the_parts():
    with pytest.raises(InputError, match="widths is 99"):
        backpropagation.record(widths=(99,))
    with pytest.raises(InputError, match="no value for b"):
        backpropagation.record(expression="w*b")
