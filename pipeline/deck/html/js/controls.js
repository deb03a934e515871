/* Keys, clicks, touch, full screen. Letters are found by place too, so that they work while Hangul is typed. */
const SWIPE_PX = 48;
const IDLE_MS = 2600;
const LETTERS = {
  r: () => show.replay(),
  l: () => openPanel("beats"),
  c: () => captions.toggle(),
  m: () => toggleMute(),
  s: () => speaker.open(),
  f: () => toggleFull(),
  b: () => toggleBlack(),
  h: () => openPanel("help-panel"),
};
const KEYS = {
  ArrowRight: () => show.next(),
  ArrowDown: () => show.next(),
  PageDown: () => show.next(),
  ArrowLeft: () => show.previous(),
  ArrowUp: () => show.previous(),
  PageUp: () => show.previous(),
  Backspace: () => show.previous(),
  Home: () => show.jump(0),
  End: () => show.jump(slides.length - 1),
  " ": () => show.proceed(),
  ".": () => toggleBlack(),
  "?": () => openPanel("help-panel"),
};
let typed = "";

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target;
  const place = target.ownerDocument;
  if (place.querySelector("dialog[open]")) return;  // a dialog has its own keys
  if (target.matches?.("input, select, textarea")) return;
  const pressing = target.matches?.("button, summary") && [" ", "Enter"].includes(event.key);
  if (pressing) return;
  const act = actionOf(event);
  if (!act) return;
  event.preventDefault();
  if (!event.repeat) act();
}

function actionOf(event) {
  if (/^\d$/.test(event.key)) return () => { typed = (typed + event.key).slice(-3); toast(typed); };
  if (event.key === "Enter") return goTyped;
  typed = "";
  const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : /^Key([A-Z])$/.exec(event.code)?.[1].toLowerCase();
  return KEYS[event.key] ?? LETTERS[letter];
}

function goTyped() {
  const number = Number(typed);
  typed = "";
  if (number >= 1) show.jump(number - 1);
  else show.proceed();
}

function toggleBlack() {
  $("black").hidden = !$("black").hidden;
}

function toggleMute() {
  const muted = !player.seen.muted;
  player.seen.muted = muted;
  player.spare.muted = muted;
  $("mute").setAttribute("aria-pressed", String(muted));
  setIcon($("mute"), muted ? "mute" : "sound");
}

async function toggleFull() {
  if (!document.fullscreenEnabled) { toast(t("no_full")); return; }
  if (document.fullscreenElement) await document.exitFullscreen();
  else await document.documentElement.requestFullscreen().catch(() => toast(t("no_full")));
}

/* A mouse click goes on; a tap plays and pauses; a swipe turns the page. */
function watchPointer(stage) {
  let from = null;
  stage.addEventListener("pointerdown", (event) => { from = event.isPrimary ? [event.clientX, event.clientY] : null; });
  stage.addEventListener("pointercancel", () => { from = null; });
  stage.addEventListener("pointerup", (event) => {
    if (!from || event.button !== 0 || event.target.closest("button, dialog")) return;
    const [x, y] = [event.clientX - from[0], event.clientY - from[1]];
    from = null;
    if (Math.abs(x) > SWIPE_PX && Math.abs(x) > 1.5 * Math.abs(y)) {
      if (x < 0) show.next();
      else show.previous();
    } else if (Math.hypot(x, y) < SWIPE_PX / 4) {
      if (event.pointerType === "mouse") show.next();
      else show.proceed();
    }
  });
}

/* In full screen the controls and the pointer leave after a moment without a move; keys bring no controls back. */
function watchIdle() {
  let timer = 0;
  const wake = () => {
    document.body.classList.remove("idle");
    clearTimeout(timer);
    timer = setTimeout(() => document.body.classList.add("idle"), IDLE_MS);
  };
  for (const event of ["pointermove", "pointerdown", "focusin"]) document.addEventListener(event, wake);
  document.addEventListener("fullscreenchange", wake);
  wake();
}

function watchButtons() {
  const press = {
    list: () => openPanel("beats"), previous: () => show.previous(), next: () => show.next(),
    subtitles: () => captions.toggle(), mute: toggleMute, speaker: () => speaker.open(), full: toggleFull,
    "reading-next": () => show.jump(show.index + 1), help: () => openPanel("help-panel"), "start": () => show.proceed(), "big-play": () => show.replay(),
    play: () => (show.phase === "done" ? show.replay() : show.proceed()),
  };
  for (const [id, act] of Object.entries(press)) $(id).addEventListener("click", act);
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
    });
  }
}
