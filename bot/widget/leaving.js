// Leaves in an instant: an empty page first, then everything else. Shift three times does it too.
import { forgetToken } from "./conversation.js";

const PRESSES = 3;
const WITHIN_MS = 1500;

// `end` deletes the conversation; `address` is where to go instead.
export function leaveQuickly(end, address) {
  document.documentElement.hidden = true;
  document.body?.replaceChildren();
  document.title = "";
  // Back may show the page as it was left: it is emptied again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  end();
  forgetToken();
  location.replace(address);
}

export function watchKeys(onLeave) {
  let pressed = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.repeat) {
      if (event.key !== "Shift") pressed = [];
      return;
    }
    const now = event.timeStamp;
    pressed = [...pressed.filter((at) => now - at < WITHIN_MS), now];
    if (pressed.length >= PRESSES) onLeave();
  });
}
