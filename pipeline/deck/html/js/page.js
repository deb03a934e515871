/* The deck's data, and the films and pictures that it is made of. */
const deck = JSON.parse($("deck").textContent);
const slides = deck.slides;
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

const unpacked = new Map();
/* The address of a film or picture: a path beside the page, or, for "#id", what the page itself carries. */
function mediaUrl(source) {
  if (!source.startsWith("#")) return source;
  if (!unpacked.has(source)) {
    const store = $(source.slice(1));
    const bytes = Uint8Array.from(atob(store.textContent.trim()), (letter) => letter.charCodeAt(0));
    unpacked.set(source, URL.createObjectURL(new Blob([bytes], { type: store.dataset.type })));
    store.remove();  // the text is half as large again as the bytes, which are kept now
  }
  return unpacked.get(source);
}
