"""How much of the stage a beat ends on: a picture in a corner of it is too small for the back row."""

from __future__ import annotations

from pipeline.inspect.bounds import WHOLE_STAGE, ZONES
from pipeline.inspect.problems import Ledger
from pipeline.inspect.stage import Moment, union, zone_of
from scenes.stage import style

LEAST = 0.5  # of the stage's width and of its height


def check_usage(moment: Moment, ledger: Ledger) -> None:
    """At the end of a beat, what stands on stage covers at least half of its width and of its height."""
    if moment.kind != "last":
        return
    placed = [(item, zone_of(item)) for item in moment.items]
    stage = [item for item, zone in placed if zone == "stage"]
    if not stage:  # an empty stage is another problem
        return
    formula = any(zone == "formula" for _, zone in placed)
    bottom, top = ZONES["stage"] if formula else WHOLE_STAGE
    left, low, right, high = box = union(item.box for item in stage)
    shares = (right - left) / (style.RIGHT - style.LEFT), (high - low) / (top - bottom)
    small = [
        f"{share:.0%} of its {side}"
        for share, side in zip(shares, ("width", "height"), strict=True)
        if share < LEAST
    ]
    if small:
        ledger.add(
            "unused-stage",
            moment,
            (),
            f"The beat ends on {' and '.join(small)}.",
            what="the stage",
            boxes=(box,),
            allowed=tuple(dict.fromkeys(one for item in stage for one in item.allowed)),
        )
