// The bar on top: leave quickly, the other language, options, close. In that order by keyboard, too.
import { drawIcon, make, makeButton } from "./dom.js";

const CROSS = "M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z";
const DOTS = "M5 10h4v4H5zm5 0h4v4h-4zm5 0h4v4h-4z";

function makeDeletion(words, does) {
  const ask = makeButton(words.delete, () => show(true), { class: "wide" });
  const yes = makeButton(words.delete_yes, () => { show(false); does.remove(); }, { class: "danger" });
  const no = makeButton(words.delete_no, () => { show(false); ask.focus(); });
  const question = make("div", { role: "group", "aria-label": words.delete_ask, hidden: true },
    make("p", { text: words.delete_ask }), make("div", { class: "buttons" }, yes, no));

  function show(isAsked) {
    question.hidden = !isAsked;
    ask.hidden = isAsked;
    if (isAsked) no.focus();
  }
  return [ask, question];
}

export function makeBar(words, language, does) {
  const other = language === "en" ? "es" : "en";
  const tools = make("div", { class: "tools", id: "tools", hidden: true },
    makeButton(words.copy, does.copy, { class: "wide" }),
    makeButton(words.save, does.save, { class: "wide" }),
    makeButton(words.print, does.print, { class: "wide" }),
    ...makeDeletion(words, does),
    words.hours ? make("p", { class: "small", text: words.hours }) : null,
    make("p", { class: "small", text: words.leave_note }));
  const open = makeButton("", () => fold(tools.hidden),
    { class: "icon-only", "aria-label": words.options, "aria-expanded": "false", "aria-controls": "tools" });
  open.append(drawIcon(DOTS));
  const close = makeButton("", does.close, { class: "icon-only close", "aria-label": words.close });
  close.append(drawIcon(CROSS));
  const languages = makeButton(words.other_language, does.switchLanguage, { lang: other });

  function fold(isOpen) {
    tools.hidden = !isOpen;
    open.setAttribute("aria-expanded", String(isOpen));
  }
  const element = make("div", { class: "bar" },
    make("h2", { text: words.title }),
    make("div", { class: "actions" },
      makeButton(words.leave, does.leave, { class: "danger", title: words.leave_note }), languages, open, close),
    tools);
  return { element, languages, fold };
}
