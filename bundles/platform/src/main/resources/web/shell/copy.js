/**
 * The local copy: what the change feed says this reader may know, kept in the vault and held in memory, so that what was never looked
 * at is there without a network too. Pages read it through {@code useRemote}, by what modules declare in {@code local}. It is not
 * shown before all of it has come. Only for members of a cell, on a device of their own: what an officer may know fits no phone.
 */
import {signals} from './base.js';
import {api, events, Problem} from './api.js';
import {online} from './device.js';
import {match} from './router.js';
import * as vault from './vault.js';

const STORE = 'copy';
/** Seconds that the server may wait for something new. */
const WAIT = 25;
const PAUSES = [2_000, 5_000, 15_000, 60_000];
/** Changes of a page over a line that did not bear a full one. */
const FEW = 50;

/** How far the copy goes: {@code {token, whole, at}}; {@code at}: when it was last in step with the server. */
export const standing = signals.signal({token: null, whole: false, at: null});

/** Type → id → audience → {@code {audience, type, id, version, data}}. */
let records = new Map();
let listener = {came: () => {}, moved: () => {}};
let loaded = Promise.resolve();

/** Whom the copy is for. */
const reader = signals.signal(null);

/** Follows the feed for the caller, if that is a member of a cell. */
export const readFor = caller => (reader.value = caller);

/** Calls {@code came} with the types of what came, not while the copy is not whole; {@code moved} when the reader may know other things. */
export const listen = to => (listener = {...listener, ...to});

// ---- reading

const newest = versions => [...versions.values()].reduce((one, other) => (other.version > one.version ? other : one)).data;

/** What resolvers of modules read, and the search on this device. */
export const copy = Object.freeze({
    /** All things of a type. */
    all: type => [...(records.get(type)?.values() ?? [])].map(newest),
    /** One thing; null if the reader knows of none. */
    one: (type, id) => {
        const versions = records.get(type)?.get(id);
        return versions ? newest(versions) : null;
    },
    /** Whether the reader may be born in these days, {@code {from, to}}, by its own record; true where either is not known. */
    mayBeBorn: born => {
        const {birthDate, birthYear} = copy.one('member', reader.peek()?.member?.id) ?? {};
        const first = birthDate ?? (birthYear && `${birthYear}-01-01`);
        const last = birthDate ?? (birthYear && `${birthYear}-12-31`);
        return !born || !first || (!born.from || born.from <= last) && (!born.to || born.to >= first);
    },
});

const resolvers = [];

/** Adds what a module can tell from the copy: {@code {path, types, read(copy, params, query)}}. */
export const addResolvers = more => resolvers.push(...more);

function resolverOf(path) {
    const {pathname, searchParams} = new URL(path, location.origin);
    const found = match(resolvers, pathname);
    return found && {...found.route, params: found.params, query: Object.fromEntries(searchParams)};
}

/** What the server would say at this path, by the copy: {@code {data, at}}; null if the copy does not know. */
export async function local(path) {
    await loaded;
    const found = standing.peek().whole ? resolverOf(path) : null;
    const data = found?.read(copy, found.params, found.query) ?? null;
    return data && {data, etag: null, at: standing.peek().at};
}

/** Whether what lies at the path is made of any of these types. */
export const dependsOn = (path, types) => Boolean(resolverOf(path)?.types.some(type => types.has(type)));

// ---- following

function put(record) {
    const {type, id, audience} = record;
    if (!records.has(type)) {
        records.set(type, new Map());
    }
    const things = records.get(type);
    if (!things.has(id)) {
        things.set(id, new Map());
    }
    things.get(id).set(audience, record);
}

function drop({type, id, audience}) {
    const versions = records.get(type)?.get(id);
    versions?.delete(audience);
    if (versions?.size === 0) {
        records.get(type).delete(id);
    }
}

const nameOf = ({audience, type, id}) => `${audience} ${type} ${id}`;

function* everything() {
    for (const things of records.values()) {
        for (const versions of things.values()) {
            yield* versions.values();
        }
    }
}

/** Takes a page of the feed: in the vault all of it or nothing, with its token. */
async function take({token, complete, audiences, changes}) {
    const gone = new Set(audiences.removed);
    const puts = changes.filter(one => !one.deleted).map(({at, ...one}) => one);
    const drops = [...[...everything()].filter(one => gone.has(one.audience)), ...changes.filter(one => one.deleted)];
    // of those whose payloads the reader gets from now on, as after a move to another cell, nothing is there yet
    const whole = complete || standing.peek().whole && audiences.added.length === 0;
    const next = {token, whole, at: complete ? Date.now() : standing.peek().at};
    if (gone.size > 0) {
        // replies from before may hold what the reader may not know any more; first, so that whoever is ended here begins with it again
        await vault.clear();
    }
    await vault.follow(STORE, puts.map(one => [nameOf(one), one]), drops.map(nameOf), next);
    drops.forEach(drop);
    puts.forEach(put);
    standing.value = next;
    channel?.postMessage('moved');
    if (gone.size > 0) {
        listener.moved();
    } else if (next.whole) {
        listener.came(new Set([...puts, ...drops].map(one => one.type)));
    }
}

async function startAfresh() {
    const next = {token: null, whole: false, at: standing.peek().at};
    await vault.follow(STORE, [], [...everything()].map(nameOf), next);
    records = new Map();
    standing.value = next;
}

