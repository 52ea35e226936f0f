// The connection to Shoebox: token, requests, stream of states. The token is in no cookie and no URL.

const KEY = 'shoebox';
const channel = new BroadcastChannel('shoebox');
let session = null;

function keep(next) {
  session = next;
  sessionStorage.setItem(KEY, JSON.stringify(next));
}

// A second tab gets the token from the first: the channel belongs to this origin, including its port.
channel.addEventListener('message', event => {
  if (event.data?.ask && session) {
    channel.postMessage({ session });
  }
});

function fromOtherTab() {
  return new Promise(resolve => {
    const timer = setTimeout(() => done(null), 400);
    function done(found) {
      clearTimeout(timer);
      channel.removeEventListener('message', hear);
      resolve(found);
    }
    function hear(event) {
      if (event.data?.session) {
        done(event.data.session);
      }
    }
    channel.addEventListener('message', hear);
    channel.postMessage({ ask: true });
  });
}

/** Starts a session: with the code in the URL, or the token of this or another tab. */
export async function enter() {
  const code = location.hash.slice(1);
  if (code && code !== 'grid') {
    // The code must not stay in the history or a bookmark.
    history.replaceState(null, '', '/');
    const answer = await fetch('/api/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    if (answer.ok) {
      keep(await answer.json());
      return true;
    }
  }
  const kept = sessionStorage.getItem(KEY);
  const candidates = [() => (kept ? JSON.parse(kept) : null), fromOtherTab];
  for (const candidate of candidates) {
    const found = await candidate();
    if (found && (await works(found))) {
      keep(found);
      return true;
    }
  }
  sessionStorage.removeItem(KEY);
  return false;
}

async function works(candidate) {
  try {
    const answer = await fetch('/api/state', { headers: { 'X-Shoebox': candidate.token } });
    return answer.ok;
  } catch {
    return false;
  }
}

/** The error message, from Shoebox if it gives one. */
export class Refused extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

export async function get(path) {
  const answer = await fetch(path, { headers: { 'X-Shoebox': session.token } });
  if (!answer.ok) {
    throw new Refused(answer.status, await answer.text());
  }
  return answer;
}

export async function post(path, body = {}) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'X-Shoebox': session.token, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Refused(answer.status, await answer.text());
  }
  return answer.json();
}

export function picture(kind, id) {
  return `/i/${session.pictures}/${kind}/${id}`;
}

/** Why a picture or film is not available now; empty if it is. */
export async function unavailable(url) {
  try {
    const answer = await fetch(url, { headers: { Range: 'bytes=0-0' } });
    if (answer.status === 503) {
      return await answer.text();
    }
    await answer.body?.cancel();
    return null;
  } catch {
    return null;
  }
}

/** Passes on each state, and reports when the server stops responding. */
export async function listen(onState, onSilence) {
  for (let pause = 500; ; pause = Math.min(pause * 2, 8000)) {
    try {
      const answer = await get('/api/events');
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        pause = 500;
        text += part.value;
        let end;
        while ((end = text.indexOf('\n\n')) >= 0) {
          const data = /^data: (.*)$/m.exec(text.slice(0, end));
          text = text.slice(end + 2);
          if (data) {
            onState(JSON.parse(data[1]));
          }
        }
      }
    } catch (failure) {
      if (failure instanceof Refused && failure.status === 403) {
        onSilence();
        return;
      }
    }
    onSilence();
    await new Promise(resolve => setTimeout(resolve, pause));
  }
}
