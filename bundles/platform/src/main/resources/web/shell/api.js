/**
 * Speaks with the server. What goes wrong becomes a {@link Problem} that has a sentence for the reader: the server's own, or one of
 * the shell when the server was not reached.
 */
import {language, online, reached} from './device.js';
import {ready, t} from './texts.js';

export class Problem extends Error {
    constructor({status, title, detail, errors, current, body}) {
        super(title);
        this.status = status;
        this.title = title;
        this.detail = detail;
        this.errors = errors ?? [];
        this.current = current;
        this.body = body;
    }

    /** Whether the server was not reached: the same may be tried again. */
    get isNetwork() {
        return this.status === 0;
    }

    /** Whether the same may work a little later. What we sent is no malformed request: the line was cut in its middle. */
    get mayPass() {
        return this.isNetwork || Boolean(this.body?.type?.endsWith(':malformed-request')) || [408, 425, 429].includes(this.status) || this.status >= 500;
    }
}

/** Milliseconds that a reply may take before we say that there is no connection. */
const PATIENCE = 30_000;

const listeners = {signedOut: () => {}, written: async () => {}};

/** Called when the server no longer knows who we are, and after each write that was taken. */
export function listen(more) {
    Object.assign(listeners, more);
}

export const networkProblem = (method = 'PUT') => new Problem({status: 0, title: t('network.title'),
    detail: t(method === 'GET' ? 'network.unread' : 'network.kept')});

/** Makes a problem of a reply that is not good. */
export function problemOf(status, text) {
    let body = null;
    try {
        body = JSON.parse(text);
    } catch {
        // something between us and the server answered
    }
    return new Problem({title: t('error.title'), detail: t('error.status', {status}), ...body, status, body});
}

/** The path with its query; parameters without a value are left out. */
export function url(path, query) {
    const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
    return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

async function send(method, path, {query, body, type, etag, quiet, bytes, headers: more} = {}) {
    const headers = {...more, 'Accept-Language': language.value, Accept: bytes ? '*/*' : 'application/json, application/problem+json'};
    if (body !== undefined) {
        headers['Content-Type'] = type ?? 'application/json';
    }
    if (etag) {
        headers['If-Match'] = etag;
    }
    let response;
    let text = '';
    let blob;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    try {
        response = await fetch(url(path, query), {
            method,
            headers,
            body: body === undefined ? undefined : type ? body : JSON.stringify(body),
            credentials: 'same-origin',
            cache: 'no-cache',
            signal: patience.signal,
        });
        if (bytes && response.ok) {
            blob = await response.blob();
        } else {
            text = await response.text();
        }
    } catch {
        online.value = false;
        await ready;
        throw networkProblem(method);
    } finally {
        clearTimeout(timer);
    }
    reached();
    if (response.status === 401 && !quiet) {
        listeners.signedOut();
    }
    if (!response.ok) {
        await ready;
        throw problemOf(response.status, text);
    }
    let data = blob ?? null;
    // a network that wants a sign-in of its own answers every question with its page
    if (bytes && bytes !== '*' && blob.type !== bytes) {
        throw networkProblem(method);
    }
    try {
        data = text ? JSON.parse(text) : data;
    } catch {
        throw networkProblem(method);
    }
    if (method !== 'GET' && !quiet) {
        await listeners.written(path);
    }
    return {status: response.status, etag: response.headers.get('ETag'), data};
}

/** Each gives the body of the reply; {@code read} gives it with its ETag. {@code quiet}: 401 is no news, and nothing is read again.
 * {@code bytes}: the media type of a reply that is a Blob; {@code *} for whatever it is. */
export const api = {
    read: (path, options) => send('GET', path, options),
    get: async (path, query, options) => (await send('GET', path, {...options, query})).data,
    put: async (path, body, options) => (await send('PUT', path, {...options, body})).data,
    post: async (path, body, options) => (await send('POST', path, {...options, body})).data,
    delete: async (path, options) => (await send('DELETE', path, options)).data,
};

/**
 * Listens at a path as long as the server goes on: {@code heard} gets the names of the events that have come, none for a sign of life. Ends
 * when the server does.
 *
 * @throws Problem if there is nothing to listen to, or the line breaks
 */
export async function events(path, query, heard, signal) {
    let response;
    try {
        response = await fetch(url(path, query), {
            headers: {'Accept-Language': language.value, Accept: 'text/event-stream'},
            credentials: 'same-origin',
            cache: 'no-store',
            signal,
        });
        if (!response.ok || !/^text\/event-stream/.test(response.headers.get('Content-Type')) || !response.body) {
            throw problemOf(response.status, await response.text());
        }
        const reader = response.body.getReader();
        const decoder = new TextDecoder();
        let rest = '';
        for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
            reached();
            const lines = (rest + decoder.decode(piece.value, {stream: true})).split('\n');
            rest = lines.pop();
            heard(lines.filter(line => line.startsWith('event: ')).map(line => line.slice(7)));
        }
    } catch (problem) {
        throw problem instanceof Problem ? problem : networkProblem('GET');
    }
}

/** The number that the server waits for, when a command came before others of its device; null for other problems. */
export const refusedAsEarly = problem => (problem.body?.type?.endsWith(':command-early') ? problem.body.expected : null);

/** A new id, UUIDv7: made here, so that the same write sent twice is one thing. */
export function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    let millis = Date.now();
    for (let i = 5; i >= 0; i--) {
        bytes[i] = millis % 256;
        millis = Math.floor(millis / 256);
    }
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
