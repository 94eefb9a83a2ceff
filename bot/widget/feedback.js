// Two thumbs under an answer. The visitor's question is sent along only after a "yes".
import { drawIcon, make, makeButton } from "./dom.js";

const THUMB = "M2 10h4v11H2zM8 21V10l4-8c2 0 3 1 3 3l-1 4h6c1.5 0 2.3 1 2 2.3l-1.4 7.4"
  + "c-.3 1.4-1.1 2.3-2.6 2.3z";

function makeThumb(className, label, onClick) {
  const thumb = makeButton("", onClick, { "aria-label": label, "aria-pressed": "false", title: label });
  thumb.append(drawIcon(THUMB, `icon ${className}`));
  return thumb;
}

// `send` takes {helpful, share} and may fail.
export function askForFeedback(words, send) {
  const told = make("p", { tabindex: "-1" });
  const choice = make("div", { class: "buttons" });
  let isBusy = false;

  // Whoever pressed a button that goes away must not lose their place on the page.
  function tell(text, ...buttons) {
    const held = choice.contains(choice.getRootNode().activeElement);
    told.textContent = text;
    choice.replaceChildren(...buttons);
    if (held) told.focus();
  }

  async function vote(ballot, onDone) {
    if (isBusy) return;
    isBusy = true;
    try {
      await send(ballot);
      onDone();
    } catch {
      told.textContent = words.feedback_failed;
    } finally {
      isBusy = false;
    }
  }

  const press = (pressed) => {
    for (const thumb of [up, down]) thumb.setAttribute("aria-pressed", String(thumb === pressed));
  };
  const isPressed = (thumb) => thumb.getAttribute("aria-pressed") === "true";
  const share = () => vote({ helpful: false, share: true }, () => tell(words.feedback_shared));
  const ask = () => tell(
    words.feedback_share,
    makeButton(words.feedback_yes, share),
    makeButton(words.feedback_no, () => tell(words.feedback_thanks)),
  );
  const up = makeThumb("up", words.feedback_helped, () => {
    if (!isPressed(up)) vote({ helpful: true, share: false }, () => { press(up); tell(words.feedback_thanks); });
  });
  const down = makeThumb("down", words.feedback_not_helped, () => {
    if (!isPressed(down)) vote({ helpful: false, share: false }, () => { press(down); ask(); });
  });
  const thumbs = make("div", { class: "buttons", role: "group", "aria-label": words.feedback_ask }, up, down);
  return make("div", { class: "feedback small" }, thumbs, told, choice);
}
