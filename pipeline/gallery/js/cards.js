/* The cards, and the chips that choose among them. */
const places = new Map();  // item id -> its <li>

function buildCards() {
  for (const item of items) {
    const card = $("card").content.firstElementChild.cloneNode(true);
    const poster = card.querySelector(".poster");
    if (item.poster) poster.prepend(make("img", { src: item.poster, alt: "", loading: "lazy", decoding: "async" }));
    else poster.prepend(make("span", { className: "no-poster" }, item.formats[0]?.toUpperCase() ?? ""));
    if (item.theme) poster.dataset.look = item.theme;  // what is transparent is seen on its own background
    const length = card.querySelector(".length");
    length.hidden = item.seconds === null || item.kind === "picture";
    length.textContent = length.hidden ? "" : clockText(item.seconds);
    card.querySelector(".card-title").textContent = item.title;
    if (item.language) card.querySelector(".card-title").lang = item.language;
    card.querySelector(".given").textContent = item.given;
    card.querySelector(".formats").replaceChildren(...item.formats.map((name) => make("span", {}, name)));
    card.addEventListener("click", () => openItem(item));
    const place = make("li", { className: "item" }, card);
    places.set(item.id, place);
    $("items").append(place);
  }
}

function drawCards() {
  let shown = 0;
  for (const item of items) {
    const place = places.get(item.id);
    place.hidden = !wanted(item);
    shown += place.hidden ? 0 : 1;
    place.querySelector(".card-meta").textContent = meta(item);
  }
  $("count").textContent = t("count", { all: items.length, shown });
  $("nothing").hidden = shown > 0;
}

/* A row of chips for each group that has something to choose; a chip says how many there are. */
function drawChips() {
  const rows = Object.entries(GROUPS).map(([group, nameOf]) => {
    const counts = new Map();
    for (const item of items) counts.set(item[group], (counts.get(item[group]) ?? 0) + 1);
    if (counts.size < 2) return null;
    const rank = ([one], [two]) => (one === "") - (two === "") || nameOf(one).localeCompare(nameOf(two), language);
    const chips = [...counts].sort(rank).map(([value, count]) => {
      const chip = make("button", { className: "chip", type: "button" }, nameOf(value), make("span", {}, ` ${count}`));
      chip.dataset.value = value;
      chip.setAttribute("aria-pressed", String(wish[group] === value));
      chip.addEventListener("click", () => choose(group, value));
      return chip;
    });
    const row = make("div", { className: "chip-row", role: "group" }, make("span", { className: "chip-name", id: `chips-${group}` }, t(group)), ...chips);
    row.dataset.group = group;
    row.setAttribute("aria-labelledby", `chips-${group}`);
    return row;
  });
  $("chips").replaceChildren(...rows.filter(Boolean));
}

function choose(group, value) {
  wish[group] = wish[group] === value ? null : value;
  drawChips();
  drawCards();
  $("chips").querySelector(`[data-group="${group}"] [data-value="${CSS.escape(value)}"]`).focus();
}

function showAll() {
  Object.assign(wish, { query: "", scene: null, language: null, kind: null });
  $("query").value = "";
  drawChips();
  drawCards();
  $("query").focus();
}
