// All photos as columns of numbers, and the selection among them.

/** Where an asset is, by the numbers of the index. */
export const PLACE = { onlyHere: 0, waiting: 1, partMissing: 2, unknown: 3, onlyCloud: 4, both: 5, backupOnly: 6 };

export const FLAG = {
  backedUp: 1 << 3,
  verified: 1 << 4,
  damaged: 1 << 5,
  video: 1 << 6,
  live: 1 << 7,
  screenshot: 1 << 8,
  recording: 1 << 9,
  burst: 1 << 10,
  raw: 1 << 11,
  edited: 1 << 12,
  favourite: 1 << 13,
  hidden: 1 << 14,
  trashed: 1 << 15,
  here: 1 << 16,
  failed: 1 << 17,
  broken: 1 << 18,
};

export const UNDATED = -0x80000000;
const APART = FLAG.hidden | FLAG.trashed;

export class Photos {
  /** @param {ArrayBuffer} buffer "SBX1", the number of photos, then ids, minutes, flags and kilobytes, newest first */
  constructor(buffer) {
    const view = new DataView(buffer);
    this.count = buffer.byteLength >= 8 ? view.getUint32(4, true) : 0;
    const column = (Type, n) => new Type(buffer, 8 + n * 4 * this.count, this.count);
    this.ids = column(Uint32Array, 0);
    this.minutes = column(Int32Array, 1);
    this.flags = column(Uint32Array, 2);
    this.kilobytes = column(Uint32Array, 3);
    this.rowOf = new Map();
  }

  place(row) {
    return this.flags[row] & 7;
  }

  has(row, flag) {
    return (this.flags[row] & flag) !== 0;
  }

  /** Whether its original can be saved from the phone. */
  canSave(row) {
    return (this.flags[row] & FLAG.here) !== 0;
  }

  row(id) {
    if (this.rowOf.size === 0) {
      for (let i = 0; i < this.count; i++) {
        this.rowOf.set(this.ids[i], i);
      }
    }
    return this.rowOf.get(id) ?? -1;
  }

  /** The rows that fulfil a condition, in order. */
  where(test) {
    const rows = new Uint32Array(this.count);
    let n = 0;
    for (let row = 0; row < this.count; row++) {
      if (test(row)) {
        rows[n++] = row;
      }
    }
    return rows.slice(0, n);
  }
}

// Hidden photos and those in Recently Deleted are shown only on request.
const apart = (photos, row) => (photos.flags[row] & APART) !== 0;
const usual = test => (photos, row) => !apart(photos, row) && test(photos, row);

// Photos that are broken on the phone itself were saved as they are: there is nothing more to save.
const isUnsaved = (p, r) => p.canSave(r) && !p.has(r, FLAG.backedUp | FLAG.broken);

// Photos that wait for iCloud are nowhere else yet.
const isOnlyHere = (p, r) => p.place(r) === PLACE.onlyHere || p.place(r) === PLACE.waiting;

/** The filters of the toolbar; each says whether it is always shown. */
export const FILTERS = [
  { key: 'all', always: true, test: usual(() => true) },
  { key: 'only-here', test: usual((p, r) => isOnlyHere(p, r) && !p.has(r, FLAG.backedUp | FLAG.broken)) },
  { key: 'waiting', test: usual((p, r) => p.place(r) === PLACE.waiting && !p.has(r, FLAG.backedUp | FLAG.broken)) },
  { key: 'unsaved', test: usual(isUnsaved), unless: 'only-here' },
  { key: 'backed-up', test: usual((p, r) => p.has(r, FLAG.backedUp)) },
  { key: 'damaged', test: (p, r) => p.has(r, FLAG.damaged) },
  { key: 'broken', test: (p, r) => p.has(r, FLAG.broken) },
  { key: 'in-icloud', test: usual((p, r) => p.place(r) === PLACE.both || p.place(r) === PLACE.partMissing) },
  { key: 'only-icloud', test: usual((p, r) => p.place(r) === PLACE.onlyCloud) },
  { key: 'favourites', test: usual((p, r) => p.has(r, FLAG.favourite)) },
  { key: 'videos', test: usual((p, r) => p.has(r, FLAG.video)) },
  { key: 'live', test: usual((p, r) => p.has(r, FLAG.live)) },
  { key: 'screenshots', test: usual((p, r) => p.has(r, FLAG.screenshot | FLAG.recording)) },
  { key: 'edited', test: usual((p, r) => p.has(r, FLAG.edited)) },
  { key: 'hidden', test: (p, r) => p.has(r, FLAG.hidden) && !p.has(r, FLAG.trashed) },
  { key: 'deleted', test: (p, r) => p.has(r, FLAG.trashed) },
];

/** Days since 1970 as year and month (Howard Hinnant's civil_from_days); one number, so that months compare. */
export function monthOf(minutes) {
  if (minutes === UNDATED) {
    return -Infinity;
  }
  const z = Math.floor(minutes / 1440) + 719468;
  const era = Math.floor(z / 146097);
  const day = z - era * 146097;
  const yoe = Math.floor((day - Math.floor(day / 1460) + Math.floor(day / 36524) - Math.floor(day / 146096)) / 365);
  const doy = day - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month0 = mp < 10 ? mp + 2 : mp - 10;
  return (yoe + era * 400 + (month0 < 2 ? 1 : 0)) * 12 + month0;
}

/**
 * The selected photos, by id, so that the selection survives filters and new states. Photos that cannot be saved now, such
 * as those of an unplugged phone, do not count until they are available again.
 */
export class Selection extends EventTarget {
  constructor() {
    super();
    this.ids = new Set();
    this.photos = null;
    this.savable = [];
  }

  get size() {
    return this.savable.length;
  }

  /** Sets the current photos. */
  over(photos) {
    this.photos = photos;
    this.changed();
  }

  changed() {
    const { photos } = this;
    this.savable = [...this.ids].filter(id => {
      const row = photos ? photos.row(id) : -1;
      return row >= 0 && photos.canSave(row);
    });
    this.dispatchEvent(new Event('change'));
  }

  has(id) {
    return this.ids.has(id);
  }

  set(ids, on) {
    for (const id of ids) {
      if (on) {
        this.ids.add(id);
      } else {
        this.ids.delete(id);
      }
    }
    this.changed();
  }

  clear() {
    this.ids.clear();
    this.changed();
  }

  /** Returns pairs of first and last, which is short if whole months are selected. */
  ranges() {
    const sorted = Uint32Array.from(this.savable).sort();
    const ranges = [];
    for (const id of sorted) {
      const last = ranges[ranges.length - 1];
      if (last && last[1] + 1 === id) {
        last[1] = id;
      } else {
        ranges.push([id, id]);
      }
    }
    return ranges;
  }
}
