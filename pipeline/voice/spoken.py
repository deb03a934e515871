"""What is said for what a caption writes: "−2" is "minus 2", "1.1×10⁻⁶" in Korean "일 점 일 곱하기 십의 …".

Only for speech programs; people get the caption as it is.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from engine.text.composed import composed
from pipeline.voice.korean import choose_particles, number_words, open_particles

WORDS = Path(__file__).with_name("words.toml")
SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
SUB = "₀₁₂₃₄₅₆₇₈₉"
RAISED = re.compile(f"[{SUPER}]+")
LOWERED = re.compile(f"[{SUB}]+")
TRANSPOSED = re.compile("ᵀ|⊤")
PLAIN = str.maketrans(SUPER + SUB, "0123456789+−0123456789")
NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
SIZE = re.compile(rf"(?<=\d)×(?=\d)(?!10[{SUPER}])")  # 3×3 is a size; products have spaces or powers of ten
E_POWER = re.compile(r"(?<=\d)[eE]([+−-]?)0*(\d+)(?![\d\w])")
NEGATIVE = re.compile(r"(?<![\w\d).])[−-](?=[\d\w])")
BINARY_MINUS = re.compile(r"(?<=\s)-(?=\s)")
HAT, PRIME = "\u0302", re.compile(r"(?<![A-Za-z])([A-Za-z])['′’](?![A-Za-z])")
DERIVATIVE = re.compile(r"[∂d](\w)\s*/\s*[∂d](\w)(?!\w)")
FRACTION = re.compile(rf"({NUMBER}|\b[A-Za-z])\s*/\s*({NUMBER}|[A-Za-z]\b)")
ARROW = re.compile(r"\s*(?:→|⟶|->)\s*(\S+?)(?=[.,;:!?]*(?:\s|$))(?!\s*(?:→|⟶|->))")
ON_THE_WAY = re.compile(r"\s*(?:→|⟶|->)\s*")
EQUALS = re.compile(r"\s*=\s*")
KOREAN_TOKEN = re.compile(rf"(?P<number>{NUMBER})|(?P<latin>[A-Za-z]+)")
ENDS = (".", "!", "?", "…", ":", ";", ",")

SAYINGS = {
    "en": {
        "by": " by ",
        "power": " to the {} ",
        "squared": " squared ",
        "cubed": " cubed ",
        "transposed": " transposed ",
        "minus": " minus ",
        "hat": " hat ",
        "prime": r"\1 prime",
        "derivative": r"d \1 by d \2",
        "fraction": r"\1 over \2",
        "arrow": r" to \1",
        "on the way": " to ",
        "equals": " equals ",
    },
    "ko": {
        "by": " 바이 ",
        "power": "의 {} 제곱",
        "squared": " 제곱",
        "cubed": " 세제곱",
        "transposed": " 트랜스포즈 ",
        "minus": " 마이너스 ",
        "hat": " 햇",
        "prime": r"\1 프라임",
        "derivative": r"라운드 \1 나누기 라운드 \2",
        "fraction": r"\2분의 \1",
        "arrow": r"에서 \1{으로|로}",
        "on the way": ", ",
        "equals": "{은|는} ",
    },
}


@cache
def _words() -> dict[str, Any]:
    with WORDS.open("rb") as file:
        return tomllib.load(file)


def spoken(text: str, language: str) -> str:
    """`text` as a speech program of `language` ("ko" or "en") should read it, with an end that can be heard."""
    said = _signs(" ".join(text.split()), language)
    said = _korean(said) if language == "ko" else _english(said)
    said = re.sub(r"\s+([.,;:!?)])", r"\1", re.sub(r"\((?=\S)", " (", " ".join(said.split())))
    return said if not said or said.endswith(ENDS) else said + "."


def _signs(text: str, language: str) -> str:
    say, words = SAYINGS[language], _words()
    text = _take_hats(text).replace(HAT, say["hat"])
    text = PRIME.sub(say["prime"], text)
    text = DERIVATIVE.sub(say["derivative"], text)
    text = E_POWER.sub(_e_power, text)
    text = SIZE.sub(say["by"], text)
    text = RAISED.sub(lambda match: _power(match[0].translate(PLAIN), say), text)
    text = TRANSPOSED.sub(say["transposed"], text)
    text = LOWERED.sub(lambda match: f" {match[0].translate(PLAIN)} ", text)
    text = FRACTION.sub(say["fraction"], text)
    text = ON_THE_WAY.sub(say["on the way"], ARROW.sub(say["arrow"], text))
    text = EQUALS.sub(say["equals"], text)
    text = NEGATIVE.sub(say["minus"], text)
    text = BINARY_MINUS.sub("−", text)
    for symbol, word in (words["symbols"] | words["greek"]).items():
        text = text.replace(symbol, _set_off(word[language], symbol, language))
        if symbol != symbol.upper() and len(symbol.upper()) == 1:
            text = text.replace(symbol.upper(), _set_off(word[language], symbol, language))
    return text


def _take_hats(text: str) -> str:
    """Hats apart from their letters, with the syllables of Hangul left whole."""
    return "".join(
        unicodedata.normalize("NFD", letter) if HAT in unicodedata.normalize("NFD", letter) else letter
        for letter in composed(text)
    )


def _set_off(word: str, symbol: str, language: str) -> str:
    """A word in the place of a symbol. A Korean particle follows its noun at once, so no space is put there."""
    if language == "ko":
        return word if symbol.isalpha() or symbol in "%°" else f" {word} "
    return f" {word} "


def _e_power(match: re.Match[str]) -> str:
    sign = {"-": "⁻", "−": "⁻"}.get(match[1], "")
    return "×10" + sign + match[2].translate(str.maketrans("0123456789", SUPER[:10]))


def _power(exponent: str, say: dict[str, str]) -> str:
    if exponent == "2":
        return say["squared"]
    if exponent == "3":
        return say["cubed"]
    return say["power"].format(exponent.replace("−", say["minus"].strip() + " ").replace("+", ""))


def _english(text: str) -> str:
    names = _words()["names"]
    return re.sub(r"[A-Za-z]+", lambda match: _english_name(match[0], names), text)


def _english_name(word: str, names: dict[str, dict[str, str]]) -> str:
    """A name as a speech program reads it rightly; a name it reads rightly by itself keeps its capitals."""
    known = names.get(word.lower())
    return known["en"] if known and known["en"].lower() != word.lower() else word


def _korean(text: str) -> str:
    """Numbers and Latin letters in Hangul, with the particles after them fitted to their sound."""
    parts: list[str] = []
    rest = text
    while match := KOREAN_TOKEN.search(rest):
        before, rest = rest[: match.start()], rest[match.end() :]
        said = number_words(match[0], rest) if match["number"] else _korean_name(match[0])
        parts += [before, said]
        rest = open_particles(rest)
    return choose_particles("".join(parts) + rest)


def _korean_name(word: str) -> str:
    """A name by its word; a letter, or capitals that are no name, letter by letter; others stay Latin."""
    words = _words()
    known = words["names"].get(word.lower())
    if known:
        return str(known["ko"])
    if len(word) == 1 or word.isupper():
        return "".join(words["letters"][letter.lower()] for letter in word)
    return word
