// The page: its connection to the app, its views and its keys.

import {$, address, announce, order, setText} from './dom.js';
import * as processes from './processes.js';
import * as log from './log.js';
import * as requests from './requests.js';
import {setSummary, showAddOns, showMail} from './mail.js';
import {showApps, showCharts, showConfig} from './views.js';

const VIEWS = ['log', 'requests', 'charts', 'config', 'addons', 'mail', 'apps'];
const SHOW = {requests: requests.show, charts: showCharts, config: showConfig, addons: showAddOns, mail: showMail,
  apps: showApps};

let events = null;

/** A hidden page asks for nothing. */
function connect() {
  if (document.hidden || events) return;
  events = new EventSource('events?line=' + log.nextLine());
  events.addEventListener('app', event => showApp(JSON.parse(event.data)));
  events.addEventListener('rows', event => processes.update(JSON.parse(event.data)));
  events.addEventListener('log', event => log.add(JSON.parse(event.data)));
  events.addEventListener('requests', event => requests.add(JSON.parse(event.data)));
  events.onopen = () => connection('connected', '');
  events.onerror = () => {
    disconnect();
    connection('disconnected', 'the app has ended or does not respond');
    setTimeout(connect, 2000);
  };
}

function disconnect() {
  events?.close();
  events = null;
}

function connection(state, text) {
  $('connection').className = state;
  setText($('connection'), text);
}

function showApp(app) {
  const name = app.root.split('/').pop();
  document.title = name + ' · jlocal';
  setText($('name'), name);
  $('name').title = app.procfile;
  const link = $('address');
  link.hidden = !/^https?:/.test(app.url);
  if (!link.hidden) link.href = app.url;
  setText(link, app.url);
  processes.setTypes(app.types);
  setSummary(app.addons);
  log.setTypes(app.types.map(type => type.name));
}

function show(view) {
  for (const each of VIEWS) {
    const isShown = each === view;
    $(each).hidden = !isShown;
    $('tab-' + each).setAttribute('aria-selected', isShown);
    $('tab-' + each).tabIndex = isShown ? 0 : -1;
  }
  SHOW[view]?.();
}

/** Shows what the address says. */
function readAddress() {
  const view = address.get('view');
  show(VIEWS.includes(view) ? view : VIEWS[0]);
  processes.readAddress();
  log.readAddress();
  requests.readAddress();
}

const KEYS = {
  '/': () => { open('log'); $('query').focus(); $('query').select(); },
  'n': () => log.jump(1),
  'N': () => log.jump(-1),
  'j': () => processes.move(1),
  'k': () => processes.move(-1),
  'r': () => processes.act('restart'),
  's': () => processes.act('toggle'),
  '+': () => processes.act('more'),
  '-': () => processes.act('fewer'),
  'Enter': () => processes.act('solo'),
  'End': () => log.follow(true),
  '?': () => $('help').showModal(),
};

/** The views that have a tab: not that of the mail of an app without any. */
const shownViews = () => VIEWS.filter(view => !$('tab-' + view).hidden);

function open(view) {
  address.set({view: view === VIEWS[0] ? '' : view}, true);
  show(view);
}

document.addEventListener('keydown', event => {
  const field = event.target.closest('input, textarea, select, dialog[open]');
  if (field) {
    if (event.key === 'Escape' && field.blur) field.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Enter' && event.target.closest('button, a, summary')) return;
  const view = shownViews()[event.key - 1];
  const act = view ? () => open(view) : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

for (const view of VIEWS) $('tab-' + view).onclick = () => open(view);
document.querySelector('[role=tablist]').addEventListener('keydown', event => {
  const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
  if (!step) return;
  const views = shownViews();
  const now = views.findIndex(view => !$(view).hidden);
  const next = views[(now + step + views.length) % views.length];
  open(next);
  $('tab-' + next).focus();
});

$('reload').onclick = () => order('reload');
$('help-button').onclick = KEYS['?'];
addEventListener('popstate', readAddress);
addEventListener('hashchange', readAddress);
addEventListener('pagehide', disconnect);
document.addEventListener('visibilitychange', () => document.hidden ? disconnect() : connect());

readAddress();
connect();
