// Two thumbs under an answer. The visitor's question is sent along only after a "yes".

const SVG = "http://www.w3.org/2000/svg";
const THUMB = "M2 10h4v11H2zM8 21V10l4-8c2 0 3 1 3 3l-1 4h6c1.5 0 2.3 1 2 2.3l-1.4 7.4"
  + "c-.3 1.4-1.1 2.3-2.6 2.3z";

function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (className) element.className = className;
  return element;
}

function makeButton(text, onPress) {
  const element = make("button", text);
  element.type = "button";
  element.addEventListener("click", onPress);
  return element;
}

// Drawn, because old devices have no letters for thumbs.
function drawThumb(className) {
  const picture = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("class", className);
  picture.setAttribute("aria-hidden", "true");
  path.setAttribute("d", THUMB);
  picture.append(path);
  return picture;
}

function makeThumb(className, label, onPress) {
  const thumb = makeButton("", onPress);
  thumb.append(drawThumb(className));
  thumb.setAttribute("aria-label", label);
  thumb.setAttribute("aria-pressed", "false");
  thumb.title = label;
  return thumb;
}

// `words` are the phrases feedback_*; `send` takes {helpful, share} and may fail.
export function askForFeedback(words, send) {
  const box = make("div", "", "feedback small");
  const thumbs = make("div", "", "buttons");
  const told = make("p");
  const choice = make("div", "", "buttons");
  let isBusy = false;
  told.tabIndex = -1;
  thumbs.setAttribute("role", "group");
  thumbs.setAttribute("aria-label", words.feedback_ask);

  // Whoever pressed a button that goes away must not lose their place on the page.
  function tell(text, ...buttons) {
    const held = choice.contains(document.activeElement);
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
  const share = () =>
    vote({ helpful: false, share: true }, () => tell(words.feedback_shared));
  const ask = () => tell(
    words.feedback_share,
    makeButton(words.feedback_yes, share),
    makeButton(words.feedback_no, () => tell(words.feedback_thanks)),
  );
  const up = makeThumb("up", words.feedback_helped, () => {
    if (isPressed(up)) return;
    vote({ helpful: true }, () => {
      press(up);
      tell(words.feedback_thanks);
    });
  });
  const down = makeThumb("down", words.feedback_not_helped, () => {
    if (isPressed(down)) return;
    vote({ helpful: false }, () => {
      press(down);
      ask();
    });
  });
  thumbs.append(up, down);
  box.append(thumbs, told, choice);
  return box;
}
