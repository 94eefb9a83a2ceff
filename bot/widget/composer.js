// The field to write in: Enter sends, Shift+Enter makes a new line, nothing typed is lost.
import { make } from "./dom.js";
import { looksPrivate } from "./private.js";

const MOST = 1000;
const COUNT_FROM = 800;

export function makeComposer(words, does) {
  const field = make("textarea", {
    id: "text", rows: "2", maxlength: String(MOST), autocomplete: "off", "aria-describedby": "hint left",
  });
  const hint = make("p", { class: "small", id: "hint", role: "status" });
  // Told when the field is entered, not at each key.
  const left = make("p", { class: "small", id: "left" });
  const send = make("button", { type: "submit", class: "send", text: words.send });
  const element = make("form", { class: "composer", autocomplete: "off" },
    make("label", { for: "text", text: words.label }), hint, make("div", { class: "row" }, field, send), left);

  function watch() {
    const rest = MOST - field.value.length;
    left.textContent = field.value.length >= COUNT_FROM ? words.letters_left.replace("{count}", rest) : "";
    const text = looksPrivate(field.value) ? words.private_hint : "";
    if (hint.textContent !== text) hint.textContent = text;
  }

  element.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text) {
      does.ask(text);
      field.value = "";
      watch();
    }
    field.focus();
  });
  field.addEventListener("input", () => { watch(); does.type(); });
  field.addEventListener("keydown", (event) => {
    // While letters are being put together, Enter only ends that.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    element.requestSubmit();
  });
  return {
    element,
    focus: () => field.focus(),
    get text() { return field.value; },
    set text(value) { field.value = value; watch(); },
  };
}
