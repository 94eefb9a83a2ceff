// Clears the window when nobody has touched it for a while, with a warning before.

const WARN_MS = 23 * 60 * 1000;
const END_MS = 25 * 60 * 1000;
const LOOK_MS = 5000;

// Returns touch(): whoever is there calls it.
export function watchIdle({ isWatched, onWarn, onEnd }) {
  let touched = Date.now();
  let isWarned = false;
  setInterval(() => {
    const idle = Date.now() - touched;
    if (!isWatched() || idle < WARN_MS) return;
    if (idle >= END_MS) {
      touched = Date.now();
      isWarned = false;
      onEnd();
    } else if (!isWarned) {
      isWarned = true;
      onWarn();
    }
  }, LOOK_MS);
  return () => {
    touched = Date.now();
    isWarned = false;
  };
}
