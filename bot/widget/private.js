// Notices what need not be shared: an A-number, a card or social security number, a case's receipt number.

const PATTERNS = [
  /\bA[-# ]?\d{8,9}\b/i,
  /\b\d{3}-\d{2}-\d{4}\b/,
  /\b(?:\d[ -]?){15,16}\b/,
  /\b(?:EAC|WAC|LIN|SRC|MSC|NBC|IOE|YSC)[- ]?\d{10}\b/i,
];

export function looksPrivate(text) {
  return PATTERNS.some((pattern) => pattern.test(text));
}
