// The history: conversations of this browser, opened, renamed, deleted, downloaded.

import { messages, record, show } from "./channel.js";
import { button, make, tell } from "./dom.js";
import { plain, save } from "./export.js";
import * as limits from "./limits.js";
import * as store from "./store.js";
import { t } from "./words.js";
import { open as openView } from "./views.js";

let id = store.currentId() || fresh();
let kept = "";

function fresh() {
  return store.currentId(`${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`);
}

export function begin() {
  id = fresh();
  kept = "";
  limits.clear();
  show([]);
  openView("chat");
  document.querySelector("#fn-question textarea")?.focus();
}

// The conversation that this tab had before it was loaded again.
export function resume(tries = 20) {
  const chat = store.read(id);
  if (!chat?.talk.length || record().length || messages().length || tries === 0) return;
  limits.restore(chat.limits);
  show(chat.talk);
  setTimeout(() => resume(tries - 1), 250); // until Gradio listens
}

// Keep the conversation as it stands, once it has changed.
export function keep() {
  const talk = record();
  const now = JSON.stringify([talk, limits.json()]);
  if (!talk.length || now === kept) return;
  const before = kept;
  kept = now;
  const old = store.read(id);
  if (!before && old && JSON.stringify(old.talk) === JSON.stringify(talk)) return; // just opened
  const asked = talk.find((m) => m.role === "user");
  const chat = { id, title: old?.title || plain(asked?.content ?? "").slice(0, 120) || "?", when: Date.now(), talk, limits: limits.json() };
  const how = store.write(chat);
  if (how !== "kept") tell(t(how));
}

function open(chat) {
  id = store.currentId(chat.id);
  kept = "";
  limits.restore(chat.limits);
  show(chat.talk);
  openView("chat");
}

export function fill(section) {
  const chats = store.all();
  const list = make("ul", { class: "fn-chats" }, ...chats.map((chat) => item(chat, section)));
  section.replaceChildren(make("h2", {}, t("history")), make("p", { class: "fn-help" }, t("historyHelp")));
  section.append(chats.length ? list : make("p", {}, t("noHistory")));
}

function item(chat, section) {
  const when = new Date(chat.when);
  const title = button(chat.title, () => open(chat), { class: "fn-title", "aria-current": chat.id === id ? "true" : null });
  const tools = make(
    "div",
    { class: "fn-row" },
    make("time", { datetime: when.toISOString() }, when.toLocaleString()),
    button(t("rename"), () => rename(chat, made, section)),
    button(t("markdown"), () => save(chat.title, chat.talk, "markdown")),
    button(t("html"), () => save(chat.title, chat.talk, "html")),
    button(t("remove"), (event) => remove(chat, event.target, section), { class: "fn-danger" }),
  );
  const made = make("li", {}, title, tools);
  return made;
}

function rename(chat, row, section) {
  const box = make("input", { value: chat.title, "aria-label": t("name"), maxlength: "200" });
  const form = make("form", { class: "fn-row" }, box, make("button", { type: "submit" }, t("save")), button(t("cancel"), () => fill(section)));
  form.onsubmit = (event) => {
    event.preventDefault();
    if (box.value.trim()) store.write({ ...chat, title: box.value.trim() });
    fill(section);
  };
  row.replaceChildren(form);
  box.select();
}

function remove(chat, pressed, section) {
  if (pressed.dataset.sure !== "yes") {
    pressed.dataset.sure = "yes";
    pressed.textContent = t("sure");
    return;
  }
  store.remove(chat.id);
  tell(t("removed"));
  if (chat.id === id) {
    id = fresh();
    kept = "";
    show([]);
  }
  fill(section);
  section.querySelector("button")?.focus();
}
