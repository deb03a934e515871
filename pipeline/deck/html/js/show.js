/* Where the deck is: a slide and a phase. loading: will play at once. ready: first frame, waiting. playing. paused.
   done: last frame. */
const show = {
  index: 0,
  phase: "ready",
  started: null,  // when the first slide was left or played, for the timer

  /* Go to slide `index`: "play" it (where movement is not wanted, show its end), play it "again" whatever is wanted,
     or show its "start" or its "end". */
  async go(index, how = "play") {
    const slide = slides[index];
    this.index = index;
    const still = slide.kind !== "clip";
    const at = still || how === "end" || (how === "play" && calm.matches) ? "end" : "start";
    const plays = at === "start" && how !== "start";
    this.phase = at === "end" ? "done" : plays ? "loading" : "ready";
    if (!still && at === "end" && how === "play" && !this.toldCalm) { this.toldCalm = true; toast(t("reduced")); }
    drawAll();
    if (!(await (still ? player.rest(slide) : player.show(slide, at)))) return;
    drawSlide(slide, slide.kind);
    captions.draw();
    const turn = player.turn;
    if (plays) await this.play();
    if (turn !== player.turn) return;  // somebody went on meanwhile, and the spare film is theirs
    player.preload(slides.slice(index + 1).find((later) => later.kind === "clip"));
  },

  async play() {
    if (slides[this.index].kind !== "clip") return;
    this.start();
    if (player.seen.slide === slides[this.index]) await player.play();
  },

  start() {
    this.started ??= performance.now();
    $("cover").hidden = true;
  },

  next() {
    const covered = !$("cover").hidden;
    this.start();
    if (this.phase === "ready") return this.play();
    if (covered) return drawAll();
    if (this.index + 1 < slides.length) return this.go(this.index + 1);
    toast(t("last_reached"));
  },

  /* Back to how the slide before ended: what was asked about is there at once. */
  previous() {
    this.start();
    if (this.index > 0) return this.go(this.index - 1, "end");
    toast(t("first_reached"));
  },

  /* What space does: play, pause, and at the end the next. */
  proceed() {
    if (this.phase === "playing") return player.seen.pause();
    if (this.phase === "paused") return this.play();
    if (this.phase === "loading") return undefined;
    return this.next();
  },

  replay() {
    if (slides[this.index].kind !== "clip") return undefined;
    this.start();
    return this.go(this.index, "again");
  },

  jump(index) {
    this.start();
    return this.go(Math.min(slides.length - 1, Math.max(0, index)));
  },
};

player.onPhase = (phase) => {
  if (phase === "broken") {
    const slide = slides[show.index];
    $("picture").src = mediaUrl(slide.last);
    $("picture").alt = slide.alt || slide.title;
    drawSlide(slide, "picture");
    show.phase = "done";
    toast(t("no_film"));
  } else {
    show.phase = phase;
  }
  drawAll();
  captions.draw();
};

/* Show `slide` as what it is; words stand alone, or over a film or picture that has no title of its own. */
function drawSlide(slide, kind) {
  const lines = (slide.lines ?? []).map((text) => make("p", {}, text));
  const under = kind === "title" ? [make("hr")] : [];
  if (slide.subtitle) under.unshift(make("p", { className: "subtitle" }, slide.subtitle));
  const heading = slide.titled ? [] : [make("h2", {}, slide.title)];
  $("words-slide").replaceChildren(...heading, ...under, ...lines);
  Object.assign($("stage").dataset, { kind, titled: slide.titled, room: slide.room });
}
