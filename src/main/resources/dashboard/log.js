// The log: lines as they come, filtered, and as much of them in the document as one looks at.

import {$, address, announce, el, setText} from './dom.js';
import {paint, plain} from './ansi.js';

const KEPT = 5000; // lines; twice as many while a person reads
const SHOWN = 200; // rows in the document, and half as many more while a person scrolls
const STEP = 100;
const OWN = ['manager', 'router'];

let lines = []; // {number, time, source, text, plain}
let found = []; // those that the view shows
let next = -1;
let skippedBefore = null;
let from = 0; // the first of `found` that is in the document
let to = 0;
let isFollowing = true;
let unseen = 0;
let types = [];
let view = {show: [], query: null, only: true};
let pending = []; // added with the next frame
let current = null; // the line that is linked to, or the match one has jumped to

export const nextLine = () => next;

/** More lines have come. */
export function add({lines: more, skipped}) {
  for (const [number, time, source, text] of more) {
    if (number < next) continue;
    pending.push({number, time, source, text, plain: plain(text)});
    next = number + 1;
  }
  skippedBefore ??= skipped;
  const missed = skipped - skippedBefore;
  setText($('skipped'), missed > 0 ? missed.toLocaleString('en') + ' lines skipped' : '');
  if (pending.length === more.length) requestAnimationFrame(flush);
}

function flush() {
  const more = pending;
  pending = [];
  lines.push(...more);
  const fitting = more.filter(isShown);
  found.push(...fitting);
  if (lines.length > KEPT * (isFollowing ? 1 : 2)) trim();
  if (isFollowing) {
    showEnd(fitting);
  } else {
    unseen += fitting.length;
    showUnseen();
  }
  showMatches();
}

function trim() {
  lines = lines.slice(-KEPT);
  const oldest = lines[0].number;
  const gone = found.findIndex(line => line.number >= oldest);
  found.splice(0, gone < 0 ? found.length : gone);
  if (isFollowing) return;
  from = Math.max(0, from - gone);
  to = Math.max(from, to - gone);
}

const typeOf = source => source.replace(/\.\d+$/, '');

function isShown(line) {
  const {show, query, only} = view;
  if (show.length > 0 && !show.includes(line.source) && !show.includes(typeOf(line.source))) return false;
  return !only || isMatch(line);
}

const isMatch = line => !view.query || view.query(line.plain);

// Rows

function row(line) {
  const place = types.indexOf(typeOf(line.source));
  const source = el('a', {
    className: 'source ' + (place < 0 ? 'own' : 'c' + place % 6), textContent: line.source,
    href: '#line=' + line.number, title: new Date(line.time).toLocaleString() + ': link to this line'});
  source.onclick = event => {
    event.preventDefault();
    mark(line, false);
  };
  const text = el('span', {className: 'text'});
  paint(text, line.text);
  const parts = view.time ? [el('time', {textContent: clock(line.time)})] : [];
  const element = el('div', {}, ...parts, source, text);
  element.dataset.number = line.number;
  dress(element, line);
  return element;
}

function dress(element, line) {
  element.className = 'line'
    + (view.query && !view.only && isMatch(line) ? ' match' : '')
    + (line === current ? ' current' : '');
}

const clock = time => {
  const date = new Date(time);
  return date.toTimeString().slice(0, 8) + '.' + String(date.getMilliseconds()).padStart(3, '0');
};

function showEnd(added) {
  const box = $('lines');
  if (added && to === found.length - added.length && added.length < SHOWN) {
    box.append(...added.map(row));
    while (box.childElementCount > SHOWN) box.firstElementChild.remove();
  } else {
    box.replaceChildren(...found.slice(-SHOWN).map(row));
  }
  to = found.length;
  from = to - box.childElementCount;
  box.scrollTop = box.scrollHeight;
}

/** The rows around a line, in the middle of the box. */
function showAt(index) {
  const box = $('lines');
  from = Math.max(0, index - SHOWN / 2);
  to = Math.min(found.length, from + SHOWN);
  box.replaceChildren(...found.slice(from, to).map(row));
  box.children[index - from]?.scrollIntoView({block: 'center'});
}

/** More rows above or below, where one scrolls to. */
function extend() {
  const box = $('lines');
  if (box.scrollTop < 200 && from > 0) {
    const start = Math.max(0, from - STEP);
    const height = box.scrollHeight;
    box.prepend(...found.slice(start, from).map(row));
    box.scrollTop += box.scrollHeight - height;
    from = start;
    while (to - from > SHOWN + STEP) { box.lastElementChild.remove(); to--; }
  } else if (box.scrollHeight - box.scrollTop - box.clientHeight < 200 && to < found.length) {
    const end = Math.min(found.length, to + STEP);
    box.append(...found.slice(to, end).map(row));
    to = end;
    const height = box.scrollHeight;
    while (to - from > SHOWN + STEP) { box.firstElementChild.remove(); from++; }
    box.scrollTop -= height - box.scrollHeight;
  }
}

let lastTop = 0;

function scrolled() {
  const box = $('lines');
  const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 4;
  if (isFollowing && box.scrollTop < lastTop - 1 && !isAtEnd) follow(false);
  else if (!isFollowing && isAtEnd && to === found.length) follow(true);
  lastTop = box.scrollTop;
  if (!isFollowing) extend();
}

export function follow(now) {
  isFollowing = now;
  unseen = 0;
  if (now) showEnd();
  showUnseen();
}

