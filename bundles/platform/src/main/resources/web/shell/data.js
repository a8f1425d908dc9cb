/**
 * What was read from the server. A page shows what was read last at once, be it on another day and kept on this device, then what the
 * server says now; it is read again after each write to the same module, when the reader comes back to the page, and each minute
 * while it is looked at.
 */
import {hooks, signals} from './base.js';
import {api, Problem} from './api.js';
import {dependsOn, listen, local} from './copy.js';
import {overlay} from './outbox.js';
import * as vault from './vault.js';

const FRESH = 5_000;
/** What is of use only when it is of now, or says what others did. */
const NOT_KEPT = /^\/api\/(audit|jobs|keys|session|accounts|search)\b|\/sessions$/;
const entries = new Map();
const looked = signals.signal([]);

/** Whether something that is looked at has not shown anything yet: neither was it kept here nor has the server answered. */
export const wanting = signals.computed(() => looked.value.some(({state: {value}}) => value.data === null && value.problem === null));

function entry(path) {
    let found = entries.get(path);
    if (!found) {
        found = {path, users: 0, asked: 0, answered: 0, state: signals.signal({loading: true, data: null, etag: null, problem: null, at: null})};
        entries.set(path, found);
    }
    return found;
}

/** What this device kept at a path. What a module cannot make of the copy is no reason not to ask the server. */
async function keptAt(path) {
    try {
        return NOT_KEPT.test(path) ? null : await local(path) ?? await vault.get(path);
    } catch (problem) {
        console.error(problem);
        return null;
    }
}

/** Shows what this device kept; whether there was something. */
async function recall(item) {
    const kept = await keptAt(item.path);
    if (kept && item.state.value.data === null) {
        item.state.value = {...item.state.value, ...kept};
    }
    return kept !== null;
}

/** What is kept is to be seen and touched before the server is asked for what is newer: a dozen questions at once hold up an old phone. */
const shown = () => new Promise(done => {
    if (globalThis.requestIdleCallback) {
        requestIdleCallback(done, {timeout: 300});
    } else {
        setTimeout(done);
    }
});

function keep({path}, value) {
    if (!NOT_KEPT.test(path)) {
        vault.put(path, value);
    }
}

async function load(item) {
    const turn = ++item.asked;
    item.loadedAt = Date.now();
    if (!item.state.value.loading) {
        item.state.value = {...item.state.value, loading: true};
    }
    try {
        if (item.state.value.data === null && await recall(item)) {
            await shown();
        }
        const {data, etag} = await api.read(item.path);
        // who waits for this answer finds it here, though another was asked for meanwhile
        if (turn > item.answered) {
            item.answered = turn;
            const value = {data, etag, at: Date.now()};
            item.state.value = {...value, loading: turn < item.asked, problem: null};
            keep(item, value);
        }
    } catch (problem) {
        if (!(problem instanceof Problem)) {
            throw problem;
        }
        if (turn === item.asked) {
            item.answered = turn;
            // what the caller may no longer see is not shown any more; without a network the last state stays
            const gone = [401, 403, 404].includes(problem.status);
            if (gone && problem.status !== 401) {
                vault.remove(item.path);
            }
            item.state.value = {...item.state.value, ...(gone ? {data: null} : {}), loading: false, problem};
        }
    }
}

/** Reads again what is on the screen and begins with the prefix; forgets the rest of it. */
export async function refresh(prefix) {
    const reading = [];
    for (const [path, item] of entries) {
        if (path.startsWith(prefix)) {
            if (item.users > 0) {
                reading.push(load(item));
            } else {
                entries.delete(path);
            }
        }
    }
    await Promise.all(reading);
}

// what has come by the change feed meanwhile is shown where it is looked at
listen({
    came(types) {
        for (const [path, item] of entries) {
            if (item.users > 0 && dependsOn(path, types)) {
                load(item);
            }
        }
    },
});

/** Forgets everything: another person may sign in. */
export function forget() {
    entries.clear();
}

/**
 * What lies at the path, read when the component appears: {@code {loading, data, etag, problem, at, reload}}. No path, nothing read.
 */
export function useRemote(path) {
    const item = path ? entry(path) : null;
    hooks.useEffect(() => {
        if (!item) {
            return undefined;
        }
        item.users++;
        looked.value = [...looked.peek(), item];
        if (!item.loadedAt || Date.now() - item.loadedAt > FRESH) {
            load(item);
        }
        return () => {
            item.users--;
            const at = looked.peek().indexOf(item);
            looked.value = looked.peek().filter((one, i) => i !== at);
        };
    }, [item]);
    return item
        ? {...item.state.value, data: overlay(path, item.state.value.data), reload: () => load(item)}
        : {loading: false, data: null, etag: null, problem: null, at: null, reload: () => {}};
}

let lookedAt = Date.now();
function look() {
    if (document.visibilityState === 'visible' && Date.now() - lookedAt > FRESH) {
        lookedAt = Date.now();
        refresh('/api/');
    }
}
document.addEventListener('visibilitychange', look);
addEventListener('online', look);
setInterval(look, 60_000);
