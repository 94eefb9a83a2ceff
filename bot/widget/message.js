// One message of the conversation as it stands in the window.
import { makeCard, makeRelated } from "./answer-card.js";
import { make, makeButton } from "./dom.js";
import { makeBlocks } from "./rich-text.js";

function speaker(message, words) {
  if (message.from === "visitor") return words.you;
  if (message.from === "staff") return message.name ? `${message.name}, ${words.staff}` : words.staff;
  return message.from === "system" ? words.system : words.assistant;
}

function makeTime(at, language) {
  const moment = new Date(at);
  const text = moment.toLocaleTimeString(language, { hour: "numeric", minute: "2-digit" });
  return make("time", { datetime: at, text });
}

// A pressed choice stays pressed, so that whoever reads back sees what was chosen.
function makeChoices(message, press) {
  // The way back to the assistant stands above the field as long as a person is there.
  if (message.from === "staff" || message.from === "system") return null;
  const wanted = message.buttons.filter((button) => !button.shows || !message.answers.length);
  const buttons = wanted.map((button, place) => {
    const label = message.options[place]?.title ?? button.label;
    return makeButton(label, (event) => {
      event.currentTarget.setAttribute("aria-pressed", "true");
      press(button.id, label);
    }, { class: message.options.length ? "wide" : "" });
  });
  return buttons.length ? make("div", { class: "buttons" }, ...buttons) : null;
}

// `does` has ask(text), press(button, label) and vote(ballot).
export function makeMessage(message, words, does) {
  const language = message.language ?? "en";
  const isBot = message.from === "bot";
  const who = make("p", { class: "who" }, make("span", { text: speaker(message, words) }), " ", makeTime(message.at, language));
  const item = make("div", { class: `message ${message.from} ${message.kind}`, lang: language, dir: "auto" }, who);
  if (message.from === "visitor") item.append(make("p", { class: "said", text: message.text }));
  else if (!isBot) item.append(...makeBlocks(message.text, words.new_tab));
  for (const line of message.lead ?? []) item.append(...makeBlocks(line, words.new_tab));
  for (const answer of message.answers ?? []) {
    item.append(makeCard(answer, {
      words,
      isEmergency: message.kind === "emergency",
      showsDetails: message.part === "details",
      vote: isBot ? (ballot) => does.vote({ seq: message.seq, entry: answer.entry, ...ballot }) : null,
    }));
  }
  const related = message.kind === "answer" ? makeRelated(message.answers, words, does.ask) : null;
  if (related) item.append(related);
  for (const line of message.closing ?? []) item.append(make("div", { class: "small" }, ...makeBlocks(line, words.new_tab)));
  const choices = makeChoices(message, does.press);
  if (choices) item.append(choices);
  return item;
}

// What the visitor has said but the server has not yet heard.
export function makeWaiting(item, words, tryAgain) {
  const said = make("div", { class: "message visitor waiting", dir: "auto" },
    make("p", { class: "who", text: item.failed ? `${words.you}: ${words.not_sent}` : `${words.you}: ${words.sending}` }),
    make("p", { class: "said", text: item.label }));
  if (item.failed) said.append(makeButton(words.again, tryAgain));
  return said;
}
