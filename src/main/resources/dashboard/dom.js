// Small helpers: elements, the view in the address, orders to the app.

export const $ = id => document.getElementById(id);

/** An element with these properties (those with a dash are attributes) and children. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-') || name === 'role') element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children);
  return element;
}

/** A cell of a table that is aligned to the right; the label stands before it where the table has no head. */
export const number = (text, label = '') => el('td', {className: 'number', textContent: text, 'data-label': label});

/** A row of a table: its head, and cells or what is in them. */
export const row = (head, ...cells) => el('tr', {}, el('th', {scope: 'row'}, head),
  ...cells.map(cell => cell.tagName === 'TD' ? cell : el('td', {}, cell)));

/** An SVG element with these attributes. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The points of a line through the values, from 0 to the largest. */
export function points(values, width, height) {
  const largest = Math.max(...values, 1);
  const step = width / Math.max(1, values.length - 1);
  return values.map((value, i) =>
    (i * step).toFixed(1) + ',' + (height - 1 - (value / largest) * (height - 2)).toFixed(1)).join(' ');
}

export const setText = (node, text) => { if (node.textContent !== text) node.textContent = text; };

/** What is shown, as the address has it: #view=log&show=web&q=error. */
export const address = {
  get: name => new URLSearchParams(location.hash.slice(1)).get(name) ?? '',
  set(values, isStep = false) {
    const all = new URLSearchParams(location.hash.slice(1));
    for (const [name, value] of Object.entries(values)) {
      if (value) all.set(name, value);
      else all.delete(name);
    }
    const next = '#' + all.toString();
    if (next === (location.hash || '#')) return;
    history[isStep ? 'pushState' : 'replaceState'](null, '', next);
  },
};

/** Tells a person what has happened, also one who does not see the page. */
export function announce(text) {
  setText($('announcement'), text);
}

/** Sends what changes something; the answer as an object. */
export async function post(path, body) {
  const token = document.querySelector('meta[name=token]').content;
  const response = await fetch(path, {
    method: 'POST', headers: {'X-Jlocal-Token': token}, body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/** The answer to a question, as an object. */
export async function ask(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/** Gives an order to the app and says what came of it. */
export async function order(command, ...names) {
  announce(`${command} ${names.join(' ')} …`);
  try {
    const {ok, said} = await post('orders', {command, names});
    announce((ok ? '' : 'Failed: ') + said.join('; '));
  } catch (failure) {
    announce('Failed: ' + failure.message);
  }
}

const UNITS = [[86400, 'd'], [3600, 'h'], [60, 'min']];

/** A time span as a person says it: 3 h 12 min. */
export function span(millis) {
  let seconds = Math.max(0, Math.floor(millis / 1000));
  const words = [];
  for (const [unit, name] of UNITS) {
    if (seconds >= unit && words.length < 2) words.push(Math.floor(seconds / unit) + ' ' + name);
    seconds %= unit;
  }
  return words.length < 2 && !words.some(word => word.includes('d'))
    ? [...words, seconds + ' s'].join(' ') : words.join(' ');
}

export function bytes(count) {
  if (count < 1024) return count + ' B';
  const mega = count / 1048576;
  if (mega < 1) return Math.round(count / 1024) + ' KB';
  return mega < 10240 ? (mega < 10 ? mega.toFixed(1) : Math.round(mega)) + ' MB'
    : (mega / 1024).toFixed(1) + ' GB';
}
