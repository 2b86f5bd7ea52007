// A page works without this script. With it, a choice shows at once: the same page is asked
// for with the new address, and its main part put in place of the old one.

const main = () => document.getElementById("main");
const say = (text) => { document.getElementById("said").textContent = text; };
let asked = 0;
let shown = location.pathname + location.search;

function addressOf(form) {
  const said = new URLSearchParams();
  for (const field of form.elements) {
    if (!field.name || field.disabled || field.type === "submit") continue;
    const value = field.value.trim();
    if (value && value !== (field.dataset.usual ?? "")) said.set(field.name, value);
  }
  const query = said.toString();
  return form.getAttribute("action") + (query ? "?view=1&" + query : "");
}

// Pictures that are being fetched keep their place with the one shown before.
function keepPictures(before, after) {
  for (const fresh of after.querySelectorAll("picture[data-chart] img")) {
    const id = fresh.closest("section").id;
    const old = before.querySelector(`section[id="${id}"] picture[data-chart]`);
    if (!old) continue;
    const picture = fresh.parentElement;
    const stays = old.cloneNode(true);
    stays.removeAttribute("data-chart");
    stays.classList.add("waiting");
    // It may have been hidden behind a chart that was being explored.
    stays.hidden = false;
    for (const image of stays.querySelectorAll("img")) {
      image.hidden = false;
      image.alt = "";
      image.removeAttribute("tabindex");
    }
    fresh.loading = "eager";
    picture.hidden = true;
    picture.before(stays);
    const done = () => { stays.remove(); picture.hidden = false; };
    fresh.decode().then(done, done);
  }
}

// Head, foot and banners name the release too.
function keepAround(page) {
  for (const place of ["header.site", "footer.site"]) {
    const old = document.querySelector(place);
    const fresh = page.querySelector(place);
    if (old && fresh && old.outerHTML !== fresh.outerHTML) old.replaceWith(fresh);
  }
  for (const old of document.querySelectorAll("body > aside.banner")) old.remove();
  main().before(...page.querySelectorAll("body > aside.banner"));
}

// What a reader who does not see the page is told: what was asked about, before all else.
function toldBy(page, held) {
  const list = page.querySelector("#list-heading");
  const told = page.querySelector(".messages") ?? (held?.closest("form.own") ? list : null)
    ?? page.querySelector("section.figure h2") ?? list ?? page.querySelector("h1");
  return told?.textContent.trim() ?? "";
}

export async function go(address, { push = true, list = false } = {}) {
  const mine = ++asked;
  main().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const text = await answer.text();
    if (mine !== asked) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.getElementById("main");
    if (!fresh) throw new Error("no page");
    const { id } = document.activeElement ?? {};
    const inside = main().contains(document.activeElement);
    const opened = [...main().querySelectorAll("details[open]")].map(nameOf);
    document.adoptNode(fresh);
    for (const item of fresh.querySelectorAll("details")) {
      if (opened.includes(nameOf(item))) item.open = true;
    }
    const before = main();
    keepPictures(before, fresh);
    keepAround(page);
    before.replaceWith(fresh);
    document.title = page.title;
    // Where all was understood, the page knows the shortest address that says the same.
    const short = fresh.querySelector(".messages") ? null : fresh.querySelector("[data-address]");
    const url = new URL(short?.dataset.address ?? answer.url, location.href);
    shown = url.pathname + url.search;
    if (push) history.pushState({}, "", shown);
    const held = id ? document.getElementById(id) : null;
    // What had the focus may be gone, as a choice that was taken back: the reader is not.
    if (list) first(fresh);
    else if (held) held.focus({ preventScroll: true });
    else if (inside) fresh.focus({ preventScroll: true });
    say(toldBy(fresh, held));
    document.dispatchEvent(new Event("shown"));
  } catch {
    // Whatever went wrong, the ordinary way still leads there.
    if (mine === asked) location.assign(address);
  }
}

// The next page of a list begins at its heading.
function first(page) {
  const heading = page.querySelector("#list-heading") ?? page;
  heading.tabIndex = -1;
  heading.focus();
}

const nameOf = (details) =>
  (details.closest("section")?.id ?? "") + ":" + details.querySelector("summary")?.textContent;

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-controls]");
  if (form && event.target.name) go(addressOf(form));
});
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-controls]");
  if (!form) return;
  event.preventDefault();
  go(addressOf(form));
});
document.addEventListener("click", (event) => {
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
  const link = event.target.closest?.("a[data-soft]");
  if (!link || !plain) return;
  event.preventDefault();
  go(link.getAttribute("href"), { list: Boolean(link.closest(".paging")) });
});
addEventListener("popstate", () => {
  // A link to a place within the page comes here too.
  const address = location.pathname + location.search;
  if (address !== shown) go(address, { push: false });
});

// Copying: a button beside each field that holds something to copy.
function offerCopies() {
  for (const field of document.querySelectorAll("input[data-copy]")) {
    if (field.nextElementSibling?.dataset.copies) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.dataset.copies = "yes";
    button.setAttribute("aria-label", "Copy: " + field.labels[0].textContent);
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy");
      }
      say("Copied.");
      button.textContent = "Copied";
    });
    field.after(button);
  }
}

// Traits, funders, cohorts and journals that fit what is being typed. Several may be joined
// with ";": the last one is completed.
let typed = 0;
document.addEventListener("input", async (event) => {
  const field = event.target;
  if (!field.dataset?.suggest) return;
  const mine = ++typed;
  const cut = field.value.lastIndexOf(";") + 1;
  const before = field.value.slice(0, cut) + (cut ? " " : "");
  const words = field.value.slice(cut).trim();
  if (words.length < 2) return;
  const joined = field.dataset.suggest.includes("?") ? "&" : "?";
  const answer = await fetch(field.dataset.suggest + joined + "search=" + encodeURIComponent(words));
  if (!answer.ok || mine !== typed) return;
  const { traits = [], entities = [] } = await answer.json();
  field.list.replaceChildren(...[...traits, ...entities].map((one) => {
    const option = document.createElement("option");
    option.value = `${before}${one.name} (${one.id})`;
    option.label = "studies" in one ? `${one.studies.toLocaleString("en-GB")} studies` : one.of;
    return option;
  }));
});

document.addEventListener("shown", offerCopies);
offerCopies();
