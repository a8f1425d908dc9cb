/**
 * What was written here and has not arrived. It is kept on the device, encrypted, and sent in the order in which it was written, each
 * once: by a number of this device that the server counts. What the server refuses stays here with the reason, and holds back nothing.
 * A device that keeps nothing sends at once, as if there were no outbox.
 */
import {signals} from './base.js';
import {api, Problem, refusedAsEarly} from './api.js';
import {online} from './device.js';
import * as vault from './vault.js';

const STORE = 'outbox';
/** Milliseconds after which a writer is told that it waits; it may still arrive meanwhile. */
const PATIENCE = 8_000;
const AGAIN_EVERY = 30_000;

const kept = signals.signal([]);
/** Of those, what a writer still waits for, and is told of there. */
const fresh = signals.signal(new Set());
const outcomes = new Map();

const held = signals.computed(() => kept.value.filter(item => !fresh.value.has(item.key)));
/** What waits and its writer knows of, in its order: {@code {key, method, path, body, title, page, at, shown, id, problem}}. */
export const waiting = signals.computed(() => held.value.filter(item => !item.silent));

const isFresh = (key, is) => {
    const all = new Set(fresh.peek());
    all[is ? 'add' : 'delete'](key);
    fresh.value = all;
};

async function read() {
    kept.value = vault.state.peek() === 'OPEN' ? await vault.list(STORE) : [];
}

// ---- writing

/**
 * Sends what was written, now or when it can be.
 *
 * @param title what it is, in the writer's words, for the list of what waits
 * @param shown how the list that it belongs to is to show it meanwhile; none for a DELETE
 * @param id name of the property by which that list tells its items apart
 * @param base what the thing said when its writer began, of things that two phones may write at once: it is sent as {@code base} of the body,
 *     and the server puts the two together
 * @param page where it can be written anew if the server refuses it; the page that is looked at, if nothing else is said
 * @param quiet whether what is on the screen is not to be read again afterwards
 * @param silent whether nobody is to be troubled with it: it is not among what waits, is given up when the server refuses it, and is not
 *     written again while it is kept
 * @returns {waiting, data}: whether it waits on this device; what the server answered if not
 * @throws Problem if the server refuses it now
 */
export async function write(method, path, body, {title, shown = null, id = 'id', base, page = location.pathname, quiet = false, silent = false}) {
    const content = base === undefined ? body : {...body, base};
    if (vault.state.peek() !== 'OPEN') {
        return {waiting: false, data: method === 'DELETE' ? await api.delete(path, {quiet}) : await api.put(path, content, {quiet})};
    }
    const item = {method, path, body: content, title, shown, id, quiet, silent, page, at: Date.now()};
    const key = await inTurn(() => put(item));
    if (key === null) {
        flush();
        return {waiting: true};
    }
    isFresh(key, true);
    const settled = new Promise(done => outcomes.set(key, done));
    const patience = new Promise(done => setTimeout(() => done({waiting: true}), PATIENCE));
    await read();
    flush();
    const outcome = await Promise.race([settled, patience]);
    outcomes.delete(key);
    if (outcome.problem) {
        await vault.drop(STORE, key);
        await read();
    }
    isFresh(key, false);
    if (outcome.problem) {
        throw outcome.problem;
    }
    return outcome;
}

/** Puts it into the outbox, and gives its key; null if it is silent and there already. */
async function put(item) {
    const before = (await vault.list(STORE)).filter(one => one.path === item.path).pop();
    const same = before?.method === item.method;
    if (same && item.silent) {
        return null;
    }
    // what was not sent yet is written over where it stands, unless something else was written to that path since
    if (same && !before.number && !before.problem && !sending.has(before.key)) {
        // what its writer saw was the very one that is written over
        await vault.set(STORE, before.key, before.body?.base ? {...item, body: {...item.body, base: before.body.base}} : item);
        return before.key;
    }
    if (same && before.problem) {
        await vault.drop(STORE, before.key);
    }
    return vault.add(STORE, item);
}

let turn = Promise.resolve();

/** Does this when what was begun before is done: what is being written over must not be taken up to be sent at the same moment. */
function inTurn(work) {
    const mine = turn.then(work, work);
    turn = mine.catch(() => {});
    return mine;
}

// ---- sending

const sending = new Set();
let running = null;
let next = null;

/** Sends what waits, until something cannot be sent now; once more after it, if it is already under way. */
export function flush() {
    if (!running) {
        running = alone(sendAll).finally(() => (running = null));
        return running;
    }
    const more = () => {
        next = null;
        return flush();
    };
    next = next ?? running.then(more, more);
    return next;
}

/** One page at a time, of all that are open. */
const alone = work => (navigator.locks ? navigator.locks.request('sotay-outbox', work) : work());

