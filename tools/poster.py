"""A part of a film as a small animated WebP, for the README.

python tools/poster.py FILM.mp4 OUT.webp --from 27 --to 37 [--width 720] [--fps 10]
"""

from __future__ import annotations

import argparse

import av
from PIL import Image


def frames(film: str, start_s: float, end_s: float, fps: float, width: int) -> list[Image.Image]:
    """The film's frames between two times (s), `fps` of them a second, `width` px wide."""
    out: list[Image.Image] = []
    with av.open(film) as container:
        for frame in container.decode(container.streams.video[0]):
            second = float(frame.time or 0.0)
            if second > end_s:
                break
            if second >= start_s + len(out) / fps:
                height = round(width * frame.height / frame.width)
                out.append(
                    Image.fromarray(frame.to_ndarray(format="rgb24")).resize(
                        (width, height), Image.Resampling.LANCZOS
                    )
                )
    return out


def main() -> None:
    """Read the arguments and write the picture."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("film")
    parser.add_argument("out")
    parser.add_argument("--from", dest="start", type=float, required=True)
    parser.add_argument("--to", dest="end", type=float, required=True)
    parser.add_argument("--width", type=int, default=720)
    parser.add_argument("--fps", type=float, default=10.0)
    args = parser.parse_args()
    images = frames(args.film, args.start, args.end, args.fps, args.width)
    if not images:
        raise SystemExit(f"{args.film} has no frame between {args.start} and {args.end} s.")
    images[0].save(
        args.out,
        save_all=True,
        append_images=images[1:],
        duration=round(1000 / args.fps),
        loop=0,
        quality=70,
        method=6,
    )


if __name__ == "__main__":
    main()
