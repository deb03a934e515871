"""The options of a command that takes scenes: its own, and the parameters of those scenes' recorders.

The scenes named on the command line are looked for before click parses it: they decide which options exist.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from engine.errors import InputError, nearest
from engine.text.echo import echo
from pipeline.values import Pairs, base_type, click_type, shown

GIVEN = "gradreel.given"
PREFIX = "scene_"  # keeps a parameter apart from the command's option of the same name
NAMED = "gradreel.scenes"
HINT = "Name a scene to see its parameters here: {path} {scene} --help"


def cards(slugs: Iterable[str]) -> list[Any]:
    """The cards of these scenes, each once, in order; an unknown one is an InputError with the nearest."""
    from scenes import SCENES

    known = {card.slug: card for card in SCENES}
    for slug in slugs:
        if slug not in known:
            raise InputError(f"There is no scene {echo(slug)}. {nearest(slug, known)}")
    return [known[slug] for slug in dict.fromkeys(slugs)]


def all_slugs() -> tuple[str, ...]:
    """Every scene's name, in the order of SCENES."""
    from scenes import SCENES

    return tuple(card.slug for card in SCENES)


class ParameterOption(click.Option):
    """One recorder parameter as an option; its value, when given, goes to ``ctx.meta[GIVEN]``.

    When the command has an option of that name (``taken``) this one is called ``--scene-…``; ``-p`` knows its own name.
    """

    def __init__(self, parameter: Any, taken: Collection[str | None] = ()) -> None:
        name = parameter.name.replace("_", "-")
        if parameter.name in taken:
            name = f"scene-{name}"
        yes_no = base_type(parameter.annotation) is bool
        kind = click_type(parameter)
        super().__init__(
            [f"--{name}/--no-{name}" if yes_no else f"--{name}", f"{PREFIX}{parameter.name}"],
            type=kind,
            multiple=isinstance(kind, Pairs),
            help=parameter.description + _default_words(parameter.default),
            default=None,
            expose_value=False,
            callback=_keep,
        )
        self.parameter = parameter


def _default_words(default: Any) -> str:
    return "" if default is None or default == "" else f"  [default: {shown(default)}]"


def _keep(ctx: click.Context, option: click.Parameter, value: Any) -> Any:
    if option.name is not None and ctx.get_parameter_source(option.name) is ParameterSource.COMMANDLINE:
        if isinstance(option.type, Pairs):
            value = _together(option, value, ctx)
        ctx.meta.setdefault(GIVEN, {})[option.name.removeprefix(PREFIX)] = value
    return value


def _together(
    option: click.Parameter, values: Sequence[dict[str, Any]], ctx: click.Context
) -> dict[str, Any]:
    """The pairs of an option that was given several times."""
    found: dict[str, Any] = {}
    for one in values:
        twice = next((name for name in one if name in found), None)
        if twice is not None:
            option.type.fail(f"{echo(twice)} is given twice.", option, ctx)
        found |= one
    return found


class SceneCommand(click.Command):
    """A command whose options include the parameters of the scenes it names."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Look for scene names, then parse with their parameters among the options."""
        ctx.meta[NAMED] = _named(args)
        try:
            return super().parse_args(ctx, list(args))
        except click.NoSuchOption:
            if not ctx.meta[NAMED]:
                _explain(args)
            raise

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The command's own parameters and those of the named scenes."""
        own = super().get_params(ctx)
        slugs = ctx.meta.get(NAMED, ())
        return own + _parameter_options(slugs, own) if slugs else own

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The command's options, then the scenes' parameters in their own section."""
        records: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None and not isinstance(param, click.Argument):
                records[isinstance(param, ParameterOption)].append(record)
        with formatter.section("Options"):
            formatter.write_dl(records[False])
        slugs = ctx.meta.get(NAMED, ())
        with formatter.section(f"Parameters of {' and '.join(slugs)}" if slugs else "Scene parameters"):
            if slugs:
                formatter.write_dl(records[True])
            else:
                formatter.write_text(HINT.format(path=ctx.command_path, scene=all_slugs()[0]))


def _named(args: Sequence[str]) -> tuple[str, ...]:
    """Every argument that is a scene's name. An option's value may be one too: it then only adds options."""
    if all(arg.startswith("-") for arg in args):
        return ()
    known = all_slugs()
    return tuple(dict.fromkeys(arg for arg in args if arg in known))


def _explain(args: Sequence[str]) -> None:
    """An option may be unknown because the scene is: then that is what to say."""
    if "--trace" not in args and not any(arg.endswith(".toml") for arg in args):
        cards([arg for arg in args if not arg.startswith("-")][:1])


def _parameter_options(slugs: Iterable[str], own: Sequence[click.Parameter]) -> list[click.Parameter]:
    from engine import recorders

    parameters: dict[str, Any] = {}
    for card in cards(slugs):
        for parameter in recorders.signature(card.recorder):
            parameters.setdefault(parameter.name, parameter)
    return [ParameterOption(parameter, {param.name for param in own}) for parameter in parameters.values()]


def given_parameters(
    ctx: click.Context, pairs: Sequence[str], slugs: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """What was given, for each scene the parameters it has: from options and from ``-p name=value``.

    Raises InputError for a parameter that none of the scenes has, and for one given in two ways.
    """
    from engine import recorders

    having = {
        card.slug: {one.name: one for one in recorders.signature(card.recorder)} for card in cards(slugs)
    }
    given = dict(ctx.meta.get(GIVEN, {}))
    for pair in pairs:
        name, value = _pair(ctx, pair, having)
        if name in given:
            raise InputError(f"{echo(name)} is given twice: keep one of them.")
        given[name] = value
    for name in given:
        _owner(name, having)
    return {slug: {name: given[name] for name in given if name in known} for slug, known in having.items()}


def _pair(ctx: click.Context, pair: str, having: dict[str, dict[str, Any]]) -> tuple[str, Any]:
    name, equals, text = pair.partition("=")
    name = name.strip().replace("-", "_")
    if not equals or not name:
        raise InputError(f"-p {echo(pair)} is not name=value: write for example -p seed=1.")
    parameter = _owner(name, having)
    option = ParameterOption(parameter)
    return name, click_type(parameter).convert(text, option, ctx)


def _owner(name: str, having: dict[str, dict[str, Any]]) -> Any:
    for parameters in having.values():
        if name in parameters:
            return parameters[name]
    known = [name for parameters in having.values() for name in parameters]
    raise InputError(
        f"{' and '.join(having)} has no parameter {echo(name)}. {nearest(name, dict.fromkeys(known))}"
    )


def complete_scene(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Scene names for the shell."""
    from scenes import SCENES

    return [
        CompletionItem(card.slug, help=card.title("en"))
        for card in SCENES
        if card.slug.startswith(incomplete)
    ]


def complete_beat(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The beats of the named scenes, or of all while none is named, for the shell."""
    from scenes import SCENES

    named = ctx.meta.get(NAMED) or tuple(card.slug for card in SCENES)
    return [
        CompletionItem(beat, help=card.beat_title(beat, "en"))
        for card in cards(named)
        for beat in card.beats
        if beat.startswith(incomplete)
    ]
