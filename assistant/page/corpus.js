// The articles: listed, searched, sorted, read, and ticked to limit the chat to them.

import { button, get, make } from "./dom.js";
import * as limits from "./limits.js";
import { openArticle } from "./panel.js";
import { t } from "./words.js";

const STEP = 200; // rows that are shown at a time
const COLUMNS = ["title", "publisher", "published", "language", "passages"];
const NAMES = { title: "title", publisher: "publisher", published: "date", language: "language", passages: "passages" };

let articles = [];
let sorted = { by: "title", down: false };
let sought = "";
let rows = STEP;
let section = null;

export async function fill(into) {
  section = into;
  const found = await get("ui/articles");
  articles = found.articles ?? [];
  limits.know(articles);
  section.replaceChildren(make("h2", {}, t("corpus")));
  if (found.error) section.append(make("p", { class: "fn-note", role: "alert" }, found.error));
  else section.append(make("p", { class: "fn-help" }, t("corpusHelp")), choices(), status(), table());
  list();
}

function choices() {
  const publishers = [...new Set(articles.map((a) => a.publisher).filter(Boolean))].sort();
  const now = limits.current();
  const search = make("input", { type: "search", value: sought, oninput: (e) => ((sought = e.target.value), (rows = STEP), list()) });
  const select = make("select", { onchange: (e) => limits.set({ publisher: e.target.value }) }, make("option", { value: "" }, t("all")));
  select.append(...publishers.map((name) => make("option", { value: name, selected: name === now.publisher }, name)));
  const day = (name) => make("input", { type: "date", value: now[name], onchange: (e) => limits.set({ [name]: e.target.value }) });
  return make(
    "div",
    { class: "fn-choices" },
    make("label", { class: "fn-wide" }, t("search"), search),
    make(
      "fieldset",
      {},
      make("legend", {}, t("limitChat")),
      make("label", {}, t("publisher"), select),
      make("label", {}, t("from"), day("from")),
      make("label", {}, t("to"), day("to")),
    ),
  );
}

const status = () => make("div", { class: "fn-status" }, make("span", { id: "fn-searched", role: "status" }), make("span", { id: "fn-listed" }));

function table() {
  const head = COLUMNS.map((name) =>
    make("th", { scope: "col", "data-column": name }, button(t(NAMES[name]), () => sort(name))),
  );
  const tick = make("th", { scope: "col" }, make("span", { class: "fn-unseen" }, t("limitChat")));
  return make(
    "div",
    { class: "fn-table" },
    make("table", {}, make("thead", {}, make("tr", {}, tick, ...head)), make("tbody")),
  );
}

function sort(by) {
  sorted = { by, down: sorted.by === by && !sorted.down };
  list();
}

function compare(a, b) {
  const [x, y] = [a[sorted.by], b[sorted.by]];
  if (x === y) return a.id < b.id ? -1 : 1;
  if (x === null || y === null) return x === null ? 1 : -1; // what isn't stated comes last, either way
  return (typeof x === "number" ? x - y : x.localeCompare(y)) * (sorted.down ? -1 : 1);
}

function list() {
  const body = section?.querySelector("tbody");
  if (!body) return;
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (a) => `${a.title} ${a.publisher ?? ""}`.toLowerCase();
  const found = articles.filter((a) => words.every((word) => text(a).includes(word))).sort(compare);
  body.replaceChildren(...found.slice(0, rows).map(row));
  if (found.length > rows) body.append(make("tr", {}, make("td", { colspan: "6" }, button(t("more"), () => ((rows += STEP), list())))));
  if (!found.length) body.append(make("tr", {}, make("td", { colspan: "6" }, t("none"))));
  for (const head of section.querySelectorAll("th[data-column]")) {
    const direction = head.dataset.column === sorted.by ? (sorted.down ? "descending" : "ascending") : "none";
    head.setAttribute("aria-sort", direction);
  }
  counts(found.length);
}

function counts(listed) {
  const all = articles.length;
  section.querySelector("#fn-listed").textContent = t("listed", { n: listed, all });
  const searched = section.querySelector("#fn-searched");
  searched.textContent = t("searched", { n: articles.filter(limits.admits).length, all });
  searched.parentElement.querySelector("button")?.remove();
  if (limits.limited()) searched.after(button(t("searchAll"), () => (limits.clear(), fill(section))));
}

function row(article) {
  const ticked = limits.current().ids.includes(article.id);
  const box = make("input", { type: "checkbox", "aria-label": t("tick", { title: article.title }), onchange: () => tick(article.id) });
  box.checked = ticked;
  const title = button(article.title, () => openArticle(article.id, title), { class: "fn-title", "aria-haspopup": "dialog" });
  const cells = COLUMNS.slice(1).map((name) => make("td", { "data-label": t(NAMES[name]), class: article[name] ? null : "fn-unstated" }, String(article[name] ?? t("unstated"))));
  return make("tr", { class: limits.admits(article) ? null : "fn-outside-limit" }, make("td", {}, box), make("td", { lang: article.language }, title), ...cells);
}

function tick(id) {
  const { ids } = limits.current();
  limits.set({ ids: ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id] });
}

limits.onChange(() => {
  if (!section || section.hidden) return;
  const held = document.activeElement?.closest?.("tr") && [...section.querySelectorAll("tbody tr")].indexOf(document.activeElement.closest("tr"));
  list();
  if (held >= 0) section.querySelectorAll("tbody tr")[held]?.querySelector("input")?.focus();
});
