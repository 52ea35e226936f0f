// The headline and the main action: what is on the phone, the progress of a run, and its result.

import { at, make } from './dom.js';
import { post } from './net.js';
import { say, size, tells, time } from './words.js';

const MOST_FAILURES = 20;

export class Band {
  constructor(actions) {
    this.actions = actions;
    this.last = '';
    this.told = 0;
    this.sentence = at('sentence');
    this.detail = at('detail');
    this.buttons = at('band-actions');
    this.progress = at('progress');
    this.failures = at('failures');
  }

  show(state) {
    const words = this.words(state);
    document.body.dataset.state = words.key;
    this.set(this.sentence, words.sentence);
    this.set(this.detail, words.detail ?? '');
    this.showButtons(words.buttons ?? []);
    this.showProgress(state.run);
    this.showFailures(state.run);
    this.tell(words, state.run);
    document.title = state.run?.files && this.isGoing(state.run) && state.run.state !== 'copies'
      ? `${Math.floor((100 * state.run.filesDone) / state.run.files)} % · Shoebox`
      : 'Shoebox';
  }

  isGoing(run) {
    return run && !run.ended;
  }

  set(element, text) {
    if (element.textContent !== text) {
      element.textContent = text;
    }
  }

  words(state) {
    return (state.run && this.runWords(state)) || this.troubleWords(state) || this.restWords(state);
  }

  runWords({ run, destination, offer }) {
    const folder = run.folder ?? destination?.folder ?? '';
    const gaps = {
      n: run.files,
      done: run.filesDone,
      bytesDone: size(run.bytesDone),
      bytes: size(run.bytes),
      rate: size(run.bytesPerSecond),
      left: time(run.secondsLeft),
      next: run.filesDone + 1,
      folder,
    };
    const stop = { word: 'pause', act: () => post('/api/pause'), quiet: true };
    const again = word => ({ word, act: this.actions.again, main: true });
    switch (run.state) {
      case 'preparing':
        return { key: 'preparing', sentence: say('run.preparing'), detail: say('run.goes.on'), buttons: [stop] };
      case 'copying':
        return {
          key: 'copying',
          sentence: say('run.copying', gaps),
          detail: `${say(run.secondsLeft > 0 ? 'run.figures' : 'run.figures.early', gaps)} ${say('run.goes.on')}`,
          buttons: [stop],
        };
      case 'waiting':
        return {
          key: 'waiting-for-phone',
          sentence: say(`run.waiting.${run.why ?? 'unplugged'}`, gaps),
          detail: say('run.nothing.lost'),
          buttons: [stop],
        };
      case 'copies':
        return { key: 'copies', sentence: say('run.copies'), detail: say('run.goes.on'), buttons: [stop] };
      case 'stopping':
        return { key: 'stopping', sentence: say('run.stopping'), detail: '' };
      case 'paused':
        return {
          key: 'paused',
          sentence: run.files ? say('run.paused', { ...gaps, n: run.files - run.filesDone }) : say('run.paused.early'),
          detail: say('run.nothing.lost'),
          buttons: [again('go.on'), { word: 'enough', act: this.actions.forget, quiet: true }],
        };
      case 'full':
        return {
          key: 'full',
          sentence: run.files
            ? say('run.full', { done: run.filesDone, n: run.files - run.filesDone })
            : say('run.full.early'),
          detail: say('run.full.todo'),
          buttons: [again('go.on'), { word: 'other.place', act: this.actions.choose, quiet: true }],
        };
      case 'drive-lost':
        return { key: 'drive-lost', sentence: say('run.drive.lost'), detail: tells('run.drive.lost.todo', run.message), buttons: [again('go.on')] };
      case 'phone-lost':
        return { key: 'phone-lost', sentence: say('run.phone.lost', gaps), detail: say('run.nothing.lost'), buttons: [again('go.on')] };
      case 'in-use':
        return { key: 'in-use', sentence: say('run.in.use'), detail: tells('run.in.use.todo', run.message), buttons: [again('try.again')] };
      case 'refused':
        return { key: 'refused', sentence: say('run.refused'), detail: tells('run.refused.todo', run.message), buttons: [again('try.again')] };
      case 'done':
        return {
          key: 'done',
          sentence: say('run.done', { n: run.saved, folder }),
          detail: `${say(run.compared ? 'run.compared' : 'run.hashed')} ${this.removable(run, folder)}`.trim(),
          buttons: [
            { word: 'open.folder', act: () => post('/api/open-folder'), main: true },
            { word: 'report', act: this.actions.report, quiet: true },
            ...(run.weekly ? [{ word: 'weekly', act: this.actions.weekly, quiet: true }] : []),
            { word: 'back', act: this.actions.forget, quiet: true },
          ],
        };
      case 'incomplete':
        return {
          key: 'incomplete',
          sentence: say('run.incomplete', { n: run.notSaved ?? 0, saved: run.saved }),
          detail: run.message ? tells('run.incomplete.todo', run.message) : say('run.incomplete.todo'),
          buttons: [
            again('try.these.again'),
            { word: 'open.folder', act: () => post('/api/open-folder'), quiet: true },
            { word: 'report', act: this.actions.report, quiet: true },
            { word: 'back', act: this.actions.forget, quiet: true },
          ],
        };
      default:
        return offer ? null : { key: 'rest', sentence: '' };
    }
  }

