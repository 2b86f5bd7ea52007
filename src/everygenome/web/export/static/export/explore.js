// Adds up the cube by the reader's choices, and shows the sums. The same reckoning as
// queries/cube.py describes; nothing is sent anywhere.

const ALL = "All traits";
const NAMES = ["unit", "stage", "denominator", "from_year", "to_year", "trait_parent"];
const USUAL = { unit: "participations", stage: "discovery", denominator: "recorded",
  from_year: "", to_year: "", trait_parent: "" };
const ONE = { studies: "study", publications: "publication" };
const WORDS = {
  unit: { participations: "Participations (uses of a person’s data)", studies: "Studies", publications: "Publications" },
  stage: { discovery: "Discovery (the search)", replication: "Replication (the check)", all: "Both together" },
  denominator: { recorded: "Records that say clearly who took part", all: "All records" },
};
const root = document.getElementById("explore");
const form = document.getElementById("choices");
const by = (id) => document.getElementById(id);
const grouped = new Intl.NumberFormat("en-GB");

// ---- reckoning ----------------------------------------------------------------------

const sum = (rows, weigh) => {
  let total = null;
  for (const row of rows) {
    const value = weigh(row);
    if (value !== null) total = (total ?? 0) + value;
  }
  return total;
};
const over = (value, base) => (base && value !== null ? value / base : null);

function decoded(cube) {
  const years = cube.years.length;
  const union = (said, name) => new Set(said.flatMap((item) => item[name]));
  // What each combination says in a stage; for both stages the two are put together.
  const inStage = Object.fromEntries(cube.stages.map((stage) => [stage, cube.combinations.map((pair) => {
    const places = { discovery: [pair[0]], replication: [pair[1]], all: pair }[stage];
    const said = places.filter((place) => place >= 0).map((place) => cube.said[place]);
    return said.length === 0 ? null : {
      alone: union(said, "alone"), named: union(said, "named"),
      recorded: said.some((item) => item.recorded), unclear: said.some((item) => item.unclear),
    };
  })]));
  const tables = Object.fromEntries(Object.entries(cube.units).map(([unit, columns]) => {
    let cell = 0;
    return [unit, columns.cell.map((step, place) => {
      cell += step;
      return {
        parent: cube.trait_parents[Math.floor(cell / years)], year: cube.years[cell % years],
        pair: columns.combination[place], count: columns.count[place],
        amount: columns.people ? columns.people[place] : columns.count[place],
        unstated: columns.unstated ? columns.unstated[place] : 0,
      };
    })];
  }));
  return { cube, inStage, tables };
}

function selected(data, asked, unit) {
  const { stage, trait_parent: parent, from_year: from, to_year: to } = asked;
  const within = (year) => (from === "" && to === "")
    || (year !== null && year >= (from === "" ? year : from) && year <= (to === "" ? year : to));
  return data.tables[unit].flatMap((row) => {
    if (row.parent !== (parent || ALL) || !within(row.year)) return [];
    const said = data.inStage[stage][row.pair];
    return said ? [{ ...row, said }] : [];
  });
}

function figures(cube, rows, denominator) {
  const amount = (row) => row.amount;
  const everyone = sum(rows, amount);
  const clear = sum(rows.filter((row) => row.said.recorded), amount);
  const unclear = sum(rows.filter((row) => row.said.unclear), amount) ?? 0;
  const base = denominator === "recorded" ? clear : everyone;
  const groups = cube.groups.map((group, place) => {
    const alone = rows.filter((row) => row.said.alone.has(place));
    const naming = rows.filter((row) => row.said.named.has(place));
    const value = alone.length ? sum(alone, amount) : 0;
    const named = naming.length ? sum(naming, amount) : 0;
    const overlap = sum(naming.filter((row) => row.said.unclear), amount) ?? 0;
    const inside = denominator === "all" || group.in_recorded;
    const whole = !group.is_class;
    return {
      group: group.group, is_class: group.is_class, value,
      share: inside ? over(value, base) : null,
      share_with_others: inside && whole ? over(named, base) : null,
      share_min: whole ? over(value, everyone) : null,
      share_max: whole ? over((named ?? 0) + unclear - overlap, everyone) : null,
      rows: sum(alone, (row) => row.count) ?? 0, rows_with_others: sum(naming, (row) => row.count) ?? 0,
    };
  });
  return { groups, base, everyone, excluded: everyone ? 1 - (clear ?? 0) / everyone : null };
}

