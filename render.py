#!/usr/bin/env python3
"""gradreel's command line. Thin: it reads options and calls pipeline; each command imports what it needs."""

import sys

if __name__ == "__main__":
    from engine.files import stopping

    stopping.listen_early()  # loading the rest takes a moment

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from engine import __version__
from engine.files import stopping
from engine.text.echo import whole_path
from pipeline import console, options
from pipeline.clips.formats import NAMES as FORMATS
from pipeline.clips.formats import SLIDE_QUALITY
from pipeline.options import SceneCommand
from pipeline.plan import (
    CAPTIONS,
    DECK_QUALITY,
    DECKS,
    DEFAULT_QUALITY,
    LANGUAGES,
    THEMES,
    VOICE_MISSING,
    Style,
)
from pipeline.target import DEFAULT_FOLDER
from pipeline.values import FilePath, path_of

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}
F = TypeVar("F", bound=Callable[..., Any])
FILE = FilePath(Path)

several = click.argument("scene", nargs=-1, shell_complete=options.complete_scene)
single = click.argument("scene", shell_complete=options.complete_scene)
pairs = click.option(
    "-p", "pairs", multiple=True, metavar="NAME=VALUE", help="Set one of a scene's parameters."
)
no_cache = click.option("--no-cache", is_flag=True, help="Record and draw anew, and keep nothing.")
at_a_time = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Films made at a time.  [default: one for each core]",
)
on_cluster = click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Make the films on the dask cluster with this scheduler, tcp://HOST:PORT.",
)
lang = click.option(
    "--lang",
    type=click.Choice(list(LANGUAGES)),
    default="ko",
    show_default=True,
    help="Language of the film.",
)
theme = click.option(
    "--theme",
    type=click.Choice(THEMES),
    default=THEMES[0],
    show_default=True,
    help="Dark, or for white slides.",
)
captions = click.option(
    "--captions",
    type=click.Choice(CAPTIONS),
    default=CAPTIONS[0],
    show_default=True,
    help="In the picture (burned) or only beside it; an SRT and a VTT are written either way.",
)
quality = click.option(
    "-q",
    "--quality",
    default=DEFAULT_QUALITY,
    show_default=True,
    metavar="QUALITY",
    help="preview, 720p30, 1080p60, 2160p60, or any HEIGHTpFRAMES.",
)
slide_quality = click.option(
    "-q",
    "--quality",
    default=SLIDE_QUALITY,
    show_default=True,
    metavar="QUALITY",
    help="What the clips are drawn at: preview, 720p30, 1080p60, or any HEIGHTpFRAMES.",
)


def beats(required: bool) -> Callable[[F], F]:
    """--beat, once or several times."""
    return click.option(
        "--beat",
        "beat",
        multiple=True,
        required=required,
        metavar="NAME",
        shell_complete=options.complete_beat,
        help="Only this beat; may be given several times. `list` names them.",
    )


def voice_options(command: F) -> F:
    """--voice and --voice-missing."""
    missing = click.option(
        "--voice-missing",
        type=click.Choice(VOICE_MISSING),
        default=VOICE_MISSING[0],
        show_default=True,
        help="Where a recording is missing: stop and name it, leave the beat silent, or have it spoken.",
    )
    voice = click.option(
        "--voice",
        default="none",
        show_default=True,
        metavar="WHO",
        help="none; a folder with a recording for each beat; espeak; or piper:MODEL.onnx. See docs/voice.md.",
    )
    return voice(missing(command))


def output(help: str, required: bool = False) -> Callable[[F], F]:
    """-o for a file or a folder."""
    return click.option("-o", "--output", type=FILE, required=required, metavar="PATH", help=help)


@click.group(cls=console.Cli, context_settings=CONTEXT, invoke_without_command=True)
@click.version_option(__version__, prog_name="gradreel")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Films of deep learning in which torch computed every number you see.

    \b
    Example:
      render.py render backward --lang en -q preview
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@cli.command("list", cls=SceneCommand)
@several
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pairs
@click.pass_context
def list_scenes(ctx: click.Context, scene: tuple[str, ...], as_json: bool, pairs: tuple[str, ...]) -> None:
    """List scenes with their titles, lengths, beats and parameters.

    \b
    Example:
      render.py list backward --expression "w*x + b" --at x=2,w=-1,b=0.5
    """
    from pipeline import listing

    slugs = scene or options.all_slugs()
    given = options.given_parameters(ctx, pairs, slugs)
    show = listing.print_json if as_json else listing.print_table
    show(options.cards(slugs), given)


