// The grid of photos: only visible ones are in the document; positions are computed from the months.

import { FLAG, PLACE, UNDATED, monthOf } from './photos.js';
import { picture } from './net.js';
import { icon, make } from './dom.js';
import { month as monthName, moment, say } from './words.js';

const HEADING = 48;
const GAP = 3;
const WANTED_TILE = 152;
const FEWEST_COLUMNS = 3;
// Browsers cannot place elements beyond some 16 million physical pixels.
const TALLEST = 8_000_000;
// A browser opens six connections to a server: one is the stream of states, and one is reserved for the user's actions.
const AT_ONCE = 4;
const TOO_FAST = 4;
const REST = 80;

const SIGNS = [
  { name: 'damaged', icon: 'i-broken', when: (p, r) => p.has(r, FLAG.damaged) },
  { name: 'broken', icon: 'i-broken', when: (p, r) => p.has(r, FLAG.broken) },
  { name: 'failed', icon: 'i-alert', when: (p, r) => p.has(r, FLAG.failed) },
  { name: 'backed-up', icon: 'i-check', when: (p, r) => p.has(r, FLAG.backedUp) },
  { name: 'only-here', icon: 'i-alert', when: (p, r) => p.place(r) === PLACE.onlyHere },
  { name: 'waiting', icon: 'i-up', when: (p, r) => p.place(r) === PLACE.waiting },
  { name: 'only-icloud', icon: 'i-cloud', when: (p, r) => p.place(r) === PLACE.onlyCloud },
  { name: 'in-icloud', icon: 'i-cloud', when: (p, r) => p.place(r) === PLACE.both || p.place(r) === PLACE.partMissing },
  { name: 'unknown', icon: 'i-question', when: () => true },
];

/** The icon for where a photo is. */
export function sign(photos, row) {
  return SIGNS.find(each => each.when(photos, row));
}

export function kindOf(photos, row) {
  return photos.has(row, FLAG.video) ? 'video' : photos.has(row, FLAG.live) ? 'live' : 'photo';
}

export function dateOf(photos, row) {
  return photos.minutes[row] === UNDATED ? say('no.date') : moment(photos.minutes[row]);
}

export class Grid extends EventTarget {
  constructor(scroller, space, selection) {
    super();
    this.scroller = scroller;
    this.space = space;
    this.selection = selection;
    this.photos = null;
    this.order = new Uint32Array(0);
    this.months = [];
    this.rows = new Map();
    this.spare = [];
    this.focused = 0;
    this.anchor = 0;
    this.epoch = 0;
    this.failedThumbs = new Map();
    this.queue = [];
    this.asking = new Set();
    this.lastTop = 0;
    this.lastTime = 0;
    this.jumped = true;
    scroller.addEventListener('scroll', () => this.onScroll(), { passive: true });
    new ResizeObserver(() => this.layout(true)).observe(scroller);
    scroller.addEventListener('click', event => this.onClick(event));
    scroller.addEventListener('keydown', event => this.onKey(event));
    selection.addEventListener('change', () => this.refreshSelection());
  }

  /** Shows these rows of these photos. */
  show(photos, order, keepPlace) {
    const at = keepPlace ? this.monthAtTop()?.key : undefined;
    const focusedId = this.photos && this.order.length ? this.photos.ids[this.order[this.focused]] : -1;
    const anchorId = this.photos && this.order.length ? this.photos.ids[this.order[this.anchor]] : -1;
    this.photos = photos;
    this.order = order;
    // Thumbnails that failed in an earlier state may be available now.
    this.epoch++;
    const again = focusedId < 0 ? -1 : order.indexOf(photos.row(focusedId));
    this.anchor = anchorId < 0 ? 0 : Math.max(0, order.indexOf(photos.row(anchorId)));
    this.focused = again >= 0 ? again : Math.min(this.focused, Math.max(0, order.length - 1));
    if (!keepPlace) {
      this.focused = 0;
      this.anchor = 0;
    }
    this.build();
    this.layout(false);
    if (!keepPlace) {
      this.scrollTo(0);
    } else if (at !== undefined && this.scrollTop() > HEADING) {
      const month = this.months.find(each => each.key <= at);
      if (month && Math.abs(month.top - this.scrollTop()) > this.scroller.clientHeight * 4) {
        this.scrollTo(month.top);
      }
    }
    this.dispatchEvent(new Event('shown'));
  }

  /** Requests failed thumbnails again. */
  retryThumbs() {
    this.epoch++;
    this.loadThumbs();
  }

