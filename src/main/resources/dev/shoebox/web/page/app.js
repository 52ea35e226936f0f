// Builds the page and keeps it up to date.

import { Band } from './band.js';
import { showCopies } from './copies.js';
import { at, make } from './dom.js';
import { Grid } from './grid.js';
import { enter, get, listen, post, Refused } from './net.js';
import { FILTERS, Photos, Selection } from './photos.js';
import { Scrubber } from './scrubber.js';
import { Targets } from './targets.js';
import { Viewer } from './viewer.js';
import { inEnglish, load, number, say, size, tells } from './words.js';

const app = { state: null, photos: null, version: 0, filter: 'all', album: null, found: null, loads: 0 };
// Within this time, in milliseconds, nobody expects the page to have noticed a change.
const FRESH = 60_000;

let grid;
let scrubber;
let band;
let viewer;
let targets;
const selection = new Selection();

async function start() {
  await load();
  if (!(await enter())) {
    closed('closed.elsewhere');
    return;
  }
  grid = new Grid(at('grid'), at('space'), selection);
  scrubber = new Scrubber(grid);
  viewer = new Viewer(grid, selection);
  targets = new Targets(complain);
  band = new Band({ save, again, choose, forget, report, weekly, complain });
  wire();
  keepFresh();
  await listen(onState, onSilence);
}

/** A user who returns to the page, or reloads it, wants to see newly taken photos. */
function keepFresh() {
  let looked = Date.now();
  const look = () => {
    if (!app.state?.run || app.state.run.ended) {
      looked = Date.now();
      post('/api/look').catch(() => {});
    }
  };
  if (performance.getEntriesByType('navigation')[0]?.type === 'reload') {
    look();
  }
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && Date.now() - looked > FRESH) {
      look();
    }
  });
}

function wire() {
  grid.addEventListener('open', event => viewer.open(event.detail));
  grid.addEventListener('cannot', () => tell(say('cannot.tick')));
  selection.addEventListener('change', showBar);
  at('bar-clear').addEventListener('click', () => {
    selection.clear();
    grid.focus(grid.focused, false);
  });
  at('bar-save').addEventListener('click', () => save({ ids: selection.ranges() }).catch(complain));
  at('target-button').addEventListener('click', () => choose().catch(complain));
  at('close-all').addEventListener('click', async () => {
    await post('/api/close').catch(() => {});
    closed('closed');
  });
  at('album').addEventListener('change', onAlbum);
  at('date').addEventListener('change', onDate);
  let timer;
  at('search').addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(onSearch, 200);
  });
  at('chips').addEventListener('keydown', onChipKey);
  document.addEventListener('keydown', event => {
    if (event.key.toLowerCase() === 'g' && !event.ctrlKey && !event.metaKey && !isTyping(event.target)) {
      at('date').focus();
      event.preventDefault();
    }
  });
}

function isTyping(target) {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement || at('viewer').open;
}

async function onState(state) {
  const before = app.state;
  app.state = state;
  document.body.classList.remove('silent');
  band.show(state);
  showPhone(state);
  showCloud(state.icloud);
  showCopies(state.copies, state.destination?.folder);
  showBar();
  if (state.index !== app.version) {
    app.version = state.index;
    // The stream of states shows whether Shoebox has stopped.
    await loadIndex().catch(() => (app.version = -1));
  }
  if (before?.thumbs !== state.thumbs) {
    grid.retryThumbs();
    viewer.retry();
  }
  at('foot').hidden = Boolean(state.run && !state.run.ended);
}

function onSilence() {
  document.body.classList.add('silent');
  if (app.state) {
    at('live').textContent = say('silent');
    at('sentence').textContent = say('silent');
    at('detail').textContent = say('silent.todo');
  } else {
    closed('closed');
  }
}

async function loadIndex() {
  const load = ++app.loads;
  const [index, albums] = await Promise.all([get('/api/index'), get('/api/albums')]);
  const photos = new Photos(await index.arrayBuffer());
  const named = (await albums.json()).albums;
  // Album numbers belong to this index.
  const album = app.album && named.find(each => each.name === app.album.name);
  const [ofAlbum, found] = await Promise.all([album ? inAlbum(album) : null, search()]);
  if (load !== app.loads) {
    // A later request was answered first.
    return;
  }
  app.photos = photos;
  app.album = ofAlbum;
  app.found = found;
  showAlbums(named);
  showChips();
  selection.over(photos);
  apply(true);
}