function answer(data, asked) {
  const rows = selected(data, asked, asked.unit);
  const years = new Map();
  for (const row of rows) {
    if (row.year !== null) years.set(row.year, [...(years.get(row.year) ?? []), row]);
  }
  const trend = [...years.keys()].sort((a, b) => a - b)
    .map((year) => ({ year, ...figures(data.cube, years.get(year), asked.denominator) }));
  return { ...figures(data.cube, rows, asked.denominator), trend };
}

// ---- words --------------------------------------------------------------------------

function percent(share) {
  if (share === null) return "no figure";
  if (share === 0 || share === 1) return `${share * 100}%`;
  if (share < 0.001) return "<0.1%";
  if (share > 0.999) return ">99.9%";
  const tenths = share * 1000;
  // Exact halves go to the even digit, as on the other pages.
  const half = tenths % 1 === 0.5 && Math.floor(tenths) % 2 === 0;
  return half ? `${(Math.floor(tenths) / 10).toFixed(1)}%` : `${(share * 100).toFixed(1)}%`;
}

const number = (value) => (value === null ? "no figure" : grouped.format(value));
const chosenYears = ({ from_year: from, to_year: to }) => {
  if (from === "" && to === "") return "all years";
  if (from === to) return `${from}`;
  return `${from === "" ? "up to" : from}${from === "" ? " " : to === "" ? " onwards" : " to "}${to}`;
};

function caption(cube, asked) {
  const stage = asked.stage === "all" ? "discovery and replication" : asked.stage;
  const marked = cube.release.demonstration ? " (demonstration data, not real)" : "";
  return `Share of ${asked.unit}, ${stage}, ${asked.trait_parent || "all subjects"}, ${chosenYears(asked)}; `
    + `shares of ${asked.denominator === "all" ? "all records" : "records that say clearly who took part"}. `
    + `Release of ${cube.release.date}${marked}.`;
}

function finding(found) {
  const named = found.groups.filter((row) => row.share && !row.is_class).sort((a, b) => b.share - a.share);
  if (!named.length) return "No record that fits these choices names a group. That is not a share of zero.";
  const [first, second] = named;
  const next = second ? `; ${second.group} comes next with ${percent(second.share)}` : "";
  return `${first.group} holds ${percent(first.share)}${next}.`;
}

function caveats(data, asked, found) {
  const { cube } = data;
  const records = selected(data, asked, "participations");
  const fill = (id, words) => cube.caveats[id].replace(/\{(\w+)\}/g, (_, name) => words[name]);
  const told = cube.notes.map((note) => note.text);
  if (asked.unit === "participations") told.push(fill("participations_are_not_people"));
  else told.push(fill("shares_do_not_add_up", { unit_one: ONE[asked.unit] }));
  if (!records.length) return [...told, fill("nothing_selected")];
  if (asked.denominator === "recorded" && found.excluded) {
    const part = found.excluded < 0.001 ? "less than 0.1%" : percent(found.excluded);
    told.push(fill("not_recorded_excluded", { excluded: part, unit: asked.unit }));
  }
  const unstated = sum(records, (row) => row.unstated);
  if (unstated && asked.unit === "participations") told.push(fill("numbers_missing", { missing: number(unstated) }));
  const several = cube.groups.findIndex((group) => group.group === "Multiple");
  if (records.some((row) => row.said.alone.has(several))) told.push(fill("multiple_is_not_mixed"));
  const papers = sum(selected(data, asked, "publications"), (row) => row.count) ?? 0;
  if (papers < 10) told.push(fill("small_base", { publications: papers }));
  if (found.trend.length) told.push(fill("reconstructed_history"));
  const last = found.trend.at(-1)?.year;
  if (last >= Number(cube.release.date.slice(0, 4))) told.push(fill("partial_year", { year: last }));
  const spread = cube.in_several_years[asked.unit];
  if (spread) told.push(`${number(spread)} ${asked.unit} have records in several years, and count once in each of them.`);
  return told;
}