  build() {
    this.months = [];
    let last = null;
    for (let i = 0; i < this.order.length; i++) {
      const key = monthOf(this.photos.minutes[this.order[i]]);
      if (!last || last.key !== key) {
        last = { key, first: i, count: 0, top: 0, row: 0 };
        this.months.push(last);
      }
      last.count++;
    }
  }

  layout(keepPlace) {
    const width = this.scroller.clientWidth - 2 * GAP;
    if (width <= 0 || !this.photos) {
      return;
    }
    const anchor = keepPlace ? this.orderAtTop() : -1;
    this.columns = Math.max(FEWEST_COLUMNS, Math.round(width / WANTED_TILE));
    this.tile = Math.floor((width - GAP * (this.columns - 1)) / this.columns);
    let top = 0;
    let row = 0;
    for (const month of this.months) {
      month.top = top;
      month.row = row;
      const lines = Math.ceil(month.count / this.columns);
      top += HEADING + lines * (this.tile + GAP);
      row += 1 + lines;
    }
    this.rowCount = row;
    const viewport = this.scroller.clientHeight;
    const last = this.months[this.months.length - 1];
    // Leaves enough space below that every month can be at the top, where the scrubber lands.
    this.height = last ? Math.max(viewport, last.top + Math.max(viewport, top - last.top + GAP)) : 0;
    this.physical = Math.min(this.height, TALLEST / (window.devicePixelRatio || 1));
    this.space.style.height = `${this.physical}px`;
    this.space.style.setProperty('--tile', `${this.tile}px`);
    this.scroller.setAttribute('aria-rowcount', String(this.rowCount));
    this.scroller.setAttribute('aria-colcount', String(this.columns));
    const hadFocus = this.scroller.contains(document.activeElement) && document.activeElement !== this.scroller;
    for (const mounted of this.rows.values()) {
      this.unmount(mounted);
    }
    this.rows.clear();
    this.jumped = true;
    if (anchor > 0) {
      this.scrollTo(this.topOf(anchor));
    }
    this.update();
    if (hadFocus && this.order.length) {
      this.focus(this.focused, false);
    }
    this.dispatchEvent(new Event('layout'));
  }

  // If there are too many pixels for the browser, its scroll bar is scaled.
  ratio() {
    const viewport = this.scroller.clientHeight;
    return this.physical > viewport ? (this.height - viewport) / (this.physical - viewport) : 1;
  }

  scrollTop() {
    return this.scroller.scrollTop * this.ratio();
  }

  scrollTo(top) {
    this.jumped = true;
    this.scroller.scrollTop = top / this.ratio();
    this.update();
  }

