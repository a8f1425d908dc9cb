/**
 * Being told on this device while the handbook is closed: by the push service of the browser's maker, which reads nothing of it. The
 * browser's word and the server's belong together; the server forgets its own when the session or the device is let go.
 */
import {api} from './api.js';
import {store} from './device.js';

const container = navigator.serviceWorker;
/** Milliseconds after which the server is told again what it should know: a browser may have changed its address. */
const TELL_AGAIN = 86_400_000;

export const isSupported = Boolean(container && window.PushManager && window.Notification);

const decoded = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0));
const encoded = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

/** What this browser has subscribed to; null for nothing. */
export async function current() {
    const registration = isSupported && await container.getRegistration();
    return registration ? registration.pushManager.getSubscription() : null;
}

async function tell(subscription, quiet) {
    await api.put('/api/me/push', {
        endpoint: subscription.endpoint,
        p256dh: encoded(subscription.getKey('p256dh')),
        auth: encoded(subscription.getKey('auth')),
    }, {quiet});
    store.set('push', {endpoint: subscription.endpoint, at: Date.now()});
}

/** Asks the reader by the browser's own words; false if the answer is no. */
export async function start(key) {
    if (await Notification.requestPermission() !== 'granted') {
        return false;
    }
    const registration = await container.getRegistration();
    let there = await registration.pushManager.getSubscription();
    if (there && encoded(there.options.applicationServerKey) !== key) {
        // of other keys of the server, or of another server: nothing would come any more
        await there.unsubscribe();
        there = null;
    }
    await tell(there ?? await registration.pushManager.subscribe({userVisibleOnly: true, applicationServerKey: decoded(key)}), false);
    return true;
}

/** Whatever the server still knows leads nowhere from now on; needs no network. */
export async function forget() {
    const was = store.get('push');
    store.remove('push');
    if (was) {
        await current().then(there => there?.unsubscribe()).catch(() => {});
    }
}

/** This browser is told nothing any more. */
export async function stop() {
    await api.delete('/api/me/push', {quiet: true});
    await forget();
}

/** Whoever signs in here again has another session, and the server is to know it. */
export const renew = () => store.set('push', store.get('push') && {...store.get('push'), at: 0});

/** Tells the server again where this browser is reached, once a day. */
export async function keep() {
    const told = store.get('push');
    if (!told || !isSupported || Notification.permission !== 'granted' || Date.now() - told.at < TELL_AGAIN) {
        return;
    }
    const there = await current();
    if (there) {
        await tell(there, true);
    } else {
        // the browser has thrown it away
        store.remove('push');
        await api.delete('/api/me/push', {quiet: true});
    }
}
