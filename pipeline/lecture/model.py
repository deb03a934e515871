"""What a lecture script may say: the pydantic model of its TOML. `check` reads files into it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, PrivateAttr, Tag

from pipeline.lecture import own_text
from scenes.stage.style import LANGUAGES

Language = Literal["ko", "en"]
KINDS = ("scene", "card", "picture", "video")  # the key that says what a part is
TITLE_CHARS_MAX = 60
CAPTION_CHARS_MAX = 300
CAPTIONS_MAX = 200  # of one beat, card, picture or video
AT_ONCE_MAX = 20  # captions in the place of one
PARAGRAPH_CHARS_MAX = 400
PARAGRAPHS_MAX = 8
PARTS_MAX = 200
ENTRIES_MAX = 100  # of a part's tables and lists
SECONDS_MAX = 600.0


class Strict(BaseModel):
    """Nothing extra, nothing converted but lists to tuples."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, allow_inf_nan=False, hide_input_in_errors=True
    )


def _in_each_language(value: Any) -> Any:
    """One text stands for both languages."""
    return value if isinstance(value, dict | BaseModel) else dict.fromkeys(LANGUAGES, value)


OneLine = BeforeValidator(own_text.line)
Line = Annotated[str, OneLine, Field(min_length=1, max_length=TITLE_CHARS_MAX, strict=True)]
LINE = f"a text of 1 to {TITLE_CHARS_MAX} characters, or one for each language as {{ ko = …, en = … }}"


class _Words(Strict):
    ko: Line | None = None
    en: Line | None = None

    def of(self, language: str) -> str:
        """The text in `language`, or in the other one when this one is missing."""
        return (self.ko or self.en or "") if language == "ko" else (self.en or self.ko or "")


Words = Annotated[_Words, BeforeValidator(_in_each_language)]

# One moment of a beat: a caption, several one after the other, or none ("").
Moment = tuple[str, ...]
Caption = Annotated[str, BeforeValidator(own_text.text), Field(max_length=CAPTION_CHARS_MAX, strict=True)]


def _moment(value: Any) -> Any:
    if isinstance(value, str):
        return [value] if value.strip() else []
    return value


OneMoment = Annotated[tuple[Caption, ...], BeforeValidator(_moment), Field(max_length=AT_ONCE_MAX)]
Moments = Annotated[tuple[OneMoment, ...], Field(max_length=CAPTIONS_MAX)]
CAPTIONS = (
    'a list of captions for each language, { ko = ["…", "…"], en = ["…", "…"] }, '
    f"at most {CAPTIONS_MAX}, each of at most {CAPTION_CHARS_MAX} characters"
)


class OwnCaptions(Strict):
    """A beat's captions in the teacher's words; a language left out keeps the film's own."""

    ko: Annotated[Moments | None, Field(description=CAPTIONS)] = None
    en: Annotated[Moments | None, Field(description=CAPTIONS)] = None

    def of(self, language: str) -> tuple[Moment, ...] | None:
        """The moments in `language`, if there are any."""
        return self.ko if language == "ko" else self.en


