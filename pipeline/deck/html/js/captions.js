/* Subtitles: the browser keeps the time (text tracks, whose files it would not read from file://), we draw them. */
const captions = {
  on: deck.slides.some((slide) => slide.cues?.length > 0),

  /* Give `video` the cues of `slide`, and take away those of the clip before. */
  fill(video, slide) {
    const track = video.track ??= this.newTrack(video);
    for (const cue of [...track.cues]) track.removeCue(cue);
    for (const cue of slide.cues) track.addCue(new VTTCue(cue.start, cue.end, cue.lines.join("\n")));
  },

  newTrack(video) {
    const track = video.addTextTrack("subtitles", words[deck.language].subtitles, deck.language);
    track.mode = "hidden";
    track.addEventListener("cuechange", () => this.draw());
    return track;
  },

  /* What is said now. A clip that stands at its end keeps its last words, as its last frame stays. */
  text() {
    const video = player.seen;
    const slide = slides[show.index];
    if (slide.kind !== "clip" || video.slide !== slide || !slide.cues.length) return "";
    const active = [...(video.track.activeCues ?? [])].map((cue) => cue.text);
    if (active.length) return active.join("\n");
    const last = slide.cues[slide.cues.length - 1];
    return show.phase === "done" && video.currentTime >= last.start ? last.lines.join("\n") : "";
  },

  draw() {
    const text = this.text();
    for (const place of [$("captions"), $("reading-captions")]) {
      place.hidden = !this.on || text === "";
      if (place.textContent !== text) place.textContent = text;
    }
  },

  toggle() {
    if (!slides.some((slide) => slide.cues?.length)) { toast(t("no_subtitles")); return; }
    this.on = !this.on;
    $("subtitles").setAttribute("aria-pressed", String(this.on));
    this.draw();
  },
};
