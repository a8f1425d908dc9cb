/** What stands around every page: name, text size, the ways to go, and the state in words. */
import {html} from './base.js';
import {online, seen, size, sizes} from './device.js';
import {t} from './texts.js';
import * as format from './format.js';
import {caller} from './session.js';
import {path} from './router.js';
import {newer} from './modules.js';
import {standing} from './copy.js';
import {gone, state as kept} from './vault.js';
import {waiting as outbox} from './outbox.js';
import {renew, waiting} from './worker.js';
import {Button, Icon, Notice} from './ui.js';
import {Bell} from './notices.js';

/** Three sizes of text, shown by three sizes of the letter. */
export function TextSize() {
    return html`<div class="text-size" role="group" aria-label=${t('size.title')}>
        ${sizes.map(one => html`<button type="button" id=${`size-${one}`} class=${`size-${one}`} aria-pressed=${size.value === one ? 'true' : 'false'}
            aria-label=${t(`size.${one}`)} onClick=${() => (size.value = one)}><span aria-hidden="true">A</span></button>`)}
    </div>`;
}

export function Header() {
    return html`<header class="top">
        <a class="brand" href="/">
            <svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" /><path d="M16 10c-2.5-2-6-2.4-9-2v14c3-.4 6.5 0 9 2 2.5-2 6-2.4 9-2V8c-3-.4-6.5 0-9 2z" /><path class="mark" d="M18.5 8.8c.9-.4 1.9-.6 3-.8v8.5l-1.5-1.4-1.5 1.4z" /></svg>
            <span>${t('app.name')}</span>
        </a>
        ${caller.value && caller.value.factor !== 'REQUIRED' && html`<a class="find" id="way-search" href="/search"
            aria-current=${path.value === '/search' ? 'page' : undefined}><${Icon} name="search" /><span>${t('search.title')}</span></a>
            <${Bell} />`}
        <${TextSize} />
    </header>`;
}

const here = entry => path.value === entry.path || (entry.path !== '/' && path.value.startsWith(`${entry.path}/`));

/** Five ways on a phone, all of them at the side of a wide screen. */
export function Navigation({entries}) {
    return html`<nav class="ways" aria-label=${t('nav.title')}>
        <ul>
            ${entries.map((entry, i) => html`<li key=${entry.path} class=${entries.length > 5 && i >= 4 && !entry.last ? 'wide-only' : ''}>
                <a href=${entry.path} id=${`way-${entry.path.slice(1).replace(/\//g, '-') || 'today'}`}
                    aria-current=${here(entry) ? 'page' : undefined}>
                    <${Icon} name=${entry.icon} /><span>${entry.text}</span>
                </a>
            </li>`)}
        </ul>
        ${caller.value && html`<p class="ways-who">${caller.value.name}${caller.value.cell && html`<br />${caller.value.cell.name}`}</p>`}
    </nav>`;
}

/** How far this device is in step with the server, in a quiet line; nothing where it keeps nothing. */
export function Standing() {
    const {whole, at} = standing.value;
    if (kept.value !== 'OPEN' || !caller.value?.cell || !online.value) {
        return null;
    }
    return html`<p class="standing">${whole ? at && t('copy.standing', {time: format.ago(at)}) : t('copy.coming')}</p>`;
}

export function States() {
    return html`
        ${!online.value && html`<div class="strip" role="status"><${Icon} name="wifi-off" /><span>${t('network.offline')}${
            (standing.value.at ?? seen.value) && ` ${t('network.seen', {time: format.ago(standing.value.at ?? seen.value)})}`}</span></div>`}
        ${outbox.value.length > 0 && html`<a class="strip" href="/waiting" id="outbox-way"><${Icon} name="send" /><span>${
            t('outbox.count', {count: outbox.value.length})}</span></a>`}
        ${gone.value && caller.value && html`<a class="strip" href="/me" id="gone-way"><${Icon} name="download" /><span>${t('kept.gone')}</span></a>`}
        ${(newer.value || waiting.value) && html`<${Notice} title=${t('newer.title')} actions=${html`<${Button} icon="refresh-cw"
            onClick=${renew}>${t('newer.load')}<//>`} />`}`;
}
