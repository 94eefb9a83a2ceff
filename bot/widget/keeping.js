// Copies, saves or prints the conversation; none of it passes through a server.
import { make } from "./dom.js";

export function asText(messages, words) {
  const names = { visitor: words.you, system: words.system };
  const parts = messages.map((message) => {
    const at = new Date(message.at).toLocaleString(message.language ?? undefined);
    const staff = message.from === "staff" ? `${message.name}, ${words.staff}` : "";
    return `${staff || (names[message.from] ?? words.assistant)} (${at}):\n${message.text}`;
  });
  return parts.join("\n\n");
}

export async function copyText(text) {
  if (navigator.clipboard?.writeText) return navigator.clipboard.writeText(text);
  // Pages without https have no clipboard of their own.
  const field = make("textarea", { readonly: true });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("not copied");
}

export function saveText(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  make("a", { href: address, download: `${name}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

// In a window of its own, as the office's page around the chat is not to be printed.
export function printText(text, title) {
  const page = open("", "_blank", "width=700,height=800");
  if (!page) throw new Error("no window");
  page.document.title = title;
  for (const block of text.split("\n")) {
    const line = page.document.createElement("p");
    line.textContent = block;
    page.document.body.append(line);
  }
  page.focus();
  page.print();
}
