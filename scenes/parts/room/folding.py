"""Which of many items are drawn: the first and last few, with a gap between them."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.stage.style import FOLD_LIMIT


@dataclass(frozen=True)
class Fold:
    """`shown` are the drawn indices in order; `gap` is the position among them before which items are left out."""

    count: int
    shown: tuple[int, ...]
    gap: int | None

    @property
    def slots(self) -> int:
        """Places needed: one for each item shown and one for the ellipsis."""
        return len(self.shown) + (self.gap is not None)

    def slot(self, item: int) -> int:
        """The place of `item`, counted with the ellipsis."""
        position = self.shown.index(item)
        return position + (self.gap is not None and position >= self.gap)


def fold(count: int, limit: int = FOLD_LIMIT, keep: tuple[int, ...] = ()) -> Fold:
    """Draw all of `count` items, or of more than `limit` the first and the last few; `keep` are always drawn."""
    if count <= limit:
        return Fold(count, tuple(range(count)), None)
    # The ellipsis takes one place; what must be kept takes the place of the last ones of the head that need not be.
    head_size = limit // 2
    head = list(range(head_size))
    tail = list(range(count - (limit - 1 - head_size), count))
    missing = [item for item in keep if item not in head and item not in tail]
    spare = [item for item in head if item not in keep][::-1]
    for item, out in zip(missing, spare, strict=False):
        head.remove(out)
        head.append(item)
    return Fold(count, tuple(sorted(head) + tail), head_size)
