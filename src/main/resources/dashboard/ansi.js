// Text with colours (SGR sequences, the only ones that the app leaves in) as elements: never HTML.

const SEQUENCE = /\x1b\[([\d;:]*)m/g;
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}]/g;
const STEPS = [0, 95, 135, 175, 215, 255];

/** Without colours. */
export const plain = text => text.replace(SEQUENCE, '');

/** Appends the text to an element. */
export function paint(element, text) {
  let style = {};
  let at = 0;
  for (const found of text.matchAll(SEQUENCE)) {
    put(element, text.slice(at, found.index), style);
    style = apply(style, found[1].split(/[;:]/).map(Number));
    at = found.index + found[0].length;
  }
  put(element, text.slice(at), style);
}

function put(element, text, style) {
  if (!text) return;
  if (Object.keys(style).length === 0) {
    link(element, text);
    return;
  }
  const span = document.createElement('span');
  const {front, back, ...others} = style;
  span.className = [...Object.keys(others), color('f', front), color('b', back)].filter(Boolean).join(' ');
  if (typeof front === 'string') span.style.color = front;
  if (typeof back === 'string') span.style.backgroundColor = back;
  link(span, text);
  element.append(span);
}

const color = (kind, value) => typeof value === 'number' ? kind + value : '';

/** Addresses in it become links. */
function link(element, text) {
  let at = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const a = document.createElement('a');
    [a.href, a.textContent, a.target, a.rel] = [found[0], found[0], '_blank', 'noopener noreferrer'];
    element.append(text.slice(at, found.index), a);
    at = found.index + found[0].length;
  }
  if (at < text.length) element.append(text.slice(at));
}

const NAMES = {1: 'bold', 2: 'dim', 3: 'italic', 4: 'underline', 7: 'inverse', 9: 'crossed'};
const ENDS = {22: ['bold', 'dim'], 23: ['italic'], 24: ['underline'], 27: ['inverse'], 29: ['crossed'],
  39: ['front'], 49: ['back']};

function apply(before, codes) {
  let style = {...before};
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 0) style = {};
    else if (NAMES[code]) style[NAMES[code]] = true;
    else if (ENDS[code]) for (const name of ENDS[code]) delete style[name];
    else if (code === 38 || code === 48) {
      const isPalette = codes[i + 1] === 5;
      style[code === 38 ? 'front' : 'back'] =
        isPalette ? indexed(codes[i + 2]) : `rgb(${codes.slice(i + 2, i + 5).map(part => part & 255)})`;
      i += isPalette ? 2 : 4;
    } else if (code >= 30 && code <= 37) style.front = code - 30;
    else if (code >= 90 && code <= 97) style.front = code - 82;
    else if (code >= 40 && code <= 47) style.back = code - 40;
    else if (code >= 100 && code <= 107) style.back = code - 92;
  }
  return style;
}

function indexed(index) {
  if (index < 16) return index;
  if (index >= 232) return `rgb(${[1, 1, 1].map(() => (index - 232) * 10 + 8)})`;
  const cube = index - 16;
  return `rgb(${[cube / 36, (cube / 6) % 6, cube % 6].map(part => STEPS[Math.floor(part) % 6])})`;
}