function showPhone({ phone, destination }) {
  at('phone').hidden = !phone.name;
  at('phone-name').textContent = phone.name ?? '';
  at('phone-state').textContent = phone.name && phone.isPhone ? say(`state.${phone.state}`) : '';
  at('target').hidden = false;
  at('target-button').textContent = destination ? destination.name : say('choose.place');
  at('target-button').title = destination
    ? `${destination.folder} · ${say('target.free', { free: size(destination.free) })}`
    : '';
}

function showCloud(icloud) {
  at('icloud').hidden = !icloud;
  if (icloud && at('icloud').dataset.verdict !== icloud.verdict) {
    at('icloud').dataset.verdict = icloud.verdict;
    at('icloud-verdict').textContent = tells(`icloud.${icloud.cause}`, icloud.verdict);
    const steps = cloudSteps(icloud);
    at('icloud-more').hidden = !steps.length;
    at('icloud-steps').replaceChildren(...steps.map(step => make('li', {}, [step])));
  }
}

/** Steps that never endanger a photo; in English also those that need a proven backup. */
function cloudSteps({ cause, backup, steps }) {
  if (inEnglish()) {
    return steps;
  }
  const first = { none: 'icloud.first.save', part: 'icloud.first.save', whole: 'icloud.first.verify' }[backup];
  return [first, `icloud.${cause}.todo`].filter(Boolean).map(key => say(key));
}

function showAlbums(albums) {
  const select = at('album');
  const chosen = app.album;
  select.closest('label').hidden = albums.length === 0;
  select.replaceChildren(
    make('option', { value: '' }, [say('album.all')]),
    ...albums.map(each => {
      const option = make('option', { value: String(each.id) }, [`${each.name} (${number(each.count)})`]);
      option.dataset.name = each.name;
      return option;
    }),
  );
  select.value = chosen === null ? '' : String(chosen.id);
}

function showChips() {
  const { photos } = app;
  const shown = [];
  for (const filter of FILTERS) {
    let n = 0;
    for (let row = 0; row < photos.count; row++) {
      n += filter.test(photos, row) ? 1 : 0;
    }
    const twin = filter.unless && shown.find(each => each.key === filter.unless)?.n === n;
    if ((n > 0 && !twin) || filter.always) {
      shown.push({ key: filter.key, n });
    }
  }
  if (!shown.some(each => each.key === app.filter)) {
    app.filter = 'all';
  }
  const focused = document.activeElement?.dataset?.filter;
  at('chips').replaceChildren(
    ...shown.map(({ key, n }) => {
      const on = key === app.filter;
      const chip = make('button', { type: 'button', className: `chip ${key}`, tabIndex: on ? 0 : -1 }, [
        make('span', {}, [say(`filter.${key}`)]),
        make('span', { className: 'n' }, [number(n)]),
      ]);
      chip.dataset.filter = key;
      chip.setAttribute('aria-pressed', String(on));
      chip.addEventListener('click', () => pick(key));
      return chip;
    }),
  );
  if (focused) {
    at('chips').querySelector(`[data-filter="${focused}"]`)?.focus();
  }
}

function pick(key) {
  app.filter = key;
  for (const chip of at('chips').children) {
    const on = chip.dataset.filter === key;
    chip.setAttribute('aria-pressed', String(on));
    chip.tabIndex = on ? 0 : -1;
  }
  apply(false);
}

function onChipKey(event) {
  const chips = [...at('chips').children];
  const here = chips.indexOf(document.activeElement);
  const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: chips.length - 1 }[event.key];
  if (to !== undefined && chips[to]) {
    chips[to].focus();
    event.preventDefault();
  }
}

