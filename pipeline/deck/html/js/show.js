/* Where the deck is: a slide and a phase. ready: first frame, waiting. playing. paused. done: last frame. */
const show = {
  index: 0,
  phase: "ready",
  started: null,  // when the first slide was left or played, for the timer

  /* Go to slide `index`, and play it unless it is to be shown at its "start" or its "end". */
  async go(index, how = "play") {
    const slide = slides[index];
    this.index = index;
    const still = slide.kind !== "clip";
    const at = still || how === "end" || (how === "play" && calm.matches) ? "end" : "start";
    this.phase = at === "end" ? "done" : "ready";
    if (!still && at === "end" && how === "play" && !this.toldCalm) { this.toldCalm = true; toast(t("reduced")); }
    drawWords(slide);
    drawAll();
    if (still) {
      player.turn += 1;
      player.seen.pause();
    } else {
      const shown = await player.show(slide, at);
      if (!shown) return;
    }
    $("stage").dataset.kind = slide.kind;
    $("stage").dataset.titled = String(slide.titled);
    captions.draw();
    if (at === "start" && how === "play") await this.play();
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
    this.start();
    if (this.phase === "ready") return this.play();
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
    return this.next();
  },

  async replay() {
    const slide = slides[this.index];
    if (slide.kind !== "clip") return;
    this.start();
    this.phase = "ready";
    if (await player.show(slide, "start")) await this.play();
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
    $("stage").dataset.kind = "picture";
    $("stage").dataset.titled = String(slide.titled);
    show.phase = "done";
    toast(t("no_film"));
  } else {
    show.phase = phase;
  }
  drawAll();
  captions.draw();
};

/* A slide without a film is set here; a film's title is written over it when its picture has none. */
function drawWords(slide) {
  const lines = (texts) => texts.map((text) => make("p", {}, text));
  const body = { title: () => [make("p", { className: "subtitle" }, slide.subtitle), make("hr"), ...lines(slide.lines)],
                 text: () => lines(slide.lines) }[slide.kind]?.() ?? [];
  if (slide.kind === "picture") {
    $("picture").src = mediaUrl(slide.src);
    $("picture").alt = slide.alt || slide.title;
  }
  const heading = slide.titled ? [] : [make("h2", {}, slide.title)];
  $("words-slide").replaceChildren(...heading, ...body.filter((one) => one.tagName !== "P" || one.textContent));
}
