/** What this device keeps of the handbook, and for how long. */
import {html} from '../base.js';
import {t} from '../texts.js';
import {gone, lasting, lock, possible, state} from '../vault.js';
import {Button, Section} from '../ui.js';
import {OwnersPin} from './sign-in.js';

const Again = ({form}) => html`<${Button} kind="main" type="submit" icon="download" id="kept-again" busy=${form.sending && t('signin.going')}>${
    t('kept.again')}<//>`;

export function OnThisDevice() {
    const open = state.value === 'OPEN';
    return html`<${Section} title=${t('kept.title')}>
        <p>${t(open ? 'kept.open' : gone.value ? 'kept.gone-more' : possible ? 'kept.absent' : 'kept.impossible')}</p>
        ${gone.value && html`<${OwnersPin} id="again" submit=${Again} />`}
        ${open && lasting.value === false && html`<p>${t('kept.not-lasting')}</p>`}
        ${open && html`<div class="actions"><${Button} icon="download" href="/me/along" id="along-way">${t('along.title')}<//>
            <${Button} icon="lock" id="lock-now" onClick=${lock}>${t('kept.lock')}<//></div>`}
    <//>`;
}