def _lines(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Paragraph = Annotated[
    str,
    BeforeValidator(own_text.text),
    Field(min_length=1, max_length=PARAGRAPH_CHARS_MAX, strict=True),
]
Paragraphs = Annotated[
    tuple[Paragraph, ...], BeforeValidator(_lines), Field(min_length=1, max_length=PARAGRAPHS_MAX)
]
TEXT = (
    'one to eight paragraphs for each language, { ko = ["…"], en = ["…"] }, each of at most '
    f'{PARAGRAPH_CHARS_MAX} characters; "- " begins a bullet'
)


class _Text(Strict):
    ko: Annotated[Paragraphs | None, Field(description=TEXT)] = None
    en: Annotated[Paragraphs | None, Field(description=TEXT)] = None

    def of(self, language: str) -> tuple[str, ...]:
        """The paragraphs in `language`, or in the other one when this one is missing."""
        return (self.ko or self.en or ()) if language == "ko" else (self.en or self.ko or ())


Text = Annotated[_Text, BeforeValidator(_in_each_language)]
ReadingTime = Annotated[
    float | None,
    Field(ge=0.5, le=3, strict=True, description="a number from 0.5 (hurried) to 3 (slow); 1 is usual"),
]
Seconds = Annotated[
    float | None,
    Field(gt=0, le=SECONDS_MAX, strict=True, description=f"seconds, above 0 and at most {SECONDS_MAX:g}"),
]
Name = Annotated[
    str | None,
    Field(
        pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$",
        description="a short name of a-z, 0-9, - and _, for file names",
    ),
]
PathText = Annotated[str, Field(min_length=1, max_length=1000, strict=True)]


class _Part(Strict):
    name: Name = None
    title: Annotated[Words | None, Field(description=LINE)] = None
    chapter: Annotated[
        bool | None, Field(strict=True, description="true or false: whether a chapter begins here")
    ] = None
    _key: str = PrivateAttr("")

    @property
    def key(self) -> str:
        """The part's name in the lecture, unique; `Lecture` gives it where the script does not."""
        return self._key


class ScenePart(_Part):
    """A film of gradreel."""

    scene: Annotated[str, Field(strict=True, description="the name of a scene")]
    beats: Annotated[
        tuple[str, ...],
        Field(
            min_length=1,
            max_length=ENTRIES_MAX,
            description='beats of that scene, for example ["softmax"], or leave it out for all',
        ),
    ] = ()
    reading_time: ReadingTime = None
    parameters: Annotated[
        dict[str, Any], Field(max_length=ENTRIES_MAX, description="a table of the scene's parameters")
    ] = {}
    captions: Annotated[
        dict[str, OwnCaptions], Field(max_length=ENTRIES_MAX, description="a table for each beat")
    ] = {}


class _Shown(_Part):
    """What is no film of gradreel and may have captions of its own."""

    caption: Annotated[OwnCaptions | None, Field(description=CAPTIONS)] = None
    reading_time: ReadingTime = None


class CardPart(_Shown):
    """A title card or a text card."""

    card: Annotated[Literal["title", "text"], Field(description='"title" or "text"')]
    subtitle: Annotated[Words | None, Field(description=LINE)] = None
    text: Annotated[Text | None, Field(description=TEXT)] = None
    seconds: Seconds = None


class PicturePart(_Shown):
    """A picture of the teacher's."""

    picture: Annotated[
        PathText, Field(description="the path of a picture, such as a PNG or JPEG, from the script's folder")
    ]
    seconds: Seconds = None


class VideoPart(_Shown):
    """A film of the teacher's."""

    video: Annotated[
        PathText, Field(description="the path of a film, such as an MP4, from the script's folder")
    ]
    sound: Annotated[bool, Field(strict=True, description="true or false: whether its sound is kept")] = True


def kind_of(part: Any) -> str | None:
    """What a part is, by the one of `KINDS` it has; None when it has none or several."""
    keys = [kind for kind in KINDS if (kind in part if isinstance(part, dict) else hasattr(part, kind))]
    return keys[0] if len(keys) == 1 else None


Part = Annotated[
    Annotated[ScenePart, Tag("scene")]
    | Annotated[CardPart, Tag("card")]
    | Annotated[PicturePart, Tag("picture")]
    | Annotated[VideoPart, Tag("video")],
    Discriminator(kind_of),
]


AnyPart = ScenePart | CardPart | PicturePart | VideoPart


class Lecture(Strict):
    """A whole script."""

    title: Annotated[Words, Field(description=LINE)]
    subtitle: Annotated[Words | None, Field(description=LINE)] = None
    author: Annotated[Words | None, Field(description=LINE)] = None
    date: Annotated[
        Annotated[datetime.date, Field(strict=True)] | Line | None,
        Field(
            description='a date such as 2026-03-02, or a text such as "Spring term" '
            f"of at most {TITLE_CHARS_MAX} characters"
        ),
    ] = None
    language: Annotated[Literal["ko", "en", "both"], Field(description="one of ko, en, both")] = "ko"
    theme: Annotated[Literal["dark", "light"], Field(description="dark or light")] = "dark"
    captions: Annotated[
        Literal["burned", "sidecar"],
        Field(description='"burned" (in the picture) or "sidecar" (only as subtitles to switch on)'),
    ] = "burned"
    reading_time: ReadingTime = None
    cover: Annotated[
        PathText | None,
        Field(description="the path of a picture, such as a PNG or JPEG, from the script's folder"),
    ] = None
    title_card: Annotated[
        bool, Field(strict=True, description="true or false: whether the lecture opens with its title")
    ] = True
    part: Annotated[
        tuple[Part, ...],
        Field(min_length=1, max_length=PARTS_MAX, description=f"[[part]] tables, at most {PARTS_MAX}"),
    ]

    def model_post_init(self, context: Any) -> None:
        """Give every part its key: its name, or its scene, card, picture or video; -2, -3 … when taken."""
        taken = {part.name for part in self.part if part.name}
        for part in self.part:
            key = part.name or _free(_plain_name(part), taken)
            taken.add(key)
            part._key = key

    def parts(self) -> Iterator[AnyPart]:
        """The parts in order; the opening title card first, unless `title_card` is false."""
        if self.title_card:
            card = CardPart(
                card="title", title=self.title, subtitle=self.subtitle, chapter=True, name="opening"
            )
            card._key = _free("opening", {part.key for part in self.part})
            yield card
        yield from self.part

    def languages(self) -> tuple[str, ...]:
        """The languages the script asks for."""
        return LANGUAGES if self.language == "both" else (self.language,)


def _plain_name(part: Any) -> str:
    if isinstance(part, ScenePart):
        return part.scene
    return part.card if isinstance(part, CardPart) else (kind_of(part) or "part")


def _free(name: str, taken: set[str] | Mapping[str, Any]) -> str:
    """`name`, or with the first number from 2 that nobody has."""
    number = 1
    key = name
    while key in taken:
        number += 1
        key = f"{name}-{number}"
    return key


def beat_key(part_key: str, beat: str) -> str:
    """The name of one beat in the lecture, for recordings and reports: forward-softmax."""
    return f"{part_key}-{beat}"
