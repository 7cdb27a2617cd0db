// The list of requests, and one of them in full.

import {$, address, announce, bytes, el, number, post, row, setText, span} from './dom.js';

const KEPT = 500;
const SHOWN = 100;
const SECRET = '••••••••';

let requests = []; // the newest first
let missed = 0;
let chosen = 0;

/** More requests have come, or ended. */
export function add({requests: more, missed: count}) {
  const numbers = new Set(more.map(each => each.number));
  requests = [...more.reverse(), ...requests.filter(each => !numbers.has(each.number))].slice(0, KEPT);
  missed += count;
  show();
}

const millis = value => value < 0 ? '–' : value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en');

function isFound({method, path, host, status, code, instance}, words) {
  const all = `${method} ${host}${path} ${status} ${code} ${instance}`.toLowerCase();
  return words.every(word => all.includes(word));
}

export function show() {
  if ($('requests').hidden) return;
  const words = $('request-query').value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = requests.filter(each => isFound(each, words));
  $('request-rows').replaceChildren(...found.slice(0, SHOWN).map(line));
  const shown = found.length > SHOWN ? `the last ${SHOWN} of ${found.length}` : `${found.length}`;
  setText($('request-count'), requests.length ? `${shown} requests` + (missed ? `, ${missed} not shown` : '')
    : 'No requests have gone through the router yet.');
}

function line(it) {
  const open = el('button', {className: 'name', textContent: it.method + ' ' + it.path, title: it.host + it.path,
    onclick: () => choose(it.number)});
  const status = [it.status || (it.open ? '' : '–'), it.open ? 'open' : '', it.code].filter(Boolean).join(' ');
  const service = number(it.open ? span(Date.now() - it.time) : millis(it.service), 'service');
  if (it.open) {
    service.classList.add('life');
    service.dataset.since = it.time;
  }
  const shown = row(open, el('td', {className: 'status s' + (it.code ? 5 : Math.floor(it.status / 100)), textContent: status}),
    it.instance, number(millis(it.wait), 'wait'), number(millis(it.connect), 'connect'), service, number(it.open ? '' : bytes(it.bytes)));
  shown.prepend(el('td', {textContent: new Date(it.time).toTimeString().slice(0, 8)}));
  shown.classList.toggle('chosen', it.number === chosen);
  return shown;
}

function choose(id) {
  chosen = id === chosen ? 0 : id;
  address.set({request: chosen ? String(chosen) : ''}, true);
  readAddress();
}

export async function readAddress() {
  chosen = Number(address.get('request'));
  show();
  if (!chosen) {
    $('request').hidden = true;
    return;
  }
  const response = await fetch('request?about=' + chosen);
  if (!response.ok) {
    $('request').replaceChildren(await response.text());
  } else {
    showDetails(await response.json());
  }
  $('request').hidden = false;
}

function showDetails(it) {
  const replay = el('button', {textContent: 'Replay', title: 'send the request again and compare the responses',
    onclick: () => send(it.number)});
  const copy = el('button', {textContent: 'Copy as curl', onclick: async () => {
    await navigator.clipboard.writeText(curl(it));
    announce('curl command copied');
  }});
  const close = el('button', {textContent: 'Close', onclick: () => choose(chosen)});
  $('request').replaceChildren(
    el('h2', {textContent: `${it.method} ${it.host}${it.path}`}), copy, replay, close, answer(it),
    el('h3', {textContent: 'Request'}), fieldList(it, it.request, false), body(it.sent));
}

async function send(number) {
  announce('sending again …');
  try {
    const {first, second} = await post('replay', {number});
    announce(`sent again: ${second.status}`);
    $('request').replaceChildren(el('h2', {textContent: `${first.method} ${first.host}${first.path}`}),
      el('button', {textContent: 'Back', onclick: readAddress}),
      el('div', {className: 'compared'},
        el('section', {}, el('h3', {textContent: 'Before'}), answer(first)),
        el('section', {}, el('h3', {textContent: 'Again'}), answer(second))));
  } catch (failure) {
    announce('Not sent: ' + failure.message);
  }
}

function answer(it) {
  const times = ['wait', 'connect', 'service'].map(name => `${name} ${millis(it[name])} ms`).join(', ');
  return el('div', {},
    el('p', {textContent: `${it.open ? 'open' : it.status} ${it.code} from ${it.instance || 'the router'}, ${times}, ${bytes(it.bytes)}`}),
    el('h3', {textContent: 'Response'}), fieldList(it, it.response, true), body(it.received));
}

function fieldList(it, fields, isResponse) {
  return el('dl', {className: 'fields'}, ...fields.flatMap(field => {
    const value = el('dd', {textContent: field.value});
    if (field.masked) {
      value.replaceChildren(reveal({number: it.number, name: field.name, response: isResponse}, text => {
        field.value = text;
        field.masked = false;
      }));
    }
    return [el('dt', {textContent: field.name}), value];
  }));
}

/** A mask that shows what is behind it when it is clicked. */
export function reveal(what, then = () => {}) {
  const mask = el('button', {textContent: SECRET, className: 'mask'});
  mask.setAttribute('aria-label', 'show the value of ' + what.name);
  mask.onclick = async () => {
    try {
      const {value} = await post('reveal', what);
      then(value);
      mask.replaceWith(el('code', {textContent: value}));
    } catch (failure) {
      announce(failure.message);
    }
  };
  return mask;
}

function body(kept) {
  if (!kept || kept.length === 0) return '';
  const size = kept.kept < kept.length ? `the first ${bytes(kept.kept)} of ${bytes(kept.length)}` : bytes(kept.length);
  return el('details', {open: true}, el('summary', {textContent: 'Body, ' + size}),
    el('pre', {className: 'last', textContent: kept.binary ? '(not text)' : kept.text}));
}

const LEFT_OUT = /^(host|content-length|connection|accept-encoding)$/i;
const quoted = text => "'" + text.replaceAll("'", "'\\''") + "'";

function curl(it) {
  const fields = it.request.filter(({name}) => !LEFT_OUT.test(name)).map(({name, value, masked}) =>
    ' \\\n  -H ' + quoted(`${name}: ${masked ? SECRET : value}`));
  const data = it.sent?.text ? ' \\\n  --data-binary ' + quoted(it.sent.text) : '';
  const method = it.method === 'GET' ? '' : ' -X ' + it.method;
  return `curl${method} ${quoted(`${it.scheme}://${it.host}${it.path}`)}${fields.join('')}${data}`;
}

$('request-query').oninput = show;
setInterval(() => {
  for (const cell of document.querySelectorAll('#request-rows .life')) setText(cell, span(Date.now() - cell.dataset.since));
}, 1000);