function showUnseen() {
  $('follow').hidden = isFollowing;
  setText($('follow'), unseen > 0 ? `↓ ${unseen.toLocaleString('en')} new lines` : '↓ follow');
}

// The view: sources, filter, time

export function setTypes(names) {
  const old = types.join();
  types = names;
  $('lines').style.setProperty('--names', Math.max(7, ...names.map(name => name.length + 2)) + 'ch');
  $('sources').replaceChildren(...[...types, ...OWN].map((name, i) => {
    const chip = el('button', {textContent: name, className: i < types.length ? 'c' + i % 6 : 'own'});
    chip.onclick = () => choose(view.show.includes(name)
      ? view.show.filter(other => other !== name) : [...view.show, name]);
    return chip;
  }));
  showChips();
  if (old !== types.join()) refresh();
}

function showChips() {
  for (const chip of $('sources').children) {
    chip.setAttribute('aria-pressed', view.show.includes(chip.textContent));
  }
  const single = view.show.find(name => ![...types, ...OWN].includes(name));
  $('sources').title = single ? 'only ' + single : '';
}

function choose(show) {
  address.set({show: show.join(',')}, true);
  readAddress();
}

/** Only the lines of one process; of all again when it is so already. */
export function solo(name) {
  choose(view.show.join() === name ? [] : [name]);
}

function compile(text, isRegex) {
  $('query').setCustomValidity('');
  if (!text) return null;
  if (!isRegex) {
    const wanted = text.toLowerCase();
    return line => line.toLowerCase().includes(wanted);
  }
  try {
    const pattern = new RegExp(text, 'i');
    return line => pattern.test(line);
  } catch (failure) {
    $('query').setCustomValidity(failure.message);
    return null;
  }
}

/** Shows what the address says. */
export function readAddress() {
  const query = address.get('q');
  if ($('query').value !== query) $('query').value = query;
  $('regex').checked = address.get('regex') === '1';
  $('only').checked = address.get('only') !== '0';
  $('time').checked = address.get('time') === '1';
  view = {
    show: address.get('show').split(',').filter(Boolean),
    query: compile(query, $('regex').checked),
    only: $('only').checked,
    time: $('time').checked,
  };
  showChips();
  refresh();
  const linked = Number(address.get('line'));
  if (linked && linked !== current?.number) goTo(linked);
}

function refresh() {
  found = lines.filter(isShown);
  if (isFollowing || found.length === 0) showEnd();
  else showAt(found.length - 1);
  showMatches();
}

function showMatches() {
  const count = view.query ? (view.only ? found.length : found.filter(isMatch).length) : 0;
  setText($('matches'), $('query').validationMessage || (view.query ? count.toLocaleString('en') + ' found' : ''));
}

function goTo(number) {
  const line = lines.find(each => each.number >= number);
  if (line) mark(line, true);
}

/** Makes it the current line, which the address names. */
function mark(line, jumps) {
  current = line;
  address.set({line: String(line.number)});
  if (jumps) {
    follow(false);
    const index = found.indexOf(line);
    if (index >= 0) showAt(index);
  }
  for (const element of $('lines').children) {
    element.classList.toggle('current', Number(element.dataset.number) === line.number);
  }
}

/** To the next match, or the one before. */
export function jump(step) {
  if (!view.query) return;
  const matches = found.filter(isMatch);
  if (matches.length === 0) return;
  const now = matches.findIndex(line => line.number >= (current?.number ?? Infinity));
  const isOn = matches[now] === current;
  const index = now < 0 ? (step > 0 ? 0 : matches.length - 1)
    : step > 0 ? now + (isOn ? 1 : 0) : now - 1;
  mark(matches[(index + matches.length) % matches.length], true);
}

const saidOf = name => line => line.source === 'manager' && line.plain.split(' ').includes(name);

/** The last that the manager said of a process. */
export const said = name => lines.findLast(saidOf(name))?.plain ?? '';

/** The last lines of a process since its last start, as elements. */
export function last(name, count) {
  const isStart = line => saidOf(name)(line) && line.plain.startsWith(name + ' started');
  const started = lines.findLastIndex(isStart);
  return lines.slice(started + 1).filter(line => line.source === name).slice(-count).map(line => {
    const element = el('span');
    paint(element, line.text);
    element.append('\n');
    return element;
  });
}

// Copy and save

function text() {
  const width = Math.max(...found.map(line => line.source.length), 0);
  return found.map(line =>
    (view.time ? clock(line.time) + ' ' : '') + line.source.padEnd(width) + ' | ' + line.plain + '\n').join('');
}

async function copy() {
  await navigator.clipboard.writeText(text());
  announce(found.length + ' lines copied');
}

function download() {
  const url = URL.createObjectURL(new Blob([text()], {type: 'text/plain'}));
  el('a', {href: url, download: 'log.txt'}).click();
  URL.revokeObjectURL(url);
}

const set = (name, value) => {
  address.set({[name]: value, line: ''});
  readAddress();
};
$('query').oninput = () => set('q', $('query').value);
$('query').onkeydown = event => { if (event.key === 'Enter') jump(event.shiftKey ? -1 : 1); };
$('regex').onchange = () => set('regex', $('regex').checked ? '1' : '');
$('only').onchange = () => set('only', $('only').checked ? '' : '0');
$('time').onchange = () => set('time', $('time').checked ? '1' : '');
$('previous').onclick = () => jump(-1);
$('next').onclick = () => jump(1);
$('copy').onclick = copy;
$('download').onclick = download;
$('follow').onclick = () => follow(true);
$('lines').onscroll = scrolled;