// ---- showing ------------------------------------------------------------------------

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function drawing(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function cell(value, text, attributes = {}) {
  return element("td", { class: "n", "data-value": value ?? "", ...attributes }, text);
}

function bar(row) {
  const svg = drawing("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" });
  svg.append(drawing("rect", { width: (row.share ?? 0) * 100, height: 10 }));
  if (row.share_min !== null && row.rows_with_others) {
    svg.append(drawing("line", { x1: row.share_min * 100, x2: row.share_max * 100, y1: 5, y2: 5 }));
  }
  return element("td", { class: "chart" }, svg);
}

function showComposition(cube, asked, found) {
  const table = by("composition-table");
  table.caption.textContent = caption(cube, asked);
  table.tBodies[0].replaceChildren(...found.groups.map((row) => {
    const outside = row.is_class && row.share === null;
    const cells = row.rows_with_others
      ? [cell(row.share, outside ? "left out" : row.rows ? percent(row.share) : "none"), bar(row),
        ...(row.is_class
          ? [element("td", { class: "n", colspan: "3" }, "stands for no single group")]
          : [row.share_with_others, row.share_min, row.share_max].map((value) => cell(value, percent(value))))]
      : [element("td", { class: "n", colspan: "5" }, "no record names this group")];
    const attributes = { "data-group": row.group, ...(row.is_class ? { class: "class" } : {}) };
    return element("tr", attributes, element("th", { scope: "row" }, row.group), ...cells,
      cell(row.value, number(row.value)));
  }));
}

const shownGroups = (found) => {
  const some = new Set(found.trend.flatMap((year) => year.groups.filter((row) => row.share !== null).map((row) => row.group)));
  return found.groups.filter((row) => !row.is_class || some.has(row.group)).map((row) => row.group);
};

function showTrend(cube, asked, found) {
  const table = by("trend-table");
  const groups = shownGroups(found);
  table.caption.textContent = `${caption(cube, asked)} “None”: no record of that year names the group alone.`;
  const heads = ["Year", ...groups, `Shares are of (${asked.unit})`];
  table.tHead.replaceChildren(element("tr", {}, ...heads.map((name, place) => element("th", { scope: "col", ...(place ? { class: "n" } : {}) }, name))));
  table.tBodies[0].replaceChildren(...found.trend.map(({ year, groups: rows, base }) => element("tr", { "data-year": year },
    element("th", { scope: "row" }, `${year}`),
    ...groups.map((name) => {
      const row = rows.find((item) => item.group === name);
      const text = row.share === null ? "no figure" : row.rows ? percent(row.share) : "none";
      return cell(row.share, text, { "data-group": name });
    }),
    cell(base, number(base)))));
}

function show(data, asked, messages) {
  const found = answer(data, asked);
  const box = by("messages");
  box.replaceChildren(...messages.map((text) => element("p", {}, text)));
  box.hidden = messages.length === 0;
  for (const name of NAMES) form.elements[name].value = asked[name];
  by("finding").textContent = `${finding(found)} ${caption(data.cube, asked)}`;
  showComposition(data.cube, asked, found);
  showTrend(data.cube, asked, found);
  by("notes-list").replaceChildren(...caveats(data, asked, found).map((text) => element("li", {}, text)));
  for (const id of ["composition", "trend", "notes"]) by(id).hidden = false;
  root.dataset.shown = NAMES.map((name) => asked[name]).join("|");
  draw(data.cube, asked, found);
}

// ---- pictures -----------------------------------------------------------------------

const dark = matchMedia("(prefers-color-scheme: dark)");
const narrow = matchMedia("(max-width: 44rem)");
let latest = null;
let drawer = null;

function draw(...given) {
  latest = given;
  if (drawer) drawer();
}

function onceSeen(figures, act) {
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    act();
  }, { rootMargin: "200px" });
  figures.forEach((figure) => watch.observe(figure));
}

