// Keeps the tabs of one website in step: they share the conversation, and its end.

const ANSWER_MS = 150;

export class Tabs {
  #channel = null;
  #onToken = null;

  // `token()` is what this tab would tell another; `onNews` and `onEnd` hear from the others.
  constructor(address, { token, onNews, onEnd }) {
    if (!("BroadcastChannel" in window)) return;
    this.#channel = new BroadcastChannel(`rights-desk ${address}`);
    this.#channel.addEventListener("message", ({ data }) => {
      if (data.kind === "who" && token()) this.tell("token", token());
      if (data.kind === "token") this.#onToken?.(data.token);
      if (data.kind === "news" && data.token === token()) onNews();
      if (data.kind === "end" && data.token === token()) onEnd();
    });
  }

  tell(kind, token) {
    this.#channel?.postMessage({ kind, token });
  }

  // Returns the token of a tab that has a conversation, or "".
  ask() {
    if (!this.#channel) return Promise.resolve("");
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(""), ANSWER_MS);
      this.#onToken = (token) => {
        clearTimeout(timer);
        resolve(token);
      };
      this.tell("who", "");
    });
  }
}
