"""The commented script that `new-lecture` writes: it can be made as it is, and shows every key."""

from __future__ import annotations

from pathlib import Path

from engine.errors import InputError
from engine.text.echo import PATH_MAX, echo
from pipeline.outputs import free_target, staged
from scenes import SCENES

TEMPLATE = """\
# A lecture. Make it with:   python render.py lecture {name} -q preview
# Look at it, change this file, make it again: what did not change is not drawn again.
# Every key is explained in docs/lecture.md. A text is "one for both languages" or {{ ko = "…", en = "…" }}.

title = {{ ko = "나의 강의", en = "My lecture" }}
subtitle = {{ ko = "순전파와 역전파", en = "The forward and the backward pass" }}
# author = {{ ko = "김가람", en = "Garam Kim" }}
# date = 2026-03-02                # or a text: date = "2026년 봄 학기"
language = "ko"                    # ko, en, or both (two films); subtitles always come in both
# theme = "light"                  # dark (usual) or light
# captions = "sidecar"             # "burned" (usual): in the picture; "sidecar": only as subtitles to switch on
# reading_time = 1.2               # 0.5 to 3: how long captions stay and beats rest, 1 is usual
# cover = "cover.png"              # a picture, from this file's folder; else the opening title is the cover
# title_card = false               # leave out the opening title

# The parts play in this order. Each is one of: scene, card, picture, video.

[[part]]
scene = "forward"                  # {scenes}
# beats = ["network", "softmax"]   # only these; `python render.py list forward` names them
# title = {{ ko = "…", en = "…" }}   # the chapter's name in players
# parameters = {{ data = "digits", widths = [32, 16] }}   # any parameter of the scene

# Your own words for a beat: as many captions as the film has there (`list` and a wrong count tell), two lines each.
# "" leaves one out, ["…", "…"] shows two in its place, {{loss}} is the number that the film has in that caption.
[part.captions.loss]
ko = [
  "답이 얼마나 틀렸는지를\\n손실로 나타냅니다.",
  "손실은 정답 확률의\\n음의 로그입니다.",
  ["맞힐 확률이 낮을수록", "손실은 가파르게 커집니다."],
  "확률 {{p}}, 손실 {{loss}}.",
  "확률이 달랐다면 어땠을까요?",
  "{{p}}라면 손실은 {{loss}}.",
]

[[part]]
card = "title"                     # the title of a part: the chapter begins here
title = {{ ko = "역전파", en = "Backpropagation" }}
subtitle = {{ ko = "손실에서 거꾸로", en = "Backwards from the loss" }}

[[part]]
scene = "backward"
parameters = {{ expression = "sigmoid(w*x + b)", at = {{ x = 2, w = -1, b = 0.5 }}, wrt = "w" }}

# [[part]]
# picture = "photo.jpg"            # PNG, JPEG, WebP …, from this file's folder
# title = {{ ko = "…", en = "…" }}
# caption = {{ ko = ["…"], en = ["…"] }}
# seconds = 6

# [[part]]
# video = "demo.mp4"               # brought to the lecture's size and rate; its sound is kept
# sound = false

[[part]]
card = "text"
title = {{ ko = "다음 시간까지", en = "Before next time" }}
[part.text]
ko = ["다음을 종이에 계산해 오세요.", "- 그래프를 그리고 값을 써 넣기", "- 뒤에서부터 기울기 곱하기"]
en = ["Work this out on paper.", "- Draw the graph and write in the values", "- Multiply gradients from the back"]
"""


def script(name: str) -> str:
    """The starting script of a file called `name`."""
    return TEMPLATE.format(name=echo(name, PATH_MAX), scenes=", ".join(card.slug for card in SCENES))


def write(file: Path) -> Path:
    """Write a starting script. InputError when something stands there: nobody's lecture is written over."""
    target = file if file.suffix or not file.name else file.with_suffix(".toml")
    if target.suffix.lower() != ".toml":
        raise InputError(f"{echo(target)} does not end in .toml, which is what is written: give such a name.")
    if file.exists() and not file.is_dir():
        free_target(file)  # no lecture.toml beside a device that was named
    if target.exists():
        raise InputError(f"{echo(target)} is there already: give another name.")
    free_target(target)
    with staged(target.parent) as stage:
        stage.file(target).write_text(script(str(file)), encoding="utf-8")
    return target
