/** Which page is shown: paths of the site, as the address bar has them. */
import {signals} from './base.js';

/** Milliseconds that a page may take to show what was written. */
const PATIENCE = 5_000;

export const path = signals.signal(location.pathname);
/** Whether the reader has moved within the pages; then a new page's heading takes the focus. */
export const moved = signals.signal(false);

function show() {
    moved.value = true;
    path.value = location.pathname;
}

/** Goes to another page. */
export function navigate(to, {replace = false} = {}) {
    if (to === location.pathname) {
        return;
    }
    history[replace ? 'replaceState' : 'pushState'](null, '', to);
    show();
    scrollTo(0, 0);
}

/**
 * Gives the focus to the element with this id once the page shows it: after an action whose button goes away. What is shown may have to be
 * read first; who has gone elsewhere meanwhile is left there.
 */
export function focusOn(id) {
    const before = document.activeElement;
    const end = Date.now() + PATIENCE;
    const look = () => {
        const element = document.getElementById(id);
        const at = document.activeElement;
        if (element) {
            if (element.tabIndex < 0) {
                element.tabIndex = -1;
            }
            element.focus();
        } else if (Date.now() < end && (!at || at === document.body || at === before)) {
            requestAnimationFrame(look);
        }
    };
    requestAnimationFrame(look);
}

/** Finds the route of a path among those whose patterns may have variable segments: {@code /meetings/:id}. */
export function match(routes, current) {
    const segments = current.split('/').filter(Boolean);
    for (const route of routes) {
        const pattern = route.path.split('/').filter(Boolean);
        const params = {};
        const fits =
            pattern.length === segments.length &&
            pattern.every((part, i) => {
                if (part.startsWith(':')) {
                    params[part.slice(1)] = decoded(segments[i]);
                    return true;
                }
                return part === segments[i];
            });
        if (fits) {
            return {route, params};
        }
    }
    return null;
}

/** A segment that was cut off in the middle of a letter stays as it is. */
function decoded(segment) {
    try {
        return decodeURIComponent(segment);
    } catch {
        return segment;
    }
}

const elsewhere = ['/api/', '/m/', '/s/', '/health', '/metrics'];

addEventListener('popstate', show);
document.addEventListener('click', event => {
    const link = event.target.closest?.('a[href]');
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented || link.target || link.hasAttribute('download')) {
        return;
    }
    const to = new URL(link.href);
    const isHere = to.hash && to.pathname === location.pathname;
    if (to.origin !== location.origin || isHere || elsewhere.some(prefix => to.pathname.startsWith(prefix))) {
        return;
    }
    event.preventDefault();
    // the page goes to the place in it when it is there
    navigate(to.pathname + to.hash);
});
