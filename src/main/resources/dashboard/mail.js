// The add-ons of the app, and the mail that one of them has taken.

import {$, address, announce, ask, bytes, el, number, post, row, setText} from './dom.js';

let summary = {names: [], has_mail: false, messages: 0, newest: ''};
let shown = ''; // the message in full

/** What there is, whenever that changes. */
export function setSummary(next) {
  if (JSON.stringify(next) === JSON.stringify(summary)) return;
  summary = next;
  $('tab-mail').hidden = !next.has_mail;
  setText($('tab-mail'), next.messages ? `Mail (${next.messages})` : 'Mail');
  showMail();
  showAddOns();
}

export async function showAddOns() {
  if ($('addons').hidden || document.hidden) return;
  const {addons} = await ask('addons');
  $('addon-rows').replaceChildren(...addons.map(it => {
    const state = el('td', {className: 'state', textContent: it.state});
    const line = row(it.name, it.service, it.plan, it.version, state, el('code', {textContent: it.url}), number(bytes(it.bytes)));
    line.className = 'is-' + it.state;
    return line;
  }));
  setText($('addon-count'), addons.length ? '' : 'No add-ons. To create one: jlocal addons:create heroku-postgresql');
}

export async function showMail() {
  if ($('mail').hidden) return;
  const {messages} = summary.has_mail ? await ask('mail') : {messages: []};
  const chosen = address.get('message');
  $('mail-rows').replaceChildren(...messages.map(it => message(it, it.id === chosen)));
  setText($('mail-count'), messages.length ? `Messages: ${messages.length} (none was delivered)`
    : 'No mail has come yet. Messages that the app sends through SMTP_URL are kept here and not delivered.');
  $('mail-clear').hidden = !messages.length;
  if (chosen !== shown) showMessage(chosen);
}

function message(it, isChosen) {
  const open = el('button', {className: 'name', textContent: it.subject || '(no subject)', onclick: () => choose(it.id)});
  const line = row(open, it.from, it.to, new Date(Number(it.id)).toLocaleString(), number(bytes(it.bytes)));
  line.classList.toggle('chosen', isChosen);
  return line;
}

function choose(id) {
  address.set({message: id === shown ? '' : id}, true);
  showMail();
}

async function showMessage(id) {
  shown = id;
  $('message').hidden = !id;
  if (!id) return;
  try {
    const it = await ask('message?about=' + id);
    if (shown === id) $('message').replaceChildren(...parts(id, it));
  } catch (failure) {
    $('message').replaceChildren(failure.message);
  }
}

function parts(id, it) {
  const value = name => it.fields.find(field => field.name.toLowerCase() === name)?.value ?? '';
  const body = el('div', {className: 'body'});
  const forms = {
    HTML: it.has_html && (() => frame(id)),
    Text: it.text && (() => el('pre', {className: 'last', textContent: it.text})),
    Headers: () => el('dl', {}, ...it.fields.flatMap(field =>
      [el('dt', {textContent: field.name}), el('dd', {textContent: field.value})])),
  };
  const buttons = Object.keys(forms).filter(name => forms[name]).map(name => el('button', {textContent: name,
    onclick: () => {
      body.replaceChildren(forms[name]());
      for (const each of buttons) each.setAttribute('aria-pressed', each.textContent === name);
    }}));
  buttons[0].click();
  const file = ({number, name, type, bytes: size}) => el('a', {href: `attachment?about=${id}.${number}`, download: '',
    textContent: `${name || type} (${bytes(size)})`});
  return [el('h2', {textContent: value('subject') || '(no subject)'}),
    el('p', {textContent: `${value('from')}, ${value('date')}`}),
    el('p', {className: 'files'}, ...buttons, ...it.files.map(file),
      el('a', {href: 'source?about=' + id, download: '', textContent: 'Source'}),
      el('button', {textContent: 'Close', onclick: () => choose(id)})), body];
}

/** Neither its scripts nor what it wants from elsewhere: its own policy forbids both, too. */
const frame = id => el('iframe', {sandbox: 'allow-popups allow-popups-to-escape-sandbox', title: 'the message',
  referrerPolicy: 'no-referrer', src: 'html?about=' + id});

$('mail-clear').onclick = async () => {
  await post('clear', {});
  announce('all messages deleted');
};
setInterval(showAddOns, 5000);
