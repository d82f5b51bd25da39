// An article's text as elements: its paragraphs, with places in it marked.

import { make } from "./dom.js";

const MANY = 300; // paragraphs from which those out of sight are laid out late

// `places` are {start, end}, in code points; the marks of places[n] have data-place="n".
export function paragraphs(article, places) {
  const cut = cutter(article.text);
  const ordered = places.map((place, n) => ({ ...place, n })).sort((a, b) => a.start - b.start);
  const late = article.paragraphs.length > MANY ? " fn-late" : "";
  return article.paragraphs.map(([start, end, kind]) => {
    const attributes = { class: `fn-${kind}${late}`, lang: article.language };
    const paragraph = make(kind === "heading" ? "h3" : "p", attributes);
    let at = start;
    for (const place of ordered) {
      const from = Math.max(at, place.start);
      const to = Math.min(end, place.end);
      if (from >= to) continue;
      paragraph.append(cut(at, from), make("mark", { tabindex: "-1", "data-place": place.n }, cut(from, to)));
      at = to;
    }
    paragraph.append(cut(at, end));
    return paragraph;
  });
}

// Offsets count code points, JavaScript's strings UTF-16 units.
function cutter(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (start, end) => text.slice(start, end);
  const points = Array.from(text);
  return (start, end) => points.slice(start, end).join("");
}
