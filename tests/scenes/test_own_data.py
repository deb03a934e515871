"""Films of a CSV file of one's own: its names as they stand there, long and foreign ones, many columns and classes."""

from pathlib import Path

import pytest

from scenes.stage.explainer import SPOKEN
from scenes.stage.style import LANGUAGES, LINE_CHARS
from tests.scenes.test_played import outside, too_small
from tests.scenes.watching import Played, play

TRAINED = {
    "forward": {"epochs": 3},
    "backward": {"net": True, "epochs": 3},
    "vanishing": {"depth": 3, "width": 4, "steps": 3},
}
LONG = (
    "Rhododendron × “Elizabeth Hobbie” sel. 12",
    "단풍나무속_고로쇠나무_계룡산_서쪽_골짜기_아래_표본_번호_십이_가",
    "W" * 40,
)
# Columns called as those of other data sets are, whose translations would be wrong here; classes likewise.
PLAIN = "ash,hue,sex\n" + "".join(
    f"{n * n % 7}.5,{n % 5}e7,{('train', 'digits')[n % 2]}\n" for n in range(20)
)


def saved(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def hard(columns: int, classes: int) -> str:
    """Names of 40 signs, tiny and huge numbers of either sign."""
    heads = [f"{LONG[n % 3][:37]}{n:03}" for n in range(columns)]
    kinds = [f"{LONG[n % 3][:38]}{n:02}" for n in range(classes)]
    rows = [
        [
            *(f"{(-1) ** n * (n * 7 + row * row) % 101 * 10.0 ** (n % 17 - 6):.6g}" for n in range(columns)),
            kinds[row % classes],
        ]
        for row in range(8 * classes)
    ]
    return "\n".join(",".join(row) for row in [[*heads, "kind"], *rows])


def said(played: Played) -> str:
    return "\n".join(" ".join(cue.lines) for cue in played.spoken)


def drawn(played: Played) -> str:
    return "\n".join(text.source for texts in played.texts.values() for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", TRAINED)
@pytest.mark.parametrize("size", [(1, 2), (5, 3), (64, 5)])
def test_long_names_and_many_of_them(slug: str, language: str, size: tuple[int, int], tmp_path: Path):
    path = saved(tmp_path, "설문_2024_가을학기_응답자_전체_정리본_최종_수정_2.csv", hard(*size))
    played = play(slug, language, data=path, **TRAINED[slug])
    assert list(played.texts) == list(played.beats)
    assert (outside(played), too_small(played)) == ([], set())
    longest = max(len(line) for cue in played.spoken for line in cue.lines)
    assert longest <= LINE_CHARS[language] + SPOKEN * (
        language == "ko"
    )  # a name may be longer than a line's rest


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_shown_as_the_file_has_them(language: str, tmp_path: Path):
    played = play("forward", language, data=saved(tmp_path, "iris.csv", PLAIN), **TRAINED["forward"])
    shown = drawn(played)
    assert all(name in shown for name in ("ash", "hue", "train", "digits"))
    assert not any(name in shown for name in ("회분", "색조", "training set", "손글씨"))
    assert not any(name in said(played) for name in ("붓꽃", "iris flower", "회분"))
    assert {"ko": "표본", "en": "sample"}[language] in said(played)
