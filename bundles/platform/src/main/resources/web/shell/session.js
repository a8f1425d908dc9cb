/** Who is signed in. The session itself is a cookie that scripts cannot read. */
import {signals} from './base.js';
import {api, Problem} from './api.js';
import {store} from './device.js';
import {forget} from './data.js';

/** The caller; null when nobody is signed in; undefined until we know. */
export const caller = signals.signal(undefined);
/** Whether a session ended by itself, so that the page can say so. */
export const ended = signals.signal(false);
/** What went wrong when we asked who is signed in. */
export const trouble = signals.signal(null);

function callerOf(reply) {
    const member = reply.member ?? null;
    const mandates = reply.mandates ?? [];
    const unitOf = mandate => mandate.unit?.id ?? mandate.unit;
    const account = typeof reply.account === 'object' ? reply.account : {id: reply.account};
    return Object.freeze({
        account: account.id ?? account.login,
        login: account.login ?? reply.login ?? null,
        name: member?.name ?? account.name ?? account.login ?? reply.login ?? '',
        member,
        cell: member?.cell ?? null,
        mandates,
        /** Whether the caller holds one of the roles, at the unit if one is given. */
        holds: (roles, unit) =>
            mandates.some(one => [roles].flat().includes(one.role) && (unit === undefined || unitOf(one) === unit)),
        /** Whether the caller leads the unit: secretary, deputy or helper. */
        leads: unit => mandates.some(one => ['SECRETARY', 'DEPUTY', 'HELPER'].includes(one.role) && unitOf(one) === unit),
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

export async function signIn(login, password) {
    const reply = await api.post('/api/session', {login, password}, {quiet: true});
    ended.value = false;
    forget();
    caller.value = callerOf({login, ...reply});
    await begin();
}

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
