"""Names from a file and words of an author, planted with code of the typesetter in every place that is drawn.

If these failed, a trace or a lecture that came by mail could show a file of the reader's, or ask for one
over the network.
"""

import os
import re
import socket
import subprocess
import sys
import textwrap
from dataclasses import fields

import numpy as np
import pytest

from engine.errors import RunError
from engine.text.fonts import font_folder
from engine.trace import Trace
from engine.trace.series import Node, Series
from pipeline import film as films
from scenes import SCENES
from scenes.parts.text import source as sources
from scenes.parts.text import typeset
from scenes.parts.text.source import check, escape, formula, quote
from scenes.stage.card import found_in
from scenes.stage.lecture_card import Content, LectureCard
from scenes.stage.style import LOOKS
from tests.scenes.watching import SMALL, recorded

LOOK = LOOKS["dark"]
HOSTILE = (
    'a" #read("secret.txt") "b',
    '#import "@preview/nothing:0.1.0"',
    "] #include(1) [",
    "$ std.read({v}) $",
    'x\\" + "\\',
    "// */ `#` <a> @b {wrt} é 1_0",
)
SHORT = '"#read]$\\{v}1'  # as long as a name may be that stands in a graph
# These choose what is drawn, as the recorder's word for it, and are not themselves texts.
KEYS = re.compile(
    r"(.*/)?(operation|kind|closed|shape|slice|cell|activation|initialisation|optimisers|split)|filter\d/name"
)


class Planted:
    """Texts that stand for foreign ones, and everything that was compiled while they were drawn."""

    def __init__(self) -> None:
        self.compiled: list[str] = []

    def plant(self, trace: Trace, hostile: str) -> Trace:
        """The trace with `hostile` in place of each name in it."""
        series = {
            name: Series(np.full(one.values.shape, hostile), one.axes, one.unit, one.source)
            if one.values.dtype.kind == "U" and not KEYS.fullmatch(name)
            else one
            for name, one in trace.series.items()
        }
        nodes = tuple(
            Node(n.id, hostile, n.operation, n.inputs, n.input_shapes, n.output_shape) for n in trace.nodes
        )
        values = {name: getattr(trace, name) for name in (one.name for one in fields(Trace))}
        return Trace(**(values | {"series": series, "nodes": nodes}))

    def text_only(self, hostile: str) -> None:
        """Nothing that was compiled holds the text as it is, as a piece of source."""
        assert self.compiled
        for source in self.compiled:
            code = re.sub(sources.STRING, '""', source) if source.startswith("$ ") else source
            assert hostile not in code, source


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Planted:
    found = Planted()

    def seen(source: str) -> str:
        found.compiled.append(source)
        return check(source)

    typeset._svg.cache_clear()
    monkeypatch.setattr(typeset, "check", seen)
    return found


@pytest.mark.parametrize("slug", [card.slug for card in SCENES])
def test_no_film_takes_a_name_for_code(slug: str, planted: Planted):
    """Every beat of every film, with every name of its trace replaced."""
    job = films.FilmJob(slug, "en", "dark", SMALL)
    trace = planted.plant(recorded(job.card.recorder), SHORT)
    beats = job.card.active_beats(found_in(trace))
    with films.manim_session(job, None) as renderer:
        films._scene(trace, job, beats, renderer, dry=True).render()
    planted.text_only(SHORT)
    drawn = any(quote(SHORT) in one or escape(SHORT) in one for one in planted.compiled)
    has_names = any(one.values.dtype.kind == "U" for one in trace.series.values())
    assert drawn or slug == "momentum" or not has_names, (
        "momentum's names choose its words and colours, and none is drawn as it is"
    )


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("kind", ["opening", "title", "text"])
def test_no_card_takes_an_author_s_words_for_code(kind: str, hostile: str, planted: Planted):
    card = Content(kind, hostile, hostile, (hostile,), (hostile, hostile), None, (hostile,))
    job = films.FilmJob("forward", "ko", "dark", SMALL)
    with films.manim_session(job, None) as renderer:
        scene = LectureCard(card, language="ko", theme="dark", renderer=renderer)
        scene.dry = True
        scene.render()
    assert not any(hostile in one for one in planted.compiled)


