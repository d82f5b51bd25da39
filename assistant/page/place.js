// A link's place in an article: #cite-<id>-<start>-<end>-<mark> a quote, #read-... a passage to read.

export const LINK = 'a[href^="#cite-"], a[href^="#read-"]';
export const CITE = 'a[href^="#cite-"]';
const PLACE = /^#(cite|read)-(.+)-(\d+)-(\d+)-([0-9a-f]{6})$/;

export function placeOf(link) {
  const [, kind, id, start, end, mark] = PLACE.exec(link.getAttribute("href")) ?? [];
  try {
    return kind && { kind, id: decodeURIComponent(id), start: Number(start), end: Number(end), mark, link };
  } catch {
    return undefined;
  }
}

// The quotes of the message that a link stands in, each once, in the order of their numbers.
export function quotesBeside(link) {
  const message = link.closest("[data-testid], .fn-quotes") ?? link.parentElement;
  const found = new Map();
  for (const other of message.querySelectorAll(CITE)) {
    const place = placeOf(other);
    if (place && !found.has(other.textContent)) found.set(other.textContent, place);
  }
  return [...found.values()];
}
