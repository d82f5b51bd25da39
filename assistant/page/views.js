// The bar at the top, and what it leads to: the chat, the articles, the quote checker, the history.

import { button, make } from "./dom.js";
import { shut } from "./panel.js";
import { t } from "./words.js";

const views = new Map(); // name -> {tab, section, opened}

// A view is a name, and what fills its section each time it is opened.
export function build(names, onNew) {
  const tabs = make("div", { class: "fn-tabs" });
  for (const [name, fill] of names) {
    const tab = button(t(name), () => open(name), { "data-view": name });
    const section = fill && make("main", { id: `fn-view-${name}`, class: "fn-view", hidden: true, "aria-label": t(name) });
    if (section) document.body.append(section);
    views.set(name, { tab, section, fill });
    tabs.append(tab);
  }
  const fresh = button("", onNew, { id: "fn-new" });
  fresh.append(make("span", {}, t("newChat")));
  const nav = make("nav", { class: "fn-nav", "aria-label": t("main") }, make("h1", { class: "fn-name" }, "Footnote"), tabs, fresh);
  document.body.prepend(nav);
  document.body.append(make("div", { id: "fn-told", role: "status" }));
  open("chat");
}

export function open(name) {
  shut();
  for (const [other, { tab, section }] of views) {
    if (section) section.hidden = other !== name;
    if (other === name) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  document.body.classList.toggle("fn-away", name !== "chat");
  const { section, fill } = views.get(name);
  if (section) fill(section);
}
