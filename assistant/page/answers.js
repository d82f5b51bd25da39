// What stands beside messages: tools under an answer and a question, what to ask next, names for screen readers.

import { ask, busy, messages, record } from "./channel.js";
import { button, make, post, tell } from "./dom.js";
import { copy, plain, save } from "./export.js";
import * as limits from "./limits.js";
import { CITE, LINK, placeOf } from "./place.js";
import { t } from "./words.js";

export function decorate() {
  const all = messages();
  const running = busy();
  all.forEach((message, n) => {
    message.removeAttribute("aria-label"); // it repeats the message's Markdown
    const done = !(running && n === all.length - 1);
    const tools = message.parentElement.querySelector(":scope > .fn-tools");
    const kind = message.dataset.testid;
    if (done && tools?.dataset.kind === kind) return;
    tools?.remove();
    if (done) message.after(kind === "bot" ? answerTools(message) : questionTools(message));
  });
  document.querySelector("#fn-chat .examples[role]")?.removeAttribute("role"); // a list of buttons is none
  for (const link of document.querySelectorAll(LINK)) {
    if (link.hasAttribute("role")) continue;
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    if (link.matches(CITE)) link.setAttribute("aria-label", t("marker", { n: link.textContent }));
  }
}

const indexOf = (message) => messages().indexOf(message);

// The messages up to this one, the last user's question before it being the one that it answers.
function upTo(message) {
  return record().slice(0, indexOf(message) + 1);
}

function answerTools(message) {
  const tools = make("div", { class: "fn-tools", "data-kind": "bot" });
  const again = () => {
    const at = indexOf(message) - 1;
    const asked = record()[at];
    if (asked?.role === "user") ask(plain(asked.content), at);
  };
  tools.append(
    button(t("copy"), () => copy(upTo(message).slice(-2))),
    button(t("again"), again),
    button(t("helpful"), (event) => thumb("up", message, tools, event.target)),
    button(t("unhelpful"), (event) => thumb("down", message, tools, event.target)),
    button(t("download"), () => save(plain(record()[0]?.content ?? "").slice(0, 200) || "Chat", record(), "markdown")),
  );
  return tools;
}

function questionTools(message) {
  const tools = make("div", { class: "fn-tools", "data-kind": "user" });
  tools.append(button(t("edit"), () => edit(message, tools)));
  return tools;
}

function edit(message, tools) {
  const at = indexOf(message);
  const box = make("textarea", { rows: "3", "aria-label": t("editing") });
  box.value = plain(record()[at]?.content ?? "");
  const send = () => box.value.trim() && !busy() && (close(), ask(box.value, at));
  const form = make("form", { class: "fn-edit" }, box, make("button", { type: "submit", class: "fn-primary" }, t("send")), button(t("cancel"), close));
  form.onsubmit = (event) => {
    event.preventDefault();
    send();
  };
  box.onkeydown = (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  };
  function close() {
    form.remove();
    message.hidden = tools.hidden = false;
    tools.querySelector("button")?.focus();
  }
  message.hidden = tools.hidden = true;
  message.before(form);
  box.focus();
}

// A thumb, with an optional word; it is sent with the word or without.
function thumb(verdict, message, tools, pressed) {
  tools.parentElement.querySelector(".fn-word")?.remove();
  const box = make("input", { "aria-label": t("word"), placeholder: t("word"), maxlength: "1000" });
  const form = make("form", { class: "fn-word" }, box, make("button", { type: "submit" }, t("send")), button(t("cancel"), () => (form.remove(), pressed.focus())));
  form.onsubmit = async (event) => {
    event.preventDefault();
    const body = { verdict, word: box.value, talk: upTo(message), places: shown(message).slice(0, 200), limits: limits.json() };
    const answer = await post("ui/feedback", body);
    tell(answer.error ?? t("noted"));
    if (answer.error) return;
    form.remove();
    for (const other of tools.querySelectorAll("[aria-pressed]")) other.removeAttribute("aria-pressed");
    pressed.setAttribute("aria-pressed", "true");
    pressed.focus();
  };
  tools.after(form);
  box.focus();
}

function shown(message) {
  const places = [...message.querySelectorAll(CITE)].map(placeOf).filter(Boolean).map(({ id, start, end }) => [id, start, end]);
  return [...new Map(places.map((place) => [place.join(), place])).values()];
}

// What to ask next, under the last answer; the server has asked each, and the articles answer it.
let suggested = "";
export async function suggest() {
  const last = messages().at(-1);
  const talk = record();
  const key = JSON.stringify(talk.at(-1) ?? "");
  if (busy() || last?.dataset.testid !== "bot" || !last.querySelector(CITE) || key === suggested) return;
  suggested = key;
  for (const old of document.querySelectorAll(".fn-next-questions")) old.remove();
  const asked = talk.filter((m) => m.role === "user").map((m) => plain(m.content)).slice(-20);
  const places = messages().reverse().flatMap(shown).slice(0, 20); // those of the last answer first
  const answer = await post("ui/suggestions", { places, asked, limits: limits.json() });
  if (busy() || messages().at(-1) !== last || !answer.suggestions?.length) return;
  const questions = answer.suggestions.map((question) => button(question, () => ask(question, record().length)));
  const tools = last.parentElement.querySelector(".fn-tools") ?? last;
  tools.after(make("div", { class: "fn-next-questions" }, make("p", {}, t("next3")), ...questions));
}

// Suggestions go with the answer that they were made for.
export function tidy() {
  const last = messages().at(-1);
  for (const old of document.querySelectorAll(".fn-next-questions")) {
    if (busy() || !last?.parentElement.contains(old)) old.remove();
  }
}
