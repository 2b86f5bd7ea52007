// Every study as a dot: one strip for each group, dates to the right, sizes upwards. All dots
// are in memory as typed arrays and are drawn anew within a few milliseconds.

const HEIGHT = 110;
const DAY = 86400000;
const NEAR = 10;
const many = (number, one, more) => `${number.toLocaleString("en-GB")} ${number === 1 ? one : more}`;
let view = null;

function read(buffer) {
  const bytes = new DataView(buffer);
  const size = bytes.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, size)));
  const kinds = { uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array, int32: Int32Array,
    float64: Float64Array };
  const arrays = {};
  for (const { name, type, offset, length } of header.arrays) {
    arrays[name] = new kinds[type](buffer, offset, length);
  }
  return { header, ...arrays };
}

function names(points) {
  const { prefix, digits, others } = points.header.accessions;
  const odd = new Map(others);
  const numbers = new Float64Array(points.accession.length);
  let number = 0;
  for (let i = 0; i < numbers.length; i++) numbers[i] = number += points.accession[i];
  return (i) => odd.get(i) ?? prefix + String(numbers[i]).padStart(digits, "0");
}

class Strips {
  constructor(section, points) {
    this.section = section;
    this.points = points;
    this.name = names(points);
    const { header, day, size, group } = points;
    this.first = header.first_day;
    this.last = day.length ? day[day.length - 1] : 0;
    this.from = -30;
    this.to = this.last + 30;
    let most = 10;
    for (const value of size) if (value > most) most = value;
    this.top = Math.ceil(Math.log10(most) * 2) / 2;
    this.members = header.groups.map(() => []);
    for (let i = 0; i < day.length; i++) this.members[group[i]].push(i);
    this.canvases = [];
    this.build();
  }

  build() {
    const strips = this.section.querySelector("[data-strips]");
    strips.replaceChildren();
    const zoom = document.createElement("p");
    for (const [label, by] of [["Closer", 0.5], ["Farther", 2], ["All years", 0]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", () => this.zoom(by));
      zoom.append(button, " ");
    }
    strips.append(zoom);
    this.points.header.groups.forEach((group, place) => {
      const inside = this.members[place];
      if (!inside.length) return;
      const strip = document.createElement("div");
      strip.className = "strip";
      const title = document.createElement("h3");
      title.textContent = `${group}: ${many(inside.length, "study", "studies")}`;
      const canvas = document.createElement("canvas");
      canvas.tabIndex = 0;
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", `${title.textContent}. Arrow keys go from study to study, `
        + "Enter opens one. The list below holds the same studies.");
      strip.append(title, canvas);
      strips.append(strip);
      this.canvases.push({ canvas, place });
      this.listen(canvas, place);
    });
    this.draw();
  }

  zoom(by, centre = (this.from + this.to) / 2) {
    const half = by ? ((this.to - this.from) * by) / 2 : Infinity;
    this.from = Math.max(-30, centre - half);
    this.to = Math.min(this.last + 30, centre + half);
    if (this.to - this.from < 20) this.to = this.from + 20;
    this.draw();
  }

  pan(days) {
    const width = this.to - this.from;
    this.from = Math.min(Math.max(-30, this.from + days), this.last + 30 - width);
    this.to = this.from + width;
    this.draw();
  }

  x(i, width) { return ((this.points.day[i] - this.from) / (this.to - this.from)) * width; }

  y(i, height) {
    return height - 2 - (Math.log10(Math.max(1, this.points.size[i])) / this.top) * (height - 6);
  }