  // Says what could be deleted on the iPhone; nothing here deletes it.
  removable({ removable, removableBytes }, folder) {
    if (removable === undefined) {
      return '';
    }
    return removable === 0
      ? say('run.removable.none', { folder })
      : say('run.removable', { n: removable, bytes: size(removableBytes), folder });
  }

  // An unreadable backup is not an absent one: nothing is offered until its contents are known.
  troubleWords({ backup, destination }) {
    return (
      backup && {
        key: 'backup-trouble',
        sentence: say(`backup.${backup.state}`, { folder: destination?.folder ?? '' }),
        detail: `${tells(`backup.${backup.state}.todo`, backup.message)} ${say('backup.untouched')}`,
        buttons: [
          { word: 'look.again', act: () => post('/api/look'), main: true },
          { word: 'other.place', act: this.actions.choose, quiet: true },
        ],
      }
    );
  }

  restWords(state) {
    const { phone, counts, offer, destination } = state;
    const buttons = [];
    let detail = '';
    if (phone.state === 'none') {
      return {
        key: 'no-phone',
        sentence: say('phone.none'),
        detail: counts.all > 0 ? this.withCare(say('phone.none.backup', { n: counts.all }), counts) : say('phone.none.how'),
      };
    }
    if (['locked', 'trust', 'denied', 'several', 'failed'].includes(phone.state)) {
      return {
        key: phone.state,
        sentence: say(`phone.${phone.state}`),
        // The message about several phones is for command-line users.
        detail: tells(`phone.${phone.state}.todo`, phone.state === 'several' ? '' : phone.message),
      };
    }
    if (phone.state === 'reading' && (counts.partial || !counts.all)) {
      return { key: 'reading', sentence: say('phone.reading', { n: phone.seen ?? 0 }), detail: say('phone.reading.todo') };
    }
    const all = say('counts.all', { n: counts.all });
    let sentence = all;
    if (counts.all === 0) {
      sentence = say('counts.none');
    } else if (!offer) {
      const well = counts.safe ? 'counts.safe' : counts.here ? 'counts.here' : '';
      sentence = well && phone.state === 'ready' ? `${all} ${say(well)}` : all;
    } else {
      sentence = `${all} ${say(`counts.${offer.what}`, { n: offer.count })}`;
    }
    if (offer) {
      const gaps = { n: offer.count, bytes: size(offer.bytes), left: time(offer.seconds) };
      buttons.push({ word: `save.${offer.what}`, gaps, act: () => this.actions.save({ what: offer.what }), main: true });
      detail = say(destination ? 'offer.figures' : 'offer.choose', gaps);
      if (offer.waiting > 0) {
        detail = `${detail} ${say('offer.waiting', { n: offer.waiting })}`;
      }
      if (offer.hidden > 0) {
        detail = `${detail} ${say('offer.hidden', { n: offer.hidden })}`;
      }
      if (destination && offer.bytes > destination.free) {
        detail = say('offer.too.large', { bytes: size(offer.bytes), free: size(destination.free) });
      }
    }
    if (!offer && counts.cloud > 0 && phone.state === 'ready') {
      detail = `${detail} ${say('counts.cloud', { n: counts.cloud })}`.trim();
    }
    detail = this.withCare(detail, counts);
    if (!phone.library && phone.state === 'ready' && phone.isPhone) {
      detail = `${detail} ${say('no.library')}`.trim();
    }
    if (phone.state === 'reading') {
      detail = `${detail} ${say('phone.reading.more')}`.trim();
    }
    return { key: 'rest', sentence, detail, buttons };
  }

