// Opens an article at the place that a link names. Whatever comes from the server is set as text, never as HTML.

const LINK = 'a[href^="#cite-"], a[href^="#read-"]';
const PLACE = /^#(cite|read)-(.+)-(\d+)-(\d+)-([0-9a-f]{6})$/;
const OVER = matchMedia("(max-width: 899px)"); // the width below which the article lies over the chat

let panel = null;
let opener = null;
let asked = 0;

function placeOf(link) {
  const [, kind, id, start, end, mark] = PLACE.exec(link.getAttribute("href")) ?? [];
  try {
    return kind && { kind, id: decodeURIComponent(id), start: Number(start), end: Number(end), mark };
  } catch {
    return undefined;
  }
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

async function open(link) {
  const place = placeOf(link);
  if (!place) return;
  const turn = ++asked;
  opener?.removeAttribute("aria-expanded");
  opener = link;
  let article;
  try {
    const query = new URLSearchParams({ id: place.id, start: place.start, end: place.end });
    const response = await fetch(`ui/article?${query}`);
    article = await response.json();
    if (!response.ok && !article.error) article.error = "The article could not be loaded.";
  } catch {
    article = { error: "The server does not answer. Is it still running?" };
  }
  if (turn === asked) show(article, place);
}

function show(article, place) {
  panel?.remove();
  panel = element("aside", place.kind === "read" ? "fn-panel fn-reading" : "fn-panel");
  panel.id = "fn-panel";
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-labelledby", "fn-panel-title");
  const current = !article.error && article.mark === place.mark;
  const scroller = element("div", "fn-scroller");
  scroller.tabIndex = 0;
  scroller.append(...(article.error ? [] : text(article, current ? place : null)));
  panel.append(heading(article, place, current), scroller);
  document.body.append(panel);
  document.body.classList.add("fn-open");
  opener.setAttribute("aria-expanded", "true");
  underneath();
  const mark = panel.querySelector("mark");
  mark?.scrollIntoView({ block: "center" });
  (mark ?? panel.querySelector("button")).focus({ preventScroll: true });
}

function heading(article, place, current) {
  const top = element("header");
  const title = element("h2", "", article.error ? "The article can't be opened" : article.title);
  title.id = "fn-panel-title";
  const close = element("button", "fn-close", "×");
  close.type = "button";
  close.setAttribute("aria-label", "Close the article");
  close.addEventListener("click", shut);
  top.append(title, close);
  const stated = [article.publisher, article.published].filter(Boolean).join(" · ");
  if (stated) top.append(element("p", "fn-stated", stated));
  if (/^https?:\/\//i.test(article.url ?? "")) top.append(outside(article.url));
  const changed = "The article has changed since this was written; the text is no longer at its place.";
  const note = article.error ?? (!current ? changed : place.kind === "read" ? "Reading, not an answer." : "");
  if (note) top.append(element("p", "fn-note", note));
  return top;
}

function outside(url) {
  const link = element("a", "fn-outside", "Open the original");
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

// The article's paragraphs; what `place` names is marked. Offsets count code points, JavaScript's strings UTF-16 units.
function text(article, place) {
  const points = /[\ud800-\udfff]/.test(article.text) ? Array.from(article.text) : article.text;
  const cut = (start, end) => (typeof points === "string" ? points.slice(start, end) : points.slice(start, end).join(""));
  return article.paragraphs.map(({ start, end, kind }) => {
    const paragraph = element(kind === "heading" ? "h3" : "p", `fn-${kind}`);
    if (article.language) paragraph.lang = article.language;
    const from = Math.max(start, place?.start ?? end);
    const to = Math.min(end, place?.end ?? end);
    if (from >= to) {
      paragraph.append(cut(start, end));
    } else {
      const mark = element("mark", "", cut(from, to));
      mark.tabIndex = -1;
      paragraph.append(cut(start, from), mark, cut(to, end));
    }
    return paragraph;
  });
}

function shut() {
  asked += 1;
  if (!panel) return;
  panel.remove();
  panel = null;
  document.body.classList.remove("fn-open");
  opener?.removeAttribute("aria-expanded");
  underneath();
  (opener?.isConnected ? opener : document.querySelector("#fn-question textarea"))?.focus();
}

// Beside the article the chat stays usable; under it, it is out of reach.
function underneath() {
  const app = document.querySelector("gradio-app, .gradio-container");
  if (app) app.inert = panel !== null && OVER.matches;
  panel?.setAttribute("aria-modal", String(OVER.matches));
}

OVER.addEventListener("change", underneath);

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(LINK);
  if (!link) return;
  event.preventDefault();
  open(link);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel) {
    event.preventDefault();
    shut();
  } else if ((event.key === "Enter" || event.key === " ") && event.target.closest?.(LINK)) {
    event.preventDefault();
    open(event.target.closest(LINK));
  }
});

// A marker is a number to the eye; to a screen reader it says what it does. A message's own label repeats its Markdown.
function label() {
  for (const message of document.querySelectorAll("#fn-chat [data-testid][aria-label]")) message.removeAttribute("aria-label");
  for (const link of document.querySelectorAll(LINK)) {
    if (link.hasAttribute("role")) continue;
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    if (link.hash.startsWith("#cite-")) link.setAttribute("aria-label", `${link.textContent}: open the quote in its article`);
  }
}

// An answer is read from its beginning: the question is kept at the top, unless the reader has scrolled since.
let shown = { messages: 0, length: 0, held: false };
function follow() {
  const messages = [...document.querySelectorAll('#fn-chat [data-testid="user"], #fn-chat [data-testid="bot"]')];
  const length = messages.at(-1)?.textContent.length ?? 0;
  if (messages.length === shown.messages && (shown.held || length === shown.length)) return;
  shown = { messages: messages.length, length, held: false };
  (messages.at(-2)?.dataset.testid === "user" ? messages.at(-2) : messages.at(-1))?.scrollIntoView({ block: "start" });
}
for (const kind of ["wheel", "touchmove"]) addEventListener(kind, () => (shown.held = true), { passive: true });

new MutationObserver(() => {
  label();
  follow();
}).observe(document.body, { childList: true, characterData: true, subtree: true });
