/* The strip under a film: beats, a line where each number appears, and the numbers of the moment pointed at. */
const FRESH_S = 1.5;
const STEP_S = 1;

class Strip {
  constructor(panel, data, film, seconds) {
    Object.assign(this, { panel, data, film, seconds });
    this.bar = panel.querySelector(".strip");
    this.point = panel.querySelector(".strip-point");
    this.pointed = null;
    this.shownFor = null;
    this.bar.hidden = false;
    this.build();
    this.listen();
    this.draw();
  }

  build() {
    const percent = (time) => `${(100 * time) / this.seconds}%`;
    const beats = this.data.beats.map(([, title, start, end]) => {
      const part = make("span", { title, lang: this.panel.lang }, title);
      part.style.width = percent(end - start);
      return part;
    });
    this.bar.querySelector(".strip-beats").replaceChildren(...beats);
    const times = [...new Set((this.data.rows ?? []).map(([time]) => time))];
    const ticks = times.map((time) => {
      const tick = make("i");
      tick.style.left = percent(time);
      return tick;
    });
    this.bar.querySelector(".strip-ticks").replaceChildren(...ticks);
    this.bar.setAttribute("aria-valuemin", "0");
    this.bar.setAttribute("aria-valuemax", String(Math.round(this.seconds)));
  }

  listen() {
    const timeAt = (event) => {
      const box = this.bar.getBoundingClientRect();
      return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * this.seconds;
    };
    this.bar.addEventListener("pointermove", (event) => { this.pointed = timeAt(event); this.draw(); });
    this.bar.addEventListener("pointerleave", () => { this.pointed = null; this.draw(); });
    this.bar.addEventListener("click", (event) => { this.film.currentTime = timeAt(event); });
    this.bar.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -STEP_S, ArrowDown: -STEP_S, ArrowRight: STEP_S, ArrowUp: STEP_S, Home: -Infinity, End: Infinity }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.film.currentTime = Math.min(this.seconds, Math.max(0, this.film.currentTime + step));
    });
    for (const event of ["timeupdate", "seeking", "seeked"]) this.film.addEventListener(event, () => this.draw());
  }

  beatAt(time) {
    return this.data.beats.find(([, , , end]) => time < end) ?? this.data.beats[this.data.beats.length - 1];
  }

  draw() {
    const now = this.film.currentTime;
    const time = this.pointed ?? now;
    this.bar.querySelector(".strip-head").style.width = `${(100 * now) / this.seconds}%`;
    this.point.hidden = this.pointed === null;
    this.point.style.left = `${(100 * time) / this.seconds}%`;
    const beat = this.beatAt(time);
    this.bar.setAttribute("aria-valuenow", String(Math.round(now)));
    this.bar.setAttribute("aria-valuetext", `${clockText(now)} ${this.beatAt(now)?.[1] ?? ""}`);
    if (this.data.rows) this.numbers(time, beat);
  }

  /* Numbers of the beat up to `time`, the newest first. */
  numbers(time, beat) {
    if (!beat) return;
    const rows = this.data.rows.filter(([at, name]) => name === beat[0] && at <= time + 1e-6);
    const key = `${beat[0]} ${rows.length} ${rows.filter(([at]) => time - at < FRESH_S).length} ${Math.round(time)}`;
    if (key === this.shownFor) return;
    this.shownFor = key;
    this.panel.querySelector(".numbers-at").textContent = `${clockText(time)} · ${beat[1]}`;
    const none = this.panel.querySelector(".numbers-none");
    none.hidden = rows.length > 0;
    none.textContent = time === 0 && this.pointed === null ? t("numbers_hint") : t("no_numbers_yet");
    this.panel.querySelector(".numbers ol").replaceChildren(...rows.reverse().map((row) => this.row(row, time)));
  }

  /* One number. What is there from the start is not marked as new. */
  row([at, , text, series, index, value], time) {
    const source = index.length ? `${series}[${index.join(", ")}]` : series;
    const words = [make("b", {}, text), make("code", {}, source)];
    if (value !== text) words.splice(1, 0, make("span", { className: "exact" }, value));
    return make("li", { className: at > 0 && time - at < FRESH_S ? "fresh" : "" }, ...words);
  }
}
