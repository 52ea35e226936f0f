// The viewer of one photo or film, with its details.

import { at, icon, make } from './dom.js';
import { dateOf, kindOf, sign } from './grid.js';
import { get, picture, unavailable } from './net.js';

import { say, size, tells, time } from './words.js';

const LARGEST = 8;

export class Viewer {
  constructor(grid, selection) {
    this.grid = grid;
    this.selection = selection;
    this.dialog = at('viewer');
    this.index = 0;
    this.zoom = 1;
    this.pan = [0, 0];
    this.build();
    this.dialog.addEventListener('keydown', event => this.onKey(event));
    grid.addEventListener('shown', () => this.follow());
    window.addEventListener('popstate', () => this.dialog.open && this.dialog.close());
    this.dialog.addEventListener('close', () => {
      this.stage.replaceChildren();
      if (history.state?.viewer) {
        history.back();
      }
      this.grid.focus(Math.min(this.index, this.grid.order.length - 1), true);
    });
  }

  build() {
    const button = (id, word, action, extra = '') => {
      const made = make('button', { type: 'button', className: `round ${extra}`, title: say(word) }, [icon(id)]);
      made.setAttribute('aria-label', say(word));
      made.addEventListener('click', action);
      return made;
    };
    this.title = make('h2', { id: 'viewer-name' });
    this.where = make('span', { className: 'where' });
    this.tick = make('button', { type: 'button', className: 'plain' });
    this.tick.addEventListener('click', () => this.toggle());
    this.liveButton = make('button', { type: 'button', className: 'plain' }, [icon('i-live'), say('play.live')]);
    this.liveButton.addEventListener('click', () => this.playLive());
    this.infoButton = button('i-info', 'details', () => this.showDetails(this.details.hidden));
    this.stage = make('div', { className: 'viewer-stage' });
    this.details = make('aside', { className: 'viewer-details', hidden: true, tabIndex: 0 });
    this.dialog.append(
      make('div', { className: 'viewer-bar' }, [
        make('div', { className: 'viewer-title' }, [this.title, this.where]),
        make('span', { className: 'fill' }),
        this.liveButton,
        this.tick,
        this.infoButton,
        button('i-close', 'close', () => this.dialog.close()),
      ]),
      make('div', { className: 'viewer-body' }, [
        button('i-left', 'previous', () => this.step(-1), 'side start'),
        this.stage,
        button('i-right', 'next', () => this.step(1), 'side end'),
        this.details,
      ]),
    );
    this.stage.addEventListener('wheel', event => this.onWheel(event), { passive: false });
    this.stage.addEventListener('dblclick', () => this.setZoom(this.zoom > 1 ? 1 : 3));
    this.stage.addEventListener('pointerdown', event => this.onGrab(event));
  }

  open(index) {
    this.index = index;
    this.show();
    if (!this.dialog.open) {
      // Back returns to the photos instead of leaving the page.
      history.pushState({ viewer: true }, '');
      this.dialog.showModal();
    }
  }

  step(by) {
    const next = this.index + by;
    if (next >= 0 && next < this.grid.order.length) {
      this.index = next;
      this.show();
    }
  }

  get row() {
    return this.grid.order[this.index];
  }

  show() {
    const { photos } = this.grid;
    const { row } = this;
    const id = photos.ids[row];
    this.photo = id;
    const kind = kindOf(photos, row);
    this.liveButton.hidden = kind !== 'live';
    this.setZoom(1);
    this.waits = false;
    const small = make('img', { className: 'small', alt: '', draggable: false, src: picture('thumbs', id) });
    small.addEventListener('error', () => small.remove());
    if (kind === 'video') {
      const film = make('video', { controls: true, autoplay: true, playsInline: true, src: picture('films', id) });
      film.addEventListener('error', () => this.failed(film, 'film.unplayable'));
      film.addEventListener('loadeddata', () => small.remove());
      this.stage.replaceChildren(small, film);
    } else {
      const large = make('img', { className: 'large', draggable: false, src: picture('pictures', id) });
      const where = say(`place.${sign(photos, row).name}`);
      large.alt = say('tile', { kind: say(`kind.${kind}`), date: dateOf(photos, row), place: where });
      large.addEventListener('load', () => small.remove());
      large.addEventListener('error', () => this.failed(large, 'picture.unshown'));
      this.stage.replaceChildren(small, large);
    }
    this.refresh();
  }

  /** The details, which may change while it is viewed. */
  refresh() {
    const { photos } = this.grid;
    const mark = sign(photos, this.row);
    this.title.textContent = dateOf(photos, this.row);
    this.where.className = `where ${mark.name}`;
    this.where.replaceChildren(icon(mark.icon), say(`place.${mark.name}`));
    this.refreshTick();
    this.fillDetails(this.photo);
  }

  /** The grid has changed: the viewed photo may have another position in it, or be gone. */
  follow() {
    if (!this.dialog.open) {
      return;
    }
    const { photos, order } = this.grid;
    const row = photos.row(this.photo);
    const index = row < 0 ? -1 : order.indexOf(row);
    if (index < 0) {
      this.dialog.close();
    } else {
      this.index = index;
      this.refresh();
    }
  }

  note(text) {
    // The current picture stays.
    this.stage.querySelector('.small')?.classList.add('all');
    this.stage.append(make('p', { className: 'viewer-note' }, [text]));
  }

