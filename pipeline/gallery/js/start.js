/* Everything together. */
function setLanguage(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  document.title = `${t("gallery")} · gradreel`;
  translate(document);
  $("query").placeholder = t("search");
  $("language").lang = chosen === "ko" ? "en" : "ko";
  drawChips();
  drawCards();
  if (opened) openItem(opened.item);
}

function setLook(chosen) {
  document.documentElement.dataset.look = chosen;
}

$("query").addEventListener("input", () => { wish.query = $("query").value.trim(); drawCards(); });
$("show-all").addEventListener("click", showAll);
$("language").addEventListener("click", () => setLanguage(language === "ko" ? "en" : "ko"));
$("look").addEventListener("click", () => setLook(document.documentElement.dataset.look === "dark" ? "light" : "dark"));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && opened && !document.fullscreenElement) closeItem();
  if (event.key === "/" && !event.target.matches("input")) { event.preventDefault(); $("query").focus(); }
});
setLook(window.matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark");
buildCards();
setLanguage(navigator.language.startsWith("ko") ? "ko" : "en");
const linked = items.find((item) => `#${item.id}` === location.hash);
if (linked) openItem(linked);
