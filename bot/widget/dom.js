// Makes elements. Words always go in as text; a link leads to https, mailto or tel, or nowhere.

const SAFE_ADDRESS = /^(https:\/\/[^\s]|mailto:[^\s]|tel:\+?[\d-]+$)/i;
const SVG = "http://www.w3.org/2000/svg";

export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name === "onClick") element.addEventListener("click", value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function makeButton(text, onClick, properties = {}) {
  return make("button", { type: "button", text, onClick, ...properties });
}

// Plain text where the address is not one of the allowed kinds.
export function makeLink(address, text, note = "") {
  if (!SAFE_ADDRESS.test(address)) return document.createTextNode(text);
  const isCall = address.startsWith("tel:") || address.startsWith("mailto:");
  const link = make("a", { href: address, text });
  if (isCall) return link;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.referrerPolicy = "no-referrer";
  if (note) link.append(make("span", { class: "unseen", text: ` (${note})` }));
  return link;
}

export function drawIcon(path, className = "icon") {
  const picture = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("class", className);
  picture.setAttribute("aria-hidden", "true");
  picture.setAttribute("focusable", "false");
  line.setAttribute("d", path);
  picture.append(line);
  return picture;
}
