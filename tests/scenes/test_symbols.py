"""The table of symbols: if these failed, a film could show a sign that nobody has explained."""

import re

import pytest

from pipeline.inspect.markup import readable
from scenes import SCENES
from scenes.parts.text.source import formula
from scenes.stage.style import LANGUAGES
from scenes.stage.text.symbols import Symbol, introduced, signs, symbols
from tests.scenes.watching import play

FILMS = [card.slug for card in SCENES]
BEATS = {card.slug: card.beats for card in SCENES}
USUAL = [one for one in symbols() if not one.only]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("z_j = sum_i w_(j i) x_i + b_j", ["z", "w", "x", "b"]),
        ("p_k = e^(z_k) / (sum_j e^(z_j))", ["p", "z", "z"]),
        ('(W^((num("2"))))^top delta^((num("2"))) dot.o f\'(z^((l)))', ["W", "delta", "dot.o", "f", "z"]),
        ("(partial loss(L)) / (partial w)", ["partial", "L", "partial", "w"]),
        ('hat(y) = num("1.2×10⁻⁵") + "ab" name("q1")', ["hat(y)"]),
        ("theta arrow.l theta - eta nabla f", ["theta", "theta", "eta", "nabla", "f"]),
    ],
)
def test_the_signs_of_a_formula(source: str, found: list[str]):
    assert list(signs(formula(source))) == found


def test_plain_text_has_no_signs():
    assert list(signs("a sentence with x")) == []


def test_a_film_means_what_it_says_itself_else_what_the_nearest_before_it_says():
    for symbol in symbols():
        assert symbol in introduced(symbol.sign, symbol.film, FILMS)
    assert introduced("delta", FILMS[0], FILMS) == []
    assert {one.film for one in introduced("delta", FILMS[2], FILMS)} == {FILMS[1]}


def test_the_table_stands_in_course_order_and_says_nothing_twice():
    table = symbols()
    order = [(FILMS.index(one.film), BEATS[one.film].index(one.beat)) for one in table]
    assert order == sorted(order)
    assert len({(one.sign, one.film, one.only) for one in table}) == len(table)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "symbol", [one for one in symbols() if not one.only], ids=lambda one: f"{one.film}-{one.beat}-{one.sign}"
)
def test_a_sign_is_put_into_words_where_it_is_introduced(symbol: Symbol, language: str):
    """The film says the word in a caption or a label by the beat that the table names, and shows the sign."""
    film = play(symbol.film, language)
    until = film.beats[: film.beats.index(symbol.beat) + 1]
    said = [one.text for one in film.spoken if one.beat in until]
    stood = [readable(text.source) for beat in until for text in film.texts[beat]]
    words = re.sub(r"\s+", " ", " | ".join((*said, *stood))).lower()
    assert symbol.meaning[language].lower() in words
    assert symbol.sign in {
        sign for sources in film.formulas.values() for one in sources for sign in signs(one)
    }
