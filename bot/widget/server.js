// Speaks to the office's server: one method for each call of the chat API.

const TIME_LIMIT_MS = 25000;

export class Refused extends Error {
  constructor(status, code, wait) {
    super(code);
    this.status = status;
    this.code = code;
    this.wait = wait;
  }
}

export class Server {
  constructor(address) {
    this.address = address;
    this.token = "";
  }

  start(language) {
    return this.#call("POST", "/api/chat/sessions", { body: { language } });
  }

  send(body) {
    return this.#call("POST", "/api/chat/messages", { body });
  }

  after(seq) {
    return this.#call("GET", `/api/chat/messages?after=${seq}`);
  }

  vote(ballot) {
    return this.#call("POST", "/api/chat/feedback", { body: ballot });
  }

  // Only that the visitor types, never what.
  typing() {
    return this.#call("POST", "/api/chat/typing");
  }

  // `isLast`: the page is going away, so nobody waits for the answer.
  remove(isLast = false) {
    return this.#call("DELETE", "/api/chat/sessions", { keepalive: isLast });
  }

  // The browser's EventSource cannot send the token, and an address must not hold it.
  async stream(after, signal) {
    const headers = { ...this.#headers(), "Last-Event-ID": String(after) };
    const response = await fetch(`${this.address}/api/chat/events`, this.#options({ headers, signal }));
    if (!response.ok || !response.body) throw new Refused(response.status, "stream", 0);
    return response.body;
  }

  #headers() {
    return this.token ? { Authorization: `Bearer ${this.token}` } : {};
  }

  #options(more) {
    return { credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer", ...more };
  }

  async #call(method, path, { body, keepalive = false } = {}) {
    const headers = this.#headers();
    if (body) headers["Content-Type"] = "application/json";
    const limit = new AbortController();
    const timer = keepalive ? 0 : setTimeout(() => limit.abort(), TIME_LIMIT_MS);
    try {
      const response = await fetch(this.address + path, this.#options({
        method, headers, keepalive, signal: limit.signal, body: body && JSON.stringify(body),
      }));
      if (response.status === 204) return {};
      const data = await response.json().catch(() => ({}));
      if (response.ok) return data;
      const wait = Number(response.headers.get("Retry-After")) || 0;
      throw new Refused(response.status, data.error?.code ?? "", wait);
    } finally {
      clearTimeout(timer);
    }
  }
}