@cli.command("render", cls=SceneCommand)
@several
@lang
@theme
@quality
@pairs
@beats(required=False)
@captions
@output("Folder for the films (default: media), or the .mp4 when there is one film.")
@click.option("--trace", "trace_file", type=FILE, metavar="FILE", help="Draw this recorded trace.")
@at_a_time
@on_cluster
@no_cache
@click.pass_context
def render(
    ctx: click.Context,
    scene: tuple[str, ...],
    lang: str,
    theme: str,
    quality: str,
    pairs: tuple[str, ...],
    beat: tuple[str, ...],
    captions: str,
    output: Path | None,
    trace_file: Path | None,
    jobs: int | None,
    cluster: str | None,
    no_cache: bool,
) -> None:
    """Render scenes to films; what has not changed since it was made is not drawn again.

    Beside every film: subtitles (.srt, .vtt), its trace (.trace.npz) and where each number came from
    (.numbers.json).

    \b
    Examples:
      render.py render forward backward --lang both
      render.py render backward --expression "sigmoid(w*x+b)" --at x=2,w=-1,b=0.5 --wrt w
    """
    from pipeline import make

    source = make.choose(scene, trace_file)
    given = options.given_parameters(ctx, pairs, [card.slug for card in source.cards])
    source.refuse(given)
    style = Style.parse(lang, theme, quality, captions)
    make.films(
        make.Request(source.cards, given, style, beat, output, not no_cache, source.trace), jobs, cluster
    )


@cli.command("deck", cls=SceneCommand)
@click.argument("source", nargs=-1, metavar="SCENE…|LECTURE.toml", shell_complete=options.complete_scene)
@click.option(
    "--to",
    type=click.Choice(DECKS),
    required=True,
    help="PowerPoint, a page for the browser, or pages to print and to read.",
)
@click.option(
    "--lang", type=click.Choice(list(LANGUAGES)), help="Language.  [default: ko, or what the lecture says]"
)
@click.option(
    "--theme", type=click.Choice(THEMES), help="Dark or light slides.  [default: dark, or the lecture's]"
)
@click.option(
    "-q",
    "--quality",
    default=DECK_QUALITY,
    show_default=True,
    metavar="QUALITY",
    help="Of the clips: preview, 720p30, 1080p60, or any HEIGHTpFRAMES.",
)
@pairs
@beats(required=False)
@click.option(
    "--poster",
    type=click.Choice(["first", "last"]),
    help="pptx: the picture of a clip before it plays; last is for programs that do not play it.  [default: first]",
)
@click.option("--notes/--no-notes", default=None, help="pdf: with what is said.  [default: notes]")
@click.option("--one-file", is_flag=True, help="html: one file with everything in it.")
@output("The file (of html: its folder), or the folder it goes in (default: media).")
@at_a_time
@on_cluster
@no_cache
@click.pass_context
def deck(
    ctx: click.Context,
    source: tuple[str, ...],
    to: str,
    lang: str | None,
    theme: str | None,
    quality: str,
    pairs: tuple[str, ...],
    beat: tuple[str, ...],
    poster: str | None,
    notes: bool | None,
    one_file: bool,
    output: Path | None,
    jobs: int | None,
    cluster: str | None,
    no_cache: bool,
) -> None:
    """Make slides, one a beat, that play.

    PowerPoint with a clip, a title and notes on every slide; a page for the browser that works offline; or a PDF
    with the last picture of every beat and what is said.

    \b
    Examples:
      render.py deck backward momentum --to pptx --lang en --theme light
      render.py deck forward --to pdf --data digits --widths 32,16 -o forward.pdf
    """
    from pipeline.deck import command
    from pipeline.deck.build import Crew

    wish = command.Wish(to, quality, lang, theme, beat, output, poster, notes, one_file)
    crew = Crew(jobs, cluster, not no_cache)
    scenes = command.scenes_of(source, pairs)
    if scenes:
        command.of_scenes(scenes, options.given_parameters(ctx, pairs, scenes), wish, crew)
    else:
        command.of_lecture(path_of(source[0]), wish, crew)


@cli.command("still", cls=SceneCommand)
@single
@beats(required=True)
@lang
@theme
@quality
@pairs
@captions
@output("Folder for the pictures (default: media), or the .png when there is one.")
@no_cache
@click.pass_context
def still(
    ctx: click.Context,
    scene: str,
    beat: tuple[str, ...],
    lang: str,
    theme: str,
    quality: str,
    pairs: tuple[str, ...],
    captions: str,
    output: Path | None,
    no_cache: bool,
) -> None:
    """Draw the last frame of a beat as a PNG.

    \b
    Example:
      render.py still backward --beat chain --theme light -o chain.png --lang en
    """
    from pipeline import make

    given = options.given_parameters(ctx, pairs, [scene])
    style = Style.parse(lang, theme, quality, captions)
    make.stills(make.Request(options.cards([scene]), given, style, beat, output, not no_cache))


