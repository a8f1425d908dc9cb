/**
 * What this device keeps of the handbook for one account, so that it is there without a network. It is encrypted: by a key that the
 * PIN opens, together with a key of this device that scripts can use and not read. A device keeps nothing unless it was said to be
 * its owner's alone. What this protects against and what not stands in docs/security.md.
 */
import {deleteDB, openDB} from '../vendor/idb.js';
import {signals} from './base.js';
import {store} from './device.js';
import * as push from './push.js';

/** {@code ABSENT}: nothing is kept for the account; {@code LOCKED}: the PIN is needed; {@code OPEN}. */
export const state = signals.signal('ABSENT');
/** Whether anything can be kept at all: not by plain HTTP from another machine. */
export const possible = Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);
/** Whether the browser has promised not to throw it away when it runs out of space; null until it was asked. */
export const lasting = signals.signal(null);

/** Whether something was kept for who is here and the browser has thrown it away: the PIN brings it back. */
export const gone = signals.signal(false);

/** While it is locked: how much waits in it to be sent. */
export const unsent = signals.signal(0);

/** Milliseconds without use after which the PIN is asked again. */
const LOCK_AFTER = 30 * 60_000;
const MOST_TRIES = 10;
/** Of PBKDF2: a second on an old phone, for us and for who guesses. */
const ROUNDS = 600_000;
const MOST_KEPT = 500;
/** Milliseconds for which the same reply is not written down again. */
const WRITTEN_FOR = 3_600_000;

const utf8 = text => new TextEncoder().encode(text);
const nameOf = account => `sotay-${account}`;

let db = null;
let keys = null;
/** Of what is kept, as far as this page has seen it: name → the reply's {@code {etag, at}}. */
const seen = new Map();

// ---- keys

async function seal(key, bytes, about) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const box = await crypto.subtle.encrypt({name: 'AES-GCM', iv, additionalData: utf8(about)}, key, bytes);
    return {iv, box};
}

const unseal = async (key, {iv, box}, about) =>
    new Uint8Array(await crypto.subtle.decrypt({name: 'AES-GCM', iv, additionalData: utf8(about)}, key, box));

async function keyOfPin(pin, salt, rounds) {
    const raw = await crypto.subtle.importKey('raw', utf8(pin.normalize('NFC')), 'PBKDF2', false, ['deriveKey']);
    return crypto.subtle.deriveKey({name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds}, raw,
        {name: 'AES-GCM', length: 256}, false, ['encrypt', 'decrypt']);
}

/** Two keys of one secret: one that encrypts, one that names what is kept. */
async function use(secret) {
    keys = {
        content: await crypto.subtle.importKey('raw', secret.slice(0, 32), 'AES-GCM', false, ['encrypt', 'decrypt']),
        name: await crypto.subtle.importKey('raw', secret.slice(32), {name: 'HMAC', hash: 'SHA-256'}, false, ['sign']),
    };
}

/** Puts it where a device keeps it that loses its power in the next moment. */
async function putSafely(name, value, key) {
    const transaction = db.transaction(name, 'readwrite', {durability: 'strict'});
    const put = await transaction.store.put(value, key);
    await transaction.done;
    return put;
}

async function wrap(secret, pin) {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const inner = await seal(await keyOfPin(pin, salt, ROUNDS), secret, 'pin');
    const packed = new Uint8Array([...inner.iv, ...new Uint8Array(inner.box)]);
    await putSafely('keys', {salt, rounds: ROUNDS, tries: 0, ...(await seal(await db.get('keys', 'device'), packed, 'device'))}, 'locked');
}

/** From now on the PIN is not needed, until nobody has used it for a while. */
async function leaveOpen(secret) {
    await db.put('keys', {until: Date.now() + LOCK_AFTER, ...(await seal(await db.get('keys', 'device'), secret, 'open'))}, 'open');
    state.value = 'OPEN';
}

async function secretLeftOpen() {
    const open = await db.get('keys', 'open');
    return open && open.until > Date.now() ? unseal(await db.get('keys', 'device'), open, 'open') : null;
}

// ---- what a session does with it

const open = account => openDB(nameOf(account), 1, {
    upgrade(made) {
        made.createObjectStore('keys');
        made.createObjectStore('kept').createIndex('at', 'at');
        made.createObjectStore('outbox', {autoIncrement: true});
        made.createObjectStore('copy');
        made.createObjectStore('drafts');
        made.createObjectStore('files');
    },
    // a page of a newer shell wants another form of it
    blocking: close,
});

/** Leaves what is kept as it is: somebody else is here. */
export function close() {
    db?.close();
    db = null;
    keys = null;
    seen.clear();
    state.value = 'ABSENT';
    gone.value = false;
}

