// A page works without this script. With it, a choice shows at once: the same page is asked
// for with the new address, and its main part put in place of the old one.

const main = () => document.getElementById("main");
const say = (text) => { document.getElementById("said").textContent = text; };
let asked = 0;

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
    for (const image of stays.querySelectorAll("img")) image.alt = "";
    fresh.loading = "eager";
    picture.hidden = true;
    picture.before(stays);
    const done = () => { stays.remove(); picture.hidden = false; };
    fresh.decode().then(done, done);
  }
}

export async function go(address, { push = true } = {}) {
  const mine = ++asked;
  main().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const text = await answer.text();
    if (mine !== asked) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.getElementById("main");
    if (!fresh) throw new Error("no page");
    const held = document.activeElement?.id;
    const opened = [...main().querySelectorAll("details[open]")].map(nameOf);
    document.adoptNode(fresh);
    for (const item of fresh.querySelectorAll("details")) {
      if (opened.includes(nameOf(item))) item.open = true;
    }
    const before = main();
    keepPictures(before, fresh);
    before.replaceWith(fresh);
    document.title = page.title;
    const url = new URL(answer.url);
    if (push) history.pushState({}, "", url.pathname + url.search);
    if (held) document.getElementById(held)?.focus({ preventScroll: true });
    say(fresh.querySelector(".messages")?.textContent.trim()
      || fresh.querySelector("section.figure h2, #list-heading, h1")?.textContent.trim() || "");
    document.dispatchEvent(new Event("shown"));
  } catch {
    // Whatever went wrong, the ordinary way still leads there.
    if (mine === asked) location.assign(address);
  }
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
  go(link.getAttribute("href"));
});
addEventListener("popstate", () => go(location.pathname + location.search, { push: false }));

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

// Traits that fit what is being typed.
let typed = 0;
document.addEventListener("input", async (event) => {
  const field = event.target;
  if (!field.dataset?.traits) return;
  const mine = ++typed;
  const words = field.value.trim();
  if (words.length < 2) return;
  const joined = field.dataset.traits.includes("?") ? "&" : "?";
  const answer = await fetch(field.dataset.traits + joined + "search=" + encodeURIComponent(words));
  if (!answer.ok || mine !== typed) return;
  const found = (await answer.json()).traits;
  field.list.replaceChildren(...found.map((trait) => {
    const option = document.createElement("option");
    option.value = `${trait.name} (${trait.id})`;
    option.label = `${trait.studies.toLocaleString("en-GB")} studies`;
    return option;
  }));
});

document.addEventListener("shown", offerCopies);
offerCopies();
