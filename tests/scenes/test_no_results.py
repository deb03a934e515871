"""Scenes show results and compute none: what a film says must have been recorded."""

import ast
from pathlib import Path

import pytest

from scenes import SCENES

# What makes a result of many numbers. The largest and the smallest stay allowed: scales and choices are made of them.
REDUCTIONS = {
    *("percentile", "quantile", "median", "mean", "average", "std", "var", "histogram", "corrcoef", "cov"),
    *("matmul", "einsum", "outer", "inner", "linalg", "cumsum", "cumprod", "prod", "argsort", "sort"),
    *("exp", "log", "log10", "tanh", "gradient", "interp", "polyfit", "convolve", "random", "default_rng"),
}


def reductions(path: Path) -> list[str]:
    """Calls of NumPy (np.mean, array.mean) by which a film could work out what it shows."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = [one for one in calls if isinstance(one, ast.Attribute) and one.attr in REDUCTIONS]
    matrix = [
        node for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult)
    ]
    return [f"{path}:{one.lineno}: {ast.unparse(one)}" for one in (*found, *matrix)]


@pytest.mark.parametrize("slug", [card.slug for card in SCENES])
def test_a_film_works_nothing_out(slug: str):
    assert [line for path in Path("scenes", slug).rglob("*.py") for line in reductions(path)] == []


def test_the_check_finds_what_it_looks_for(tmp_path: Path):
    source = tmp_path / "film.py"
    source.write_text("a = np.percentile(x, 98)\nb = x.mean()\nc = x @ y\nd = x.max()\ne = math.log(2)\n")
    assert len(reductions(source)) == 4
