/* The speaker view: a second window that this page draws itself. It needs no address, so it works from file://. */
const speaker = {
  window: null,
  elapsed_ms: 0,
  since: null,
  stopped: false,
  mirrored: "",
  size_px: 22,

  open() {
    if (this.window && !this.window.closed) { this.window.focus(); return; }
    const opened = window.open("", `gradreel-speaker-${deck.id}`, "popup,width=1180,height=760");
    if (!opened) { toast(t("no_window")); return; }
    this.window = opened;
    this.build(opened);
    this.draw();
    this.tick();
  },

  find(id) {
    return this.window.document.getElementById(id);
  },

  build(view) {
    const page = view.document;
    page.open();
    page.write('<!doctype html><html><head><meta charset="utf-8"><title></title></head><body></body></html>');
    page.close();
    page.head.append(page.importNode(document.querySelector("style"), true),
                     page.importNode(document.querySelector('meta[name="viewport"]'), true));
    page.body.className = "speaker-body";
    page.body.append(page.importNode($("speaker-page").content, true), page.importNode($("icons"), true));
    page.addEventListener("keydown", onKey);
    const press = { "s-next": () => show.next(), "s-previous": () => show.previous(), "s-play": () => $("play").click(),
                    "s-timer": () => this.holdTimer(), "s-reset": () => this.resetTimer(),
                    "s-bigger": () => this.resize(1.15), "s-smaller": () => this.resize(1 / 1.15) };
    for (const [id, act] of Object.entries(press)) this.find(id).addEventListener("click", act);
    this.size_px = Math.max(20, view.innerWidth / 60);
    this.resize(1);
    this.mirrored = "";
    const mirror = () => { if (view.closed) return; this.mirror(); view.requestAnimationFrame(mirror); };
    view.requestAnimationFrame(mirror);
  },

  /* Copy what the audience sees; the film plays once, here it is only painted again. */
  mirror() {
    const canvas = this.find("s-canvas");
    const film = player.seen;
    if (!canvas || canvas.hidden || film.readyState < 2 || !film.videoWidth) return;
    const box = canvas.getBoundingClientRect();
    const width = Math.round(box.width * (this.window.devicePixelRatio || 1));
    const height = Math.round((width * film.videoHeight) / film.videoWidth);
    const frame = `${film.id} ${film.currentTime} ${film.currentSrc} ${width}`;
    if (frame === this.mirrored) return;
    this.mirrored = frame;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    canvas.getContext("2d").drawImage(film, 0, 0, width, height);
  },

  draw() {
    const view = this.window;
    if (!view || view.closed) return;
    const page = view.document;
    page.documentElement.lang = language;
    page.documentElement.dataset.look = document.documentElement.dataset.look;
    page.title = `${t("speaker")} · ${deck.title}`;
    translate(page);
    const slide = slides[show.index];
    const later = slides[show.index + 1];
    this.find("s-count").textContent = `${show.index + 1} / ${slides.length}`;
    this.find("s-title").textContent = slide.title;
    this.find("s-phase").textContent = slide.kind === "clip" ? t(show.phase) : "";
    this.find("s-notes").textContent = slide.notes || t("no_notes");
    this.find("s-canvas").hidden = slide.kind !== "clip";
    this.face(this.find("s-now"), slide.kind === "clip" ? null : slide);
    this.face(this.find("s-then"), later);
    this.find("s-then-title").textContent = later ? later.title : t("after_last");
    const name = slide.kind === "clip" && show.phase === "playing" ? "pause" : show.phase === "done" ? "replay" : "play";
    setIcon(this.find("s-play"), name);
    label(this.find("s-play"), name);
    this.find("s-play").disabled = slide.kind !== "clip";
    this.drawTimes();
  },

  /* A slide's small picture, or its words when it has none. */
  face(place, slide) {
    const inside = !slide ? [] : slide.thumb ? [make("img", { src: mediaUrl(slide.thumb), alt: "" })]
      : [make("p", { className: "s-words" }, slide.title)];
    place.hidden = inside.length === 0;
    place.replaceChildren(...inside);
  },

  drawTimes() {
    const view = this.window;
    const slide = slides[show.index];
    const locale = { ko: "ko-KR", en: "en-GB" }[language];
    this.find("s-clock").textContent = new Date().toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hour12: false });
    if (this.since === null && show.started !== null && !this.stopped) this.since = performance.now();
    this.find("s-elapsed").textContent = clockText(this.elapsed() / 1000);
    const left = slide.kind === "clip" ? slide.seconds * (1 - share()) : 0;
    this.find("s-left").textContent = clockText(left);
    this.find("s-bar").style.width = `${100 * share()}%`;
    view.document.body.dataset.phase = show.phase;
  },

  elapsed() {
    return this.elapsed_ms + (this.since === null ? 0 : performance.now() - this.since);
  },

  holdTimer() {
    this.elapsed_ms = this.elapsed();
    this.stopped = this.since !== null;
    this.since = this.stopped ? null : performance.now();
    this.find("s-timer").dataset.t = this.stopped ? "timer_run" : "timer_pause";
    translate(this.window.document);
    this.drawTimes();
  },

  resetTimer() {
    this.elapsed_ms = 0;
    if (this.since !== null) this.since = performance.now();
    this.drawTimes();
  },

  resize(factor) {
    this.size_px = Math.min(48, Math.max(14, this.size_px * factor));
    this.find("s-notes").style.fontSize = `${this.size_px}px`;
  },

  tick() {
    if (!this.window || this.window.closed) return;
    if (this.find("s-clock")) this.drawTimes();
    setTimeout(() => this.tick(), 250);
  },
};
