// <legal-chat>: the button on the page, and behind it the chat.
import { Conversation, wasOpen } from "./conversation.js";
import { accentSheet, makeSheet } from "./colours.js";
import { drawIcon, make } from "./dom.js";
import { watchIdle } from "./idle.js";
import { leaveQuickly, watchKeys } from "./leaving.js";
import { Panel } from "./panel.js";
import { CSS } from "./style.js";

const BUBBLE = "M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-5 4v-4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z";
const EMPTY_PAGE = "about:blank";
const BEGIN_AGAIN_MS = 3000;
const LANGUAGES = ["en", "es"];

class LegalChat extends HTMLElement {
  #conversation = null;
  #panel = null;
  #unread = 0;
  #isBeginning = false;
  #touch = () => {};

  async connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    makeSheet(root, CSS);
    makeSheet(root, accentSheet(this.getAttribute("accent")));
    this.badge = make("span", { class: "badge", hidden: true });
    this.label = make("span", { class: "label" });
    this.launcher = make("button", { type: "button", class: "launcher", "aria-expanded": "false" },
      drawIcon(BUBBLE), this.label, this.badge);
    this.launcher.addEventListener("click", () => (this.isOpen ? this.close() : this.open()));
    this.frame = make("section", { class: this.getAttribute("position") === "left" ? "frame left" : "frame" }, this.launcher);
    await this.#speak(this.#firstLanguage());
    root.append(this.frame);
    this.#rise();
    watchKeys(() => this.leave());
    if (wasOpen() || this.getAttribute("open") === "open") this.open(false);
  }

  get isOpen() {
    return Boolean(this.#panel && !this.#panel.element.hidden);
  }

  // `takesFocus` is false where nobody asked for the chat just now.
  async open(takesFocus = true) {
    if (!this.#panel) this.#build();
    this.#panel.element.hidden = false;
    this.launcher.setAttribute("aria-expanded", "true");
    this.frame.classList.add("opened");
    this.#count(0);
    if (takesFocus) this.#panel.composer.focus();
    this.#begin();
    this.#conversation.note(true);
  }

  close() {
    this.#panel.element.hidden = true;
    this.launcher.setAttribute("aria-expanded", "false");
    this.frame.classList.remove("opened");
    this.#conversation.note(false);
    this.launcher.focus();
  }

  leave() {
    leaveQuickly(() => this.#conversation?.leave(), this.getAttribute("exit") || EMPTY_PAGE);
  }

  #firstLanguage() {
    const wished = [this.getAttribute("language"), document.documentElement.lang, navigator.language];
    const known = wished.map((name) => (name ?? "").slice(0, 2).toLowerCase()).find((name) => LANGUAGES.includes(name));
    return known ?? "en";
  }

  // Into the browser's top layer, where no style of the page can cover it.
  #rise() {
    if (!this.showPopover) return;
    this.popover = "manual";
    this.showPopover();
  }

  // The words of a language are loaded when it is first needed.
  async #speak(language) {
    const { WORDS, STARTERS } = await import(`./words-${language}.js`);
    this.language = language;
    this.words = WORDS;
    this.starters = STARTERS;
    this.frame.setAttribute("aria-label", WORDS.title);
    this.frame.lang = language;
    this.label.textContent = WORDS.open;
    this.#count(this.#unread);
  }

  #build() {
    this.#conversation ??= this.#makeConversation();
    const does = {
      ask: (text) => { this.#touch(); this.#conversation.say(text); },
      press: (button, label) => this.#conversation.press(button, label),
      type: () => this.#conversation.noteTyping(),
      tryAgain: () => this.#conversation.tryAgain(),
      vote: (ballot) => this.#conversation.server.vote(ballot),
      switchLanguage: () => this.#switchLanguage(),
      remove: () => this.#remove(),
      copy: () => this.#keep("copyText", "copied"),
      save: () => this.#keep("saveText", "saved"),
      print: () => this.#keep("printText", ""),
      leave: () => this.leave(),
      close: () => this.close(),
    };
    const old = this.#panel;
    const panel = new Panel(this.words, this.language, does);
    this.#panel = panel;
    panel.element.hidden = old ? old.element.hidden : true;
    panel.element.addEventListener("pointerdown", () => this.#touch());
    panel.element.addEventListener("keydown", () => this.#touch());
    if (old) {
      panel.composer.text = old.composer.text;
      old.element.replaceWith(panel.element);
    } else {
      this.frame.prepend(panel.element);
      this.launcher.setAttribute("aria-controls", "panel");
    }
    for (const message of this.#conversation.messages) this.#show(message, true);
    panel.showOutbox(this.#conversation.outbox);
    panel.showPerson(this.#conversation.back);
  }

  #makeConversation() {
    const conversation = new Conversation(this.getAttribute("server") ?? location.origin);
    const on = (type, listener) => conversation.addEventListener(type, (event) => listener(event.detail));
    on("message", ({ message, isOld }) => this.#show(message, isOld));
    on("outbox", () => this.#panel.showOutbox(conversation.outbox));
    on("state", ({ name }) => this.#panel.showState(name));
    on("person", () => this.#panel.showPerson(conversation.back));
    on("typing", ({ name }) => { this.#touch(); this.#panel.showTyping(name); });
    on("restarted", () => { this.#panel.clear(); this.#panel.tell(this.words.restarted); });
    on("ended", () => this.#end("ended"));
    this.#touch = watchIdle({
      isWatched: () => Boolean(conversation.server.token),
      onWarn: () => this.#panel.tell(this.words.idle_soon),
      onEnd: () => { conversation.leave(); this.#end("idle_over"); },
    });
    return conversation;
  }

  async #begin() {
    if (this.#conversation.isJoined || this.#isBeginning) return;
    this.#isBeginning = true;
    this.#panel.showState("waiting");
    try {
      await this.#conversation.open(this.language);
      this.#panel.showState("");
    } catch (error) {
      this.#panel.showState(error.status === 429 ? "busy" : error.status ? "away" : "offline");
      if (this.isOpen) setTimeout(() => this.#begin(), BEGIN_AGAIN_MS);
    } finally {
      this.#isBeginning = false;
    }
  }

  #show(message, isOld) {
    this.#panel.show(message, isOld);
    if (message.from === "staff") {
      // Whoever waits for a person is not idle.
      this.#touch();
      this.#panel.showTyping("");
    }
    if (message.seq === 1) this.#panel.showStarters(this.#starters());
    if (!this.isOpen && !isOld && message.from !== "visitor") this.#count(this.#unread + 1);
  }

  #starters() {
    const titles = new Map(Object.entries(this.starters));
    return titles.get(this.getAttribute("context")) ?? titles.get("default") ?? [];
  }

  #count(unread) {
    this.#unread = unread;
    this.badge.hidden = unread === 0;
    this.badge.replaceChildren(
      make("span", { "aria-hidden": "true", text: String(unread) }),
      make("span", { class: "unseen", text: this.words.unread.replace("{count}", String(unread)) }));
  }

  // What was asked last is answered again in the other language; the assistant sees to that.
  async #switchLanguage() {
    await this.#speak(this.language === "en" ? "es" : "en");
    this.#build();
    this.#panel.bar.languages.focus();
    const hasSpoken = this.#conversation.messages.some((message) => message.from === "visitor");
    if (hasSpoken) this.#conversation.say(this.words.own_language);
    else this.#remove();
  }

  async #remove() {
    try {
      this.#panel.showState("waiting");
      this.#conversation.language = this.language;
      const hadSpoken = this.#conversation.messages.some((message) => message.from === "visitor");
      this.#panel.clear();
      await this.#conversation.remove();
      this.#panel.showState("");
      if (hadSpoken) this.#panel.tell(this.words.deleted);
    } catch {
      this.#build();
      this.#panel.tell(this.words.not_deleted);
    }
  }

  #end(reason) {
    this.#panel.clear();
    this.#panel.tell(this.words[reason]);
  }

  // Loaded only by those who use it.
  async #keep(how, done) {
    try {
      const keeping = await import("./keeping.js");
      const text = keeping.asText(this.#conversation.messages, this.words);
      await keeping[how](text, this.words.title);
      this.#panel.tell(done ? this.words[done] : "");
    } catch {
      this.#panel.tell(this.words.not_kept);
    }
  }
}

if (!customElements.get("legal-chat")) customElements.define("legal-chat", LegalChat);
