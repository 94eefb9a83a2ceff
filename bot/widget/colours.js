// Puts style sheets into the chat, and makes the office's accent colour readable.

const HEX = /^#([0-9a-f]{6})$/i;

export function makeSheet(root, css) {
  if (!css) return;
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    // Browsers before 2023 take only this; a page with a strict policy then shows the chat unstyled.
    const style = document.createElement("style");
    style.textContent = css;
    root.append(style);
  }
}

function lightness(hex) {
  const [red, green, blue] = [1, 3, 5].map((place) => {
    const part = parseInt(hex.slice(place, place + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

// Black or white words, whichever is easier to read on it (WCAG relative luminance).
export function accentSheet(accent) {
  if (!HEX.test(accent ?? "")) return "";
  const ink = 1.05 / (lightness(accent) + 0.05) >= (lightness(accent) + 0.05) / 0.05 ? "#ffffff" : "#000000";
  return `:host { --accent: ${accent} !important; --on-accent: ${ink} !important; }`;
}
