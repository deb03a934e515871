"""Subtitles of the other language: if these failed, they would run ahead of the picture or cover each other."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.lecture.retime import retimed
from pipeline.lecture.words_check import own_digits, pieces
from scenes.stage.captions import Cue

SIZES = st.lists(st.integers(0, 3), min_size=1, max_size=5)


@given(SIZES, SIZES, st.booleans())
def test_every_caption_stays_in_its_moment(sizes: list[int], others: list[int], same: bool):
    """Cues of the other language begin and end with the moments of this one, whatever is said in them."""
    here = [Cue(2 + n, 3 + n, ("x",), "b") for n in range(sum(sizes))]
    others = (others * len(sizes))[: len(sizes)] if same else others
    texts = [f"text {'y' * n}" for n in range(sum(others))]
    cues = retimed(here, sizes, texts, others, "en", (1.0, 30.0))
    assert all(cue.start_s < cue.end_s for cue in cues)
    assert all(one.end_s <= next_one.start_s + 1e-9 for one, next_one in pairwise(cues))
    assert all(cue.start_s >= 1 and cue.end_s <= 30 for cue in cues)
    if same and all(sizes) and all(others):
        starts = [2 + sum(sizes[:n]) for n in range(len(sizes))]
        firsts = [cues[sum(others[:n])].start_s for n in range(len(sizes))]
        assert firsts == starts
        assert len(cues) == len(texts)


def test_a_moment_without_words_here_gets_the_time_between():
    here = [Cue(1, 3, ("a",), "b"), Cue(5, 6, ("c",), "b")]
    cues = retimed(here, (1, 0, 1), ["A", "B", "C"], (1, 1, 1), "en", (0, 8))
    assert [(cue.start_s, cue.end_s) for cue in cues] == [(1, 3), (3, 5), (5, 6)]


@given(st.lists(st.text("abc", min_size=1, max_size=12), max_size=30))
def test_long_texts_are_cut_into_subtitles_without_losing_a_word(words: list[str]):
    cut = pieces(" ".join(words), 16)
    assert " ".join(" ".join(piece.split("\n")) for piece in cut).split() == words
    assert all(len(line) <= 16 for piece in cut for line in piece.split("\n"))
    assert all(piece.count("\n") <= 1 for piece in cut)


def test_digits_of_the_author_are_told_from_those_of_the_run():
    assert own_digits("{loss2} is 0.25, not {x}; 1,000 times 3.") == ["0.25", "1,000", "3"]