/** Whether the line did not bear a full page. */
let thin = false;

/** Asks for what is new, and waits for it if so many seconds are given; whether that was all. */
async function ask(wait) {
    const {token, whole} = standing.peek();
    try {
        const page = await api.get('/api/changes',
            {since: token, wait: whole ? wait : undefined, limit: thin ? FEW : undefined}, {quiet: true});
        if (page) {
            await take(page);
        } else if (!whole) {
            // what was still to come has been taken away meanwhile
            await take({token, complete: true, audiences: {added: [], removed: []}, changes: []});
        } else {
            standing.value = {...standing.peek(), at: Date.now()};
        }
        const isAll = !page || page.complete;
        thin = thin && !isAll;
        return isAll;
    } catch (problem) {
        thin = thin || problem.isNetwork === true;
        if (problem instanceof Problem && problem.status === 410) {
            await startAfresh();
            return false;
        }
        throw problem;
    }
}

// ---- hearing that there is something new, by a stream that stays open; where none gets through, asking is made to wait

/** Milliseconds until a stream has to give its first sign of life, and between two of them: the server gives one each 25 s. */
const FIRST = 10_000;
const SILENCE = 60_000;
/** What ends sooner by itself has not got through. */
const SHORTEST = 5_000;
/** So long after that nothing is asked of streams. */
const WITHOUT = 600_000;

let withoutUntil = 0;

function listenFrom(token) {
    const stop = new AbortController();
    const stream = {news: false, ended: false, rouse: () => {}, close};
    const begun = Date.now();
    let closed = false;
    let timer = setTimeout(fail, FIRST);

    function close() {
        closed = true;
        stop.abort();
    }

    /** Something between the server and here lets no stream pass, or keeps it to itself. */
    function fail() {
        withoutUntil = Date.now() + WITHOUT;
        close();
    }

    function heard(names) {
        clearTimeout(timer);
        timer = setTimeout(close, SILENCE);
        if (names.includes('changes')) {
            stream.news = true;
            stream.rouse();
        } else if (!stream.news) {
            standing.value = {...standing.peek(), at: Date.now()};
        }
    }

    // why it has ended is told by the question that follows
    events('/api/changes', {since: token}, heard, stop.signal).catch(() => {}).then(() => {
        clearTimeout(timer);
        if (!closed && Date.now() - begun < SHORTEST) {
            fail();
        }
        stream.ended = true;
        stream.rouse();
    });
    return stream;
}

/** Until a stream has told of something, or has ended. */
const woken = stream => new Promise(done => {
    stream.rouse = () => (stream.news || stream.ended) && done();
    stream.rouse();
});

const follows = () => vault.state.peek() === 'OPEN' && Boolean(reader.peek()?.cell) && document.visibilityState === 'visible';

/** Whether it ended since nobody is to be followed now. */
async function follow() {
    let stream = null;
    const look = () => stream && !follows() && stream.close();
    const ignore = vault.state.subscribe(look);
    document.addEventListener('visibilitychange', look);
    try {
        for (let failures = 0; follows();) {
            try {
                if (stream) {
                    stream.news = false;
                }
                const isAll = await ask(stream || Date.now() > withoutUntil ? undefined : WAIT);
                failures = 0;
                if (isAll && follows()) {
                    stream = stream || (Date.now() > withoutUntil ? listenFrom(standing.peek().token) : null);
                    await (stream && woken(stream));
                }
                if (stream && stream.ended) {
                    stream = null;
                }
            } catch (problem) {
                if (!(problem instanceof Problem)) {
                    throw problem;
                }
                if (problem.status === 401) {
                    return false;
                }
                await pause(PAUSES[Math.min(failures++, PAUSES.length - 1)]);
            }
        }
        return true;
    } finally {
        ignore();
        document.removeEventListener('visibilitychange', look);
        if (stream) {
            stream.close();
        }
    }
}

/** Waits that long, or until there is a network again. */
function pause(millis) {
    return new Promise(done => {
        const end = () => {
            clearTimeout(timer);
            stop();
            done();
        };
        const timer = setTimeout(end, millis);
        let first = true;
        const stop = online.subscribe(is => {
            if (!first && is) {
                queueMicrotask(end);
            }
            first = false;
        });
    });
}

// ---- one page of all that are open follows, the others read what it has written

const channel = globalThis.BroadcastChannel ? new BroadcastChannel('sotay-copy') : null;
let following = null;

function begin() {
    if (!following && follows()) {
        const alone = navigator.locks ? navigator.locks.request('sotay-copy', follow) : follow();
        following = alone.finally(() => (following = null));
        // by now it may be looked at again
        following.then(left => left && begin());
    }
}

async function read() {
    const [found, there] = vault.state.peek() === 'OPEN' ? await Promise.all([vault.list(STORE), vault.standing()]) : [[], null];
    records = new Map();
    found.forEach(put);
    standing.value = there ?? {token: null, whole: false, at: null};
}

if (channel) {
    channel.onmessage = () => (loaded = read());
}
signals.effect(() => {
    const open = vault.state.value === 'OPEN';
    if (open && reader.value?.cell) {
        loaded = read();
        loaded.then(begin);
    } else if (!open) {
        records = new Map();
        standing.value = {token: null, whole: false, at: null};
    }
});
document.addEventListener('visibilitychange', begin);
addEventListener('online', begin);