/** Whose handbook opens on this device when nobody has said who they are; null if it keeps none. */
export const owner = () => store.get('owner');

/** Looks whether something is kept for the account, and whether it is still open. */
export async function find(account) {
    close();
    if (owner() !== account || !possible) {
        return;
    }
    try {
        db = await open(account);
        if (!await db.get('keys', 'locked')) {
            close();
            gone.value = true;
            return;
        }
        const secret = await secretLeftOpen();
        if (secret) {
            await use(secret);
            await leaveOpen(secret);
        } else {
            await lock();
        }
        lasting.value = (await navigator.storage?.persisted?.()) ?? false;
    } catch (problem) {
        // a browser that keeps nothing: all works that has a network
        console.info('Nothing is kept on this device:', problem.message);
        close();
    }
}

/** Keeps the handbook on this device from now on; under another PIN if it is there and open, else anew. */
export async function keep(account, pin) {
    if (!possible) {
        return;
    }
    if (!owner()) {
        // what was written last is what a browser that ends suddenly forgets first: the name of the owner, and not what is kept
        store.set('owner', account);
    }
    await find(account);
    try {
        if (state.value === 'OPEN') {
            await wrap(await secretLeftOpen(), pin);
            return;
        }
        if (state.value === 'LOCKED' && await unlock(pin) === null) {
            return;
        }
        if (state.value === 'LOCKED' && unsent.value > 0) {
            // the PIN was changed elsewhere: the one before still opens it
            return;
        }
        await wipe();
        store.set('owner', account);
        db = await open(account);
        await putSafely('keys', await crypto.subtle.generateKey({name: 'AES-GCM', length: 256}, false, ['encrypt', 'decrypt']), 'device');
        const secret = crypto.getRandomValues(new Uint8Array(64));
        await wrap(secret, pin);
        await use(secret);
        await leaveOpen(secret);
        lasting.value = (await navigator.storage?.persist?.()) ?? false;
    } catch (problem) {
        console.info('Nothing is kept on this device:', problem.message);
        await wipe();
    }
}

/**
 * Opens it by the PIN.
 *
 * @returns null if it was right, else how often one may still try; at zero nothing is kept any more
 */
export async function unlock(pin) {
    const locked = await db.get('keys', 'locked');
    // counted before it is tried: who ends the page in between has tried
    await db.put('keys', {...locked, tries: locked.tries + 1}, 'locked');
    try {
        const packed = await unseal(await db.get('keys', 'device'), locked, 'device');
        const key = await keyOfPin(pin, locked.salt, locked.rounds);
        const secret = await unseal(key, {iv: packed.slice(0, 12), box: packed.slice(12)}, 'pin');
        await db.put('keys', {...locked, tries: 0}, 'locked');
        await use(secret);
        await leaveOpen(secret);
        return null;
    } catch {
        const left = MOST_TRIES - locked.tries - 1;
        if (left <= 0) {
            await wipe();
        }
        return left;
    }
}

const countUnsent = async of => (await of.getAll('outbox')).filter(one => !one.silent).length;

/** How much of its owner's waits on this device to be sent, whether it is open or not. */
export async function countOwners() {
    if (!owner() || !possible) {
        return 0;
    }
    const opened = db ?? await open(owner());
    const count = await countUnsent(opened);
    if (opened !== db) {
        opened.close();
    }
    return count;
}

/** Asks for the PIN from now on. */
export async function lock() {
    if (db) {
        await db.delete('keys', 'open');
        keys = null;
        unsent.value = await countUnsent(db);
        state.value = 'LOCKED';
    }
}

/** Throws away all that this device keeps; it is told nothing any more either. */
export async function wipe() {
    const account = owner();
    await push.forget();
    close();
    store.remove('owner');
    if (account) {
        await deleteDB(nameOf(account)).catch(() => {});
    }
}

/** Whoever uses it need not give the PIN again. */
export async function touch() {
    if (state.value !== 'OPEN') {
        return;
    }
    const left = await db.get('keys', 'open');
    if (left && left.until > Date.now()) {
        await db.put('keys', {...left, until: Date.now() + LOCK_AFTER}, 'open');
    } else {
        await lock();
    }
}

// ---- what waits to be sent, in the order in which it came; it is never thrown away to make room

/** All of a list, in its order, each with its {@code key}. */
export async function list(name) {
    const found = [];
    for (let cursor = await db.transaction(name).store.openCursor(); cursor; cursor = await cursor.continue()) {
        found.push([cursor.key, cursor.value]);
    }
    return Promise.all(found.map(async ([key, sealed]) => ({...JSON.parse(new TextDecoder().decode(await unseal(keys.content, sealed, name))), key})));
}

