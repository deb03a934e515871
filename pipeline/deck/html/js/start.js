/* Everything together. */
function setLanguage(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  translate(document);
  drawAll();
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === chosen));
  }
}

function setLook(chosen) {
  document.documentElement.dataset.look = chosen;
  for (const button of document.querySelectorAll("[data-choose-look]")) {
    button.setAttribute("aria-pressed", String(button.dataset.chooseLook === chosen));
  }
  speaker.draw();
}

function startAt() {
  const number = Number(/^#(\d+)$/.exec(location.hash)?.[1] ?? 1);
  return Math.min(slides.length, Math.max(1, number)) - 1;
}

buildProgress();
buildList();
watchButtons();
watchPointer($("stage"));
watchIdle();
listeners.push(() => speaker.draw());
document.addEventListener("keydown", onKey);
for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => setLanguage(button.dataset.language));
}
for (const button of document.querySelectorAll("[data-choose-look]")) {
  button.addEventListener("click", () => setLook(button.dataset.chooseLook));
}
window.addEventListener("hashchange", () => { if (startAt() !== show.index) show.jump(startAt()); });
window.addEventListener("pagehide", () => speaker.window?.close());
calm.addEventListener("change", drawAll);
$("full").hidden = !document.fullscreenEnabled;
$("mute").hidden = !slides.some((slide) => slide.sound);
$("subtitles").setAttribute("aria-pressed", String(captions.on));
$("cover").hidden = slides[startAt()].kind !== "clip" || startAt() > 0;
show.go(startAt(), calm.matches ? "end" : "start");
setLanguage(deck.language);
setLook(deck.theme);
drawProgress();
