// The conversation itself: what was said, what waits to be sent, and how nothing gets lost.
import { Later } from "./events.js";
import { Server } from "./server.js";
import { Tabs } from "./tabs.js";

// The token is all that is kept; under which name says whether the chat was open.
const OPEN_KEY = "rights-desk-open";
const CLOSED_KEY = "rights-desk-closed";
// About a minute of trying by itself, then the visitor is told.
const WAITS_MS = [500, 1000, 2000, 4000, 8000, 8000, 8000, 8000, 8000, 8000];
const LONGEST_WAIT_S = 60;
const TYPING_APART_MS = 2000;

function readKept(key) {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

export function wasOpen() {
  return Boolean(readKept(OPEN_KEY));
}

export function forgetToken() {
  try {
    sessionStorage.removeItem(OPEN_KEY);
    sessionStorage.removeItem(CLOSED_KEY);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

// Events: message {message, isOld}, outbox, state {name}, person, typing {name}, restarted, ended.
export class Conversation extends EventTarget {
  #later = new Later(this);
  #tabs;
  #isDraining = false;
  #isOpen = false;
  #hurry = null;
  #typedAt = 0;

  constructor(address) {
    super();
    this.server = new Server(address);
    this.language = null;
    this.messages = [];
    this.outbox = [];
    this.last = 0;
    // Whose turn it is to answer: a person of the office by name, or the assistant ("").
    this.person = "";
    // The button by which the visitor goes back to the assistant.
    this.back = null;
    // Whether all that was said so far is here.
    this.isJoined = false;
    this.#tabs = new Tabs(address, {
      token: () => this.server.token,
      onNews: () => this.catchUp().catch(() => {}),
      onEnd: () => this.ended(),
    });
    addEventListener("online", () => this.#hurry?.());
    // Back may bring this page to life again after the conversation was left on another.
    addEventListener("pageshow", (event) => {
      if (event.persisted && !readKept(OPEN_KEY) && !readKept(CLOSED_KEY)) this.ended();
    });
  }

  // Goes on with the kept conversation or another tab's, or begins a new one.
  async open(language) {
    this.language = language;
    this.server.token ||= readKept(OPEN_KEY) || readKept(CLOSED_KEY) || (await this.#tabs.ask());
    if (this.server.token) {
      try {
        this.#keep();
        await this.catchUp(true);
        this.#later.start();
        this.isJoined = true;
        return;
      } catch (error) {
        if (error.status !== 401) throw error;
      }
    }
    await this.#begin();
  }

  // Whether the chat is open, so that a reload opens it again.
  note(isOpen) {
    this.#isOpen = isOpen;
    if (this.server.token) this.#keep();
  }

  say(text) {
    this.#queue({ text }, text);
  }

  press(button, label) {
    this.#queue({ button }, label);
  }

  // A sign that the visitor types goes only to a person, and not at each key.
  noteTyping() {
    if (!this.person || Date.now() - this.#typedAt < TYPING_APART_MS) return;
    this.#typedAt = Date.now();
    this.server.typing().catch(() => {});
  }

  hearTyping() {
    this.#tell("typing", { name: this.person });
  }

  tryAgain() {
    for (const item of this.outbox) item.failed = "";
    this.#changed();
    this.#drain();
  }

  async catchUp(isOld = false) {
    const { messages } = await this.server.after(this.last);
    this.take(messages, isOld);
  }

  // Each message counts once, whichever way and however often it comes.
  take(messages, isOld = false) {
    for (const message of messages) {
      if (message.seq <= this.last) continue;
      this.last = message.seq;
      this.messages.push(message);
      this.outbox = this.outbox.filter((item) => item.id !== message.client_id);
      if (message.kind === "handoff") this.#handOver(message);
      this.#tell("message", { message, isOld });
    }
    if (messages.length) this.#changed();
  }

  #handOver({ name, buttons: [back] } = { name: "", buttons: [] }) {
    this.person = name;
    this.back = back;
    this.#tell("person");
  }

  async remove() {
    await this.server.remove();
    this.#tabs.tell("end", this.server.token);
    this.#clear();
    await this.#begin();
  }

  // The visitor leaves or was idle: nothing stays here, and the server is told.
  leave() {
    if (this.server.token) {
      this.#tabs.tell("end", this.server.token);
      this.server.remove(true).catch(() => {});
    }
    this.#clear();
  }

  // It was ended elsewhere: by another tab, by the server, by time.
  ended() {
    if (!this.server.token) return;
    this.#clear();
    this.#tell("ended");
  }

  async #begin() {
    this.server.token = "";
    const session = await this.server.start(this.language);
    this.server.token = session.token;
    this.#keep();
    this.take(session.messages);
    this.isJoined = true;
    this.#later.start();
  }

  #keep() {
    try {
      forgetToken();
      sessionStorage.setItem(this.#isOpen ? OPEN_KEY : CLOSED_KEY, this.server.token);
    } catch {
      // Without storage the conversation lives as long as the page.
    }
  }

  #clear() {
    this.#later.stop();
    forgetToken();
    this.server.token = "";
    this.isJoined = false;
    this.messages = [];
    this.outbox = [];
    this.last = 0;
    this.#handOver();
  }

  #queue(body, label) {
    // The id stays the same however often it is sent, so the server runs it once.
    this.outbox.push({ id: makeId(), body, label, failed: "" });
    this.#changed();
    this.#drain();
  }

  async #drain() {
    if (this.#isDraining) return;
    this.#isDraining = true;
    try {
      while (this.outbox.length && !this.outbox[0].failed) {
        const [item] = this.outbox;
        item.failed = await this.#deliver(item);
        if (!item.failed) this.outbox = this.outbox.filter((other) => other !== item);
        this.#changed();
      }
    } finally {
      this.#isDraining = false;
      this.#tell("state", { name: this.outbox[0]?.failed || "" });
    }
  }

  // Returns "" once answered, else the name of what went wrong.
  async #deliver(item) {
    for (let round = 0; ; round += 1) {
      if (round === 0) this.#tell("state", { name: this.person ? "" : "waiting" });
      try {
        if (!this.server.token) await this.#begin();
        await this.server.send({ id: item.id, ...item.body });
        this.#later.hurry();
        await this.catchUp();
        this.#tabs.tell("news", this.server.token);
        return "";
      } catch (error) {
        if (error.status === 401) {
          if (item.body.button) return "gone";
          this.#startOver();
          continue;
        }
        if (error.status && error.status < 500 && error.status !== 429) return "refused";
        if (round >= WAITS_MS.length) return error.status ? "away" : "offline";
        this.#tell("state", { name: error.status === 429 ? "busy" : error.status ? "away" : "offline" });
        await this.#pause(error.wait ? Math.min(error.wait, LONGEST_WAIT_S) * 1000 : WAITS_MS[round]);
      }
    }
  }

  // What waits to be sent goes into the new conversation.
  #startOver() {
    const waiting = this.outbox;
    this.#clear();
    this.outbox = waiting;
    this.#tell("restarted");
  }

  #pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #changed() {
    this.#tell("outbox");
  }

  #tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function makeId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Browsers before 2022, and pages without https.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
