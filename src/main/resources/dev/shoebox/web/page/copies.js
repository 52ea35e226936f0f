// The second copies of the backup: where they are, and how current each is.

import { at, icon, make } from './dom.js';
import { day, say, tells } from './words.js';

const ICONS = { complete: 'i-check', behind: 'i-alert', unreadable: 'i-broken', 'other-files': 'i-broken', 'same-folder': 'i-broken', newer: 'i-broken', away: 'i-question', empty: 'i-question', checking: 'i-question', filling: 'i-question' };

let shown = '';

// Replaced only if they changed, so that a screen reader that reads them is not interrupted.
export function showCopies(copies = [], backup = '') {
  const key = JSON.stringify([copies, backup]);
  at('copies').hidden = copies.length === 0;
  if (key !== shown) {
    shown = key;
    at('copies-list').replaceChildren(...copies.map((copy) => item(copy, backup)));
  }
}

function item(copy, backup) {
  return make('li', { className: copy.state }, [
    icon(ICONS[copy.state]),
    make('b', { className: 'path' }, [copy.folder]),
    make('span', {}, [sentences(copy, backup).join(' ')]),
  ]);
}

function sentences({ folder, state, photos, files, damaged, arrived, filled, complete, failure }, backup) {
  const said = [];
  // Each names a command: if everything is saved, there is nothing to save here, which would update it.
  const update = (todo) => say(filled ? todo : 'copy.unnamed.todo', { backup, copy: folder });
  if (state === 'filling') {
    return [arrived > 0 ? say('copy.filling', { n: arrived }) : say('copy.filling.early')];
  }
  if (state === 'complete') {
    said.push(say('copy.complete'));
  } else if (state === 'behind') {
    if (photos > 0) {
      said.push(say('copy.behind', { n: photos }));
    }
    if (files > 0) {
      said.push(say('copy.lacks', { n: files }));
    }
    if (photos + files > 0) {
      said.push(update('copy.behind.todo'));
    }
    if (damaged > 0) {
      said.push(say('copy.damaged', { n: damaged }), say('copy.damaged.todo', { backup, copy: folder }));
    }
  } else if (state === 'away') {
    said.push(say('copy.away'), update('copy.away.todo'));
  } else if (state === 'empty') {
    said.push(say('copy.empty'));
  } else if (['unreadable', 'other-files', 'same-folder', 'newer'].includes(state)) {
    said.push(say(`copy.${state}`));
  } else {
    said.push(say('copy.checking'));
  }
  if (complete) {
    said.push(say('copy.last', { date: day(complete) }));
  } else if (state !== 'complete') {
    said.push(say('copy.never'));
  }
  if (failure && state !== 'complete') {
    said.push(tells('copy.failed', failure));
  }
  return said;
}
