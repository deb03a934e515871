"""What a speech program is given to say: symbols and numbers as people say them, in both languages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.voice.korean import LARGE, SMALL, native, number_words, sino
from pipeline.voice.spoken import spoken

ENGLISH = {
    "So the derivative of L by w is −2.": "So the derivative of L by w is minus 2.",
    "Only 1.1×10⁻⁶ reaches the first layer": "Only 1.1 times 10 to the minus 6 reaches the first layer.",
    "∂L/∂w = −2": "d L by d w equals minus 2.",
    "1.2e-05": "1.2 times 10 to the minus 5.",
    "ŷ = w·x + b": "y hat equals w times x plus b.",
    "A 3×3 kernel": "A 3 by 3 kernel.",
    "3 × 4 = 12": "3 times 4 equals 12.",
    "x² − y³": "x squared minus y cubed.",
    "W₁x₂": "W 1 x 2.",
    "w' = 1.02": "w prime equals 1.02.",
    "the layer's δ, don't": "the layer's delta, don't.",
    "It gets 39%": "It gets 39 percent.",
    "1 → 0.9604": "1 to 0.9604.",
    "SGD and ReLU": "S G D and ray loo.",
    "a = -3, but well-known": "a equals minus 3, but well-known.",
    "Momentum\nagain": "Momentum again.",
    "Really?": "Really?",
}
KOREAN = {
    "L을 w로 미분하면 −2입니다.": "엘을 더블유로 미분하면 마이너스 이입니다.",
    "1.1×10⁻⁶만": "일 점 일 곱하기 십의 마이너스 육 제곱만.",
    "3×3 커널": "삼 바이 삼 커널.",
    "3 × 4": "삼 곱하기 사.",
    "∂L/∂w = −2": "라운드 엘 나누기 라운드 더블유는 마이너스 이.",
    "L = 0.25": "엘은 영 점 이오.",
    "δ = 3": "델타는 삼.",
    "손실이 줄었습니다.\n0.296 → 0.15": "손실이 줄었습니다. 영 점 이구육에서 영 점 일오로.",
    "1 → 0": "일에서 영으로.",
    "1 → 8": "일에서 팔로.",
    "z가 3이고": "제트가 삼이고.",
    "2을, 3를": "이를, 삼을.",
    "20걸음 안에 20번": "스무 걸음 안에 스무 번.",
    "54번 표본을 잰 값 4가지": "오십사번 표본을 잰 값 네 가지.",
    "3번째 층": "세 번째 층.",
    "103걸음": "백삼 걸음.",
    "300단계": "삼백단계.",
    "1,797개": "천칠백구십칠 개.",
    "0개": "영 개.",
    "39%입니다": "삼십구퍼센트입니다.",
    "SGD는 x²": "에스지디는 엑스 제곱.",
    "3/5": "오분의 삼.",
}


@pytest.mark.parametrize(("text", "said"), ENGLISH.items())
def test_english(text: str, said: str) -> None:
    assert spoken(text, "en") == said


@pytest.mark.parametrize(("text", "said"), KOREAN.items())
def test_korean(text: str, said: str) -> None:
    assert spoken(text, "ko") == said


def value_of(words: str) -> int:
    """A Sino-Korean number read back by counting up its characters: a second way, independent of the first."""
    total = group = digit = 0
    for letter in words.replace(" ", ""):
        if letter in "영일이삼사오육칠팔구":
            digit = "영일이삼사오육칠팔구".index(letter)
        elif letter in SMALL[1:]:
            group += max(digit, 1) * 10 ** SMALL.index(letter)
            digit = 0
        else:
            total += max(group + digit, 1) * 10 ** (4 * LARGE.index(letter))
            group = digit = 0
    return total + group + digit


@given(st.integers(0, 10**20 - 1))
def test_sino_numbers_can_be_read_back(number: int) -> None:
    assert value_of(sino(str(number))) == number


def test_sino_numbers_leave_out_the_one_before_ten_hundred_thousand() -> None:
    assert [sino(text) for text in ("10", "110", "1000", "10000", "100010000")] == [
        "십",
        "백십",
        "천",
        "만",
        "일억 만",
    ]


def test_native_numbers_are_all_different() -> None:
    assert len({native(number) for number in range(1, 100)}) == 99
    assert [native(number) for number in (1, 2, 20, 21, 99)] == ["한", "두", "스무", "스물한", "아흔아홉"]
    assert number_words("7", "개") == "일곱 "


@given(st.text(alphabet="가나을를xLδ−×⁻⁶0123456789.,/=→ŷ'()%\n ", max_size=40), st.sampled_from(["ko", "en"]))
def test_any_text_can_be_said(text: str, language: str) -> None:
    """No sign of formulas reaches the program, and in Korean neither a digit nor a single letter."""
    said = spoken(text, language)
    assert not re.search(r"[−×⁻⁶=→δ%\u0302{}|]", said)
    assert "\n" not in said
    if language == "ko":
        assert not re.search(r"\d|(?<![A-Za-z])[A-Za-z](?![A-Za-z])", said)
