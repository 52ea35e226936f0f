// The second copies of the backup: where they are, and how current each is.

import { at, icon, make } from './dom.js';
import { day, say, tells } from './words.js';

const ICONS = { complete: 'i-check', behind: 'i-alert', unreadable: 'i-broken', away: 'i-question', empty: 'i-question', checking: 'i-question' };

let shown = '[]';

// Replaced only if they changed, so that a screen reader that reads them is not interrupted.
export function showCopies(copies = []) {
  const key = JSON.stringify(copies);
  at('copies').hidden = copies.length === 0;
  if (key !== shown) {
    shown = key;
    at('copies-list').replaceChildren(...copies.map(item));
  }
}

function item(copy) {
  return make('li', { className: copy.state }, [
    icon(ICONS[copy.state]),
    make('b', { className: 'path' }, [copy.folder]),
    make('span', {}, [sentences(copy).join(' ')]),
  ]);
}

function sentences({ state, photos, files, complete, failure }) {
  const said = [];
  if (state === 'complete') {
    said.push(say('copy.complete'));
  } else if (state === 'behind') {
    if (photos > 0) {
      said.push(say('copy.behind', { n: photos }));
    }
    if (files > 0) {
      said.push(say('copy.lacks', { n: files }));
    }
    said.push(say('copy.behind.todo'));
  } else if (state === 'away') {
    said.push(say('copy.away'), say('copy.away.todo'));
  } else if (state === 'empty') {
    said.push(say('copy.empty'));
  } else if (state === 'unreadable') {
    said.push(say('copy.unreadable'));
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
