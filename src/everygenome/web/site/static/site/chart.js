// A picture becomes one that can be explored: with the pointer, or with the arrow keys. Each
// mark of the picture carries its own words, and they are shown beside it and read aloud.

async function open(picture) {
  if (picture.dataset.opened) return;
  picture.dataset.opened = "yes";
  const image = picture.querySelector("img");
  // As the browser chooses; what it has chosen it may not say yet.
  const fits = [...picture.querySelectorAll("source")].find((one) => matchMedia(one.media).matches);
  const answer = await fetch(fits?.srcset ?? image.src);
  if (!answer.ok || !picture.isConnected) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  if (drawn.nodeName !== "svg") return;
  const box = document.createElement("div");
  box.className = "chart";
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", image.alt + " Use the arrow keys to go through the marks.");
  drawn.setAttribute("aria-hidden", "true");
  box.append(document.importNode(drawn, true));
  const words = document.createElement("p");
  words.className = "tip";
  words.setAttribute("role", "status");
  words.hidden = true;
  box.append(words);
  const hadFocus = document.activeElement === image;
  image.hidden = true;
  picture.after(box);
  picture.hidden = true;
  explore(box, words);
  if (hadFocus) box.focus();
}

function explore(box, words) {
  const marks = [...box.querySelectorAll("[aria-label][role='graphics-symbol']")]
    .filter((mark) => mark.getAttribute("aria-label"));
  let at = -1;
  function show(mark) {
    box.querySelector(".picked")?.classList.remove("picked");
    mark.classList.add("picked");
    words.textContent = mark.getAttribute("aria-label");
    words.hidden = false;
    const frame = box.getBoundingClientRect();
    const place = mark.getBoundingClientRect();
    const width = words.offsetWidth;
    const left = Math.min(Math.max(0, place.left - frame.left + place.width / 2 - width / 2),
      Math.max(0, frame.width - width));
    const above = place.top - frame.top - words.offsetHeight - 8;
    words.style.left = `${left}px`;
    words.style.top = `${above > 0 ? above : place.bottom - frame.top + 8}px`;
  }
  function hide() {
    words.hidden = true;
    box.querySelector(".picked")?.classList.remove("picked");
  }
  box.addEventListener("pointerover", (event) => {
    const mark = event.target.closest("[aria-label][role='graphics-symbol']");
    if (mark) { at = marks.indexOf(mark); show(mark); } else hide();
  });
  box.addEventListener("pointerleave", hide);
  box.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") return hide();
    if (event.key === "Home") at = 0;
    else if (event.key === "End") at = marks.length - 1;
    else if (step) at = (at + step + marks.length) % marks.length;
    else return undefined;
    event.preventDefault();
    if (marks[at]) show(marks[at]);
    return undefined;
  });
}

function watch() {
  for (const picture of document.querySelectorAll("picture[data-chart]")) {
    const image = picture.querySelector("img");
    if (image.dataset.watched) continue;
    image.dataset.watched = "yes";
    image.tabIndex = 0;
    for (const kind of ["pointerenter", "focus", "touchstart"]) {
      image.addEventListener(kind, () => open(picture), { once: true, passive: true });
    }
  }
}

// Drawn for another ground or another width, a chart gives way to the picture that fits.
function fold() {
  for (const box of document.querySelectorAll("picture + .chart")) {
    const picture = box.previousElementSibling;
    const image = picture.querySelector("img");
    delete picture.dataset.opened;
    delete image.dataset.watched;
    picture.hidden = image.hidden = false;
    const held = document.activeElement === box;
    box.remove();
    watch();
    if (held) image.focus({ preventScroll: true });
  }
}

for (const what of ["(max-width: 44rem)", "(prefers-color-scheme: dark)"]) {
  matchMedia(what).addEventListener("change", fold);
}
document.addEventListener("shown", watch);
watch();