  // The browser does not say why: an unsupported format, or a file that is not available now.
  async failed(element, word) {
    element.remove();
    const { photo } = this;
    const why = await unavailable(element.src);
    if (photo === this.photo && this.dialog.open) {
      this.note(why ?? say(word === 'picture.unshown' && !this.stage.querySelector('.small') ? 'picture.none' : word));
      this.waits = Boolean(why);
    }
  }

  /** Tries again what was not available before. */
  retry() {
    if (this.dialog.open && this.waits) {
      this.show();
    }
  }

  playLive() {
    const id = this.grid.photos.ids[this.row];
    const film = make('video', { autoplay: true, playsInline: true, className: 'live', src: picture('films', id) });
    const end = () => film.remove();
    film.addEventListener('ended', end);
    film.addEventListener('error', () => this.failed(film, 'film.unplayable'));
    this.stage.append(film);
  }

  toggle() {
    this.grid.toggle(this.index);
    this.refreshTick();
  }

  refreshTick() {
    const { photos } = this.grid;
    this.tick.hidden = !photos.canSave(this.row);
    const on = this.selection.has(photos.ids[this.row]);
    this.tick.setAttribute('aria-pressed', String(on));
    this.tick.replaceChildren(icon('i-check'), say(on ? 'ticked' : 'tick'));
    this.tick.classList.toggle('on', on);
    // A focused element that is hidden loses the focus, and with it the keys.
    if (this.dialog.open && !this.dialog.querySelector(':focus:not([hidden])')) {
      this.infoButton.focus();
    }
  }

  showDetails(on) {
    this.details.hidden = !on;
    this.infoButton.setAttribute('aria-expanded', String(on));
  }

  async fillDetails(id) {
    this.details.replaceChildren();
    let facts;
    try {
      facts = await (await get(`/api/photos/${id}`)).json();
    } catch {
      return;
    }
    if (this.grid.photos.ids[this.row] !== id) {
      return;
    }
    const list = make('dl');
    const add = (key, ...values) => {
      if (values.length && values[0] !== undefined && values[0] !== '') {
        list.append(make('dt', {}, [say(key)]), ...values.map(value => make('dd', {}, [value])));
      }
    };
    add('detail.name', facts.name);
    add('detail.taken', facts.taken && this.taken(facts));
    add('detail.where', facts.evidence && tells(`evidence.${facts.where}`, facts.evidence));
    add('detail.camera', facts.camera);
    add('detail.place', facts.place && `${facts.place.latitude.toFixed(5)}, ${facts.place.longitude.toFixed(5)}`);
    add('detail.albums', ...(facts.albums ?? []));
    add('detail.duration', facts.seconds && time(facts.seconds));
    add('detail.files', ...(facts.files ?? []).map(file => `${file.name} · ${size(file.size)}`));
    const copies = [
      ...(facts.stored ?? []).map(copy => [copy, 'detail.stored']),
      ...(facts.earlier ?? []).map(copy => [copy, 'detail.earlier']),
    ];
    for (const [copy, word] of copies) {
      add(word, copy.path);
      add('detail.hash', copy.sha256);
      add('detail.verified', say(copy.damaged ? 'is.damaged' : copy.verified ? 'was.verified' : 'not.verified'),
        ...(copy.knownByFingerprint ? [say('known.by.fingerprint')] : []));
    }
    this.details.replaceChildren(make('h3', {}, [say('details')]), list);
  }

  taken(facts) {
    const day = dateOf(this.grid.photos, this.row);
    return facts.takenBy ? say('taken.by', { date: day, who: say(`date.${facts.takenBy}`) }) : day;
  }

  setZoom(zoom) {
    this.zoom = Math.max(1, Math.min(LARGEST, zoom));
    if (this.zoom === 1) {
      this.pan = [0, 0];
    }
    this.stage.style.setProperty('--zoom', this.zoom);
    this.stage.style.setProperty('--x', `${this.pan[0]}px`);
    this.stage.style.setProperty('--y', `${this.pan[1]}px`);
    this.stage.classList.toggle('zoomed', this.zoom > 1);
  }

  onWheel(event) {
    event.preventDefault();
    this.setZoom(this.zoom * (event.deltaY < 0 ? 1.2 : 1 / 1.2));
  }

  onGrab(event) {
    if (this.zoom === 1 || event.target instanceof HTMLVideoElement) {
      return;
    }
    const from = [event.clientX - this.pan[0], event.clientY - this.pan[1]];
    const move = each => {
      this.pan = [each.clientX - from[0], each.clientY - from[1]];
      this.setZoom(this.zoom);
    };
    const end = () => {
      this.stage.removeEventListener('pointermove', move);
      this.stage.removeEventListener('pointerup', end);
    };
    this.stage.setPointerCapture(event.pointerId);
    this.stage.addEventListener('pointermove', move);
    this.stage.addEventListener('pointerup', end);
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLVideoElement) {
      return;
    }
    const rtl = document.documentElement.dir === 'rtl' ? -1 : 1;
    const keys = {
      ArrowLeft: () => this.step(-rtl),
      ArrowRight: () => this.step(rtl),
      Home: () => this.open(0),
      End: () => this.open(this.grid.order.length - 1),
      '+': () => this.setZoom(this.zoom * 1.5),
      '-': () => this.setZoom(this.zoom / 1.5),
      0: () => this.setZoom(1),
      i: () => this.showDetails(this.details.hidden),
      l: () => !this.liveButton.hidden && this.playLive(),
    };
    const onButton = event.target instanceof HTMLButtonElement;
    if (event.key === ' ' && !onButton) {
      this.toggle();
    } else if (keys[event.key]) {
      keys[event.key]();
    } else {
      return;
    }
    event.preventDefault();
  }
}

