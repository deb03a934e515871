/* What both pages build on: words in the chosen language, new elements, brief messages. */
const $ = (id) => document.getElementById(id);
const words = JSON.parse($("words").textContent);
let language = document.documentElement.lang;

/* The word for `key` in the interface's language, with {fields} filled. */
function t(key, fields = {}) {
  return words[language][key].replace(/\{(\w+)\}/g, (whole, name) => String(fields[name] ?? whole));
}

/* Write words into `root`: data-t is an element's text, data-t-label its name and tooltip. */
function translate(root) {
  for (const element of root.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of root.querySelectorAll("[data-t-label]")) label(element, element.dataset.tLabel);
}

function label(element, key) {
  element.dataset.tLabel = key;
  element.setAttribute("aria-label", t(key));
  const shortcut = element.dataset.key;
  element.title = shortcut ? `${t(key)} (${shortcut})` : t(key);
}

/* A new element: make("p", {className: "x"}, "text", child …). Text is always text, never markup. */
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function setIcon(button, name) {
  button.querySelector("use").setAttribute("href", `#i-${name}`);
}

let toastTimer = 0;
/* Say something briefly, to eyes and to screen readers. */
function toast(text) {
  const place = $("toast");
  place.textContent = text;
  place.classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { place.classList.remove("shown"); place.textContent = ""; }, 2600);
}

/* 83.4 -> "1:23" */
function clockText(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60) % 60;
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
