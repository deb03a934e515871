/* Two videos lie on each other: one is seen, the other loads what comes next, so that no clip starts with a blink. */
const HAS_LENGTH = 1;  // HTMLMediaElement.HAVE_METADATA
const HAS_FRAME = 2;  // HAVE_CURRENT_DATA
const NEWS = ["loadedmetadata", "loadeddata", "seeked", "canplay", "emptied"];
const SEEK_TOLERANCE_S = 0.004;
const COVERED_MS = 120;  // the old picture stays under the new one until the browser has surely painted it

const player = {
  seen: $("film-a"),
  spare: $("film-b"),
  turn: 0,
  onPhase: () => {},

  /* Bring `slide`'s clip to the front at its first frame ("start") or its last ("end"). False: overtaken, or no film. */
  async show(slide, at) {
    const turn = ++this.turn;
    this.seen.pause();
    const video = this.seen.slide === slide ? this.seen : this.spare;
    if (video.slide !== slide) this.load(video, slide);
    const time = at === "end" ? Math.max(0, slide.seconds - 0.5 / slide.fps) : 0;
    try {
      if (!(await this.toFrame(video, time, turn))) return false;
    } catch {  // the reason is the video's own `error`; what to do about it is the caller's choice
      if (turn === this.turn) this.onPhase("broken");
      return false;
    }
    this.front(video);
    return true;
  },

  /* Stop for a slide without a film; its picture, if it has one, is ready when this is true. */
  async rest(slide) {
    const turn = ++this.turn;
    this.seen.pause();
    if (slide.kind === "picture") {
      $("picture").src = mediaUrl(slide.src);
      $("picture").alt = slide.alt || slide.title;
      await $("picture").decode().catch(() => {});  // one that cannot be drawn shows its words instead
    }
    return turn === this.turn;
  },

  load(video, slide) {
    video.slide = slide;
    video.loop = slide.loop;
    video.poster = mediaUrl(slide.first);
    video.src = mediaUrl(slide.src);
    video.setAttribute("aria-label", slide.alt || slide.title);
    captions.fill(video, slide);
    video.load();
  },

  /* Load `slide` behind the one that is seen. */
  preload(slide) {
    if (slide && this.spare.slide !== slide && this.seen.slide !== slide) this.load(this.spare, slide);
  },

  front(video) {
    if (video === this.seen) return;
    const old = this.seen;
    this.seen = video;
    this.spare = old;
    video.className = "front";
    video.removeAttribute("aria-hidden");
    old.className = "under";
    old.setAttribute("aria-hidden", "true");
    setTimeout(() => { if (this.spare === old) old.className = ""; }, COVERED_MS);
  },

  /* Wait until `video` stands at `time` and has that frame; false when another turn came in between. */
  async toFrame(video, time, turn) {
    while (turn === this.turn && video.readyState < HAS_LENGTH) await news(video);
    if (turn !== this.turn) return false;
    const wanted = Math.min(time, video.duration || time);
    if (Math.abs(video.currentTime - wanted) > SEEK_TOLERANCE_S) video.currentTime = wanted;
    while (turn === this.turn && (video.seeking || video.readyState < HAS_FRAME)) await news(video);
    return turn === this.turn;
  },

  async play() {
    const turn = this.turn;
    try {
      await this.seen.play();
    } catch (error) {
      // AbortError: another command came in between. NotAllowedError: sound before the first key or click.
      if (turn === this.turn && error.name === "NotAllowedError") this.onPhase("ready");
    }
  },
};

/* The next thing that `video` tells of its loading, or its error. One event alone would not do: a seek that another
   turn began may still be on its way, and some events come only once. */
function news(video) {
  const told = new AbortController();
  return new Promise((resolve, reject) => {
    if (video.error) { reject(video.error); return; }
    for (const event of NEWS) video.addEventListener(event, resolve, { signal: told.signal });
    video.addEventListener("error", () => reject(video.error), { signal: told.signal });
  }).finally(() => told.abort());
}

/* Only what the seen video says of the slide that is on counts; a pause on the way to another slide is none,
   and the one that every film makes just before it has ended is its end. */
for (const video of [player.seen, player.spare]) {
  const on = (event, phase, after) => video.addEventListener(event, () => {
    const counts = video === player.seen && video.slide === slides[show.index] && after.includes(show.phase);
    if (counts) player.onPhase(phase === "paused" && video.ended ? "done" : phase);
  });
  on("playing", "playing", ["loading", "ready", "paused", "done"]);
  on("ended", "done", ["playing"]);
  on("pause", "paused", ["playing"]);
}
