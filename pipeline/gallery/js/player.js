/* An opened item: it grows in its place, plays there, and says all that is known of it. */
let opened = null;  // {item, panel}
const ORDER = ["mp4", "webm", "mov", "gif", "webp", "png", "jpg", "pptx", "pdf", "html", "docx", "srt", "vtt"];

async function openItem(item) {
  closeItem(false);
  let data;
  try {
    data = await dataOf(item);
  } catch {  // its file is missing or damaged, which is all there is to know
    toast(t("no_data"));
    return;
  }
  closeItem(false);
  const panel = $("panel").content.firstElementChild.cloneNode(true);
  opened = { item, panel, data };
  fillPanel(item, panel, data);
  const place = places.get(item.id);
  place.classList.add("open");
  place.append(panel);
  history.replaceState(null, "", `#${item.id}`);
  panel.querySelector(".close").focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest", behavior: "instant" });
}

function closeItem(back = true) {
  if (!opened) return;
  const { item, panel } = opened;
  opened = null;
  const film = panel.querySelector("video");
  if (film) { film.pause(); film.removeAttribute("src"); film.load(); }
  panel.remove();
  const place = places.get(item.id);
  place.classList.remove("open");
  if (back) { place.querySelector(".card").focus(); history.replaceState(null, "", location.pathname); }
}

function fillPanel(item, panel, data) {
  panel.querySelector("h2").textContent = item.title;
  panel.querySelector("h2").id = "panel-title";
  panel.setAttribute("aria-labelledby", "panel-title");
  if (item.language) panel.querySelector("h2").lang = item.language;
  panel.querySelector(".panel-meta").textContent = [meta(item), item.path].filter(Boolean).join(" · ");
  panel.querySelector(".numbers").setAttribute("aria-label", t("numbers"));
  panel.querySelector(".close").addEventListener("click", () => closeItem());
  fillScreen(item, panel, data);
  fillDownloads(panel, data);
  fillDetails(item, panel, data);
  const made = panel.querySelector(".made-by");
  made.hidden = !data.command;
  made.querySelector("code").textContent = data.command;
  made.querySelector(".copy").addEventListener("click", () => copy(data.command, made.querySelector("code")));
  const problems = panel.querySelector(".problems");
  problems.hidden = data.problems.length === 0;
  problems.querySelector("ul").replaceChildren(...data.problems.map((text) => make("li", {}, text)));
  translate(panel);
}

function fillScreen(item, panel, data) {
  const place = panel.querySelector(".picture");
  if (item.theme) place.dataset.look = item.theme;
  const numbers = panel.querySelector(".numbers");
  numbers.querySelector(".numbers-none").textContent = data.rows ? t("numbers_hint") : t("no_numbers");
  numbers.hidden = data.rows === null && item.kind !== "film";
  panel.classList.toggle("no-numbers", numbers.hidden);
  if (data.film) {
    const film = filmOf(item, data);
    place.append(film);
    film.addEventListener("error", () => cannot(panel, t("broken")));
    const seconds = item.seconds;
    if (seconds) new Strip(panel, data, film, seconds);
  } else if (data.picture) {
    place.append(pictureOf(item, data));
  } else if (item.poster) {
    place.append(make("img", { src: item.poster, alt: item.title }));
    if (item.kind !== "document") cannot(panel, t("cannot_play"));
  }
  place.hidden = !place.firstElementChild;
}

/* A picture. One that moves waits to be started where movement is not wanted. */
function pictureOf(item, data) {
  const picture = make("img", { src: data.picture, alt: item.title });
  if (!/\.(gif|webp)$/i.test(data.picture) || !item.poster || !calm.matches) return picture;
  const start = make("button", { type: "button", className: "still" }, make("img", { src: item.poster, alt: item.title }), make("span", { className: "hidden" }, t("play")));
  start.addEventListener("click", () => start.replaceWith(picture));
  return start;
}

function cannot(panel, text) {
  const place = panel.querySelector(".cannot");
  place.textContent = text;
  place.hidden = false;
}

/* A film with its subtitles; where they are in the picture already, they wait to be turned on. */
function filmOf(item, data) {
  const film = make("video", { src: data.film, poster: item.poster, controls: true, playsInline: true, preload: "metadata" });
  film.setAttribute("aria-label", item.title);
  if (data.size.length) film.style.aspectRatio = `${data.size[0]} / ${data.size[1]}`;
  const own = data.subtitles[language] ? language : Object.keys(data.subtitles)[0];
  for (const [code, cues] of Object.entries(data.subtitles)) {
    const track = film.addTextTrack("subtitles", code ? words[code].language_name : t("other"), code || "und");
    for (const [start, end, text] of cues) if (end > start) track.addCue(new VTTCue(start, end, text));
    track.mode = code === own && !data.burned ? "showing" : "disabled";
  }
  return film;
}

function fillDownloads(panel, data) {
  const rank = (suffix) => (ORDER.indexOf(suffix) + 1) || ORDER.length + 1;
  const files = [...data.files].sort((one, two) => rank(one[1]) - rank(two[1]));
  panel.querySelector(".downloads").replaceChildren(...files.map(([name, suffix, address, size]) => {
    const page = suffix === "html";
    const link = make("a", { href: address, title: name }, make("b", {}, page ? t("open_deck") : suffix), make("span", {}, page ? "" : ` ${bytes(size)}`));
    if (page) link.target = "_blank";
    else link.download = name;
    return make("li", {}, link);
  }));
}

function fillDetails(item, panel, data) {
  const locale = { ko: "ko-KR", en: "en-GB" }[language];
  const facts = [
    ["length", item.seconds === null ? "" : `${item.seconds.toFixed(1)} s`],
    ["size", data.size.length ? `${data.size[0]} × ${data.size[1]}` : ""],
    ...["author", "recorder", "seed", "versions"].map((key) => [key, data.details[key]]),
    ["made", new Date(data.made).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" })],
  ];
  const known = facts.filter(([, value]) => value !== undefined && value !== "");
  panel.querySelector(".run dl").replaceChildren(...known.map(([key, value]) => make("div", {}, make("dt", {}, t(key)), make("dd", {}, String(value)))));
}

async function copy(text, place) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("copied"));
  } catch {  // not allowed here: the text is selected instead, and said how to copy it
    getSelection().selectAllChildren(place);
    toast(t("select_it"));
  }
}
