/** What this device keeps of the handbook, and for how long. */
import {html} from '../base.js';
import {t} from '../texts.js';
import {lasting, lock, possible, state} from '../vault.js';
import {Button, Section} from '../ui.js';

export function OnThisDevice() {
    const open = state.value === 'OPEN';
    return html`<${Section} title=${t('kept.title')}>
        <p>${t(open ? 'kept.open' : possible ? 'kept.absent' : 'kept.impossible')}</p>
        ${open && lasting.value === false && html`<p>${t('kept.not-lasting')}</p>`}
        ${open && html`<div class="actions"><${Button} icon="download" href="/me/along" id="along-way">${t('along.title')}<//>
            <${Button} icon="lock" id="lock-now" onClick=${lock}>${t('kept.lock')}<//></div>`}
    <//>`;
}
