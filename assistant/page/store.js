// Conversations in this browser: one key each in localStorage, so that two open pages don't overwrite each other's.

const KEY = "footnote.chat.";

// [{id, title, when, talk, limits}], the newest first.
export function all() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(KEY));
    return keys.map((key) => read(key.slice(KEY.length))).filter(Boolean).sort((a, b) => b.when - a.when);
  } catch {
    return [];
  }
}

export function read(id) {
  try {
    const chat = JSON.parse(localStorage.getItem(KEY + id));
    const sound = chat && Array.isArray(chat.talk) && chat.talk.every((m) => typeof m.content === "string");
    return sound ? { title: "", when: 0, limits: "", ...chat, id } : null;
  } catch {
    return null;
  }
}

// "kept", "full" (older ones had to go) or "unkept".
export function write(chat) {
  const text = JSON.stringify({ title: chat.title, when: chat.when, talk: chat.talk, limits: chat.limits });
  for (let dropped = 0; ; dropped += 1) {
    try {
      localStorage.setItem(KEY + chat.id, text);
      return dropped ? "full" : "kept";
    } catch {
      const oldest = all().filter((other) => other.id !== chat.id).at(-1);
      if (!oldest) return "unkept";
      remove(oldest.id);
    }
  }
}

export function remove(id) {
  try {
    localStorage.removeItem(KEY + id);
  } catch {
    // a browser that keeps nothing has nothing to remove
  }
}

// The conversation of this tab, over a reload.
export function currentId(id) {
  try {
    if (id !== undefined) sessionStorage.setItem("footnote.current", id);
    return sessionStorage.getItem("footnote.current") ?? "";
  } catch {
    return "";
  }
}
