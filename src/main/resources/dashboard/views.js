// Charts of the last hour, config vars, and the other running apps.

import {$, address, announce, ask, bytes, el, number, post, row, setText, span, svg} from './dom.js';
import {reveal} from './requests.js';

const [WIDTH, HEIGHT] = [720, 120];
const CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx'];

export async function showCharts() {
  if ($('charts').hidden || document.hidden) return;
  const data = await ask('charts?about=' + encodeURIComponent(address.get('process') || address.get('show')));
  // What lies before the opening is left out, as long as five minutes remain.
  const first = data.classes.findIndex((_, i) => data.processes.some(({memory}) => memory[i] >= 0));
  const from = Math.min(first < 0 ? Infinity : first, data.classes.length - 30);
  const last = values => values.slice(from);
  const total = CLASSES.map((_, i) => last(data.classes).map(counts => counts[i]));
  const seconds = data.step / 1000;
  const shown = CLASSES.map((name, i) => [name, total[i].map(count => count / seconds), 's' + (i + 1)])
    .filter(([, values]) => values.some(value => value > 0));
  const parts = [
    chart('Requests a second', shown, data, value => value.toFixed(1)),
    chart('Duration in ms', [['p50', last(data.p50), 'c0'], ['p95', last(data.p95), 'c5']], data, value => Math.round(value)),
    chart('CPU in per cent of one processor', data.processes.map(({name, cpu}, i) => [name, last(cpu), 'c' + i % 6]), data,
      value => value.toFixed(0)),
    chart('Memory', data.processes.map(({name, memory}, i) => [name, last(memory), 'c' + i % 6]), data, bytes),
  ];
  $('charts').replaceChildren(...parts,
    el('p', {textContent: 'Measured every 10 seconds since the dashboard was opened. Shows up to 8 processes: the selected ones, or those that use the most memory.'}));
}

/** Lines over the last hour; a value below 0 is a gap. */
function chart(title, lines, {step, end}, format) {
  const largest = Math.max(...lines.flatMap(([, values]) => values), 0);
  const count = lines[0]?.[1].length ?? 30;
  const graph = svg('svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT + 18}`, role: 'img', 'aria-label': title});
  for (const part of [0.25, 0.5, 0.75, 1]) {
    const x = WIDTH * part;
    graph.append(svg('line', {x1: x, x2: x, y1: 0, y2: HEIGHT, class: 'grid'}));
    const time = new Date(end - (1 - part) * count * step).toTimeString().slice(0, 5);
    graph.append(svg('text', {x: x - 4, y: HEIGHT + 14, 'text-anchor': 'end'}, time));
  }
  for (const [, values, style] of lines) {
    let path = '';
    let isGap = true;
    values.forEach((value, i) => {
      if (value >= 0) {
        const y = HEIGHT - 1 - (largest ? value / largest : 0) * (HEIGHT - 6);
        path += (isGap ? 'M' : 'L') + (i * WIDTH / (count - 1)).toFixed(1) + ',' + y.toFixed(1);
        // A point of its own is a short line.
        if (isGap && !(values[i + 1] >= 0)) path += 'm-3,0h6';
      }
      isGap = value < 0;
    });
    graph.append(svg('path', {d: path, class: 'curve ' + style}));
  }
  const legend = el('ul', {className: 'legend'}, ...lines.map(([name, values, style]) => {
    const last = values.slice(-2).findLast(value => value >= 0); // The newest may not be measured yet.
    return el('li', {className: style, textContent: name + ': ' + (last === undefined ? '–' : format(last))});
  }));
  const most = largest ? `up to ${format(largest)}` : 'none yet';
  return el('figure', {}, el('figcaption', {textContent: `${title}, ${most}`}), graph, legend);
}

export async function showConfig() {
  if ($('config').hidden) return;
  const {vars} = await ask('config');
  const rows = vars.map(it => {
    const value = it.known ? reveal({name: it.name}) : el('span', {textContent: 'not applied yet: reload the files'});
    const note = (it.shadows.length ? 'instead of ' + it.shadows.join(', ') : '')
      + (it.known && !it.applied ? (it.shadows.length ? '; ' : '') + 'changed in the file, not applied yet' : '');
    return row(it.name, value, it.origin, note);
  });
  $('config-rows').replaceChildren(...rows);
  setText($('config-count'), vars.length ? '' : 'No config vars: .env is missing or empty.');
}

export async function showApps() {
  if ($('apps').hidden) return;
  const {apps} = await ask('apps');
  $('app-rows').replaceChildren(...apps.map(it => {
    const open = el('button', {className: 'name', textContent: it.root, title: 'open its dashboard',
      onclick: () => openApp(it.procfile)});
    const url = it.name || it.url;
    const link = /^https?:/.test(url)
      ? el('a', {href: url, textContent: url, target: '_blank', rel: 'noopener noreferrer'}) : '–';
    return row(open, number(it.pid), number(`${it.up} of ${it.instances}`), number(span(Date.now() - it.started_at)), link);
  }));
}

async function openApp(procfile) {
  try {
    const {link} = await post('open', {procfile});
    if (link.startsWith('http://127.0.0.1:')) location.href = link;
  } catch (failure) {
    announce(failure.message);
  }
}

setInterval(showCharts, 10_000);
