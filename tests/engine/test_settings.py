"""Names with values: parsed by type, never evaluated, and typed again as they were."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text.settings import Wrong, settings, typed

PLAIN = st.text(
    st.characters(codec="ascii", categories=("L", "N", "P", "S"), exclude_characters="'\""), max_size=20
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | PLAIN
)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("hidden=32,bias=false", {"hidden": 32, "bias": False}),
        ("a=1.5, b=-2 , c=1e-3", {"a": 1.5, "b": -2, "c": 0.001}),
        ("act=relu,on=True,none=None", {"act": "relu", "on": True, "none": None}),
        ("widths=[16,8],last=[],one=[x]", {"widths": (16, 8), "last": (), "one": ("x",)}),
        ("text='3',more=\"a,b\"", {"text": "3", "more": "a,b"}),
        ("path=__import__('os').system('x')", {"path": "__import__('os').system('x')"}),
        ("empty=", {"empty": ""}),
        ("", {}),
    ],
)
def test_values_have_the_type_that_their_form_says(text: str, values: dict[str, Any]):
    found = settings(text)
    assert found == values
    assert [type(one) for one in found.values()] == [type(one) for one in values.values()]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("32", "is not name=value"),
        ("=3", "is not name"),
        ("a b=3", "is not"),
        ("a=1,a=2", "a is given twice"),
    ],
)
def test_what_is_none(text: str, said: str):
    with pytest.raises(Wrong, match=said):
        settings(text)


@given(
    st.dictionaries(st.sampled_from("abcdef"), SCALARS | st.lists(SCALARS, max_size=4).map(tuple), max_size=4)
)
def test_what_is_typed_is_read_again(values: dict[str, Any]):
    assert settings(",".join(f"{name}={typed(value)}" for name, value in values.items())) == values
