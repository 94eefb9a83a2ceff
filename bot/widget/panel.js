// The chat's window: its bar, the conversation, and the field to write in.
import { makeBar } from "./bar.js";
import { makeComposer } from "./composer.js";
import { make, makeButton } from "./dom.js";
import { makeMessage, makeWaiting } from "./message.js";

// Longer than the time between two signs.
const TYPING_MS = 3000;

// `does`: everything that can be done (see legal-chat.js). Rebuilt whole when the language changes.
export class Panel {
  constructor(words, language, does) {
    this.words = words;
    this.does = does;
    this.bar = makeBar(words, language, does);
    // The log stands there, empty, before anything is said: only then is what comes announced.
    this.log = make("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": words.log, tabindex: "0" });
    this.waiting = make("div", { class: "outbox" });
    this.status = make("p", { class: "status", role: "status" });
    this.typing = make("p", { class: "typing", role: "status" });
    this.back = make("p", { class: "back", hidden: true });
    this.composer = makeComposer(words, does);
    this.element = make("div", { class: "panel", id: "panel", role: "group", lang: language, "aria-label": words.log },
      this.bar.element, this.log, this.waiting, this.status, this.typing, this.back, this.composer.element);
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) does.close();
    });
  }

  // What is old is not read aloud once more.
  show(message, isOld) {
    this.log.setAttribute("aria-live", isOld ? "off" : "polite");
    const item = makeMessage(message, this.words, this.does);
    this.log.append(item);
    this.#scrollTo(item, isOld);
  }

  // To the beginning of a long answer, under its question, and only inside the log.
  #scrollTo(item, isOld) {
    const question = item.previousElementSibling;
    const isShort = question?.offsetHeight < this.log.clientHeight / 3;
    const first = isShort && question.matches(".visitor") ? question : item;
    const above = first.getBoundingClientRect().top - this.log.getBoundingClientRect().top;
    this.log.scrollTop += isOld ? this.log.scrollHeight : above;
  }

  showStarters(titles) {
    if (!titles.length) return;
    const buttons = titles.map((title) => makeButton(title, () => this.does.ask(title), { class: "wide" }));
    this.log.append(make("div", { class: "starters" }, make("p", { text: this.words.starters }), ...buttons));
  }

  showOutbox(items) {
    const { words, does } = this;
    const held = this.waiting.contains(this.element.getRootNode().activeElement);
    this.waiting.replaceChildren(...items.map((item) => makeWaiting(item, words, does.tryAgain)));
    if (held) this.composer.focus();
  }

  // "waiting" is the typing sign; everything else is a sentence.
  showState(name) {
    this.element.classList.toggle("busy", name === "waiting");
    const text = name ? this.words[name === "waiting" ? "looking" : name] ?? "" : "";
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  // While a person is there, the way back to the assistant stands by the field.
  showPerson(back) {
    if (this.back.contains(this.element.getRootNode().activeElement)) this.composer.focus();
    this.back.hidden = !back;
    if (back) this.back.replaceChildren(makeButton(back.label, () => this.does.press(back.id, back.label)));
    this.showTyping("");
  }

  showTyping(name) {
    clearTimeout(this.typingTimer);
    const text = name && this.words.staff_typing.replace("{name}", name);
    if (this.typing.textContent !== text) this.typing.textContent = text;
    if (name) this.typingTimer = setTimeout(() => this.showTyping(""), TYPING_MS);
  }

  tell(text) {
    this.status.textContent = text;
  }

  clear() {
    this.log.replaceChildren();
    this.waiting.replaceChildren();
    this.showState("");
  }
}
