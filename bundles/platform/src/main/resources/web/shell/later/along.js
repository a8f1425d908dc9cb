/** What is taken along on this device: what modules have for it, how much of the device it may take, and the way to make room. */
import {html, hooks} from '../base.js';
import {budget, budgets, Documents, dropAll, setBudget, sizeOf, taken} from '../along.js';
import {t} from '../texts.js';
import * as format from '../format.js';
import {caller} from '../session.js';
import {all} from '../modules.js';
import {focusOn} from '../router.js';
import * as vault from '../vault.js';
import {Button, Empty, Page, Remote, Section} from '../ui.js';

/** One pile of documents, such as those of the coming meetings. */
function Pile({pile, done}) {
    const {of, documents} = pile.use();
    return html`<${Section} title=${pile.text()}>
        <${Remote} of=${of}>${() => (documents.length > 0
            ? html`<${Documents} documents=${documents} done=${done} />`
            : html`<p class="hint">${t('along.none')}</p>`)}<//>
    <//>`;
}

export function Along() {
    const [here, setHere] = hooks.useState({});
    const [times, setTimes] = hooks.useState(0);
    const isOpen = vault.state.value === 'OPEN';
    const look = () => taken().then(setHere);
    hooks.useEffect(() => {
        if (isOpen) {
            look();
        }
    }, [isOpen]);
    const count = Object.values(here).filter(one => !one.beside).length;
    const piles = all('along').filter(one => !one.for || one.for(caller.value));
    const clear = async () => {
        await dropAll();
        await look();
        setTimes(times + 1);
        focusOn('along-used');
    };
    return html`<${Page} title=${t('along.title')} lead=${t('along.lead')} back="/me" backTitle=${t('me.title')}>
        ${!isOpen ? html`<${Empty} title=${t('kept.title')}>${t(vault.possible ? 'kept.absent' : 'kept.impossible')}<//>` : html`
            <p id="along-used" tabindex="-1" role="status">${t('along.used', {count, used: format.bytes(sizeOf(here)), size: format.bytes(budget.value)})}</p>
            <${Section} title=${t('along.budget')}>
                <div class="actions" role="group" aria-label=${t('along.budget')}>${budgets.map(one => html`<${Button} key=${one} id=${`budget-${one / 1e6}`}
                    icon=${budget.value === one && 'check'} aria-pressed=${budget.value === one ? 'true' : 'false'}
                    onClick=${() => setBudget(one)}>${format.bytes(one)}<//>`)}</div>
            <//>
            ${piles.map(one => html`<${Pile} key=${`${one.module}-${one.text()}-${times}`} pile=${one} done=${look} />`)}
            ${piles.length === 0 && html`<${Empty} title=${t('along.none')} />`}
            ${count > 0 && html`<div class="actions"><${Button} kind="quiet" icon="trash-2" id="along-clear" onClick=${clear}>${t('along.clear')}<//></div>`}
        `}
    <//>`;
}
