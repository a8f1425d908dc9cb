/**
 * What this device keeps: language, text size, and what was written and not yet sent. A browser that refuses to keep anything works
 * all the same; it forgets.
 */
import {signals} from './base.js';

const prefix = 'sotay.';

export const store = {
    get(key) {
        try {
            return JSON.parse(localStorage.getItem(prefix + key));
        } catch {
            return null;
        }
    },
    set(key, value) {
        try {
            localStorage.setItem(prefix + key, JSON.stringify(value));
        } catch {
            // full or forbidden: the page goes on without
        }
    },
    remove(key) {
        try {
            localStorage.removeItem(prefix + key);
        } catch {
            // nothing was kept
        }
    },
    keys() {
        try {
            return Object.keys(localStorage).filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length));
        } catch {
            return [];
        }
    },
};

export const languages = ['vi', 'en', 'ko'];
export const sizes = ['m', 'l', 'xl'];

export const language = signals.signal(languages.includes(store.get('language')) ? store.get('language') : 'vi');
export const size = signals.signal(sizes.includes(store.get('size')) ? store.get('size') : 'm');
export const online = signals.signal(navigator.onLine !== false);

/** When the server was last reached, in milliseconds; null if never on this device. */
export const seen = signals.signal(store.get('seen'));

/** The server has answered. */
export function reached() {
    online.value = true;
    if (Date.now() - (seen.peek() ?? 0) > 10_000) {
        seen.value = Date.now();
        store.set('seen', seen.value);
    }
}

signals.effect(() => {
    document.documentElement.lang = language.value;
    store.set('language', language.value);
});
signals.effect(() => {
    document.documentElement.dataset.size = size.value;
    store.set('size', size.value);
});
addEventListener('online', () => (online.value = true));
addEventListener('offline', () => (online.value = false));
