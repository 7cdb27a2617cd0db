// The table of processes, their types, and the chosen one.

import {$, address, announce, bytes, el, order, setText, points, span, svg} from './dom.js';
import * as log from './log.js';

const POINTS = 60;
const rows = new Map(); // name → {row, data, memory}
let names = [];
let types = [];
let chosen = '';

const typeOf = name => name.replace(/\.\d+$/, '');
const isDown = data => ['down', 'exited', 'idle'].includes(data.state);

/** New data of some processes; and the names of all. */
export function update({names: all, rows: changed}) {
  for (const data of changed) {
    const known = rows.get(data.name) ?? create(data.name);
    if (known.data && known.data.last_exit !== data.last_exit && data.last_exit) tellEnd(data);
    known.data = data;
    fill(known);
  }
  if (all.join() !== names.join()) arrange(all);
  showCounts();
  if (changed.some(data => data.name === chosen)) showDetail();
}

function tellEnd(data) {
  announce(`${data.name}: ${data.last_exit}`);
}

function arrange(all) {
  for (const name of names) {
    if (all.includes(name)) continue;
    rows.get(name)?.row.remove();
    rows.delete(name);
  }
  names = all;
  $('rows').replaceChildren(...names.map(name => rows.get(name)?.row).filter(Boolean));
}

const COLUMNS = ['state', 'pid', 'port', 'uptime', 'crashes', 'restarts', 'cpu', 'memory', 'spark'];

function create(name) {
  const cells = {};
  for (const column of COLUMNS) {
    cells[column] = el('td', {className: column === 'state' || column === 'spark' ? column : 'number'});
    cells[column].dataset.label = column;
  }
  const choose = el('button', {className: 'name', textContent: name, onclick: () => select(name, true)});
  const restart = el('button', {textContent: 'Restart', onclick: () => order('restart', name)});
  restart.setAttribute('aria-label', 'restart ' + name);
  const toggle = el('button', {onclick: () => toggleProcess(name)});
  const line = svg('polyline', {fill: 'none', stroke: 'currentColor'});
  cells.spark.append(svg('svg', {width: 60, height: 16, 'aria-hidden': 'true'}, line));
  const row = el('tr', {}, el('th', {scope: 'row'}, choose),
    ...Object.values(cells), el('td', {className: 'orders'}, restart, toggle));
  const known = {row, cells, toggle, restart, line, data: null, memory: []};
  rows.set(name, known);
  return known;
}

function fill({row, cells, toggle, restart, data}) {
  row.className = 'is-' + data.state.replace(/\W+/g, '-');
  setText(cells.state, data.state);
  cells.state.title = [data.known, data.last_exit].filter(Boolean).join('; ');
  setText(cells.pid, data.pid ? String(data.pid) : '–');
  const isLink = !types.find(type => type.name === typeOf(data.name))?.service;
  if (cells.port.textContent !== String(data.port) || isLink === !cells.port.firstElementChild) {
    cells.port.replaceChildren(isLink ? el('a', {
      href: 'http://localhost:' + data.port, textContent: data.port, target: '_blank', rel: 'noopener noreferrer'}) : data.port);
  }
  setText(cells.crashes, String(data.restarts));
  cells.crashes.classList.toggle('bad', data.restarts > 0);
  setText(cells.restarts, String(data.ordered_restarts));
  setText(cells.cpu, data.cpu < 0 ? '–' : data.cpu.toFixed(1) + ' %');
  setText(cells.memory, data.memory < 0 ? '–' : bytes(data.memory));
  setText(toggle, isDown(data) ? 'Start' : 'Stop');
  toggle.setAttribute('aria-label', toggle.textContent.toLowerCase() + ' ' + data.name);
  restart.disabled = isDown(data);
}

function toggleProcess(name) {
  const known = rows.get(name);
  if (known) order(isDown(known.data) ? 'start' : 'stop', name);
}

/** Once a second: what changes with time alone. */
function tick() {
  if (document.hidden) return;
  const now = Date.now();
  for (const {cells, line, data, memory} of rows.values()) {
    if (!data) continue;
    setText(cells.uptime, data.started ? span(now - data.started) : '–');
    memory.push(Math.max(0, data.memory));
    if (memory.length > POINTS) memory.shift();
    line.setAttribute('points', points(memory, 60, 16));
  }
  if ($('said')) setText($('said'), log.said(chosen));
}
setInterval(tick, 1000);

/** The types of the Procfile, and which of them wait for which. */
export function setTypes(all) {
  types = all;
  $('types').replaceChildren(...types.map(({name, command, service}) => {
    const fewer = el('button', {textContent: '−', onclick: () => order('scale', name + '-1')});
    const more = el('button', {textContent: '+', onclick: () => order('scale', name + '+1')});
    fewer.setAttribute('aria-label', 'one fewer of ' + name);
    more.setAttribute('aria-label', 'one more of ' + name);
    const label = el('span', {textContent: name, title: command});
    return el('li', {}, label, el('b', {}), ...service ? [] : [fewer, more]);
  }));
  for (const known of rows.values()) if (known.data) fill(known);
  showCounts();
  showOrder();
  showDetail();
}

