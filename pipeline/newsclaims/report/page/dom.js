// Making elements. Text goes in as text alone: nothing here, or anywhere, parses markup.

const find = (id) => document.getElementById(id);

/** An element with attributes and children; `on…` are listeners, null and false are left out. */
function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

const SVG = "http://www.w3.org/2000/svg";
function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Words of others: isolated, so that what they do to the direction of writing ends with them. */
const words = (text, attributes = {}) => make("bdi", attributes, text);

/** A name of several parts, which may go on in the next line behind "." and "+". */
const breakable = (name) => name.split(/(?<=[.+])/).flatMap((part, index) => (index ? [make("wbr"), part] : [part]));

/** A link to an address of the web, or null: an article may claim any address, `javascript:` too. */
function outside(url) {
  if (!/^https?:\/\//i.test(url || "")) return null;
  return make(
    "a",
    { href: url, target: "_blank", rel: "noopener noreferrer", class: "outside", title: url },
    "source ↗",
  );
}

const number = (value) => value.toLocaleString("en");
const percent = (value) => (value === null ? "–" : (100 * value).toFixed(1));
const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;