@cli.command("clips", cls=SceneCommand)
@several
@beats(required=False)
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    help="May be given several times.  [default: mp4; with --transparent webm and mov]",
)
@click.option("--transparent", is_flag=True, help="Without the background (not for mp4).")
@click.option("--loop", is_flag=True, help="Play for ever: the end holds, then fades back to the beginning.")
@click.option(
    "--width", type=int, metavar="PX", help="Width of the files.  [default: as drawn; gif and webp 720]"
)
@click.option(
    "--max-mb",
    type=float,
    metavar="MB",
    help="Keep each file to this size: fewer frames a second, then smaller.",
)
@lang
@theme
@slide_quality
@pairs
@captions
@output("Folder for the clips (default: media/clips), or the file when there is one clip.")
@at_a_time
@no_cache
@click.pass_context
def clips(
    ctx: click.Context,
    scene: tuple[str, ...],
    beat: tuple[str, ...],
    formats: tuple[str, ...],
    transparent: bool,
    loop: bool,
    width: int | None,
    max_mb: float | None,
    lang: str,
    theme: str,
    quality: str,
    pairs: tuple[str, ...],
    captions: str,
    output: Path | None,
    jobs: int | None,
    no_cache: bool,
) -> None:
    """Make clips for slides: every beat, or those named, as a film of its own.

    Beside every clip: its last frame (.png), subtitles (.srt, .vtt), its trace and its numbers. See docs/clips.md.

    \b
    Examples:
      render.py clips backward --lang en
      render.py clips forward --beat softmax --format gif --format webp --max-mb 5
      render.py clips backward --beat chain --theme light --transparent -o chain.webm
    """
    from pipeline import make
    from pipeline.clips import command, recipe

    source = make.choose(scene, None)
    given = options.given_parameters(ctx, pairs, [card.slug for card in source.cards])
    style = Style.parse(lang, theme, quality, captions)
    wanted = recipe.read(
        formats, output, style.quality, transparent=transparent, loop=loop, width=width, max_mb=max_mb
    )
    command.clips(make.Request(source.cards, given, style, beat, output, not no_cache), wanted, jobs)


@cli.command("trace", cls=SceneCommand)
@single
@pairs
@output("The .npz file to write.", required=True)
@no_cache
@click.pass_context
def trace(ctx: click.Context, scene: str, pairs: tuple[str, ...], output: Path, no_cache: bool) -> None:
    """Save the trace a scene draws.

    For `render --trace`, or for your own use (docs/trace.md).

    \b
    Example:
      render.py trace forward --widths 16,8 -o wide.npz
    """
    from engine.model.remarks import remarks
    from pipeline import make

    (card,) = options.cards([scene])
    given = options.given_parameters(ctx, pairs, [scene])[scene]
    recorded = make.record_to(card, given, output, use_cache=not no_cache)
    console.say(
        f"{whole_path(output)}  {len(recorded.series)} series, {len(recorded.nodes)} nodes, by {recorded.recorder}"
    )
    for remark in remarks(recorded):
        console.say(remark)


@cli.command("inspect", cls=SceneCommand)
@several
@lang
@theme
@pairs
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@output("Folder for the contact sheets (default: media).")
@no_cache
@click.pass_context
def inspect(
    ctx: click.Context,
    scene: tuple[str, ...],
    lang: str,
    theme: str,
    pairs: tuple[str, ...],
    as_json: bool,
    output: Path | None,
    no_cache: bool,
) -> None:
    """Let films check themselves, without encoding.

    Lists overlaps, cut-offs, low contrast, blinks, numbers without a source and more, each with its time and
    its line of code, and draws a contact sheet. Ends with 1 when there is a problem. See docs/inspect.md.

    \b
    Examples:
      render.py inspect forward backward --lang both --theme light
      render.py inspect backward --expression "sigmoid(w*x+b)" --at x=2,w=-1,b=0.5 --wrt w --json
    """
    from pipeline import make
    from pipeline.inspect import command

    source = make.choose(scene, None)
    given = options.given_parameters(ctx, pairs, [card.slug for card in source.cards])
    style = Style.parse(lang, theme, command.QUALITY, CAPTIONS[0])
    good = command.inspect(make.Request(source.cards, given, style, (), output, not no_cache), as_json)
    sys.exit(0 if good else 1)


