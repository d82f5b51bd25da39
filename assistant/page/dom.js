// Elements and requests. Text is always set as text; nothing here reads HTML.

import { t } from "./words.js";

// make("button", {class: "a", onclick: f}, "text", child): attributes, listeners as properties, then what is inside.
export function make(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made[key] = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...inside.filter((child) => child !== undefined && child !== null && child !== ""));
  return made;
}

export const button = (text, onclick, attributes = {}) => make("button", { type: "button", onclick, ...attributes }, text);

// What the server answers, or {error: a sentence}.
export async function get(path, query = []) {
  return answered(fetch(`${path}?${new URLSearchParams(query)}`));
}

export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return answered(fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function answered(request) {
  try {
    const response = await request;
    const found = await response.json().catch(() => ({}));
    if (!response.ok && !found.error) found.error = t("refused");
    return found;
  } catch {
    return { error: t("unreachable") };
  }
}

// A sentence that screen readers say, and that the eye finds at the foot of the page for a while.
export function tell(sentence) {
  const bar = document.getElementById("fn-told");
  bar.textContent = sentence;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => (bar.textContent = ""), 6000);
}

export const stated = (article) => [article.publisher, article.published].filter(Boolean).join(" · ");
