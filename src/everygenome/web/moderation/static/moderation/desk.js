// Keys of the desk. Everything works without them. A key goes to a form or a page and never
// decides anything. They can be turned off (WCAG 2.1.4), and rest while somebody writes.

const STORED = "desk-keys";
const dialog = document.getElementById("keys");
const toggle = document.getElementById("keys-on");
const opener = document.getElementById("keys-open");

const stored = () => { try { return localStorage.getItem(STORED); } catch { return null; } };
const areOn = () => toggle.checked;

function show() {
  for (const hint of document.querySelectorAll("kbd.hint")) hint.hidden = !areOn();
}

const rows = () => [...document.querySelectorAll("ol.queue > li")];

function move(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
  all[Math.min(Math.max(to, 0), all.length - 1)].querySelector("h3 a").focus();
}

const row = () => rows().find((one) => one.contains(document.activeElement));

// On a contribution's page: open the form and go to it.
function openForm(key) {
  const found = document.querySelector(`details[data-key="${key}"]`);
  if (!found) return;
  found.open = true;
  found.querySelector("select, textarea").focus();
}

const follow = (rel) => document.querySelector(`main a[rel="${rel}"]`)?.click();

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  o: () => row()?.querySelector("h3 a").click(),
  x: () => row()?.querySelector('input[type="checkbox"]').click(),
  n: () => follow("next"),
  p: () => follow("prev"),
  a: () => openForm("a"),
  c: () => openForm("c"),
  d: () => openForm("d"),
  h: () => openForm("h"),
  "?": () => dialog.showModal(),
};

const isWriting = (where) =>
  where.closest?.('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]');

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (!areOn() || dialog.open || isWriting(event.target)) return;
  const key = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : null;
  if (!key) return;
  event.preventDefault();
  key();
});

toggle.checked = stored() !== "off";
toggle.addEventListener("change", () => {
  try { localStorage.setItem(STORED, areOn() ? "on" : "off"); } catch { /* for this page only */ }
  show();
});
opener.hidden = false;
opener.addEventListener("click", () => dialog.showModal());
show();