  // Failures must be visible without searching.
  withCare(detail, { broken, damaged }) {
    const more = [detail];
    if (damaged > 0) {
      more.push(say('counts.damaged', { n: damaged }));
    }
    if (broken > 0) {
      more.push(say('counts.broken', { n: broken }));
    }
    return more.join(' ').trim();
  }

  // Replaced only if they changed, so that a focused one keeps the focus.
  showButtons(wanted) {
    const key = JSON.stringify(wanted.map(each => [each.word, each.gaps]));
    this.wanted = wanted;
    if (key === this.last) {
      return;
    }
    const hadFocus = this.buttons.contains(document.activeElement);
    this.last = key;
    this.buttons.replaceChildren(
      ...wanted.map((each, i) => {
        const button = make('button', { type: 'button', className: each.main ? 'main' : 'plain' }, [
          say(each.word, each.gaps),
        ]);
        button.dataset.act = each.word;
        button.addEventListener('click', () => this.press(i, button));
        return button;
      }),
    );
    if (hadFocus) {
      (this.buttons.querySelector('button') ?? this.sentence).focus();
    }
  }

  async press(i, button) {
    button.disabled = true;
    try {
      await this.wanted[i]?.act();
    } catch (failure) {
      this.actions.complain(failure);
    } finally {
      button.disabled = false;
    }
  }

  showProgress(run) {
    const going = run && run.files > 0 && !['copies', 'done', 'incomplete'].includes(run.state);
    this.progress.hidden = !going && !['preparing', 'copies'].includes(run?.state);
    if (this.progress.hidden) {
      return;
    }
    const share = going ? Math.min(100, (100 * run.bytesDone) / Math.max(1, run.bytes)) : 0;
    this.progress.classList.toggle('unknown', !going);
    at('progress-fill').style.inlineSize = `${share}%`;
    this.progress.setAttribute('aria-valuenow', String(Math.floor(share)));
    this.progress.setAttribute('aria-valuetext', this.sentence.textContent);
  }

  showFailures(run) {
    const failed = run?.ended ? run.failed ?? [] : [];
    const key = failed.map(each => each.path).join('\n');
    if (this.failures.dataset.key === key) {
      return;
    }
    this.failures.dataset.key = key;
    this.failures.hidden = failed.length === 0;
    const items = failed.slice(0, MOST_FAILURES).map(each =>
      make('li', {}, [make('b', {}, [each.path]), ` ${tells(`failure.${each.reason}`, each.message)}`]),
    );
    if (failed.length > MOST_FAILURES) {
      items.push(make('li', {}, [say('failures.more', { n: failed.length - MOST_FAILURES })]));
    }
    this.failures.replaceChildren(...items);
  }

  // A screen reader announces a new state at once, and numbers at most every ten seconds.
  tell(words, run) {
    const now = Date.now();
    const live = at('live');
    if (words.key !== this.toldKey || (run && !run.ended && now - this.told > 10_000)) {
      this.toldKey = words.key;
      this.told = now;
      live.textContent = `${words.sentence} ${words.detail ?? ''}`;
    }
  }
}