function loaded(address) {
  return new Promise((resolve, reject) => {
    const script = element("script", { src: address });
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

async function prepareDrawing() {
  const [response] = await Promise.all([fetch(root.dataset.charts), loaded(root.dataset.vega)]);
  const charts = await response.json();
  const views = [];
  let turn = 0;
  drawer = async () => {
    turn += 1;
    const mine = turn;
    const [cube, asked, found] = latest;
    const look = [dark.matches ? "dark" : "light", narrow.matches ? "narrow" : "wide"];
    const groups = shownGroups(found);
    const rows = {
      composition: found.groups.filter((row) => groups.includes(row.group)),
      trend: found.trend.flatMap(({ year, groups: those }) => those.filter((row) => groups.includes(row.group)).map((row) => ({ year, ...row }))),
    };
    for (const name of ["composition", "trend"]) {
      const figure = by(`${name}-chart`);
      const spec = { ...charts[look[0]][look[1]][name], datasets: { shares: rows[name] } };
      if (spec.facet) spec.facet = { ...spec.facet, sort: groups };
      spec.description = `${spec.description} ${caption(cube, asked)} Every number is in the table above.`;
      const place = element("div");
      const made = await window.vegaEmbed(place, spec, {
        ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: false,
      });
      if (mine !== turn) { made.finalize(); return; }
      views.shift()?.finalize();
      views.push(made);
      figure.replaceChildren(place);
      figure.dataset.drawn = root.dataset.shown;
    }
  };
  for (const list of [dark, narrow]) list.addEventListener("change", () => drawer());
  await drawer();
}

// ---- choices and address ------------------------------------------------------------

function known(cube) {
  const years = cube.years.filter((year) => year !== null).map(String);
  const subjects = cube.trait_parents.filter((name) => name !== ALL && name !== "No mapped trait");
  return { unit: Object.keys(cube.units), stage: cube.stages, denominator: cube.denominators,
    from_year: ["", ...years], to_year: ["", ...years], trait_parent: ["", ...subjects] };
}

function read(cube, query) {
  const given = new URLSearchParams(query);
  const choices = known(cube);
  const messages = [];
  const asked = { ...USUAL };
  for (const [name, value] of given) {
    const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
    if (["view", "release"].includes(name)) continue;
    if (!NAMES.includes(name)) messages.push(`“${name.slice(0, 60)}” is no choice of this page, so it was left out.`);
    else if (!choices[name].includes(value)) messages.push(`“${shown}” is no ${name.replaceAll("_", " ")} that is known here, so it was left out.`);
    else asked[name] = value;
  }
  for (const name of ["from_year", "to_year"]) if (asked[name] !== "") asked[name] = Number(asked[name]);
  if (asked.from_year !== "" && asked.to_year !== "" && asked.from_year > asked.to_year) {
    messages.push(`The years ${asked.from_year} to ${asked.to_year} hold no year. The later one was left out.`);
    asked.to_year = "";
  }
  return { asked, messages };
}

function written() {
  const said = NAMES.map((name) => [name, form.elements[name].value]).filter(([name, value]) => value !== USUAL[name]);
  const query = new URLSearchParams(said.length ? [["view", "1"], ...said] : []).toString();
  return location.pathname + (query ? `?${query}` : "");
}

function fillForm(cube) {
  for (const [name, values] of Object.entries(known(cube))) {
    const empty = { from_year: "the first", to_year: "the last", trait_parent: "All subjects" }[name];
    form.elements[name].replaceChildren(...values.map((value) =>
      element("option", { value }, value === "" ? empty : WORDS[name]?.[value] ?? value)));
  }
}

async function start() {
  let cube;
  try {
    const response = await fetch(root.dataset.cube);
    if (!response.ok) throw new Error(response.status);
    cube = await response.json();
  } catch {
    by("finding").textContent = location.protocol === "file:"
      ? "This page needs a web server, because browsers do not let a page on a disk read other files. In the folder of this copy, run: python3 -m http.server"
      : "The numbers could not be loaded. Load the page again.";
    return;
  }
  const data = decoded(cube);
  fillForm(cube);
  form.hidden = false;
  const look = () => { const { asked, messages } = read(cube, location.search); show(data, asked, messages); };
  form.addEventListener("change", () => { history.pushState(null, "", written()); look(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    history.pushState(null, "", location.pathname);
    look();
  });
  window.addEventListener("popstate", look);
  look();
  onceSeen([by("composition-chart"), by("trend-chart")], () => {
    prepareDrawing().catch(() => { by("composition-chart").textContent = "The pictures could not be drawn here; every number is in the tables."; });
  });
}

start();