/** Whether something is to be counted as unsent must be known while this is locked, too. */
const sealed = async ({key, ...value}, name) => ({
    ...(await seal(keys.content, utf8(JSON.stringify(value)), name)), ...(value.silent ? {silent: true} : {}),
});

/** Puts it at the end, and gives its key. */
export const add = async (name, value) => putSafely(name, await sealed(value, name));

/** Writes it over, and with it, together or not at all, what {@link numbers} gives. */
export async function set(name, key, value, counted) {
    const written = await sealed(value, name);
    const both = db.transaction([name, 'keys'], 'readwrite', {durability: 'strict'});
    both.objectStore(name).put(written, key);
    if (counted) {
        both.objectStore('keys').put(counted, 'numbers');
    }
    await both.done;
}

export const drop = (name, key) => db.delete(name, key);

/** By which the server counts what this device sends: {@code {device, next}}. */
export const numbers = async () => (await db.get('keys', 'numbers')) ?? {device: crypto.randomUUID(), next: 1};

export const setNumbers = counted => db.put('keys', counted, 'numbers');

// ---- what was begun

export async function write(name, key, value) {
    const written = await sealed(value, name);
    await db?.put(name, written, await keyOf(key));
}

export const erase = async (name, key) => db?.delete(name, await keyOf(key));

// ---- documents

export const has = async (name, key) => state.value === 'OPEN' && await db.getKey(name, await keyOf(key)) !== undefined;

export async function writeBytes(name, key, bytes) {
    const written = await seal(keys.content, bytes, key);
    await db.put(name, written, await keyOf(key));
}

export const readBytes = async (name, key) => unseal(keys.content, await db.get(name, await keyOf(key)), key);

// ---- the local copy

/** Puts and deletes things by their names, and keeps how far that goes: all of it or nothing. */
export async function follow(name, puts, drops, how) {
    const written = await Promise.all(puts.map(async ([key, value]) => [await keyOf(key), await sealed(value, name)]));
    const dropped = await Promise.all(drops.map(keyOf));
    const standing = await sealed(how, 'standing');
    const both = db.transaction([name, 'keys'], 'readwrite');
    dropped.forEach(key => both.objectStore(name).delete(key));
    written.forEach(([key, value]) => both.objectStore(name).put(value, key));
    both.objectStore('keys').put(standing, 'standing');
    await both.done;
}

/** How far the copy goes; null if there is none. */
export async function standing() {
    const found = await db.get('keys', 'standing');
    return found ? JSON.parse(new TextDecoder().decode(await unseal(keys.content, found, 'standing'))) : null;
}

// ---- what is kept

async function keyOf(name) {
    const mac = new Uint8Array(await crypto.subtle.sign('HMAC', keys.name, utf8(name)));
    return btoa(String.fromCharCode(...mac));
}

/** What is kept under the name; null if nothing is, or it cannot be read. */
export async function get(name) {
    if (state.value !== 'OPEN') {
        return null;
    }
    try {
        const found = await db.get('kept', await keyOf(name));
        const value = found ? JSON.parse(new TextDecoder().decode(await unseal(keys.content, found, name))) : null;
        value?.etag && seen.set(name, {etag: value.etag, at: value.at});
        return value;
    } catch {
        return null;
    }
}

const isSeen = (name, {etag, at}) => Boolean(etag) && seen.get(name)?.etag === etag && at - seen.get(name).at < WRITTEN_FOR;

/** Keeps a value under the name, unless it is a reply that was written there a while ago. What was kept longest goes when there is too much. */
export async function put(name, value) {
    if (state.value !== 'OPEN' || isSeen(name, value)) {
        return;
    }
    try {
        const sealed = await seal(keys.content, utf8(JSON.stringify(value)), name);
        await db.put('kept', {at: Date.now(), ...sealed}, await keyOf(name));
        value.etag && seen.set(name, {etag: value.etag, at: value.at});
        if (await db.count('kept') > MOST_KEPT) {
            const oldest = await db.transaction('kept', 'readwrite').store.index('at').openCursor();
            await oldest?.delete();
            seen.clear();
        }
    } catch {
        // no space left, or it was locked meanwhile: the page goes on without
    }
}

/** Keeps no reply and no document any longer. */
export async function clear() {
    if (state.value === 'OPEN') {
        await Promise.all([db.clear('kept'), db.clear('files')]);
        seen.clear();
    }
}

/** Keeps it no longer. */
export async function remove(name) {
    if (state.value === 'OPEN') {
        seen.delete(name);
        await db.delete('kept', await keyOf(name)).catch(() => {});
    }
}
