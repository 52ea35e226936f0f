// Texts by key, in the language that the server chose; formats numbers, sizes and dates for that language.

let words = {};
let language = 'en';
let plural = new Intl.PluralRules('en');
let whole = new Intl.NumberFormat('en');

export async function load() {
  const answer = await fetch('/words.json');
  const got = await answer.json();
  words = got.words;
  language = got.language;
  plural = new Intl.PluralRules(language);
  whole = new Intl.NumberFormat(language);
  document.documentElement.lang = language;
  document.documentElement.dir = /^(ar|he|fa|ur)\b/.test(language) ? 'rtl' : 'ltr';
  for (const element of document.querySelectorAll('[data-word]')) {
    element.textContent = say(element.dataset.word);
  }
  document.getElementById('search').placeholder = say('search.short');
}

/** Returns a text with its placeholders filled, in the plural form for the number n. */
export function say(key, gaps = {}) {
  const form = 'n' in gaps ? words[`${key}.${plural.select(gaps.n)}`] ?? words[`${key}.other`] : undefined;
  const text = form ?? words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (all, name) => {
    const gap = gaps[name];
    return gap === undefined ? all : typeof gap === 'number' ? whole.format(gap) : gap;
  });
}

export function inEnglish() {
  return /^en\b/.test(language);
}

/** Returns Shoebox's detailed message in English, and the text of this language for other languages. */
export function tells(key, message, gaps = {}) {
  return message && inEnglish() ? message : say(key, gaps);
}

export function number(n) {
  return whole.format(n);
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

export function size(bytes) {
  let unit = 0;
  let value = bytes;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[unit],
    unitDisplay: 'short',
    maximumFractionDigits: unit > 1 && value < 10 ? 1 : 0,
  }).format(value);
}

export function time(seconds) {
  const minutes = Math.round(seconds / 60);
  if (seconds < 55) {
    return unit(Math.max(1, Math.round(seconds)), 'second');
  }
  return minutes < 100 ? unit(minutes, 'minute') : unit(Math.round(minutes / 60), 'hour');
}

function unit(value, name) {
  // Abbreviations end with a full stop in some languages, and so do sentences.
  return new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);
}

// Times are minutes of local time where the photo was taken, so they are formatted as UTC.
export function month(year, month0) {
  return new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.UTC(year, month0),
  );
}

/** @param milliseconds since 1970 */
export function day(milliseconds) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(milliseconds);
}

export function moment(minutes) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(
    minutes * 60000,
  );
}