@cli.command("script", cls=SceneCommand)
@click.argument(
    "what", nargs=-1, required=True, metavar="LECTURE | SCENE...", shell_complete=options.complete_scene
)
@click.option(
    "--lang",
    type=click.Choice(list(LANGUAGES)),
    help="Language to read in.  [default: a script's own, else ko]",
)
@pairs
@output("The .md or .docx to write; printed as Markdown without it.")
@no_cache
@click.pass_context
def script(
    ctx: click.Context,
    what: tuple[str, ...],
    lang: str | None,
    pairs: tuple[str, ...],
    output: Path | None,
    no_cache: bool,
) -> None:
    """Print what to read aloud.

    Beat by beat, with the numbers of this run and the file name of each recording for `lecture --voice DIR`. See
    docs/voice.md.

    \b
    Examples:
      render.py script forward --lang en
      render.py script lectures/core.toml -o core.docx
    """
    from pipeline.voice import reading

    reading.check_output(output)
    readings = reading.of(what, lang, lambda slugs: options.given_parameters(ctx, pairs, slugs), not no_cache)
    reading.write(readings, output)


@cli.command("lecture")
@click.argument("script", type=FILE)
@click.option(
    "--lang", type=click.Choice(list(LANGUAGES)), help="Language of the lecture.  [default: the script's]"
)
@click.option(
    "--theme", type=click.Choice(THEMES), help="Dark, or for white slides.  [default: the script's]"
)
@quality
@voice_options
@output("Folder for the lecture (default: media), or the .mp4 when it is in one language.")
@at_a_time
@no_cache
def lecture(
    script: Path,
    lang: str | None,
    theme: str | None,
    quality: str,
    voice: str,
    voice_missing: str,
    output: Path | None,
    jobs: int | None,
    no_cache: bool,
) -> None:
    """Make a lecture from a script: scenes, cards and own media as one film with chapters.

    Beside it: subtitles in both languages (.srt, .vtt), a cover picture, and what plays when and where each
    number came from (.lecture.json). See docs/lecture.md; `new-lecture` writes a script to start from.

    \b
    Examples:
      render.py lecture lectures/core.toml -q preview
      render.py lecture mine.toml --lang both --theme light -o films/
      render.py lecture mine.toml --voice recordings/
    """
    from pipeline.lecture.make import Options
    from pipeline.voice.lecture import lecture_with_voice

    lecture_with_voice(
        script, Options(lang, theme, quality, output, jobs, not no_cache), voice, voice_missing
    )


@cli.command("new-lecture")
@click.argument("file", type=FILE, default=Path("lecture.toml"))
def new_lecture(file: Path) -> None:
    """Write a commented lecture script to start from.

    \b
    Example:
      render.py new-lecture lectures/mine.toml
    """
    from pipeline.lecture.new import write

    path = write(file)
    console.say(f"{whole_path(path)}  make it with: lecture {whole_path(path)} -q preview")


@cli.command("verify")
@click.argument("clip", type=FILE, nargs=-1, required=True)
def verify(clip: tuple[Path, ...]) -> None:
    """Check every number of a clip.

    Runs the clip's recorder again and compares every series and every number shown.

    \b
    Example:
      render.py verify media/backward-ko.mp4
    """
    from pipeline.verify import verify as check

    good = True
    for path in clip:
        report = check(path)
        if report.differences:
            good = False
            console.say(report.complaint, err=True)
        else:
            console.say(report.summary)
    sys.exit(0 if good else 1)


@cli.command("gallery")
@click.argument("media", type=FILE, default=Path(DEFAULT_FOLDER))
@output("Folder for the page (default: the folder of films itself).")
def gallery(media: Path, output: Path | None) -> None:
    """Make a page of everything in a folder of films (default: media).

    Open its index.html: it searches, plays with subtitles, and shows the numbers of a frame and the command that
    made each film. It works offline, from the disk. See docs/gallery.md.

    \b
    Example:
      render.py gallery
    """
    from pipeline.gallery.write import gallery as write

    write(media, output)


@cli.command("doctor")
def doctor() -> None:
    """Say what is installed, what is missing, and what to do.

    \b
    Example:
      render.py doctor
    """
    from pipeline.doctor import examine

    good = True
    for finding in examine():
        console.say(f"{'ok ' if finding.good else 'BAD'}  {finding.what:<19} {finding.found}")
        if not finding.good:
            good = False
            console.say(f"     {'':<19} -> {finding.advice}")
    sys.exit(0 if good else 1)


def main() -> None:
    """Run as a program: libraries' warnings are not for users, and being ended is like Ctrl-C."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    stopping.listen()
    cli()


if __name__ == "__main__":
    main()
