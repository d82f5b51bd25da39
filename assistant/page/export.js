// A conversation to take along: the server writes it, with the quotes from the articles.

import { post, tell } from "./dom.js";
import { t } from "./words.js";

const TYPES = { markdown: ["md", "text/markdown"], html: ["html", "text/html"] };

// A message as it was typed: without its escapes.
export const plain = (content) => 
  content.replace(/\\([^\w\s]|_)|&([lr])brack;/g, (_, character, side) => character ?? (side === "l" ? "[" : "]"));

export async function save(title, talk, form) {
  const found = await post("ui/export", { title: title.slice(0, 500), talk, form });
  if (found.error) return tell(found.error);
  const [suffix, type] = TYPES[form];
  const url = URL.createObjectURL(new Blob([found.text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "chat"}.${suffix}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// One answer with its question, to the clipboard.
export async function copy(talk) {
  const found = post("ui/export", { talk, form: "markdown" });
  const text = found.then((answer) => answer.text ?? Promise.reject(new Error(answer.error)));
  try {
    if (navigator.clipboard?.write) {
      const blob = text.then((said) => new Blob([said], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    } else {
      copyAsOfOld(await text); // a page that came over plain HTTP has no clipboard
    }
    tell(t("copied"));
  } catch {
    tell((await found).error ?? t("uncopied"));
  }
}

function copyAsOfOld(text) {
  const box = document.createElement("textarea");
  box.value = text;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  if (!done) throw new Error();
}