function showCounts() {
  [...$('types').children].forEach((item, i) => {
    const count = names.filter(name => typeOf(name) === types[i].name).length;
    setText(item.querySelector('b'), '×' + count);
    const fewer = item.querySelector('button');
    if (fewer) fewer.disabled = count === 0;
  });
}

/** A column for each level: what is in it waits for something in the columns before. */
function showOrder() {
  const isFlat = types.every(type => type.after.length === 0);
  $('order').hidden = isFlat;
  $('order').querySelector('svg')?.remove();
  if (isFlat) return;
  const byName = new Map(types.map(type => [type.name, type]));
  const level = type => Math.max(0, ...type.after.map(({type: before}) =>
    byName.has(before) ? 1 + level(byName.get(before)) : 0));
  const columns = [];
  for (const type of types) (columns[level(type)] ??= []).push(type);
  const [width, height, stepX, stepY] = [120, 24, 180, 34];
  const place = new Map();
  columns.forEach((column, x) => column.forEach((type, y) => place.set(type.name, [x * stepX, y * stepY])));
  const graph = svg('svg', {
    width: columns.length * stepX - stepX + width + 2,
    height: Math.max(...columns.map(column => column.length)) * stepY, role: 'img'});
  graph.append(svg('title', {}, types.filter(type => type.after.length).map(type =>
    type.name + ' after ' + type.after.map(before => before.type).join(', ')).join('; ')));
  for (const type of types) {
    const [x, y] = place.get(type.name);
    for (const {type: before, why} of type.after) {
      if (!place.has(before)) continue;
      const [fromX, fromY] = place.get(before);
      const [left, right] = [fromX + width, x];
      const path = `M${left},${fromY + 13} C${left + 30},${fromY + 13} ${right - 30},${y + 13} ${right},${y + 13}`;
      graph.append(svg('path', {d: path, class: 'edge'}, svg('title', {}, why)));
    }
    graph.append(svg('rect', {x: x + 1, y: y + 1, width, height, rx: 4, class: 'node'}));
    graph.append(svg('text', {x: x + 10, y: y + 17}, type.name));
  }
  $('order').append(graph);
}

/** Makes it the chosen process, or none when it is that already. */
export function select(name, toggles = false) {
  chosen = toggles && name === chosen ? '' : name;
  address.set({process: chosen}, true);
  showChosen();
}

export function readAddress() {
  chosen = address.get('process');
  showChosen();
}

function showChosen() {
  for (const [name, {row}] of rows) {
    row.classList.toggle('chosen', name === chosen);
    row.querySelector('.name').setAttribute('aria-pressed', name === chosen);
  }
  showDetail();
}

export function move(step) {
  if (names.length === 0) return;
  const next = Math.min(names.length - 1, Math.max(0, names.indexOf(chosen) + step));
  select(names[next]);
  rows.get(chosen).row.scrollIntoView({block: 'nearest'});
}

export function act(what) {
  if (!rows.has(chosen)) {
    announce('No process is selected: press j or k to select one.');
    return;
  }
  const acts = {
    restart: () => order('restart', chosen),
    toggle: () => toggleProcess(chosen),
    more: () => order('scale', typeOf(chosen) + '+1'),
    fewer: () => order('scale', typeOf(chosen) + '-1'),
    solo: () => log.solo(chosen),
  };
  acts[what]();
}

/** What there is to say of the chosen process; of one that crashed, its last lines. */
function showDetail() {
  const data = rows.get(chosen)?.data;
  $('detail').hidden = !data;
  if (!data) return;
  const type = types.find(each => each.name === typeOf(chosen));
  const facts = [
    ['State', data.state + (data.known ? ': ' + data.known : '')],
    ['Last exit', data.last_exit],
    ['In the log', log.said(chosen)],
    ['Procfile', type ? type.name + ': ' + type.command : ''],
    ['After', type ? type.after.map(({type, why}) => `${type} (${why})`).join(', ') : ''],
  ].filter(([, value]) => value);
  const list = el('dl', {}, ...facts.flatMap(([name, value]) =>
    [el('dt', {textContent: name}), el('dd', {textContent: value, id: name === 'In the log' ? 'said' : ''})]));
  const solo = el('button', {textContent: 'Show only its log', onclick: () => log.solo(chosen)});
  const restart = el('button', {textContent: 'Restart', onclick: () => act('restart')});
  const toggle = el('button', {textContent: isDown(data) ? 'Start' : 'Stop', onclick: () => act('toggle')});
  const parts = [el('h2', {textContent: chosen}), restart, toggle, solo, list];
  if (data.last_exit && data.state !== 'up') {
    parts.push(el('pre', {className: 'last'}, ...log.last(chosen, 20)));
  }
  $('detail').replaceChildren(...parts);
}
