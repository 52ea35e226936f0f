// The months at the edge of the grid. While dragging, it names the month it will land on.

import { at, make } from './dom.js';
import { say } from './words.js';

export class Scrubber {
  constructor(grid) {
    this.grid = grid;
    this.bar = at('scrubber');
    this.mark = at('thumb');
    this.bubble = at('bubble');
    this.years = at('years');
    this.index = 0;
    grid.addEventListener('layout', () => this.draw());
    grid.addEventListener('moved', () => this.follow());
    this.bar.addEventListener('pointerdown', event => {
      this.bar.setPointerCapture(event.pointerId);
      this.drag(event);
    });
    this.bar.addEventListener('pointermove', event => {
      if (this.bar.hasPointerCapture(event.pointerId)) {
        this.drag(event);
      }
    });
    for (const end of ['pointerup', 'pointercancel']) {
      this.bar.addEventListener(end, () => (this.bubble.hidden = true));
    }
    this.bar.addEventListener('keydown', event => this.onKey(event));
  }

  draw() {
    const { months, height } = this.grid;
    this.bar.hidden = months.length < 2;
    this.years.replaceChildren();
    const size = this.bar.clientHeight;
    let last = null;
    let lastAt = -100;
    for (const month of months) {
      if (!Number.isFinite(month.key)) {
        continue;
      }
      const year = Math.floor(month.key / 12);
      const y = (month.top / height) * size;
      if (year !== last && y - lastAt > 18 && y < size - 12) {
        const label = make('span', {}, [String(year)]);
        label.style.top = `${y}px`;
        this.years.append(label);
        lastAt = y;
        last = year;
      }
    }
    this.bar.setAttribute('aria-valuemax', String(Math.max(0, months.length - 1)));
    this.bar.setAttribute('aria-label', say('scrubber'));
    this.follow();
  }

  follow() {
    const { months, height } = this.grid;
    if (!months.length) {
      at('now').hidden = true;
      return;
    }
    const month = this.grid.monthAtTop();
    this.index = months.indexOf(month);
    const inside = this.grid.scrollTop() > month.top + 24;
    at('now').hidden = !inside;
    at('now').textContent = inside ? this.grid.name(month) : '';
    const y = Math.min(1, this.grid.scrollTop() / height) * this.bar.clientHeight;
    this.mark.style.transform = `translateY(${y}px)`;
    this.bar.setAttribute('aria-valuenow', String(this.index));
    this.bar.setAttribute('aria-valuetext', this.label(month));
  }

  label(month) {
    return `${this.grid.name(month)}, ${say('month.count', { n: month.count })}`;
  }

  drag(event) {
    const box = this.bar.getBoundingClientRect();
    const share = Math.max(0, Math.min(0.9999, (event.clientY - box.top) / box.height));
    this.land(this.grid.months.indexOf(this.grid.monthAt(share * this.grid.height)));
    this.bubble.hidden = false;
    this.bubble.style.transform = `translateY(${share * box.height}px)`;
  }

  land(index) {
    const { months } = this.grid;
    this.index = Math.max(0, Math.min(months.length - 1, index));
    const month = months[this.index];
    if (month) {
      this.grid.scrollTo(month.top);
      this.bubble.textContent = this.label(month);
      this.follow();
    }
  }

  onKey(event) {
    const steps = {
      ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1, PageDown: 12, PageUp: -12, Home: -1e9, End: 1e9,
    };
    if (steps[event.key]) {
      this.land(this.index + steps[event.key]);
      event.preventDefault();
    }
  }
}
