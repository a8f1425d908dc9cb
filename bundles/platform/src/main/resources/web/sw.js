/**
 * The service worker: the shell and the pages of the modules are there without a network. Nothing that the server says about anybody
 * passes through it. Names in braces are filled in by the server, so each version of the shell has a worker of its own; a new one
 * waits until the reader says so, or until no page of the old one is open.
 */
const BASE = '{base}';
const FILES = {files};
const PAGES = new RegExp('^{pages}$');
const SHELL = `sotay-shell-${BASE}`;
const MODULES = 'sotay-modules';

const pathOf = request => new URL(request.url).pathname;

addEventListener('install', event => {
    event.waitUntil(caches.open(SHELL).then(cache => cache.addAll(FILES.map(name => `${BASE}/${name}`))));
});

addEventListener('activate', event => {
    event.waitUntil((async () => {
        const others = (await caches.keys()).filter(name => name.startsWith('sotay-shell-') && name !== SHELL);
        await Promise.all(others.map(name => caches.delete(name)));
        await clients.claim();
    })());
});

addEventListener('fetch', event => {
    const {request} = event;
    const url = new URL(request.url);
    if (request.method !== 'GET' || url.origin !== location.origin) {
        return;
    }
    if (request.mode === 'navigate') {
        if (PAGES.test(url.pathname)) {
            event.respondWith(kept(`${BASE}/index.html`, request));
        }
    } else if (/^\/[sm]\//.test(url.pathname)) {
        event.respondWith(kept(request, request));
    }
});

/** What is kept under the key; else the server is asked, as without us. */
const kept = async (key, request) => (await caches.match(key)) ?? fetch(request);

addEventListener('message', event => {
    if (event.data.apply) {
        skipWaiting();
    }
    if (event.data.modules) {
        const [port] = event.ports;
        event.waitUntil(take(event.data.modules).then(() => port.postMessage(true), () => port.postMessage(false)));
    }
});

/** Keeps these files of modules, all of them or none, and then no others. */
async function take(paths) {
    const cache = await caches.open(MODULES);
    const there = await cache.keys();
    const known = new Set(there.map(pathOf));
    await cache.addAll(paths.filter(path => !known.has(path)));
    const wanted = new Set(paths);
    await Promise.all(there.filter(request => !wanted.has(pathOf(request))).map(request => cache.delete(request)));
}

/** A message of the server's, encrypted for this browser. The same one, and what takes its place, is shown once. */
addEventListener('push', event => {
    event.waitUntil(show(event.data ? event.data.json() : {}));
});

async function show({key, topic, title = 'Sổ tay', text, path = '/notices', language = 'vi', urgent = false}) {
    const shown = topic ? await registration.getNotifications({tag: topic}) : [];
    const again = shown.some(one => one.data.key === key);
    await registration.showNotification(title, {
        body: text,
        lang: language,
        icon: `${BASE}/icons/icon-192.png`,
        badge: `${BASE}/icons/icon-192.png`,
        data: {key, path},
        requireInteraction: urgent,
        ...(topic && {tag: topic, renotify: !again}),
    });
    if (navigator.setAppBadge) {
        await navigator.setAppBadge().catch(() => {});
    }
}

/** The browser has another address from now on: the server is told, while the handbook is closed too. Failing that, the page tells it when it is open. */
addEventListener('pushsubscriptionchange', event => {
    event.waitUntil(move(event.newSubscription));
});

/** Only for who is signed in and is told on this browser: to anybody else the new address is told by nobody. */
async function move(made) {
    const standing = await fetch('/api/me/push', {credentials: 'same-origin', cache: 'no-store'});
    const {key, here} = standing.ok ? await standing.json() : {};
    if (!key || !here) {
        return;
    }
    const now = made || await registration.pushManager.subscribe({userVisibleOnly: true, applicationServerKey: decoded(key)});
    await fetch('/api/me/push', {
        method: 'PUT',
        credentials: 'same-origin',
        headers: {'Content-Type': 'application/json'},
        body: JSON.stringify({endpoint: now.endpoint, p256dh: encoded(now.getKey('p256dh')), auth: encoded(now.getKey('auth'))}),
    });
}

const decoded = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0));
const encoded = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

addEventListener('notificationclick', event => {
    event.notification.close();
    event.waitUntil(open(event.notification.data.path));
});

/** In the page that is there, so that nothing that is being written is lost; else in a new one. */
async function open(path) {
    const [page] = await clients.matchAll({type: 'window'});
    if (page) {
        await page.focus();
        page.postMessage({open: path});
    } else {
        await clients.openWindow(path);
    }
}
