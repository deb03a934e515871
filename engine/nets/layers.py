"""One example's way through a trained net: forward, backward and one step, layer by layer."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.nets.classifier import linears
from engine.nets.hooks import ModuleCall, watching
from engine.trace.series import Node, Series


@dataclass(frozen=True)
class Layer:
    """One weight layer. weight (unit, input), all others (unit,) except input (input,).

    z = weight @ input + bias; delta = ∂loss/∂z; *_grad = ∂loss/∂parameter; *_after = parameter − rate · grad, and
    a_after is what the layer gives out with them.
    """

    weight: Tensor
    bias: Tensor
    input: Tensor
    z: Tensor
    delta: Tensor
    weight_grad: Tensor
    bias_grad: Tensor
    weight_after: Tensor
    bias_after: Tensor
    a_after: Tensor


@dataclass(frozen=True)
class Passage:
    """One example through the net. losses (), probabilities (class,), nodes in the order they ran."""

    layers: tuple[Layer, ...]
    loss: Tensor
    probabilities: Tensor
    loss_after: Tensor
    probabilities_after: Tensor
    nodes: tuple[Node, ...]


def passage(net: nn.Sequential, x: Tensor, label: Tensor, learning_rate: float) -> Passage:
    """Run x (feature,) with its label () forward and backward; the step is taken on a copy."""
    loss_module = nn.CrossEntropyLoss()
    with watching({**dict(net.named_children()), "loss": loss_module}) as calls:
        logits = net(x)  # (class,)
        loss = loss_module(logits, label)
    weighted = [call for call in calls if isinstance(call.module, nn.Linear)]
    zs = [call.output for call in weighted]
    parameters = dict(net.named_parameters())
    grads = torch.autograd.grad(loss, [*zs, *parameters.values()])
    deltas, parameter_grads = grads[: len(zs)], dict(zip(parameters, grads[len(zs) :], strict=True))
    with torch.no_grad():
        after = {name: one - learning_rate * parameter_grads[name] for name, one in parameters.items()}
        with watching(dict(net.named_children())) as later:
            logits_after = torch.func.functional_call(net, after, (x,))
        given = [call.output for call in later if not isinstance(call.module, nn.Linear)]
        given.append(torch.softmax(logits_after, dim=0))
        return Passage(
            layers=tuple(
                Layer(
                    weight=parameters[f"{call.name}.weight"].detach().clone(),
                    bias=parameters[f"{call.name}.bias"].detach().clone(),
                    input=call.inputs[0].detach(),
                    z=call.output.detach(),
                    delta=delta,
                    weight_grad=parameter_grads[f"{call.name}.weight"],
                    bias_grad=parameter_grads[f"{call.name}.bias"],
                    weight_after=after[f"{call.name}.weight"],
                    bias_after=after[f"{call.name}.bias"],
                    a_after=a_after,
                )
                for call, delta, a_after in zip(weighted, deltas, given, strict=True)
            ),
            loss=loss.detach(),
            probabilities=torch.softmax(logits, dim=0),
            loss_after=loss_module(logits_after, label),
            probabilities_after=given[-1],
            nodes=_nodes(calls),
        )


def slope(activation: nn.Module, z: Tensor) -> Tensor:
    """f'(z) elementwise, any shape, by autograd."""
    point = z.detach().clone().requires_grad_()
    (found,) = torch.autograd.grad(activation(point).sum(), point)
    return found


def layer_series(net: nn.Sequential, run: Passage) -> dict[str, Series]:
    """The series ``layer{l}/…`` of every layer, l from 1; docs/trace.md lists them."""
    series: dict[str, Series] = {}
    last = len(linears(net))
    for number, layer in enumerate(run.layers, start=1):
        own = _forward_series(layer) | _backward_series(layer)
        if number < last:
            activation = net[2 * number - 1]
            own["a"] = Series(run.layers[number].input, ("unit",), source="f(z)")
            own |= _hidden_series(activation, layer, run.layers[number])
        else:
            own["a"] = Series(run.probabilities, ("unit",), source="torch.softmax")
        series |= {f"layer{number}/{name}": one for name, one in own.items()}
    return series


def _forward_series(layer: Layer) -> dict[str, Series]:
    product = layer.weight * layer.input  # (unit, input)
    sums = product.cumsum(dim=1)  # (unit, input)
    partial = torch.cat([sums, (sums[:, -1] + layer.bias)[:, None]], dim=1)  # (unit, input + 1)
    return {
        "weight": Series(layer.weight, ("unit", "input")),
        "bias": Series(layer.bias, ("unit",)),
        "input": Series(layer.input, ("input",)),
        "product": Series(product, ("unit", "input"), source="w · x"),
        "partial": Series(partial, ("unit", "term"), source="running sum of w · x, then + b"),
        "z": Series(layer.z, ("unit",), source="torch.nn.Linear, W x + b"),
    }


def _backward_series(layer: Layer) -> dict[str, Series]:
    return {
        "delta": Series(layer.delta, ("unit",), source="torch.autograd.grad, ∂L/∂z"),
        "weight_grad": Series(layer.weight_grad, ("unit", "input"), source="torch.autograd.grad, ∂L/∂W"),
        "bias_grad": Series(layer.bias_grad, ("unit",), source="torch.autograd.grad, ∂L/∂b"),
        "weight_after": Series(layer.weight_after, ("unit", "input"), source="W − learning rate · ∂L/∂W"),
        "bias_after": Series(layer.bias_after, ("unit",), source="b − learning rate · ∂L/∂b"),
        "weight_change": Series(
            layer.weight_after - layer.weight, ("unit", "input"), source="after − before"
        ),
        "a_after": Series(layer.a_after, ("unit",), source="f(z), or torch.softmax, after the step"),
    }


def _hidden_series(activation: nn.Module, layer: Layer, following: Layer) -> dict[str, Series]:
    products = following.weight.T * following.delta  # (unit, next unit)
    series = {
        "slope": Series(slope(activation, layer.z), ("unit",), source="f'(z), torch.autograd.grad"),
        "upstream": Series(following.weight.T @ following.delta, ("unit",), source="Wᵀ δ of the next layer"),
        "upstream_product": Series(products, ("unit", "next unit"), source="w · δ of the next layer"),
    }
    if isinstance(activation, nn.ReLU):
        series["cut_off"] = Series(int((layer.z <= 0).sum()), source="units with z ≤ 0")
    return series


def _nodes(calls: list[ModuleCall]) -> tuple[Node, ...]:
    """The example, the modules in the order they ran, the label and the loss."""
    x = calls[0].inputs[0]
    nodes = [Node("input", "x", "input", output_shape=tuple(x.shape))]
    given = {id(x): "input"}
    for call in calls:
        for tensor in call.inputs:
            if id(tensor) not in given:  # only the label comes from outside
                given[id(tensor)] = "target"
                nodes.append(Node("target", "y", "input", output_shape=tuple(tensor.shape)))
        given[id(call.output)] = call.name
        nodes.append(
            Node(
                id=call.name,
                name=call.name,
                operation=type(call.module).__name__,
                inputs=tuple(given[id(tensor)] for tensor in call.inputs),
                input_shapes=tuple(tuple(tensor.shape) for tensor in call.inputs),
                output_shape=tuple(call.output.shape),
            )
        )
    return tuple(nodes)
