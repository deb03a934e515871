"""The reader of a kernel as it is typed: what it accepts it reads exactly, what it refuses it names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.convolution.kernels import KERNELS, SIDE_MAX, WEIGHT_MAX, parse
from engine.errors import InputError

weights = st.floats(-WEIGHT_MAX, WEIGHT_MAX, allow_nan=False, allow_subnormal=False)
sides = st.integers(1, SIDE_MAX)


@given(st.data(), sides, sides, st.sampled_from(["", " "]))
def test_a_matrix_is_read_as_it_was_written(data: st.DataObject, height: int, width: int, space: str):
    row = st.lists(weights, min_size=width, max_size=width).map(tuple)
    matrix = tuple(data.draw(st.lists(row, min_size=height, max_size=height)))
    text = f"{space};{space}".join(f"{space},".join(map(repr, one)) for one in matrix)
    assert parse(text) == matrix


@given(st.text(alphabet="0123456789+-.,;/eE naif−x", max_size=40))
def test_any_text_is_a_finite_rectangle_or_one_sentence(text: str):
    try:
        matrix = parse(text)
    except InputError as error:
        matrix, sentence = (), str(error)
    else:
        sentence = ""
    assert "\n" not in sentence
    assert len({len(row) for row in matrix}) == (not sentence)
    assert all(abs(weight) <= WEIGHT_MAX for row in matrix for weight in row)


def test_quotients_and_typographic_minus():
    assert parse("1/4, −2; .5, +1e-2") == ((0.25, -2.0), (0.5, 0.01))


def test_the_full_width_signs_of_korean_and_japanese_keyboards():
    assert parse("１,２;３,４") == parse("１，２；３，４") == ((1, 2), (3, 4))
    assert parse("－１／４，．５") == ((-0.25, 0.5),)


@pytest.mark.parametrize("name", KERNELS)
def test_named_kernels_sum_to_what_they_are_for(name: str):
    """An edge filter gives 0 where nothing changes, the others leave a plain area as it is."""
    total = sum(sum(row) for row in parse(name))
    assert total == pytest.approx(0 if name in ("sobel-x", "sobel-y", "laplacian") else 1, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Known: identity"),
        ("sobel_x", "Did you mean sobel-x"),
        ("1,2;3", "2 weights in row 1 and 1 in row 2"),
        ("1,nan", "'nan' in the kernel's row 1, column 2"),
        ("0;inf", "'inf' in the kernel's row 2, column 1"),
        ("1,,2", "column 2"),
        ("1;", "row 2"),
        ("1/0", "divides by 0"),
        ("1e999", "too large"),
        ("-1000001", "too large"),
        (";".join("1" * 12), "larger than 11"),
        (",".join("1" * 12), "larger than 11"),
        ("9" * 100_000, "not a number"),
        ("٣", "not a number"),
        ("1\x1b,2", r"'1\x1b' in the kernel's row 1"),
        ("__import__('os'),1", "not a number"),
    ],
)
def test_what_is_wrong_is_named(text: str, says: str):
    with pytest.raises(InputError) as caught:
        parse(text)
    assert says in str(caught.value)
    assert len(str(caught.value)) < 250
