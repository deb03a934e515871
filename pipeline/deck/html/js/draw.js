/* The buttons, counters and panels, drawn from where the deck is. */
const listeners = [];  // the speaker view draws itself too

function drawAll() {
  const slide = slides[show.index];
  const number = show.index + 1;
  $("stage").setAttribute("aria-label", t("slide_of", { number, count: slides.length, title: slide.title }));
  $("stage").dataset.phase = show.phase;
  $("count").textContent = `${number} / ${slides.length}`;
  $("title").textContent = slide.title;
  $("section").textContent = slide.section === slide.title ? "" : slide.section;
  $("reading-title").textContent = slide.title;
  $("reading-notes").textContent = slide.notes;
  $("reading-more").hidden = slide.notes === "";
  drawNext(slides[number]);
  document.title = `${number}/${slides.length} ${slide.title} · ${deck.title}`;
  drawPlay(slide);
  drawList();
  $("previous").disabled = show.index === 0;
  $("next").disabled = number === slides.length && show.phase !== "ready";
  announce(slide);
  for (const draw of listeners) draw();
}

function drawPlay(slide) {
  const film = slide.kind === "clip";
  const name = !film ? "play" : { playing: "pause", done: "replay" }[show.phase] ?? "play";
  setIcon($("play"), name);
  label($("play"), name);
  $("play").disabled = !film;
  const waits = film && (show.phase === "ready" || (show.phase === "done" && calm.matches));
  $("big-play").hidden = !waits || !$("cover").hidden;
}

/* On a phone, what comes next stands under the words of this slide. */
function drawNext(later) {
  const button = $("reading-next");
  button.hidden = !later;
  if (!later) return;
  const face = later.thumb ? [make("img", { src: mediaUrl(later.thumb), alt: "", loading: "lazy" })] : [];
  button.replaceChildren(...face, make("div", {}, make("span", {}, t("then")), later.title));
}

let announced = -1;
function announce(slide) {
  if (announced === show.index) return;
  announced = show.index;
  $("spoken").textContent = t("slide_of", { number: show.index + 1, count: slides.length, title: slide.title });
  history.replaceState(null, "", `#${show.index + 1}`);
}

/* How far the clip is, between 0 and 1; a slide without one is always whole. */
function share() {
  const slide = slides[show.index];
  if (slide.kind !== "clip" || player.seen.slide !== slide) return show.phase === "done" ? 1 : 0;
  return show.phase === "done" ? 1 : Math.min(1, player.seen.currentTime / slide.seconds);
}

let drawn = -1;
function drawProgress() {
  const reached = show.index + share();
  if (reached !== drawn) {
    drawn = reached;
    [...$("progress").children].forEach((part, place) => {
      part.firstElementChild.style.width = `${100 * Math.min(1, Math.max(0, reached - place))}%`;
    });
  }
  requestAnimationFrame(drawProgress);
}

function buildProgress() {
  const part = (slide) => make("div", { title: slide.title }, make("i"));
  $("progress").replaceChildren(...slides.map(part));
  $("progress").addEventListener("click", (event) => {
    const index = [...$("progress").children].indexOf(event.target.closest("#progress > div"));
    if (index >= 0) show.jump(index);
  });
}

function buildList() {
  let section = null;
  const items = [];
  slides.forEach((slide, index) => {
    if (slide.section && slide.section !== section) items.push(make("li", { className: "section" }, slide.section));
    section = slide.section;
    const face = slide.thumb ? make("img", { src: mediaUrl(slide.thumb), alt: "", loading: "lazy" }) : make("span", { className: "blank" });
    const length = slide.kind === "clip" ? clockText(slide.seconds) : "";
    const button = make("button", { className: "beat" }, face, make("span", { className: "nr" }, String(index + 1)),
                        make("span", { className: "name" }, slide.title), make("span", { className: "length" }, length));
    button.addEventListener("click", () => { $("beats").close(); show.jump(index); });
    items.push(make("li", {}, button));
  });
  $("beat-list").replaceChildren(...items);
}

function drawList() {
  $("beat-list").querySelectorAll(".beat").forEach((button, index) => {
    if (index === show.index) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  });
}

function openPanel(id) {
  const panel = $(id);
  if (panel.open) { panel.close(); return; }
  panel.showModal();
  panel.querySelector("[aria-current]")?.focus();
}