@pytest.mark.parametrize(
    "source",
    [
        '#read("OFL.txt")',
        '$ #read("OFL.txt") $',
        '$ std.read("OFL.txt") $',
        '$ x.read("OFL.txt") $',
        '$ read("OFL.txt") $',
        '#import "@preview/nothing:0.1.0": *',
        '#include "a.typ"',
        '#image("a.png")',
        '#eval("1")',
        "#sys.inputs",
        "#{1}",
        "$ #num[#read(1)] $",
        '$ /* " */ std.read("OFL.txt") /* " */ $',
        '$ // " \n std.read("OFL.txt") // " $',
        '"#read("OFL.txt")"',
        '#num["] #read("OFL.txt") #num["]',
        "$ a $ b $ c $",
        "a $b$",
        "#loss[a",
        "a]",
        "`a`",
        "<a>",
        "@a",
        '#super(typographic: read("OFL.txt"), size: 0.72em)[1]',
        '#tag(read("OFL.txt"))[a]',
        '$ evaluate("1") $',
    ],
)
def test_the_lock_refuses_all_but_texts_and_our_own_words(source: str):
    with pytest.raises(RunError, match="read as a command"):
        check(source)


@pytest.mark.parametrize(
    "source",
    [
        formula('loss(L)_t = num("1.5×10⁻³") + hat(x) arrow.r tag("a", b)'),
        f"$ name({quote(HOSTILE[0])}) $",
        f"a #loss[{escape(HOSTILE[0])}] #gradient[c]",
        escape("10⁻³ and 'more' ~ [x]"),
        "",
    ],
)
def test_the_lock_lets_our_own_through(source: str):
    assert check(source) == source


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../../../../../../../../etc/passwd", __file__, "render.py"],
    ids=["absolute", "upwards", "this file", "beside"],
)
@pytest.mark.parametrize("call", ["read", "image", "include", "csv", "json", "toml", "yaml", "xml"])
def test_behind_the_lock_the_typesetter_has_no_files_but_fonts(call: str, path: str):
    with pytest.raises(RuntimeError, match=r"not found|would escape"):
        typeset._compiler().compile(input=f'#{call}("{path}")'.encode(), format="svg")


def test_the_folder_that_the_typesetter_sees_holds_the_font_only():
    kinds = {file.suffix for file in font_folder().rglob("*") if file.is_file()}
    assert kinds <= {".ttf", ".txt", ".pb", ".html", ".md", ".png", ".jpg", ".svg", ".gif", ".webp"}


LISTENING = """
    import sys
    from scenes.parts.text import typeset

    source = '#import "@preview/nothing:0.1.0": *'
    try:
        if sys.argv[1] == "bare":
            typeset._compiler().compile(input=source.encode(), format="svg")
        else:
            typeset._svg("", source)
    except Exception as error:
        print(type(error).__name__)
"""


@pytest.mark.parametrize(
    ("way", "asks", "answer"), [("ours", False, "RunError"), ("bare", True, "TypstError")]
)
def test_no_package_is_asked_for(way: str, asks: bool, answer: str):
    """A proxy of our own hears the bare typesetter's request, which shows that ours would be heard."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        proxy = f"http://127.0.0.1:{server.getsockname()[1]}"
        proxies = dict.fromkeys(("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"), proxy)
        run = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(LISTENING), way],
            env=os.environ | proxies,
            stdout=subprocess.PIPE,
            text=True,
        )
        heard = 0
        while run.poll() is None:
            try:
                connection, _ = server.accept()
            except TimeoutError:
                continue
            heard += 1
            connection.close()
        assert run.stdout is not None
        assert run.stdout.read().strip() == answer
        run.stdout.close()
    assert bool(heard) == asks