  monthAt(y) {
    let low = 0;
    let high = this.months.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.months[middle].top <= y) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return this.months[low];
  }

  monthAtTop() {
    return this.months.length ? this.monthAt(this.scrollTop() + 1) : undefined;
  }

  monthOfOrder(index) {
    let low = 0;
    let high = this.months.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.months[middle].first <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return this.months[low];
  }

  orderAtTop() {
    const month = this.monthAtTop();
    if (!month || !this.tile) {
      return -1;
    }
    const line = Math.max(0, Math.floor((this.scrollTop() - month.top - HEADING) / (this.tile + GAP)));
    return Math.min(month.first + line * this.columns, month.first + month.count - 1);
  }

  topOf(index) {
    const month = this.monthOfOrder(index);
    const line = Math.floor((index - month.first) / this.columns);
    return line === 0 ? month.top : month.top + HEADING + line * (this.tile + GAP);
  }

  onScroll() {
    this.update();
    this.dispatchEvent(new Event('moved'));
  }

  update() {
    if (!this.photos || !this.tile) {
      return;
    }
    const viewport = this.scroller.clientHeight;
    const top = this.scrollTop();
    const wanted = new Set();
    const from = Math.max(0, top - viewport / 2);
    const to = top + viewport * 1.5;
    if (this.months.length) {
      for (let i = this.months.indexOf(this.monthAt(from)); i < this.months.length; i++) {
        const month = this.months[i];
        if (month.top > to) {
          break;
        }
        if (month.top + HEADING >= from) {
          wanted.add(month.row);
        }
        const lines = Math.ceil(month.count / this.columns);
        const start = month.top + HEADING;
        const first = Math.max(0, Math.floor((from - start) / (this.tile + GAP)));
        const end = Math.min(lines - 1, Math.floor((to - start) / (this.tile + GAP)));
        for (let line = first; line <= end; line++) {
          wanted.add(month.row + 1 + line);
        }
      }
    }
    // A focused element stays, however far away it is: the keyboard must not lose its place.
    if (document.activeElement && this.scroller.contains(document.activeElement) && this.order.length) {
      wanted.add(this.rowOf(this.focused));
    }
    for (const [number, mounted] of this.rows) {
      if (!wanted.has(number)) {
        this.unmount(mounted);
        this.rows.delete(number);
      }
    }
    const shift = this.scroller.scrollTop - top;
    for (const number of wanted) {
      let mounted = this.rows.get(number);
      if (!mounted) {
        mounted = this.mount(number);
        this.rows.set(number, mounted);
      }
      mounted.element.style.transform = `translateY(${mounted.top + shift}px)`;
    }
    const now = performance.now();
    const speed = Math.abs(top - this.lastTop) / Math.max(1, now - this.lastTime);
    this.lastTop = top;
    this.lastTime = now;
    clearTimeout(this.timer);
    if (speed < TOO_FAST || this.jumped) {
      this.loadThumbs();
    } else {
      this.timer = setTimeout(() => this.loadThumbs(), REST);
    }
    this.jumped = false;
  }

  rowOf(index) {
    const month = this.monthOfOrder(index);
    return month.row + 1 + Math.floor((index - month.first) / this.columns);
  }

  mount(number) {
    const month = this.monthOfRow(number);
    if (number === month.row) {
      return this.mountHeading(month);
    }
    const line = number - month.row - 1;
    const first = month.first + line * this.columns;
    const end = Math.min(first + this.columns, month.first + month.count);
    const element = make('div', { className: 'row', role: 'row', 'aria-rowindex': number + 1 });
    const tiles = [];
    for (let index = first; index < end; index++) {
      const tile = this.spare.pop() ?? this.makeTile();
      this.fill(tile, index, index - first);
      element.append(tile);
      tiles.push(tile);
    }
    this.space.append(element);
    return { element, tiles, top: month.top + HEADING + line * (this.tile + GAP) };
  }

  monthOfRow(number) {
    let low = 0;
    let high = this.months.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.months[middle].row <= number) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return this.months[low];
  }

  mountHeading(month) {
    const element = make('div', { className: 'row heading', role: 'row', 'aria-rowindex': month.row + 1 });
    const cell = make('div', { role: 'gridcell', 'aria-colspan': this.columns });
    const title = make('h2', {}, [this.name(month)]);
    const count = make('span', { className: 'soft' }, [say('month.count', { n: month.count })]);
    const box = make('input', { type: 'checkbox', className: 'month-box', tabIndex: -1 });
    box.setAttribute('aria-label', say('select.month', { month: this.name(month) }));
    box.addEventListener('change', () => this.tickMonth(month, box.checked));
    cell.append(make('label', {}, [box, title]), count);
    element.append(cell);
    this.space.append(element);
    const mounted = { element, tiles: [], top: month.top, month, box };
    this.refreshBox(mounted);
    return mounted;
  }

  name(month) {
    return Number.isFinite(month.key)
      ? monthName(Math.floor(month.key / 12), ((month.key % 12) + 12) % 12)
      : say('no.date');
  }

  unmount(mounted) {
    for (const tile of mounted.tiles) {
      // Removing the source cancels its request.
      tile.image.removeAttribute('src');
      tile.asked = false;
      this.asking.delete(tile);
      this.spare.push(tile);
    }
    mounted.element.remove();
  }

  makeTile() {
    const tile = make('div', { className: 'tile', role: 'gridcell', tabIndex: -1 });
    tile.glyph = make('span', { className: 'glyph' });
    tile.image = make('img', { alt: '', decoding: 'async', draggable: false });
    tile.image.addEventListener('load', () => {
      tile.classList.add('seen');
      this.answered(tile);
    });
    tile.image.addEventListener('error', () => {
      if (tile.asked) {
        this.failedThumbs.set(tile.photo, this.epoch);
        tile.image.removeAttribute('src');
      }
      this.answered(tile);
    });
    tile.tick = make('span', { className: 'tick' }, [icon('i-check')]);
    tile.mark = make('span', { className: 'mark' });
    tile.sign = make('span', { className: 'sign' });
    tile.append(tile.glyph, tile.image, tile.mark, tile.sign, tile.tick);
    return tile;
  }

  fill(tile, index, column) {
    const row = this.order[index];
    const { photos } = this;
    tile.index = index;
    tile.photo = photos.ids[row];
    tile.asked = false;
    this.asking.delete(tile);
    tile.classList.remove('seen');
    const kind = kindOf(photos, row);
    tile.glyph.replaceChildren(icon(kind === 'video' ? 'i-film' : 'i-photo'));
    const marks = [];
    if (kind !== 'photo') {
      marks.push(icon(kind === 'video' ? 'i-play' : 'i-live'));
    }
    if (photos.has(row, FLAG.favourite)) {
      marks.push(icon('i-heart'));
    }
    tile.mark.replaceChildren(...marks);
    const where = sign(photos, row);
    tile.sign.className = `sign ${where.name}`;
    tile.sign.title = say(`place.${where.name}`);
    tile.sign.replaceChildren(icon(where.icon));
    tile.classList.toggle('absent', photos.place(row) === PLACE.onlyCloud);
    tile.setAttribute('aria-colindex', column + 1);
    tile.tabIndex = index === this.focused ? 0 : -1;
    this.refreshTile(tile);
  }

  refreshTile(tile) {
    const row = this.order[tile.index];
    const ticked = this.selection.has(tile.photo);
    tile.classList.toggle('ticked', ticked);
    tile.setAttribute('aria-selected', String(ticked));
    tile.setAttribute(
      'aria-label',
      say('tile', {
        kind: say(`kind.${kindOf(this.photos, row)}`),
        date: dateOf(this.photos, row),
        place: say(`place.${sign(this.photos, row).name}`),
      }),
    );
  }

  refreshSelection() {
    for (const mounted of this.rows.values()) {
      mounted.tiles.forEach(tile => this.refreshTile(tile));
      if (mounted.box) {
        this.refreshBox(mounted);
      }
    }
    this.scroller.classList.toggle('selecting', this.selection.size > 0);
  }

  refreshBox({ month, box }) {
    let ticked = 0;
    let possible = 0;
    box.hidden = !this.canSaveOf(month);
    if (this.selection.size > 0) {
      for (let i = month.first; i < month.first + month.count; i++) {
        ticked += this.selection.has(this.photos.ids[this.order[i]]) ? 1 : 0;
        possible += this.photos.canSave(this.order[i]) ? 1 : 0;
      }
    }
    box.checked = ticked > 0 && ticked >= possible;
    box.indeterminate = ticked > 0 && ticked < possible;
  }

  canSaveOf(month) {
    for (let i = month.first; i < month.first + month.count; i++) {
      if (this.photos.canSave(this.order[i])) {
        return true;
      }
    }
    return false;
  }

  /** Requests visible thumbnails, then near ones, and cancels requests that are out of sight. */
  loadThumbs() {
    const top = this.scrollTop();
    const bottom = top + this.scroller.clientHeight;
    const later = [];
    this.queue = [];
    for (const mounted of this.rows.values()) {
      const visible = mounted.top + this.tile > top && mounted.top < bottom;
      for (const tile of mounted.tiles) {
        if (!tile.asked && this.failedThumbs.get(tile.photo) !== this.epoch) {
          (visible ? this.queue : later).push(tile);
        }
      }
    }
    this.queue.push(...later);
    this.pump();
  }

  pump() {
    while (this.asking.size < AT_ONCE && this.queue.length) {
      const tile = this.queue.shift();
      if (tile.isConnected && !tile.asked) {
        tile.asked = true;
        this.asking.add(tile);
        tile.image.src = picture('thumbs', tile.photo);
      }
    }
  }

  answered(tile) {
    this.asking.delete(tile);
    this.pump();
  }

  tickMonth(month, on) {
    this.selection.set(this.savable(month.first, month.first + month.count - 1), on);
  }

  savable(from, to) {
    const ids = [];
    for (let i = Math.min(from, to); i <= Math.max(from, to); i++) {
      if (this.photos.canSave(this.order[i])) {
        ids.push(this.photos.ids[this.order[i]]);
      }
    }
    return ids;
  }

  toggle(index) {
    const id = this.photos.ids[this.order[index]];
    this.anchor = index;
    if (this.photos.canSave(this.order[index])) {
      this.selection.set([id], !this.selection.has(id));
    } else {
      this.dispatchEvent(new CustomEvent('cannot', { detail: this.order[index] }));
    }
  }

  extend(index) {
    this.selection.set(this.savable(this.anchor, index), true);
  }

  tileOf(event) {
    return event.target instanceof Element ? event.target.closest('.tile') : null;
  }

  onClick(event) {
    const tile = this.tileOf(event);
    if (!tile) {
      return;
    }
    this.focus(tile.index, false);
    if (event.shiftKey) {
      this.extend(tile.index);
    } else if (event.ctrlKey || event.metaKey || event.target.closest('.tick') || this.selection.size > 0) {
      this.toggle(tile.index);
    } else {
      this.open(tile.index);
    }
  }

  open(index) {
    this.dispatchEvent(new CustomEvent('open', { detail: index }));
  }

  onKey(event) {
    if (!this.tileOf(event) || event.altKey) {
      return;
    }
    const control = event.ctrlKey || event.metaKey;
    const rtl = document.documentElement.dir === 'rtl' ? -1 : 1;
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / (this.tile + GAP)) - 1);
    const moves = {
      ArrowRight: () => this.focused + rtl,
      ArrowLeft: () => this.focused - rtl,
      ArrowDown: () => this.vertical(1),
      ArrowUp: () => this.vertical(-1),
      PageDown: () => this.vertical(page),
      PageUp: () => this.vertical(-page),
      Home: () => (control ? 0 : this.edge(-1)),
      End: () => (control ? this.order.length - 1 : this.edge(1)),
    };
    if (moves[event.key]) {
      const from = this.focused;
      this.focus(Math.max(0, Math.min(this.order.length - 1, moves[event.key]())), true);
      if (event.shiftKey) {
        if (this.selection.size === 0) {
          this.anchor = from;
        }
        this.extend(this.focused);
      }
    } else if (event.key === ' ') {
      event.shiftKey ? this.extend(this.focused) : this.toggle(this.focused);
    } else if (event.key === 'Enter') {
      this.open(this.focused);
    } else if (control && event.key.toLowerCase() === 'a') {
      this.selection.set(this.savable(0, this.order.length - 1), true);
    } else if (event.key === 'Escape' && this.selection.size > 0) {
      this.selection.clear();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** Moves lines up or down, in the same column if the line has it; headings do not count. */
  vertical(lines) {
    let index = this.focused;
    const down = lines > 0;
    for (let i = 0; i < Math.abs(lines); i++) {
      const month = this.monthOfOrder(index);
      const column = (index - month.first) % this.columns;
      const next = index + (down ? this.columns : -this.columns);
      if (next >= month.first && next < month.first + month.count) {
        index = next;
      } else if (down) {
        const end = month.first + month.count;
        const lastLine = month.first + Math.floor((month.count - 1) / this.columns) * this.columns;
        index = index < lastLine ? end - 1 : Math.min(end + column, this.lineEnd(end), this.order.length - 1);
      } else if (month.first > 0) {
        const before = this.monthOfOrder(month.first - 1);
        const line = before.first + Math.floor((before.count - 1) / this.columns) * this.columns;
        index = Math.min(line + column, before.first + before.count - 1);
      }
    }
    return index;
  }

  lineEnd(start) {
    const month = this.monthOfOrder(Math.min(start, this.order.length - 1));
    return Math.min(start + this.columns, month.first + month.count) - 1;
  }

  edge(direction) {
    const month = this.monthOfOrder(this.focused);
    const start = month.first + Math.floor((this.focused - month.first) / this.columns) * this.columns;
    return direction < 0 ? start : Math.min(start + this.columns, month.first + month.count) - 1;
  }

  /** Focuses a photo and scrolls it into view. */
  focus(index, scroll) {
    if (!this.order.length) {
      return;
    }
    const before = this.tileAt(this.focused);
    if (before) {
      before.tabIndex = -1;
    }
    this.focused = index;
    if (scroll) {
      const top = this.topOf(index);
      const line = this.lineTop(index);
      if (top < this.scrollTop()) {
        this.scrollTo(top);
      } else if (line + this.tile > this.scrollTop() + this.scroller.clientHeight) {
        this.scrollTo(line + this.tile + GAP - this.scroller.clientHeight);
      }
    }
    let tile = this.tileAt(index);
    if (!tile) {
      const number = this.rowOf(index);
      this.rows.set(number, this.mount(number));
      tile = this.tileAt(index);
    }
    tile.tabIndex = 0;
    tile.focus({ preventScroll: true });
    if (scroll) {
      // In a small window the grid itself may be out of sight.
      this.scroller.scrollIntoView({ block: 'nearest' });
    }
    this.update();
  }

  lineTop(index) {
    const month = this.monthOfOrder(index);
    return month.top + HEADING + Math.floor((index - month.first) / this.columns) * (this.tile + GAP);
  }

  tileAt(index) {
    if (!this.order.length) {
      return undefined;
    }
    return this.rows.get(this.rowOf(index))?.tiles.find(tile => tile.index === index);
  }
}
