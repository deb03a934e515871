"""A script's table as the model has it; what pydantic complains of, in our words and at its line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from engine.text.echo import echo
from pipeline.lecture import model
from pipeline.lecture.mistakes import MISTAKES_MAX, Mistakes, is_not, unknown

PARTS: dict[str, type[BaseModel]] = {
    "scene": model.ScenePart,
    "card": model.CardPart,
    "picture": model.PicturePart,
    "video": model.VideoPart,
}
NO_PARTS = "The lecture has no [[part]]: add at least one scene, card, picture or video."
BY_LANGUAGE = ("title", "subtitle", "author", "text")


def read_table(data: dict[str, Any], mistakes: Mistakes) -> model.Lecture | None:
    """The lecture that `data` describes; None, and mistakes, when it describes none."""
    try:
        return model.Lecture.model_validate(data)
    except ValidationError as error:
        for one in islice(error.errors(include_url=False), MISTAKES_MAX):
            _tell(dict(one), data, mistakes)
    return None


def good_parts(data: dict[str, Any]) -> Iterator[tuple[int, model.AnyPart]]:
    """Those parts of a faulty script that are good by themselves, with their numbers, so that they are checked too."""
    adapter: TypeAdapter[model.AnyPart] = TypeAdapter(model.Part)
    parts = data.get("part")
    for number, raw in enumerate(parts[: model.PARTS_MAX] if isinstance(parts, list) else ()):
        try:
            yield number, adapter.validate_python(raw)
        except ValidationError:
            continue


def _tell(error: dict[str, Any], data: dict[str, Any], mistakes: Mistakes) -> None:
    """One of pydantic's errors in our words."""
    whole = tuple(error["loc"])
    place = tuple(key for number, key in enumerate(whole) if not _is_tag(whole, number))
    if error["type"] != "missing":
        place = place[
            : _depth(data, place)
        ]  # pydantic goes on with names of its own, such as those of a union
    if place[-1:] in (("ko",), ("en",)) and not isinstance(_value_at(data, place[:-1]), dict):
        place = place[:-1]  # one text that stands for both languages
    name = next((str(key) for key in reversed(place) if isinstance(key, str)), "the file")
    name, kind, value = echo(name, 40), error["type"], _value_at(data, place)
    if kind == "extra_forbidden":
        mistakes.add(place, unknown("key", str(place[-1]), _keys_at(whole)))
    elif kind == "missing" and place == ("part",):
        mistakes.add((), NO_PARTS)
    elif kind == "missing":
        mistakes.add(place[:-1], f"{name} is missing: give {_allowed(whole)}.")
    elif kind == "union_tag_not_found":
        mistakes.add(place, _untagged(error["input"]))
    elif kind == "too_short" and place == ("part",):
        if "part" not in data or not data["part"]:
            mistakes.add((), NO_PARTS)
    elif kind in ("string_too_long", "too_long"):
        what = "characters" if isinstance(value, str) else "entries"
        most = error["ctx"]["max_length"]
        allowed = _allowed(whole) or f"at most {most}"
        mistakes.add(place, f"{name} has {len(value)} {what}, more than {most}: give {allowed}.")
    else:
        mistakes.add(place, is_not(name, value, _allowed(whole)))


def _is_tag(loc: tuple[Any, ...], number: int) -> bool:
    """pydantic names the kind of a part in the path; the file does not."""
    return number == 2 and loc[0] == "part" and loc[number] in PARTS


def _untagged(value: Any) -> str:
    keys = [key for key in model.KINDS if isinstance(value, dict) and key in value]
    if keys:
        return (
            f"This part has {' and '.join(keys)}: give one of them, and the other in a [[part]] of its own."
        )
    return f"This part is nothing yet: give one of {', '.join(model.KINDS)}."


def _value_at(data: Any, place: tuple[Any, ...]) -> Any:
    for key in place[: _depth(data, place)]:
        data = data[key]
    return data


def _depth(data: Any, place: tuple[Any, ...]) -> int:
    """How many keys of `place` lead somewhere in the file."""
    for number, key in enumerate(place):
        inside = (isinstance(data, dict) and key in data) or (
            isinstance(data, list) and isinstance(key, int) and key < len(data)
        )
        if not inside:
            return number
        data = data[key]
    return len(place)


def _models(loc: tuple[Any, ...]) -> Iterator[type[BaseModel]]:
    """The models that a path of pydantic goes through, outermost first."""
    current: type[BaseModel] = model.Lecture
    yield current
    if len(loc) > 2 and loc[0] == "part":
        yield PARTS.get(loc[2], current)
        if len(loc) > 4 and loc[3] in ("captions", "caption"):
            yield model.OwnCaptions


def _keys_at(loc: tuple[Any, ...]) -> list[str]:
    owner = list(_models(loc))[-1]
    if len(loc) > 1 and loc[-2] in BY_LANGUAGE:
        return ["ko", "en"]
    return [key for key in owner.model_fields if not key.startswith("_")]


def _allowed(loc: tuple[Any, ...]) -> str:
    """What may stand at `loc`: the description of the innermost field of the model on the way."""
    said = ""
    for owner in _models(loc):
        for key in loc:
            field = owner.model_fields.get(key) if isinstance(key, str) else None
            if field is not None and field.description:
                said = field.description
    return said
