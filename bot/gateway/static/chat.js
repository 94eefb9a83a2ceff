// The plain chat page: sends what is typed, shows what comes back, keeps only a token.
import { askForFeedback } from "/static/feedback.js";

const PHRASES = {
  en: {
    title: "Rights Desk", label: "Your question", send: "Send", waiting: "One moment…",
    delete: "Delete my conversation", leave: "Leave this page", other: "Español",
    deleted: "Your conversation was deleted.", more: "More", next: "Next step", sources: "Sources",
    also: "You may also want to know",
    lost: "Not sent. Check your connection, then press Send again.",
    busy: "Too many messages at once. Wait a little, then press Send again.",
    away: "Temporarily unavailable. Nothing was saved. Try again in a minute.",
  },
  es: {
    title: "Rights Desk", label: "Su pregunta", send: "Enviar", waiting: "Un momento…",
    delete: "Borrar mi conversación", leave: "Salir de esta página", other: "English",
    deleted: "Se borró su conversación.", more: "Más", next: "Siguiente paso", sources: "Fuentes",
    also: "También puede interesarle",
    lost: "No se envió. Revise su conexión y pulse Enviar otra vez.",
    busy: "Demasiados mensajes a la vez. Espere un poco y pulse Enviar otra vez.",
    away: "No está disponible por el momento. No se guardó nada. Intente en un minuto.",
  },
};
const TOKEN = "rights-desk-token";
const byId = (id) => document.getElementById(id);
let language = navigator.language.startsWith("es") ? "es" : "en";
let shownUpTo = 0;
// A message keeps its id until it is answered, so that sending it again cannot run it twice.
let pending = null;
// What knowledge/phrases/ says to votes; without it there are no thumbs, but answers.
let feedbackWords = {};

function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (className) element.className = className;
  return element;
}

// Entries mark some words as **strong**; everything else stays plain text.
function makeText(text) {
  const paragraph = make("p");
  text.split(/\*\*(.+?)\*\*/).forEach((piece, place) => {
    paragraph.append(place % 2 ? make("strong", piece) : piece);
  });
  return paragraph;
}

function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  for (const element of document.querySelectorAll("[data-phrase]")) {
    element.textContent = PHRASES[chosen][element.dataset.phrase];
  }
  byId("language").textContent = PHRASES[chosen].other;
  byId("language").lang = chosen === "en" ? "es" : "en";
}

async function call(method, path, body) {
  const headers = { Authorization: `Bearer ${sessionStorage.getItem(TOKEN) ?? ""}` };
  if (body) headers["Content-Type"] = "application/json";
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  const data = response.status === 204 ? {} : await response.json();
  if (!response.ok) throw Object.assign(new Error(data.error.message), { status: response.status });
  return data;
}

function showCard(answer, words) {
  const card = make("article");
  card.append(make("h2", answer.title), make("p", answer.short, "short"));
  if (answer.details) {
    const more = make("details");
    more.append(make("summary", words.more), makeText(answer.details));
    card.append(more);
  }
  if (answer.next_step) card.append(make("p", `${words.next}: ${answer.next_step}`));
  const sources = make("ul", "", "small");
  for (const source of answer.sources) {
    const link = make("a", `${source.title}, ${source.citation}`);
    if (source.url.startsWith("https://")) link.href = source.url;
    link.rel = "noopener noreferrer";
    link.target = "_blank";
    const line = make("li");
    line.append(link);
    sources.append(line);
  }
  const folded = make("details", "", "small");
  folded.append(make("summary", words.sources), sources);
  card.append(folded, make("p", answer.checked, "small"));
  if (answer.notice) card.append(make("p", answer.notice, "small"));
  return card;
}

