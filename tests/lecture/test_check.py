"""Checking a script: if these failed, a teacher would wait for films before hearing of a typing mistake."""

from pathlib import Path

import pytest

from engine.errors import InputError
from pipeline.lecture.check import read
from pipeline.lecture.new import script
from tests.lecture.own import film, picture

ROOT = Path(__file__).resolve().parents[2]
HEAD = 'title = "T"\n'

# What is wrong, the line it is in, and what the sentence must hold.
WRONG = [
    ('title = "T"', 1, "no [[part]]"),
    ('[[part]]\nscene = "forward"', 1, "title is missing"),
    (HEAD + 'thme = "dark"\n[[part]]\nscene = "forward"', 2, "Did you mean theme?"),
    (HEAD + 'theme = "drak"\n[[part]]\nscene = "forward"', 2, 'theme is "drak": give dark or light'),
    (HEAD + 'language = "de"\n[[part]]\nscene = "forward"', 2, "ko, en, both"),
    (HEAD + "reading_time = 9\n[[part]]\nscene = 'forward'", 2, "reading_time is 9: give a number from 0.5"),
    (HEAD + "reading_time = true\n[[part]]\nscene = 'forward'", 2, "reading_time is true"),
    (HEAD + "date = 12\n[[part]]\nscene = 'forward'", 2, "date is 12: give a date"),
    ("title = 3\n[[part]]\nscene = 'forward'", 1, "title is 3: give a text"),
    ('title = { kr = "x" }\n[[part]]\nscene = "forward"', 1, "no key kr. Known: ko, en"),
    (f'title = "{"x" * 61}"\n[[part]]\nscene = "forward"', 1, "1 to 60 characters"),
    (HEAD + "part = 3", 2, "part is 3: give [[part]] tables"),
    (HEAD + "[[part]]\n", 2, "one of scene, card, picture, video"),
    (HEAD + '[[part]]\nscene = "forward"\ncard = "title"', 2, "scene and card"),
    (HEAD + '[[part]]\nscene = "forwrd"', 3, "Did you mean forward?"),
    (HEAD + '[[part]]\nscene = "forward"\nbeats = ["network",\n  "nuron"]', 5, "Did you mean neuron?"),
    (HEAD + '[[part]]\nscene = "forward"\nparameters = { widhts = [3] }', 4, "Did you mean widths?"),
    (
        HEAD + '[[part]]\nscene = "forward"\n[part.parameters]\nepochs = 0\nsample = -1',
        5,
        "epochs is 0: give a whole",
    ),
    (HEAD + '[[part]]\nscene = "forward"\n[part.parameters]\nepochs = 3\nsample = -1', 6, "sample is -1"),
    (
        HEAD + '[[part]]\nscene = "forward"\nparameters = { widths = "6,x" }',
        4,
        'widths is "6,x": give whole numbers',
    ),
    (HEAD + '[[part]]\nscene = "forward"\nparameters = { epochs = true }', 4, "epochs is true: give a whole"),
    (HEAD + '[[part]]\nscene = "forward"\nparameters = { learning_rate = true }', 4, "learning_rate is true"),
    (HEAD + '[[part]]\nscene = "forward"\nparameters = { epochs = "1x" }', 4, 'epochs is "1x": give a whole'),
    (HEAD + '[[part]]\nscene = "convolution"\nparameters = { image = "" }', 4, 'image is "": give the path'),
    (
        HEAD + '[[part]]\nscene = "backward"\nbeats = ["step"]\nparameters = { expression = "x*x" }',
        4,
        "does not play",
    ),
    (HEAD + '[[part]]\nscene = "forward"\ncaptions.nuron.ko = ["x"]', 4, "Did you mean neuron?"),
    (HEAD + '[[part]]\nscene = "backward"\ncaptions.local.ko = ["x"]', 4, "1 captions and the film has 3"),
    (
        HEAD + '[[part]]\nscene = "backward"\n[part.captions.values]\nko = [\n "{los}"]',
        6,
        "no number {los}",
    ),
    (HEAD + '[[part]]\nscene = "backward"\n[part.captions.local]\nen = ["x",\n 3]', 6, "a list of captions"),
    (
        HEAD + f'[[part]]\nscene = "backward"\n[part.captions.local]\nko = [\n"{"가" * 17}",\n"x"]',
        6,
        "17 characters",
    ),
    (HEAD + '[[part]]\ncard = "titel"', 3, 'give "title" or "text"'),
    (HEAD + '[[part]]\ncard = "title"', 2, "needs a title"),
    (HEAD + '[[part]]\ncard = "text"\ntitle = "x"', 2, "needs a text"),
    (HEAD + '[[part]]\ncard = "text"\ntext = "x"\nsubtitle = "y"', 5, "has no subtitle"),
    (HEAD + '[[part]]\ncard = "text"\ntext = "x"\nseconds = -1', 5, "seconds is -1: give seconds, above 0"),
    (HEAD + '[[part]]\npicture = "none.png"', 3, "There is no file none.png"),
    (HEAD + '[[part]]\npicture = "."', 3, "is a folder"),
    (HEAD + '[[part]]\npicture = "words.png"', 3, "no picture of a known kind"),
    (HEAD + '[[part]]\npicture = "half.png"', 3, "is a damaged"),
    (HEAD + '[[part]]\nvideo = "words.png"', 3, "no film of a known kind"),
    (HEAD + '[[part]]\nvideo = "sound.mp4"', 3, "has no picture"),
    (HEAD + 'cover = "words.png"\n[[part]]\nscene = "forward"', 2, "no picture of a known kind"),
    (
        HEAD + '[[part]]\ncard = "text"\ntext = "x"\nname = "a"\n[[part]]\nscene = "forward"\nname = "a"',
        8,
        'name is "a", as in line 5: give every part a name of its own',
    ),
    (
        HEAD + '[[part]]\nscene = "forward"\n[[part]]\nname = "forward-loss"\ncard = "text"\ntext = "x"',
        5,
        "Recordings of card forward-loss would be called forward-loss, as those of beat loss of forward in line 2",
    ),
    (
        HEAD + '[[part]]\nname = "forward-loss"\ncard = "text"\ntext = "x"\n[[part]]\nscene = "forward"',
        6,
        "Recordings of beat loss of forward would be called forward-loss",
    ),
    (HEAD + '[[part]]\nscene = "forward"\nbeats = []', 4, "beats is []: give beats of that scene"),
    (HEAD + '[[part]]\nscene = "forward"\nbeats = ["loss",\n"loss"]', 5, "Beat loss is given twice"),
    (HEAD + '[[part]\nscene = "forward"', 2, "not TOML"),
    (HEAD + 'title = "again"\n', 2, "not TOML"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files that are not what they seem."""
    place = tmp_path_factory.mktemp("script")
    (place / "words.png").write_text("These are words.")
    whole = picture(place / "whole.png", 400, 300).read_bytes()
    (place / "half.png").write_bytes(whole[: len(whole) // 2])
    with_picture = film(place / "film.mp4")
    assert with_picture.is_file()
    import av

    with av.open(str(with_picture)) as source, av.open(str(place / "sound.mp4"), "w") as target:
        stream = target.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(source.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    return place


def complaint(folder: Path, text: str) -> str:
    file = folder / "script.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(file)
    return str(caught.value)


PATH = "Backslashes in double quotes are escapes in TOML: write 'C:\\…' in single quotes"
NO_ESCAPE = "A backslash in double quotes begins an escape"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r'title = "\ud800"', NO_ESCAPE),
        (r'title = "a \q b"', NO_ESCAPE),
        (r'title = "The \sigma: a sum"', NO_ESCAPE),
        (r'title = "C:\Users\kim\a.png"', PATH),
        (r'parameters = { image = "bilder\photo" }', PATH),
        (r'x = "\\server\photo"', PATH),
        (r'x = "bilder\photo.png"', PATH),
    ],
)
def test_a_backslash_is_that_of_a_path_only_in_what_looks_like_one(folder: Path, text: str, said: str):
    assert f"script.toml:2: {said}" in complaint(folder, f"# a script\n{text}\n")


@pytest.mark.parametrize(("text", "line", "said"), WRONG)
def test_a_mistake_is_told_with_its_line(folder: Path, text: str, line: int, said: str):
    told = complaint(folder, text)
    assert f"script.toml:{line}: " in told
    assert said in told
    assert "\n" not in told or "mistakes" in told


def test_all_mistakes_come_at_once(folder: Path):
    """Also those in scenes when the file's form is wrong elsewhere."""
    scene = '[[part]]\nscene = "forward"\nbeats = ["x"]\n'
    text = f'title = 3\nthme = 1\n{scene}[[part]]\ncard = "x"\n[[part]]\npicture = "a.png"'
    told = complaint(folder, text).splitlines()
    assert "5 mistakes" in told[0]
    assert [int(line.split("script.toml:")[1].split(":")[0]) for line in told[1:]] == [1, 2, 5, 7, 9]


def test_what_is_no_text_is_said(tmp_path: Path):
    file = tmp_path / "s.toml"
    for data, said in (
        (b"title = '\xff'", "not UTF-8"),
        (b"#" * (2**20 + 1), "at most 1 MiB"),
        (b"a=" + b"[" * 9999, "more than 24 deep"),
    ):
        file.write_bytes(data)
        with pytest.raises(InputError, match=said):
            read(file)
    with pytest.raises(InputError, match="There is no file"):
        read(tmp_path / "none.toml")
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path)


def test_a_good_script_is_read(folder: Path):
    """Paths start at the script; one text is both languages'; names are unique."""
    text = (
        'title = "T"\n[[part]]\npicture = "whole.png"\n[[part]]\nvideo = "film.mp4"\n[[part]]\nscene = "backward"\n'
        "[part.captions.local]\n"
        'ko = [["하나", "둘"], "", ""]\n[[part]]\nscene = "backward"\nparameters = { at = "x=2,y=1,w=1" }\n'
    )
    (folder / "good.toml").write_text(text, encoding="utf-8")
    good = read(folder / "good.toml")
    assert [part.key for part in good.lecture.parts()] == [
        "opening",
        "picture",
        "video",
        "backward",
        "backward-2",
    ]
    assert good.lecture.title.of("en") == good.lecture.title.of("ko") == "T"
    captions = good.lecture.part[2].captions["local"]
    assert captions.of("ko") == (("하나", "둘"), (), ())
    assert captions.of("en") is None
    assert good.parameters["backward-2"] == {"at": {"x": 2.0, "y": 1.0, "w": 1.0}}


def test_a_text_that_is_a_number_is_one_as_on_the_command_line(tmp_path: Path):
    file = tmp_path / "s.toml"
    file.write_text(
        HEAD + '[[part]]\nscene = "backward"\n'
        'parameters = { epochs = "12", learning_rate = "0.5", widths = "8,4", net = "yes", at = "w=1" }\n'
    )
    assert read(file).parameters["backward"] == {
        "epochs": 12,
        "learning_rate": 0.5,
        "widths": (8, 4),
        "net": True,
        "at": {"w": 1.0},
    }


def test_a_name_like_a_beat_that_does_not_play_is_free(tmp_path: Path):
    file = tmp_path / "s.toml"
    scene = '[[part]]\nscene = "forward"\nbeats = ["softmax"]\n'
    file.write_text(HEAD + scene + '[[part]]\nname = "forward-loss"\ncard = "text"\ntext = "x"')
    assert [part.key for part in read(file).lecture.part] == ["forward", "forward-loss"]


@pytest.mark.parametrize("name", ["core", "notes", "new"])
def test_the_scripts_that_come_along_are_good(tmp_path: Path, name: str):
    file = tmp_path / "new.toml" if name == "new" else ROOT / "lectures" / f"{name}.toml"
    if name == "new":
        file.write_text(script("new.toml"), encoding="utf-8")
    assert len(read(file).lecture.part) > 3
