// Reads what comes later from the server, as long as the page is looked at; asks again and again where it must.

const FIRST_WAIT_MS = 1000;
const POLL_MS = 8000;
const STREAM_TRIES = 3;
const SILENCE_MS = 40000;

async function readEvents(body, onEvent) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    // A dropped line says nothing; the server's sign of life does, every 15 seconds.
    const silence = setTimeout(() => reader.cancel(), SILENCE_MS);
    const { done, value } = await reader.read().finally(() => clearTimeout(silence));
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split("\n").map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon), line.slice(colon + 1).trim()];
      }));
      if (fields.data) onEvent(fields.event, JSON.parse(fields.data));
    }
  }
}

// `conversation` has server, last, take(messages), catchUp(), hearTyping() and ended().
export class Later {
  #conversation;
  #stop = null;
  #failures = 0;

  constructor(conversation) {
    this.#conversation = conversation;
    document.addEventListener("visibilitychange", () => this.#onSight());
    addEventListener("online", () => this.#restart());
  }

  start() {
    if (this.#stop || document.hidden) return;
    this.#stop = new AbortController();
    this.#listen(this.#stop.signal);
  }

  stop() {
    this.#stop?.abort();
    this.#stop = null;
  }

  // The server has just answered: whoever waits for it to come back tries a stream now, once.
  hurry() {
    if (this.#failures) this.#restart(STREAM_TRIES - 1);
  }

  #onSight() {
    if (!this.#conversation.server.token) return;
    if (document.hidden) this.stop();
    else this.start();
  }

  #restart(failures = 0) {
    if (!this.#stop) return;
    this.stop();
    this.#failures = failures;
    this.start();
  }

  async #listen(signal) {
    let wasAway = false;
    for (let round = 0; !signal.aborted; round += 1) {
      // Where streams do not come through it polls, and tries a stream now and then.
      const polls = this.#failures >= STREAM_TRIES && round % 5 !== 0;
      try {
        if (polls) await this.#conversation.catchUp();
        else await this.#streamOn(signal);
        // The server itself was away, not only its streams.
        if (wasAway) this.#failures = 0;
        wasAway = false;
      } catch (error) {
        if (signal.aborted) return;
        if (error.status === 401) return this.#conversation.ended();
        if (polls) wasAway = true;
        else this.#failures += 1;
      }
      const wait = this.#failures >= STREAM_TRIES ? POLL_MS : FIRST_WAIT_MS * 2 ** this.#failures;
      // Many pages must not come back in the same moment.
      await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random() / 2)));
    }
  }

  async #streamOn(signal) {
    const body = await this.#conversation.server.stream(this.#conversation.last, signal);
    this.#failures = 0;
    await readEvents(body, (event, data) => {
      if (event === "ended") this.#conversation.ended();
      if (event === "message") this.#conversation.take([data]);
      if (event === "typing") this.#conversation.hearTyping();
    });
  }
}
