"""What leaves the safe margin or its zone, and texts that are too small."""

from __future__ import annotations

import re

from pipeline.inspect.births import scale_since_birth
from pipeline.inspect.markup import shown_text
from pipeline.inspect.problems import Ledger
from pipeline.inspect.stage import STROKE_UNIT, Box, Item, Moment, Text, grown, zone_of
from scenes.stage import style

SLACK = 0.02  # units; a curve's own rounding
ZONE_SLACK = 0.12  # ascenders and descenders reach a little over a zone's line
PX_SLACK = 0.25
DIGIT = re.compile(r"\d")

HALF_BAND = (style.STAGE_BOTTOM - style.FORMULA_Y) + 0.05  # the band reaches up to the stage and as far down
ZONES: dict[str, tuple[float, float]] = {
    "header": (style.STAGE_TOP, style.SAFE_Y),
    "stage": (style.STAGE_BOTTOM, style.STAGE_TOP),
    "formula": (style.FORMULA_Y - HALF_BAND, style.FORMULA_Y + HALF_BAND),
    "caption": (-style.SAFE_Y, style.FORMULA_Y - HALF_BAND),
}
# Without a formula the stage has its band too.
WHOLE_STAGE = (ZONES["formula"][0], ZONES["stage"][1])


def check_margin(moment: Moment, ledger: Ledger) -> None:
    """Anything seen outside the safe margin, moving or not."""
    for item in moment.items:
        box = grown(item.box, item.stroke_width * STROKE_UNIT / 2 if item.stroke[3] > 0 else 0.0)
        over = max(
            -style.SAFE_X - box[0], box[2] - style.SAFE_X, -style.SAFE_Y - box[1], box[3] - style.SAFE_Y
        )
        if over > SLACK:
            ledger.add(
                "outside-margin",
                moment,
                (item.birth,),
                f"It reaches {over / style.PX:.0f} px (at 1080p) over the safe margin.",
                boxes=(box,),
                allowed=item.allowed,
            )


def check_zones(moment: Moment, ledger: Ledger) -> None:
    """Anything that stays outside the zone it belongs to. What is on its way is not asked."""
    if moment.kind == "motion" or (moment.kind == "rest" and moment.seconds <= 0):
        return
    placed = [(item, zone_of(item)) for item in moment.items]
    formula = any(zone == "formula" for _, zone in placed)
    for item, zone in placed:
        over = _over(item.box, *(ZONES[zone] if formula or zone != "stage" else WHOLE_STAGE))
        if over > ZONE_SLACK:
            ledger.add(
                "outside-zone",
                moment,
                (item.birth,),
                f"It reaches {over / style.PX:.0f} px (at 1080p) out of the zone “{zone}”.",
                boxes=(item.box,),
                allowed=item.allowed,
            )


def _over(box: Box, bottom: float, top: float) -> float:
    return max(bottom - box[1], box[3] - top)


def check_sizes(moment: Moment, ledger: Ledger) -> None:
    """Texts under the smallest sizes, by the em size they have now."""
    for text in moment.texts:
        if text.animated or text.opacity < 0.5:
            continue
        px, least = effective_px(text), least_px(text)
        if px is not None and px < least - PX_SLACK:
            ledger.add(
                "small-text",
                moment,
                (text.birth,),
                f"Its em size is {px:.1f} px at 1080p; the least is {least} px.",
                boxes=(text.box,),
                allowed=text.allowed,
            )


def effective_px(text: Text) -> float | None:
    """The em size a text has now, in px at 1080p; None when it has turned into something else."""
    scale = scale_since_birth([part.mobject for part in text.parts])
    return None if scale is None else text.birth.em_px * scale


def least_px(text: Text) -> int:
    """The smallest size allowed: numbers need more than words."""
    return style.NUMBER_MIN_PX if DIGIT.search(shown_text(text.birth.source)) else style.MINIMUM_PX


def is_item_in(item: Item, low: float, high: float) -> bool:
    """Whether the middle of an item lies between two heights."""
    return low < (item.box[1] + item.box[3]) / 2 < high
