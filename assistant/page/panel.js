// The panel: an article beside the chat (on a phone over it), at a place, with the other quotes of the same answer.

import { button, get, make, stated } from "./dom.js";
import { placeOf, quotesBeside } from "./place.js";
import { paragraphs } from "./text.js";
import { t } from "./words.js";

const OVER = matchMedia("(max-width: 899px)"); // the width below which the article lies over the chat

let panel = null;
let opener = null;
let places = [];
let current = 0;
let loaded = null; // the article that the panel shows
let turn = 0;

export const isOpen = () => panel !== null;

// At the place that a link names.
export function openLink(link) {
  const place = placeOf(link);
  if (!place) return;
  const beside = place.kind === "cite" ? quotesBeside(link) : [];
  const at = beside.findIndex((p) => p.link.getAttribute("href") === link.getAttribute("href"));
  places = at < 0 ? [place] : beside;
  if (at >= 0) places[at] = { ...places[at], link };
  loaded = null;
  go(Math.max(at, 0), true);
}

// From its beginning; `link` is what opened it.
export function openArticle(id, link) {
  places = [{ kind: "whole", id, link }];
  loaded = null;
  go(0, true);
}

async function go(index, focus) {
  const mine = ++turn;
  const place = places[index];
  opener?.removeAttribute("aria-expanded");
  opener = place.link;
  current = index;
  if (loaded?.id !== place.id) {
    const here = places.filter((p) => p.id === place.id && p.kind !== "whole");
    const article = await get("ui/article", [["id", place.id], ...here.map((p) => ["place", `${p.start}-${p.end}`])]);
    if (mine !== turn) return;
    loaded = { ...article, id: place.id };
    build(here.filter((p) => article.marks?.[`${p.start}-${p.end}`] === p.mark));
  }
  point(place, focus);
}

function build(here) {
  panel?.remove();
  const kind = places[current].kind;
  panel = make("div", {
    id: "fn-panel",
    class: kind === "cite" ? "fn-panel" : "fn-panel fn-reading",
    role: "dialog",
    "aria-labelledby": "fn-panel-title",
  });
  const scroller = make("div", { class: "fn-scroller", tabindex: "0", role: "group", "aria-label": t("text") });
  if (!loaded.error) scroller.append(...paragraphs(loaded, here));
  loaded.marked = here;
  panel.append(heading(), scroller);
  document.body.append(panel);
  document.body.classList.add("fn-open");
  underneath();
}

function heading() {
  const top = make("header");
  const title = make("h2", { id: "fn-panel-title" }, loaded.error ? t("unopened") : loaded.title);
  top.append(title, button("×", shut, { class: "fn-close", "aria-label": t("close") }));
  if (stated(loaded)) top.append(make("p", { class: "fn-stated" }, stated(loaded)));
  if (/^https?:\/\//i.test(loaded.url ?? "")) top.append(outside(loaded.url));
  if (loaded.also?.length) top.append(elsewhere(loaded.also));
  top.append(make("p", { class: "fn-note", hidden: true }));
  if (places.length > 1) {
    top.append(
      make(
        "div",
        { class: "fn-steps" },
        button(t("previous"), () => step(-1), { class: "fn-previous" }),
        make("span", { class: "fn-count", role: "status" }),
        button(t("next"), () => step(1), { class: "fn-next" }),
      ),
    );
  }
  return top;
}

// The copies of the article, folded away: one voice, some addresses.
function elsewhere(also) {
  const places = also.map((copy) => {
    const line = [copy.title, stated(copy)].filter(Boolean).join(" · ");
    return make("li", {}, /^https?:\/\//i.test(copy.url ?? "") ? outside(copy.url, line) : line);
  });
  return make("details", { class: "fn-also" }, make("summary", {}, t("also", { n: also.length })), make("ul", {}, ...places));
}

const outside = (url, text = t("original")) =>
  make("a", { class: "fn-outside", href: url, target: "_blank", rel: "noopener noreferrer" }, text);

// Show one of the places: its marks are strong, the others' are faint.
function point(place, focus) {
  const n = loaded.marked.indexOf(place);
  for (const mark of panel.querySelectorAll("mark")) mark.classList.toggle("fn-other", mark.dataset.place !== String(n));
  const note = panel.querySelector(".fn-note");
  const whole = place.kind === "whole";
  note.textContent = loaded.error ?? (whole ? "" : n < 0 ? t("changed") : place.kind === "read" ? t("reading") : "");
  note.hidden = !note.textContent;
  const count = panel.querySelector(".fn-count");
  if (count) count.textContent = t("count", { n: current + 1, all: places.length });
  for (const [name, end] of [["previous", 0], ["next", places.length - 1]]) {
    panel.querySelector(`.fn-${name}`)?.setAttribute("aria-disabled", String(current === end));
  }
  opener?.setAttribute("aria-expanded", "true");
  const mark = n < 0 ? null : panel.querySelector(`mark[data-place="${n}"]`);
  mark?.scrollIntoView({ block: mark.offsetHeight > innerHeight / 2 ? "start" : "center" });
  if (focus) (mark ?? panel.querySelector(".fn-close")).focus({ preventScroll: true });
}

function step(by) {
  const index = current + by;
  if (index < 0 || index >= places.length) return;
  const name = by < 0 ? "previous" : "next";
  const held = panel.contains(document.activeElement) && document.activeElement.tagName === "BUTTON";
  go(index, !held).then(() => held && panel?.querySelector(`.fn-${name}`)?.focus());
}

export function shut() {
  turn += 1;
  if (!panel) return;
  panel.remove();
  panel = null;
  document.body.classList.remove("fn-open");
  opener?.removeAttribute("aria-expanded");
  underneath();
  (opener?.isConnected ? opener : document.querySelector("#fn-question textarea"))?.focus();
}

// Beside the article the page stays usable; under it, it is out of reach.
function underneath() {
  const covered = panel !== null && OVER.matches;
  for (const part of document.querySelectorAll("gradio-app, body > .gradio-container, .fn-nav, .fn-view")) part.inert = covered;
  panel?.setAttribute("aria-modal", String(OVER.matches));
}

OVER.addEventListener("change", underneath);

addEventListener("keydown", (event) => {
  if (!panel) return;
  if (event.key === "Escape") {
    event.preventDefault();
    shut();
  } else if (panel.contains(event.target) && !event.altKey && !event.ctrlKey && !event.metaKey) {
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
    if (event.key === "Tab" && OVER.matches) keepInside(event);
  }
});

function keepInside(event) {
  const stops = [...panel.querySelectorAll("a[href], button, [tabindex='0']")];
  const last = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== last) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0]).focus();
}
