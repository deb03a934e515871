/* What the gallery holds, and what of it is asked for. */
const { items, scenes } = JSON.parse($("gallery").textContent);
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const wish = { query: "", scene: null, language: null, kind: null };
const GROUPS = {
  scene: (value) => scenes[value]?.[language] ?? (value || t("other")),
  language: (value) => (value ? t(value) : t("other")),
  kind: (value) => t(value),
};

/* Whether `item` is asked for; a search wants every one of its words somewhere. */
function wanted(item) {
  if (Object.keys(GROUPS).some((group) => wish[group] !== null && item[group] !== wish[group])) return false;
  return wish.query.normalize("NFC").toLowerCase().split(/\s+/).every((word) => item.words.includes(word));
}

/* "Backward pass · Korean · dark": what a card says under its title. */
function meta(item) {
  const parts = [item.language && t(item.language), item.theme && t(item.theme), item.quality];
  return parts.filter(Boolean).join(" · ");
}

function bytes(count) {
  if (count < 1e6) return `${Math.max(1, Math.round(count / 1e3))} kB`;
  return `${(count / 1e6).toFixed(count < 1e7 ? 1 : 0)} MB`;
}

/* What is known of an item, from its own file: pages opened from a disk may run scripts beside them, not read data. */
const arriving = new Map();
const arrived = new Map();
window.gradreelGallery = (id, data) => { arrived.set(id, data); };

function dataOf(item) {
  if (arrived.has(item.id)) return Promise.resolve(arrived.get(item.id));
  if (!arriving.has(item.id)) {
    arriving.set(item.id, new Promise((resolve, reject) => {
      const script = make("script", { src: `gallery-files/data/${item.id}.js` });
      const end = () => {
        script.remove();
        arriving.delete(item.id);
        if (arrived.has(item.id)) resolve(arrived.get(item.id));
        else reject(new Error(item.id));
      };
      script.addEventListener("load", end);
      script.addEventListener("error", end);
      document.head.append(script);
    }));
  }
  return arriving.get(item.id);
}
