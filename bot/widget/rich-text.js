// Lays out the text of an entry: paragraphs, lists, strong words, web addresses, phone numbers.
import { make, makeLink } from "./dom.js";

const PIECES = new RegExp(
  "\\*\\*(?<strong>.+?)\\*\\*"
  + "|\\[(?<words>[^\\]]+)\\]\\((?<target>[^)\\s]+)\\)"
  + "|(?<address>https:\\/\\/[^\\s<>()]+[^\\s<>().,;:!?])"
  + "|(?<phone>(?:\\+?1[-. ])?(?:\\(\\d{3}\\) ?|\\b\\d{3}[-.])\\d{3}[-.]\\d{4}\\b)",
  "g",
);
const SHORT_CALL = /\b(?:call|dial|text|llame(?: al)?|marque(?: el)?)\s+(?:or text\s+)?(911|988|311)\b/gi;

export function callAddress(phone) {
  const digits = phone.replace(/\D/g, "");
  return digits.length === 10 ? `tel:+1${digits}` : digits.length === 11 ? `tel:+${digits}` : `tel:${digits}`;
}

function makeWords(line, note) {
  const parts = [];
  let end = 0;
  for (const match of line.matchAll(PIECES)) {
    const { strong, words, target, address, phone } = match.groups;
    if (match.index > end) parts.push(line.slice(end, match.index));
    if (strong) parts.push(make("strong", { text: strong }));
    else if (words) parts.push(makeLink(target, words, note));
    else if (address) parts.push(makeLink(address, address, note));
    else parts.push(makeLink(callAddress(phone), phone));
    end = match.index + match[0].length;
  }
  if (end < line.length) parts.push(line.slice(end));
  return parts;
}

// Returns one element a block; `note` says that a link opens in a new tab.
export function makeBlocks(text, note) {
  const blocks = [];
  let list = null;
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    const item = line.match(/^[-*]\s+(.*)$/);
    if (!item) list = null;
    if (!line) continue;
    if (item) {
      if (!list) blocks.push((list = make("ul")));
      list.append(make("li", {}, ...makeWords(item[1], note)));
    } else {
      blocks.push(make("p", {}, ...makeWords(line.replace(/^#+\s*/, ""), note)));
    }
  }
  return blocks;
}

// Returns the phone numbers that a text tells people to call, each once.
export function phonesIn(text) {
  const long = [...text.matchAll(PIECES)].map((match) => match.groups.phone).filter(Boolean);
  const short = [...text.matchAll(SHORT_CALL)].map((match) => match[1]);
  return [...new Set([...short, ...long])];
}
