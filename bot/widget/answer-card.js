// An answer as a card: the short answer first, then more, the next step, sources and dates.
import { drawIcon, make, makeButton, makeLink } from "./dom.js";
import { askForFeedback } from "./feedback.js";
import { callAddress, makeBlocks, phonesIn } from "./rich-text.js";

const PHONE = "M6 3h4l2 5-2.5 1.5a11 11 0 0 0 5 5L16 12l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z";

function makeFold(title, ...content) {
  return make("details", {}, make("summary", { text: title }), ...content);
}

function makeCalls(answer, words) {
  const phones = phonesIn(`${answer.short}\n${answer.next_step}\n${answer.details}`).slice(0, 3);
  const calls = phones.map((phone) => {
    const link = makeLink(callAddress(phone), words.call.replace("{number}", phone));
    link.className = "call";
    link.prepend(drawIcon(PHONE));
    return link;
  });
  return calls.length ? make("div", { class: "buttons" }, ...calls) : null;
}

function makeSources(answer, words) {
  const lines = answer.sources.map((source) => {
    const name = source.citation ? `${source.title}, ${source.citation}` : source.title;
    return make("li", {}, makeLink(source.url, name, words.new_tab));
  });
  return lines.length ? makeFold(words.sources, make("ul", {}, ...lines)) : null;
}

// `vote` sends {helpful, share}; without it (a staff member's message) there are no thumbs.
export function makeCard(answer, { isEmergency, showsDetails, words, vote }) {
  const card = make("div", { class: "card" }, make("h3", { text: answer.title }));
  const notice = answer.notice ? make("div", { class: "small" }, ...makeBlocks(answer.notice, words.new_tab)) : null;
  if (!isEmergency && notice) card.append(notice);
  card.append(make("div", { class: "short" }, ...makeBlocks(answer.short, words.new_tab)));
  if (isEmergency) {
    const calls = makeCalls(answer, words);
    if (calls) card.append(calls);
    if (notice) card.append(notice);
  }
  if (answer.details) {
    const more = makeFold(words.more, ...makeBlocks(answer.details, words.new_tab));
    more.open = showsDetails;
    card.append(more);
  }
  if (answer.next_step) {
    const step = makeBlocks(answer.next_step, words.new_tab);
    card.append(make("div", { class: "step" }, make("strong", { text: words.next }), ...step));
  }
  const sources = makeSources(answer, words);
  if (sources) card.append(sources);
  card.append(make("p", { class: "small", text: answer.checked }));
  if (vote) card.append(askForFeedback(words, vote));
  return card;
}

// Titles that the visitor may want next; pressing one asks it.
export function makeRelated(answers, words, ask) {
  const answered = new Set(answers.map((answer) => answer.entry));
  const titles = answers.flatMap((answer) => answer.related ?? [])
    .filter((other) => !answered.has(other.entry))
    .map((other) => other.title);
  if (!titles.length) return null;
  const buttons = [...new Set(titles)].map((title) => makeButton(title, () => ask(title), { class: "wide" }));
  return makeFold(words.related, ...buttons);
}
