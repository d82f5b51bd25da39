// The page's script: what Gradio's chat lacks. Whatever comes from the server is set as text, never as HTML.

import { decorate, suggest, tidy } from "./answers.js";
import { busy, messages, ready, record } from "./channel.js";
import * as check from "./check.js";
import * as corpus from "./corpus.js";
import * as history from "./history.js";
import * as limits from "./limits.js";
import { openLink } from "./panel.js";
import { LINK } from "./place.js";
import "./preview.js";
import * as views from "./views.js";
import { language } from "./words.js";

document.documentElement.lang = language;
views.build([["chat"], ["corpus", corpus.fill], ["check", check.fill], ["history", history.fill]], history.begin);

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(LINK);
  if (!link) return;
  event.preventDefault();
  openLink(link);
});

document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.(LINK);
  if (!link || (event.key !== "Enter" && event.key !== " ")) return;
  event.preventDefault();
  openLink(link);
});

// An answer is read from its beginning: the question is kept at the top, unless the reader has scrolled since.
let shown = { messages: 0, length: 0, held: false };
function follow() {
  const all = messages();
  const length = all.at(-1)?.textContent.length ?? 0;
  if (all.length === shown.messages && (shown.held || length === shown.length)) return;
  shown = { messages: all.length, length, held: false };
  (all.at(-2)?.dataset.testid === "user" ? all.at(-2) : all.at(-1))?.scrollIntoView({ block: "start" });
}
for (const kind of ["wheel", "touchmove", "keydown"]) addEventListener(kind, () => (shown.held = true), { passive: true });

let begun = false;
let waiting = 0;
function changed() {
  if (!begun && ready()) {
    begun = true;
    setTimeout(history.resume); // once Gradio listens
  }
  tidy();
  decorate();
  limits.bar();
  follow();
  clearTimeout(waiting);
  waiting = setTimeout(settled, 150);
}

function settled() {
  if (!begun || busy()) return;
  if (record().length !== messages().length) {
    waiting = setTimeout(settled, 150); // the record comes a little later than what is shown
    return;
  }
  history.keep();
  suggest();
}

new MutationObserver(changed).observe(document.body, {
  childList: true,
  characterData: true,
  subtree: true,
  attributeFilter: ["id", "role"], // Gradio sets these after it has put an element in the page
});

// Gradio may put the page in place as one piece that is filled in before it is watched: look again until it is there.
const looking = setInterval(() => {
  if (!ready()) return;
  changed();
  if (document.querySelector("#fn-chat .examples") || messages().length) clearInterval(looking);
}, 200);
