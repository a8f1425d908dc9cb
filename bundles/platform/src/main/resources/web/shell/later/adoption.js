/** How many use the handbook, in counts; for a cell's leaders also who has never signed in, to be helped. */
import {html} from '../base.js';
import {useRemote} from '../data.js';
import * as format from '../format.js';
import {caller} from '../session.js';
import {t} from '../texts.js';
import {Button, Empty, Facts, Icon, Links, Page, Remote, Section} from '../ui.js';

const share = (part, whole) => (whole === 0 ? '' : ` (${Math.round((100 * part) / whole)} %)`);
const facts = one => [
    [t('adoption.people'), format.number(one.people)],
    [t('adoption.lately'), format.number(one.lately) + share(one.lately, one.people)],
    [t('adoption.never'), format.number(one.never) + share(one.never, one.people)],
];

function Never({cell}) {
    const never = useRemote(`/api/notices/never?unit=${cell}`);
    return html`<${Section} title=${t('adoption.help')} actions=${html`<${Button} icon="id-card" href="/cards" id="adoption-cards">${t('cards.title')}<//>`}>
        <p>${t('adoption.help-more')}</p>
        <${Remote} of=${never}>${({items}) => (items.length === 0
            ? html`<${Empty} title=${t('adoption.all')} />`
            : html`<ul class="rows" aria-label=${t('adoption.help')}>${items.map(one => html`<li class="row" key=${one.member}><span class="row-text">
                <span class="row-title name">${one.name}</span>
                ${one.phone && html`<a class="row-more" href=${`tel:${one.phone}`}><${Icon} name="phone" /> ${one.phone}</a>`}</span></li>`)}</ul>`)}<//>
    <//>`;
}

function Counts({unit, isCell}) {
    const counts = useRemote(`/api/notices/adoption?unit=${unit}`);
    return html`<${Remote} of=${counts}>${({items}) => html`
        <${Facts} rows=${facts(items[0])} />
        ${items.length > 1 && html`<${Section} title=${t('adoption.below')}><${Links} label=${t('adoption.below')} rows=${items.slice(1).map(one => ({
            href: `/adoption/${one.unit}`,
            title: one.name,
            text: t('adoption.row', {lately: format.number(one.lately), people: format.number(one.people), never: format.number(one.never)}),
        }))} /><//>`}
        ${isCell && html`<${Never} cell=${unit} />`}`}<//>`;
}

export function AdoptionPage({unit}) {
    const own = caller.value.mandates.filter(one => one.role === 'OFFICER').map(one => one.unit);
    const cell = caller.value.cell?.id;
    const leads = cell && caller.value.leads(cell);
    const shown = unit ?? own[0] ?? cell;
    return html`<${Page} title=${t('adoption.title')} lead=${t('adoption.lead')} back=${own.length > 0 ? '/units' : '/members'}
        backTitle=${t(own.length > 0 ? 'units.title' : 'members.menu')}>
        <${Counts} key=${shown} unit=${shown} isCell=${leads && shown === cell} />
    <//>`;
}