// A related title is sent as typed: the assistant knows every title.
function showRelated(answers, words) {
  const answered = answers.map((answer) => answer.entry);
  const others = answers.flatMap((answer) => answer.related ?? [])
    .filter((other) => !answered.includes(other.entry));
  const folded = make("details", "", "small");
  folded.append(make("summary", words.also));
  for (const title of new Set(others.map((other) => other.title))) {
    const element = make("button", title);
    element.type = "button";
    element.addEventListener("click", () => send({ text: title }));
    folded.append(element);
  }
  return folded;
}

function askFor(message, answer, said) {
  return askForFeedback(said, (vote) =>
    call("POST", "/api/chat/feedback", { seq: message.seq, entry: answer.entry, ...vote }));
}

function show(message) {
  if (message.seq <= shownUpTo) return;
  shownUpTo = message.seq;
  const words = PHRASES[message.language] ?? PHRASES[language];
  const item = make("li", "", `${message.from} ${message.kind}`);
  item.lang = message.language ?? language;
  if (message.from !== "bot") item.append(make("p", message.text));
  for (const line of message.lead ?? []) item.append(make("p", line));
  for (const answer of message.answers) {
    const card = showCard(answer, words);
    const said = feedbackWords[message.language] ?? feedbackWords[language];
    if (message.from === "bot" && said) card.append(askFor(message, answer, said));
    item.append(card);
  }
  if (message.kind === "answer" && message.answers.some((answer) => answer.related?.length)) {
    item.append(showRelated(message.answers, words));
  }
  for (const line of message.closing ?? []) item.append(make("p", line, "small"));
  const buttons = make("div", "", "buttons");
  message.buttons.forEach((button, place) => {
    const label = message.options[place]?.title ?? button.label;
    const element = make("button", label);
    element.type = "button";
    element.addEventListener("click", () => send({ button: button.id }));
    buttons.append(element);
  });
  if (message.buttons.length) item.append(buttons);
  byId("messages").append(item);
  item.scrollIntoView({ block: "nearest" });
}

async function catchUp() {
  const { messages } = await call("GET", `/api/chat/messages?after=${shownUpTo}`);
  messages.forEach(show);
}

async function start(chosen) {
  const session = await call("POST", "/api/chat/sessions", { language: chosen });
  sessionStorage.setItem(TOKEN, session.token);
  shownUpTo = 0;
  session.messages.forEach(show);
}

async function send(content) {
  const words = PHRASES[language];
  const same = pending && JSON.stringify(pending.content) === JSON.stringify(content);
  if (!same) pending = { id: crypto.randomUUID(), content };
  byId("state").textContent = words.waiting;
  try {
    await call("POST", "/api/chat/messages", { id: pending.id, ...content });
    pending = null;
    await catchUp();
    byId("state").textContent = "";
    return true;
  } catch (error) {
    if (error.status === 401) {
      await start(language);
      return send(content);
    }
    const told = { 429: words.busy, 500: words.away, 503: words.away };
    byId("state").textContent = told[error.status] ?? (error.status ? error.message : words.lost);
    return false;
  }
}

byId("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = byId("text");
  if (field.value.trim() && (await send({ text: field.value }))) field.value = "";
  field.focus();
});
byId("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    byId("form").requestSubmit();
  }
});
byId("language").addEventListener("click", () => speak(language === "en" ? "es" : "en"));
byId("delete").addEventListener("click", async () => {
  await call("DELETE", "/api/chat/sessions").catch(() => {});
  sessionStorage.removeItem(TOKEN);
  byId("messages").replaceChildren();
  await start(language);
  byId("state").textContent = PHRASES[language].deleted;
});
byId("leave").addEventListener("click", () => {
  sessionStorage.removeItem(TOKEN);
  location.replace("about:blank");
});

speak(language);
feedbackWords = await fetch("/words.json", { signal: AbortSignal.timeout(5000) })
  .then((response) => (response.ok ? response.json() : {}))
  .catch(() => ({}));
if (sessionStorage.getItem(TOKEN)) await catchUp().catch(() => start(language));
else await start(language);
