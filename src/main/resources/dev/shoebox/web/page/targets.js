// The choice of a destination: only places that Shoebox offers, and new folders there by name.

import { at, icon, make } from './dom.js';
import { get, post } from './net.js';
import { say, size } from './words.js';

export class Targets {
  constructor(complain) {
    this.dialog = at('targets');
    this.complain = complain;
  }

  /** @returns whether a place was chosen, once the dialog is closed */
  async choose() {
    const { destinations } = await (await get('/api/destinations')).json();
    return new Promise(resolve => {
      const close = chosen => {
        this.dialog.close();
        resolve(chosen);
      };
      const list = make('ul', { className: 'target-list' });
      for (const each of destinations) {
        list.append(this.item(each, close));
      }
      const cancel = make('button', { type: 'button', className: 'plain' }, [say('cancel')]);
      cancel.addEventListener('click', () => close(false));
      this.dialog.replaceChildren(
        make('h2', { id: 'targets-title' }, [say('targets.title')]),
        make('p', { className: 'soft' }, [say(destinations.length ? 'targets.how' : 'targets.none')]),
        list,
        make('div', { className: 'dialog-buttons' }, [cancel]),
      );
      this.dialog.oncancel = () => resolve(false);
      this.dialog.showModal();
    });
  }

  item(each, close) {
    const facts = [
      each.backup ? say('target.backup') : '',
      say('target.free', { free: size(each.free) }),
      each.fileSystem ?? '',
    ].filter(Boolean);
    const take = make('button', { type: 'button', className: 'target' }, [
      icon('i-drive'),
      make('span', {}, [
        make('b', {}, [each.name]),
        make('span', { className: 'path' }, [each.folder]),
        make('span', { className: 'soft' }, [facts.join(' · ')]),
      ]),
    ]);
    take.disabled = !each.usable && !each.newFolders;
    take.addEventListener('click', () => this.take({ id: each.id }, close));
    const item = make('li', {}, each.usable ? [take] : [make('div', { className: 'target still' }, [...take.childNodes])]);
    if (each.newFolders) {
      const input = make('input', { type: 'text', maxLength: 60, value: each.suggestion ?? 'iPhone' });
      input.setAttribute('aria-label', say('target.new.name', { name: each.name }));
      const make2 = make('button', { type: 'submit', className: 'plain' }, [say('target.new')]);
      const form = make('form', { className: 'new-folder' }, [input, make2]);
      form.addEventListener('submit', event => {
        event.preventDefault();
        this.take({ id: each.id, folder: input.value }, close);
      });
      item.append(form);
    }
    return item;
  }

  async take(body, close) {
    try {
      await post('/api/destination', body);
      close(true);
    } catch (failure) {
      this.complain(failure);
    }
  }
}
