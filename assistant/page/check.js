// A quotation checked against the articles: exact, near (word by word) or absent, each part of it apart.

import { make, post, stated } from "./dom.js";
import { t } from "./words.js";

export function fill(section) {
  if (section.childElementCount) return section.querySelector("textarea").focus();
  const box = make("textarea", { rows: "4", id: "fn-quotation" });
  const found = make("div", { class: "fn-found fn-quotes", role: "status" });
  const form = make(
    "form",
    { class: "fn-form" },
    make("label", { for: "fn-quotation" }, t("quotation")),
    box,
    make("button", { type: "submit", class: "fn-primary" }, t("checkIt")),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    check(box.value, found);
  };
  section.append(make("h2", {}, t("check")), make("p", { class: "fn-help" }, t("checkHelp")), form, found);
  box.focus();
}

let turn = 0;

async function check(text, found) {
  const mine = ++turn;
  found.replaceChildren(make("p", {}, t("checking")));
  const answer = await post("ui/check", { text });
  if (mine !== turn) return;
  const parts = answer.parts ?? [];
  found.replaceChildren(
    ...(answer.error ? [make("p", { class: "fn-note" }, answer.error)] : parts.map((part, n) => shown(part, parts.length > 1 && n + 1))),
  );
}

function shown(part, number) {
  const verdict = part.verdict;
  const made = make("article", { class: `fn-part fn-is-${verdict}` });
  const heading = make("h3", {}, make("span", { class: "fn-verdict" }, t(verdict)));
  if (number) heading.prepend(`${t("part", { n: number })} · `);
  made.append(heading, make("p", { class: "fn-help" }, t(`${verdict}Help`)));
  if (verdict === "near") made.append(difference(part.runs), legend());
  else made.append(make("blockquote", {}, part.text));
  if (part.places.length) made.append(make("ul", {}, ...part.places.map((place, n) => make("li", {}, link(place, n + 1)))));
  return made;
}

function difference(runs) {
  const names = { quotation: "del", article: "ins" };
  const said = { quotation: t("inQuotation"), article: t("inArticle") };
  const pieces = runs.flatMap(({ where, text }) => {
    if (!names[where]) return [text, " "];
    return [make(names[where], {}, make("span", { class: "fn-unseen" }, `(${said[where]}: `), text, make("span", { class: "fn-unseen" }, ")")), " "];
  });
  return make("blockquote", {}, ...pieces);
}

const legend = () => make("p", { class: "fn-legend", "aria-hidden": "true" }, make("del", {}, t("inQuotation")), " ", make("ins", {}, t("inArticle")));

function link(place, number) {
  const id = encodeURIComponent(place.article_id).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  const href = `#cite-${id}-${place.start}-${place.end}-${place.mark}`;
  const text = [place.title, stated(place)].filter(Boolean).join(" · ");
  const opened = make("a", { href, role: "button", "aria-haspopup": "dialog", "aria-label": `${number}: ${t("openPlace")}, ${text}` }, String(number));
  return make("span", {}, opened, ` ${text}`);
}
