"""Numbers as Korean says them, and the particle that fits what stands before it."""

from __future__ import annotations

import re

DIGITS = "영일이삼사오육칠팔구"
SMALL = ("", "십", "백", "천")
LARGE = ("", "만", "억", "조", "경")
NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
NATIVE_ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
NATIVE_MAX = 99
# Counted with native numbers (두 개), others with Sino-Korean ones (이 층). "번" counts, unless it names: 3번 표본.
COUNTERS = (
    "개",
    "번째",
    r"번(?! ?(?:표본|유닛|뉴런|필터|글자|사진|이미지|층))",
    "걸음",
    "가지",
    "배",
    "칸",
    "줄",
    "곳",
    "시간",
    "글자",
    "장",
    "쌍",
)
COUNTED = re.compile(r"\s?(?:" + "|".join(COUNTERS) + ")")
# Pairs: after a final consonant, after a vowel.
PARTICLES = ("으로|로", "이라고|라고", "은|는", "을|를", "과|와", "이|가")
OPEN = re.compile(r"\{(" + "|".join(re.escape(pair) for pair in PARTICLES) + r")\}")
FIRST_SYLLABLE, LAST_SYLLABLE, FINALS = 0xAC00, 0xD7A3, 28
RIEUL = 8  # the final that takes 로, as a vowel does


def sino(digits: str) -> str:
    """A whole number, given as its digits, in Sino-Korean: "103" -> "백삼"."""
    number = digits.lstrip("0")
    if not number:
        return DIGITS[0]
    if len(number) > 4 * len(LARGE):
        return "".join(DIGITS[int(digit)] for digit in number)
    groups = [number[max(0, end - 4) : end] for end in range(len(number), 0, -4)]
    said = [_group(group, place) for place, group in enumerate(groups) if int(group)]
    return " ".join(reversed(said))


def _group(group: str, place: int) -> str:
    words = [
        ("" if digit == "1" and power else DIGITS[int(digit)]) + SMALL[power]
        for power, digit in zip(range(len(group) - 1, -1, -1), group, strict=True)
        if digit != "0"
    ]
    text = "".join(words)
    return LARGE[place] if place == 1 and text == "일" else text + LARGE[place]


def native(number: int) -> str:
    """1 to 99 before a counter: 3 -> "세", 20 -> "스무"."""
    if number == 20:
        return "스무"
    return NATIVE_TENS[number // 10] + NATIVE_ONES[number % 10]


def number_words(number: str, following: str) -> str:
    """A decimal number without sign, as it is said before the text `following`: ("2", "개") -> "두 "."""
    whole, _, fraction = number.replace(",", "").partition(".")
    if fraction:
        return f"{sino(whole)} 점 {''.join(DIGITS[int(digit)] for digit in fraction)}"
    counted = COUNTED.match(following)
    space = " " if counted and not counted[0].startswith(" ") else ""
    if counted and 1 <= int(whole) <= NATIVE_MAX:
        return native(int(whole)) + space
    return sino(whole) + space


def open_particles(text: str) -> str:
    """The particle at the start of `text`, if it depends on what is before, as {은|는} to be chosen later."""
    for pair in PARTICLES:
        for form in pair.split("|"):
            if re.match(rf"{form}(?![가-힣])", text):
                return f"{{{pair}}}{text[len(form) :]}"
    return text


def choose_particles(text: str) -> str:
    """Every {은|는} of `text` by the final sound of the syllable before it."""
    return OPEN.sub(lambda match: _fitting(match[1], text[: match.start()]), text)


def _fitting(pair: str, before: str) -> str:
    closed, opened = pair.split("|")
    spoken = before.rstrip()[-1:]
    if not (spoken and FIRST_SYLLABLE <= ord(spoken) <= LAST_SYLLABLE):
        return opened
    final = (ord(spoken) - FIRST_SYLLABLE) % FINALS
    return opened if final == 0 or (pair == "으로|로" and final == RIEUL) else closed