/** Shows the photos that match the filters. */
function apply(keepPlace) {
  const { photos, album, found } = app;
  const filter = FILTERS.find(each => each.key === app.filter);
  const order = photos.where(
    row =>
      filter.test(photos, row) && (!album || album.ids.has(photos.ids[row])) && (!found || found.has(photos.ids[row])),
  );
  grid.show(photos, order, keepPlace);
  scrubber.draw();
  at('grid').setAttribute('aria-label', say('grid', { n: order.length }));
  at('empty').hidden = order.length > 0 || !app.state;
  at('empty').textContent = say(photos.count === 0 ? emptyWord() : 'nothing.found');
}

function emptyWord() {
  return app.state.phone.state === 'reading' ? 'empty.reading' : 'empty';
}

function idsOf({ ranges }) {
  const ids = new Set();
  for (const [first, last] of ranges) {
    for (let id = first; id <= last; id++) {
      ids.add(id);
    }
  }
  return ids;
}

async function onAlbum() {
  const id = at('album').value;
  const { name } = at('album').selectedOptions[0].dataset;
  try {
    app.album = id === '' ? null : await inAlbum({ id, name });
    apply(false);
  } catch (failure) {
    complain(failure);
  }
}

async function inAlbum({ id, name }) {
  return { id, name, ids: idsOf(await (await get(`/api/albums/${id}`)).json()) };
}

async function search() {
  const text = at('search').value.trim();
  return text === '' ? null : idsOf(await post('/api/search', { text }));
}

async function onSearch() {
  try {
    app.found = await search();
    apply(false);
  } catch (failure) {
    complain(failure);
  }
}

function onDate() {
  const said = /^(\d{4})-(\d{2})$/.exec(at('date').value);
  if (!said) {
    return;
  }
  const key = Number(said[1]) * 12 + Number(said[2]) - 1;
  const at0 = grid.months.findIndex(month => month.key <= key);
  scrubber.land(at0 < 0 ? grid.months.length - 1 : at0);
  const month = grid.months[scrubber.index];
  if (month) {
    grid.focus(month.first, true);
    grid.scrollTo(month.top);
    tell(scrubber.label(month));
  }
}

function showBar() {
  const { photos, state } = app;
  const n = selection.size;
  at('bar').hidden = n === 0;
  document.body.classList.toggle('selecting', n > 0);
  if (n === 0 || !photos) {
    return;
  }
  let kilobytes = 0;
  for (const id of selection.savable) {
    kilobytes += photos.kilobytes[photos.row(id)];
  }
  at('bar-count').textContent = say('selected', { n, bytes: size(kilobytes * 1000) });
  const room = state?.destination;
  at('bar-room').textContent = room ? say('target.free', { free: size(room.free) }) : '';
  at('bar-room').classList.toggle('alarm', Boolean(room) && kilobytes * 1000 > room.free);
  const button = at('bar-save');
  button.textContent = say('save.these', { n });
  button.disabled = Boolean(state?.run && !state.run.ended);
}

async function save(what) {
  if (!app.state.destination && !(await choose())) {
    return;
  }
  await post('/api/save', what);
  selection.clear();
  at('sentence').focus();
}

async function again() {
  await post('/api/save', { what: 'again' });
}

async function choose() {
  return targets.choose();
}

async function forget() {
  await post('/api/forget');
}

async function weekly() {
  const { message } = await post('/api/weekly');
  tell(tells('weekly.done', message));
}

/** Opens the report in its own tab: it is self-contained and has no token. */
async function report() {
  // Opened before any await; otherwise a browser blocks it as a pop-up.
  const tab = window.open('', '_blank');
  try {
    const html = await (await get('/api/report')).text();
    const url = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
    if (tab) {
      tab.location.replace(url);
    } else {
      make('a', { href: url, download: 'shoebox-report.html' }).click();
    }
  } catch (failure) {
    tab?.close();
    throw failure;
  }
}

function tell(text) {
  at('live').textContent = text;
  const note = make('div', { className: 'note' }, [text]);
  note.setAttribute('aria-hidden', 'true');
  document.body.append(note);
  setTimeout(() => note.remove(), 5000);
}

function complain(failure) {
  tell(failure instanceof Refused ? failure.message : say('silent'));
}

function closed(word) {
  document.body.className = 'closed';
  at('sentence').textContent = say(word);
  at('detail').textContent = say(`${word}.todo`);
  at('sentence').focus();
}

start().catch(failure => {
  console.error(failure);
  closed('closed');
});
