/**
 * The service worker, as the pages see it: they open without a network, and a new version of the shell is offered and not forced.
 * Where there is none, as by plain HTTP within an office, all works that has a network.
 */
import {signals} from './base.js';
import {navigate} from './router.js';

/** The worker of a newer shell, which waits to be let in; null while there is none. */
export const waiting = signals.signal(null);

const LOOK_EVERY = 3_600_000;
const container = navigator.serviceWorker;
let registration = null;
let looked = Date.now();

function watch(found) {
    registration = found;
    const see = () => (waiting.value = container.controller ? registration.waiting : null);
    see();
    registration.addEventListener('updatefound', () => {
        registration.installing?.addEventListener('statechange', see);
    });
}

/** Begins once the first page is shown, so as not to be in its way on a slow line. */
export function begin() {
    if (!container) {
        return;
    }
    // another page let the newer shell in: what this one has not loaded yet is gone
    let controlled = Boolean(container.controller);
    container.addEventListener('controllerchange', () => {
        if (controlled) {
            waiting.value = container.controller;
        }
        controlled = true;
    });
    // a notification was touched: the page that is open shows what it tells of
    container.addEventListener('message', ({data}) => data?.open && navigate(data.open));
    container.register('/sw.js').then(watch, problem => {
        // a browser in a private window may refuse: the pages work as they did
        console.info('Without a service worker:', problem.message);
    });
}

/** Looks for a newer shell, now and then. */
export function look() {
    if (registration && Date.now() - looked > LOOK_EVERY) {
        looked = Date.now();
        registration.update().catch(() => {});
    }
}

/** Has the files of the modules kept, and no others any more; true once all of them are. */
export async function take(files) {
    if (!container) {
        return false;
    }
    const {active} = await container.ready;
    return new Promise(done => {
        const {port1, port2} = new MessageChannel();
        port1.onmessage = ({data}) => done(data);
        active.postMessage({modules: files}, [port2]);
    });
}

/** Loads the page anew, by the newer shell if there is one. */
export function renew() {
    const worker = waiting.value;
    if (worker?.state !== 'installed') {
        location.reload();
        return;
    }
    container.addEventListener('controllerchange', () => location.reload(), {once: true});
    worker.postMessage({apply: true});
}
