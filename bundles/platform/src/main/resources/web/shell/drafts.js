/**
 * What was begun to be written and not sent, by account and form. In the vault where there is one; else as the browser keeps it, so
 * that a lost network costs nothing on a device that is not one's own either.
 */
import {store} from './device.js';
import * as vault from './vault.js';

const STORE = 'drafts';
const prefix = 'draft.';
let kept = new Map();

const inVault = () => vault.state.peek() === 'OPEN';

/** Brings those of the vault into memory, since a form needs its draft at once. To be called when it was opened. */
export async function load() {
    kept = new Map(inVault() ? (await vault.list(STORE)).map(({name, value}) => [name, value]) : []);
}

/** What was written; null if nothing was. */
export const get = name => (inVault() ? kept.get(name) ?? null : store.get(prefix + name));

export function set(name, value) {
    if (inVault()) {
        kept.set(name, value);
        vault.write(STORE, name, {name, value});
    } else {
        store.set(prefix + name, value);
    }
}

export function remove(name) {
    store.remove(prefix + name);
    if (inVault() && kept.delete(name)) {
        vault.erase(STORE, name);
    }
}

/** Throws away what an account has begun, outside the vault. */
export function removeAll(account) {
    for (const key of store.keys()) {
        if (key.startsWith(`${prefix}${account}.`)) {
            store.remove(key);
        }
    }
}