  draw() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      const style = getComputedStyle(document.documentElement);
      const ink = style.getPropertyValue("--mark").trim();
      const quiet = style.getPropertyValue("--quiet").trim();
      for (const { canvas, place } of this.canvases) this.strip(canvas, place, ink, quiet);
    });
  }

  strip(canvas, place, ink, quiet) {
    const scale = devicePixelRatio || 1;
    const width = Math.round(canvas.clientWidth * scale);
    const height = Math.round(HEIGHT * scale);
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext("2d");
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(ink.slice(at, at + 2), 16));
    const counts = new Uint16Array(width * height);
    const dot = Math.max(2, Math.round(2 * scale));
    for (const i of this.members[place]) {
      const left = Math.round(this.x(i, width)) - 1;
      if (left < 0 || left > width - dot) continue;
      const above = Math.max(0, Math.round(this.y(i, height)) - 1);
      for (let down = above; down < Math.min(height, above + dot); down++) {
        for (let right = left; right < left + dot; right++) counts[down * width + right]++;
      }
    }
    const image = context.createImageData(width, height);
    for (let at = 0; at < counts.length; at++) {
      if (!counts[at]) continue;
      const place = at * 4;
      image.data[place] = red;
      image.data[place + 1] = green;
      image.data[place + 2] = blue;
      image.data[place + 3] = 255 * (1 - 0.55 ** Math.min(counts[at], 8)) + 20;
    }
    context.putImageData(image, 0, 0);
    this.axes(context, width, height, scale, quiet);
    if (this.picked?.place === place) this.mark(context, width, height, scale);
  }

  axes(context, width, height, scale, quiet) {
    context.fillStyle = quiet;
    context.font = `${11 * scale}px system-ui, sans-serif`;
    for (const [text, power] of [["100", 2], ["10,000", 4], ["1 million", 6]]) {
      if (power > this.top) continue;
      const at = height - 2 - (power / this.top) * (height - 6);
      context.fillRect(0, at, 5 * scale, scale);
      context.fillText(text, 7 * scale, at + 4 * scale);
    }
    const days = this.to - this.from;
    const step = Math.ceil(days / 365 / Math.max(3, width / scale / 90));
    const start = new Date((this.first + this.from) * DAY).getUTCFullYear();
    const end = new Date((this.first + this.to) * DAY).getUTCFullYear();
    for (let year = start + 1; year <= end; year += step) {
      const at = ((Date.UTC(year, 0, 1) / DAY - this.first - this.from) / days) * width;
      if (at < 60 * scale || at > width - 30 * scale) continue;
      context.fillRect(at, height - 5 * scale, scale, 5 * scale);
      context.fillText(String(year), at + 3 * scale, height - 3 * scale);
    }
  }

  mark(context, width, height, scale) {
    context.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue("--focus");
    context.lineWidth = 2 * scale;
    context.beginPath();
    context.arc(this.x(this.picked.i, width), this.y(this.picked.i, height), 6 * scale, 0, 7);
    context.stroke();
  }

  nearest(canvas, place, event) {
    const box = canvas.getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    let best = -1;
    let least = NEAR * NEAR;
    for (const i of this.members[place]) {
      const dx = this.x(i, box.width) - px;
      if (dx > NEAR) break;
      if (dx < -NEAR) continue;
      const dy = this.y(i, HEIGHT) - py;
      if (dx * dx + dy * dy < least) [best, least] = [i, dx * dx + dy * dy];
    }
    return best;
  }

  // Keys can pick a study that lies beyond the years shown.
  see(i) {
    const day = this.points.day[i];
    if (day < this.from || day > this.to) this.pan(day - (this.from + this.to) / 2);
  }

  pick(i, place) {
    this.picked = { i, place };
    this.see(i);
    const { dataset } = this.section;
    const said = this.section.querySelector("[data-picked]");
    const link = document.createElement("a");
    const accession = this.name(i);
    link.href = `${dataset.study}${encodeURIComponent(accession)}/${dataset.query}`;
    link.textContent = accession;
    const date = new Date((this.first + this.points.day[i]) * DAY).toISOString().slice(0, 10);
    const group = this.points.header.groups[place];
    said.replaceChildren("Study ", link, `: ${group}, published ${date}, `
      + `${many(this.points.size[i], "participation", "participations")}. The link has the paper.`);
    this.draw();
    return link.href;
  }

  listen(canvas, place) {
    let grabbed = null;
    canvas.addEventListener("pointerdown", (event) => { grabbed = { x: event.clientX, moved: 0 }; });
    canvas.addEventListener("pointermove", (event) => {
      if (!grabbed) {
        canvas.style.cursor = this.nearest(canvas, place, event) < 0 ? "crosshair" : "pointer";
        return;
      }
      const by = event.clientX - grabbed.x;
      grabbed.x = event.clientX;
      grabbed.moved += Math.abs(by);
      this.pan((-by / canvas.clientWidth) * (this.to - this.from));
    });
    canvas.addEventListener("pointerup", (event) => {
      const still = grabbed && grabbed.moved < 4;
      grabbed = null;
      const i = still ? this.nearest(canvas, place, event) : -1;
      if (i >= 0) this.pick(i, place);
    });
    canvas.addEventListener("pointerleave", () => { grabbed = null; });
    canvas.addEventListener("dblclick", (event) => {
      const box = canvas.getBoundingClientRect();
      const at = (event.clientX - box.left) / box.width;
      this.zoom(0.5, this.from + at * (this.to - this.from));
    });
    canvas.addEventListener("keydown", (event) => {
      const inside = this.members[place];
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const at = this.picked?.place === place ? inside.indexOf(this.picked.i) : -1;
      if (event.key === "Enter" && at >= 0) location.assign(this.pick(inside[at], place));
      if (!step) return;
      event.preventDefault();
      this.pick(inside[Math.min(Math.max(0, at + step), inside.length - 1)], place);
    });
  }
}

async function start() {
  const section = document.getElementById("every");
  if (!section || section.dataset.begun) return;
  section.dataset.begun = "yes";
  const answer = await fetch(section.dataset.points);
  if (!answer.ok) return;
  const points = read(await answer.arrayBuffer());
  section.hidden = false;
  const left = points.header.head.coverage;
  section.querySelector("[data-said]").textContent =
    `${many(points.header.points, "dot", "dots")}. Choose a dot to see its study. Without a number: `
    + `${many(left.points_without_number, "record", "records")}; without a date: `
    + `${many(left.points_without_day, "record", "records")}. They cannot be drawn.`;
  view = new Strips(section, points);
}

document.addEventListener("shown", start);
addEventListener("resize", () => view?.draw());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => view?.draw());
start();
