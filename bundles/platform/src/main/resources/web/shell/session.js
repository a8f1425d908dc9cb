/** Who is signed in. The session itself is a cookie that scripts cannot read. */
import {signals} from './base.js';
import {api, Problem} from './api.js';
import {store} from './device.js';
import {forget} from './data.js';
import {sign} from './passkey.js';

/** The caller; null when nobody is signed in; undefined until we know. */
export const caller = signals.signal(undefined);
/** Whether a session ended by itself, so that the page can say so. */
export const ended = signals.signal(false);
/** What went wrong when we asked who is signed in. */
export const trouble = signals.signal(null);

const LEADERS = ['SECRETARY', 'DEPUTY', 'HELPER'];

function callerOf({account, login, member = null, mandates, factor}) {
    const holds = (roles, unit) => mandates.some(one => [roles].flat().includes(one.role) && (unit === undefined || one.unit === unit));
    return Object.freeze({
        account,
        login,
        name: member?.name ?? login,
        member,
        cell: member?.cell ?? null,
        mandates,
        /** How it stands with the second factor: NONE, SET, or REQUIRED before anything else can be done. */
        factor,
        /** Whether the caller holds one of the roles, at the unit if one is given. */
        holds,
        /** Whether the caller leads the unit: secretary, deputy or helper. */
        leads: unit => holds(LEADERS, unit),
    });
}

/** Asks the server who is signed in. */
export async function begin() {
    trouble.value = null;
    try {
        caller.value = callerOf(await api.get('/api/me', null, {quiet: true}));
    } catch (problem) {
        if (problem instanceof Problem && problem.status === 401) {
            caller.value = null;
        } else {
            trouble.value = problem;
        }
    }
}

/** @param keep whether this device stays with the caller and asks for the PIN alone from now on */
async function begun(reply, password, keep) {
    if (keep) {
        // so that it shows the keys that are needed
        store.set('pin', /^\d+$/.test(password));
        // who is signed in stays so even if the device could not be told
        await api.put('/api/session/device', undefined, {quiet: true}).catch(() => {});
    }
    ended.value = false;
    forget();
    caller.value = callerOf(reply);
}

/** @param login left out on a device that knows whom it belongs to */
export const signIn = async (login, password, keep, code) =>
    begun(await api.post('/api/session', {login, password, code: code || undefined}, {quiet: true}), password, keep);

/**
 * Signs in by a passkey.
 *
 * @param given login and password, where it is the second step; empty for a passkey that tells by itself whose it is
 */
export async function signInByPasskey(given = {}, keep = false) {
    const signed = await sign(await api.post('/api/session/passkey/challenge', given, {quiet: true}));
    await begun(await api.post('/api/session/passkey', signed, {quiet: true}), given.password ?? '', keep);
}

/** Goes to the identity provider; it sends the browser back to /provider. */
export async function goToProvider() {
    location.assign((await api.post('/api/session/provider', undefined, {quiet: true})).address);
}

/** Signs in one who has come back. */
export const comeFromProvider = async given => begun(await api.put('/api/session/provider', given, {quiet: true}), '', false);

/** Opens a login card, sets the PIN of its member and signs in. */
export const redeem = async (code, password, keep) => begun(await api.put('/api/session/card', {code, password}, {quiet: true}), password, keep);

export async function signOut() {
    const account = caller.value?.account;
    await api.delete('/api/session', {quiet: true});
    for (const key of store.keys()) {
        if (key.startsWith(`draft.${account}.`)) {
            store.remove(key);
        }
    }
    forget();
    caller.value = null;
}

/** The server no longer knows us. What was written stays on the device and waits for the same account. */
export function lost() {
    if (caller.value) {
        ended.value = true;
        forget();
        caller.value = null;
    }
}
