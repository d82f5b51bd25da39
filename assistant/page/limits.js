// What the chat is limited to: {ids, publisher, from, to}. It goes with every question, and stays in sight.

import { put } from "./channel.js";
import { button, make } from "./dom.js";
import { t } from "./words.js";

const NONE = { ids: [], publisher: "", from: "", to: "" };
let limits = { ...NONE };
let titles = new Map();
const listeners = [];

export const current = () => limits;
export const limited = () => limits.ids.length > 0 || Boolean(limits.publisher || limits.from || limits.to);
export const json = () => (limited() ? JSON.stringify(limits) : "");
export const onChange = (listener) => listeners.push(listener);
export const know = (articles) => (titles = new Map(articles.map((a) => [a.id, a.title])));

export function admits(article) {
  const published = article.published ?? "";
  return (
    (limits.ids.length === 0 || limits.ids.includes(article.id)) &&
    (!limits.publisher || article.publisher === limits.publisher) &&
    (!limits.from || published >= limits.from) &&
    (!limits.to || (published !== "" && published <= limits.to))
  );
}

export function set(change) {
  limits = { ...limits, ...change };
  put("limits", json());
  bar();
  for (const listener of listeners) listener();
}

export const clear = () => set(NONE);

export function restore(kept) {
  try {
    const { ids, publisher, from, to } = JSON.parse(kept);
    set({ ids, publisher, from, to });
  } catch {
    clear();
  }
}

function words() {
  const { ids, publisher, from, to } = limits;
  const articles = ids.length === 1 ? `“${titles.get(ids[0]) ?? ids[0]}”` : ids.length ? t("articles", { n: ids.length }) : "";
  const dates = from && to ? `${from} – ${to}` : from ? t("since", { day: from }) : to ? t("until", { day: to }) : "";
  return [articles, publisher, dates].filter(Boolean).join(" · ");
}

// The line over the question.
export function bar() {
  const ask = document.querySelector("#fn-ask");
  if (!ask) return;
  const there = document.getElementById("fn-limit");
  const said = limited() ? `${t("limitedTo")} ${words()}` : "";
  if ((there?.firstChild.textContent ?? "") === said) return;
  there?.remove();
  if (!said) return;
  const line = make("div", { id: "fn-limit", role: "status" }, make("span", {}, said), button(t("searchAll"), clear));
  ask.before(line);
}
