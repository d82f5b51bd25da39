// A marker's quote, shown while the pointer or the focus is on it. It is in the footnotes already: nothing is loaded.

import { make } from "./dom.js";
import { CITE } from "./place.js";

const LINGER = 200; // ms that it stays, for the pointer to get there

let shown = null;
let timer = 0;

function quoteOf(link) {
  const notes = link.closest("[data-testid]")?.querySelectorAll(`li li ${CITE}`) ?? [];
  const note = [...notes].find((other) => other.getAttribute("href") === link.getAttribute("href"));
  if (!note || note === link) return null;
  const source = note.closest("ul").parentElement.firstChild;
  return { quote: note.parentElement.textContent.slice(note.textContent.length).trim(), source: source.textContent.trim() };
}

function show(link) {
  const found = quoteOf(link);
  hide();
  if (!found) return;
  shown = make(
    "div",
    { id: "fn-preview", class: "fn-preview", role: "tooltip" },
    make("span", { class: "fn-preview-quote" }, found.quote),
    make("span", { class: "fn-stated" }, found.source),
  );
  shown.onmouseenter = () => clearTimeout(timer);
  shown.onmouseleave = soon;
  document.body.append(shown);
  const at = link.getBoundingClientRect();
  const { width, height } = shown.getBoundingClientRect();
  const above = at.top - height - 6;
  shown.style.left = `${Math.max(8, Math.min(at.left - 24, document.documentElement.clientWidth - width - 8))}px`;
  shown.style.top = `${above > 8 ? above : at.bottom + 6}px`;
  link.setAttribute("aria-describedby", "fn-preview");
}

export function hide() {
  clearTimeout(timer);
  shown?.remove();
  shown = null;
  document.querySelector("[aria-describedby='fn-preview']")?.removeAttribute("aria-describedby");
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(hide, LINGER);
}

const over = (event) => event.target.closest?.(`#fn-chat ${CITE}`);
addEventListener("mouseover", (event) => over(event) && matchMedia("(hover: hover)").matches && show(over(event)));
addEventListener("mouseout", (event) => over(event) && soon());
addEventListener("focusin", (event) => over(event)?.matches(":focus-visible") && show(over(event)));
addEventListener("focusout", (event) => over(event) && hide());
addEventListener("click", hide);
addEventListener("keydown", (event) => event.key === "Escape" && hide());
addEventListener("scroll", hide, { capture: true, passive: true });
