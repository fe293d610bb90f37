"use strict";

const form = document.querySelector("form");
const fields = ["error", "type", "report", "text"]
  .map((name) => form.elements[name])
  .filter(Boolean);
const keys = document.querySelector("#part-keys input");
const count = document.querySelector("output");
const list = document.querySelector("#part-list");
const fold = (text) => text.normalize("NFKC").toLowerCase();
const segments = Array.from(list.children, (node) => ({
  node,
  has: new Set(node.dataset.has.split(" ")),
  text: fold(`${node.id} ${node.querySelector(".text").textContent}`),
}));
let current = -1;

/** What is asked for, without the fields that are left open. */
function asked() {
  return Object.fromEntries(fields.filter((each) => each.value).map((each) => [each.name, each.value]));
}

function ask(values) {
  for (const each of fields) {
    each.value = values.get(each.name) ?? "";
    // a choice that there is none of
    if (each.selectedIndex === -1) each.value = "";
  }
}

/** Shows the segments that are asked for, and says how many there are. */
function apply() {
  const { error, type, report, text = "" } = asked();
  const token = [error, type].filter(Boolean).join(":");
  const words = fold(text);
  let shown = 0;
  for (const each of segments) {
    const fits =
      (!token || each.has.has(token)) &&
      (!report || each.node.dataset.report === report) &&
      each.text.includes(words);
    each.node.hidden = !fits;
    shown += fits;
  }
  count.value = `${shown} of ${segments.length} segments`;
}

/** Shows what is asked for, and writes it into the address. */
function changed() {
  apply();
  history.replaceState(null, "", `#${new URLSearchParams(asked())}`);
}

function reset() {
  ask(new Map());
  changed();
}

/** Asks for what the address says: filters, or the id of a segment. */
function restore() {
  const hash = location.hash.slice(1);
  const target = document.querySelector("article:target");
  if (!hash || hash.includes("=")) {
    ask(new URLSearchParams(hash));
    apply();
    if (hash) form.scrollIntoView();
  } else if (target) {
    if (target.hidden) ask(new Map());
    apply();
    target.focus();
  } else apply();
}

/** Goes to the next shown segment, or with -1 to the previous one. */
function go(step) {
  let place = current + step;
  while (segments[place]?.node.hidden) place += step;
  segments[place]?.node.focus();
}

function leave(field) {
  field.blur();
  segments[current]?.node.focus({ preventScroll: true });
}

function pressed(event) {
  if (!keys.checked || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = fields.find((each) => each === event.target);
  const actions = field
    ? { Escape: () => leave(field) }
    : { "/": () => form.elements.text.focus(), j: () => go(1), k: () => go(-1), Escape: reset };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

/** Shows which entity of the other side answers the one that is pointed at. */
function point(event) {
  const mark = event.target.closest("mark[data-pair]");
  if (!mark) return;
  const on = event.type === "mouseover" || event.type === "focusin";
  for (const each of list.querySelectorAll(`mark[data-pair="${mark.dataset.pair}"]`))
    each.classList.toggle("answer", on);
}

/** Keeps what is scrolled to clear of the filters, where they stay in sight. */
function clear() {
  const sticky = getComputedStyle(form).position === "sticky";
  document.documentElement.style.scrollPaddingTop = sticky ? `${form.offsetHeight + 8}px` : "";
}

for (const kind of ["input", "change"]) form.addEventListener(kind, changed);
form.addEventListener("submit", (event) => event.preventDefault());
form.querySelector("button").addEventListener("click", reset);
document.addEventListener("keydown", pressed);
list.addEventListener("focusin", (event) => {
  const own = event.target.closest("article");
  current = segments.findIndex((each) => each.node === own);
});
for (const kind of ["mouseover", "mouseout", "focusin", "focusout"])
  list.addEventListener(kind, point);
window.addEventListener("hashchange", restore);
new ResizeObserver(clear).observe(form);
form.hidden = false;
keys.closest("p").hidden = false;
clear();
restore();
