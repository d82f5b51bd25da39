// The way to Gradio and back: hidden text boxes that hold JSON (see chat.py).

const field = (name) => document.querySelector(`#fn-${name} textarea`);

export const ready = () => field("record") !== null;
export const busy = () => document.querySelector("#fn-stop") !== null;

// The conversation as it stands: [{role, content}], content being Markdown of the server's.
export function record() {
  try {
    return JSON.parse(field("record").value || "[]");
  } catch {
    return [];
  }
}

export function put(name, value) {
  const box = field(name);
  if (!box) return;
  box.value = value;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function submit(name, value) {
  put(name, value);
  field(name)?.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", bubbles: true, cancelable: true }));
}

// Ask, after the first `keep` messages of the conversation.
export function ask(question, keep) {
  if (!busy()) submit("command", JSON.stringify({ question, keep }));
}

export function show(talk) {
  submit("show", JSON.stringify(talk));
}

export function messages() {
  return [...document.querySelectorAll('#fn-chat [data-testid="user"], #fn-chat [data-testid="bot"]')];
}