async function sendAll() {
    while (vault.state.peek() === 'OPEN') {
        const item = await inTurn(takeUp);
        if (!item) {
            break;
        }
        const outcome = await send(item);
        sending.delete(item.key);
        outcomes.get(item.key)?.(outcome);
        await read();
        if (outcome.waiting) {
            // what stands behind it waits as well: its writers need not find out by waiting
            outcomes.forEach(tell => tell(outcome));
            break;
        }
    }
}

/** What is to be sent next, with its number; null if nothing waits. Another page may have written it. */
async function takeUp() {
    const item = (await vault.list(STORE)).find(one => !one.problem);
    if (!item) {
        return null;
    }
    sending.add(item.key);
    return item.number ? item : number(item);
}

/** Sends one, under the number that it had before if it may have arrived already. */
async function send(item) {
    const numbered = item.number ? item : await number(item);
    const headers = {'Sotay-Device': numbered.device, 'Sotay-Sequence': String(numbered.number)};
    try {
        const data = item.method === 'DELETE'
            ? await api.delete(item.path, {headers, quiet: item.quiet})
            : await api.put(item.path, item.body, {headers, quiet: item.quiet});
        await vault.drop(STORE, item.key);
        return {waiting: false, data};
    } catch (problem) {
        if (!(problem instanceof Problem)) {
            throw problem;
        }
        const expected = refusedAsEarly(problem);
        if (expected) {
            // what was sent before it was given up here and never arrived there
            await vault.setNumbers({device: numbered.device, next: expected});
            return send({...item, number: null});
        }
        if (problem.mayPass || problem.status === 401) {
            return {waiting: true};
        }
        if (item.silent) {
            await vault.drop(STORE, item.key);
            return {problem};
        }
        const {status, title, detail, errors} = problem;
        await vault.set(STORE, item.key, {...item, number: null, problem: {status, title, detail, errors, at: Date.now()}});
        return {problem};
    }
}

async function number(item) {
    const {device, next} = await vault.numbers();
    const numbered = {...item, device, number: next};
    await vault.set(STORE, item.key, numbered, {device, next: next + 1});
    return numbered;
}

// ---- what its writer may do

/** Sends one anew that was refused; it goes to the end. */
export async function again({key, problem, ...item}) {
    await vault.drop(STORE, key);
    await vault.add(STORE, item);
    await read();
    flush();
}

/**
 * Sends something else in place of one that was refused, such as its words by another way: it takes its very place, so that they are
 * neither lost nor there twice.
 *
 * @param what {@code {path, body, title, shown, id}}, as of a PUT by {@code write}
 */
export async function instead({key, page, at}, {path, body, title, shown = null, id = 'id'}) {
    await inTurn(() => vault.set(STORE, key, {method: 'PUT', path, body, title, shown, id, quiet: false, silent: false, page, at}));
    await read();
    await flush();
}

/** Gives it up. It can be put back by {@code again}. */
export async function discard({key}) {
    await vault.drop(STORE, key);
    await read();
}

// ---- how lists show it

/**
 * What the server said of a list, with what waits to be put into it, changed or taken out, or of one thing, as it was written here: those
 * have {@code waiting}.
 */
export function overlay(path, data) {
    const list = path.replace(/\?.*$/, '');
    const alone = held.value.filter(item => item.path === list && item.shown).pop();
    if (alone) {
        // what was refused is not as its writer wanted it, but it is nowhere else if there is nothing
        return {...data, ...(alone.problem && data ? {} : {...alone.shown, [alone.id]: idOf(alone)}), waiting: alone};
    }
    const own = data?.items ? held.value.filter(item => item.path.slice(0, item.path.lastIndexOf('/')) === list) : [];
    return own.length === 0 ? data : own.reduce(shownIn, data);
}

const idOf = ({path}) => path.slice(path.lastIndexOf('/') + 1);

function shownIn(data, item) {
    const id = idOf(item);
    const at = data.items.findIndex(one => one[item.id] === id);
    // what was refused is not as its writer wanted it: the list says what is so
    if (item.method === 'DELETE' || item.problem && at >= 0) {
        const marked = data.items.map((one, i) => (i === at ? {...one, waiting: item} : one));
        return {...data, items: item.problem ? marked : data.items.filter((one, i) => i !== at)};
    }
    // what is no thing of the list, such as how far notices were seen, is none of its lines
    if (at < 0 && !item.shown) {
        return data;
    }
    const shown = {...data.items[at], ...item.shown, [item.id]: id, waiting: item};
    return {...data, items: at < 0 ? [...data.items, shown] : data.items.map((one, i) => (i === at ? shown : one))};
}

// ---- when

signals.effect(() => {
    if (vault.state.value === 'OPEN') {
        read().then(flush);
    } else {
        kept.value = [];
    }
});
signals.effect(() => {
    if (online.value) {
        flush();
    }
});
addEventListener('online', () => flush());
setInterval(() => {
    if (document.visibilityState === 'visible' && kept.peek().some(item => !item.problem)) {
        flush();
    }
}, AGAIN_EVERY);
