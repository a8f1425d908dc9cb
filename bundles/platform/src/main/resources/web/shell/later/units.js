import {html} from '../base.js';
import {url} from '../api.js';
import {t} from '../texts.js';
import {caller} from '../session.js';
import {useRemote} from '../data.js';
import {Button, Empty, Links, Page, Remote, Section} from '../ui.js';
import {FoundMembers, Place, Search, useTyped} from './members.js';

/** How many are shown of what was found: the right one stands at the top, or more is typed. */
const FIRST = 20;

const mine = () => caller.value.mandates.filter(mandate => mandate.role === 'OFFICER').map(mandate => mandate.unit);

/** Where an officer begins: at the own unit, or at those that it has. */
export function Units() {
    const own = mine();
    return own.length === 1
        ? html`<${UnitPage} id=${own[0]} />`
        : html`<${Page} title=${t('units.title')}><ul class="rows links">${own.map(id => html`<li key=${id}><${Own} id=${id} /></li>`)}</ul><//>`;
}

function Own({id}) {
    return html`<a class="row" href=${`/units/${id}`}><span class="row-text row-title"><${Place} unit=${id} /></span></a>`;
}

/** A unit: what lies below it, or its members if it is a cell; and a search over all of it. */
export const UnitPage = ({id}) => html`<${OneUnit} key=${id} id=${id} />`;

function OneUnit({id}) {
    const path = useRemote(`/api/units/${id}/path`);
    const search = useTyped();
    const own = mine();
    const above = own.includes(id) ? null : path.data?.items.slice(-2)[0];
    const back = above ? `/units/${above.id}` : own.length > 1 ? '/units' : undefined;
    const unit = path.data?.items.slice(-1)[0];
    return html`<${Page} title=${unit?.name ?? t('units.title')} lead=${unit && t('units.code', {code: unit.code})} back=${back}
        backTitle=${above?.name ?? t('units.title')} actions=${html`<${Button} icon="user-cog" href=${`/mandates/${id}`}
            id="mandates-way">${t('mandates.title')}<//>
            <${Button} icon="chart-column" href=${`/adoption/${id}`} id="adoption-way">${t('adoption.title')}<//>
            <${Button} icon="list-checks" href=${`/audit/${id}`} id="audit-way">${t('audit.title')}<//>
            <${Button} icon="trash-2" href="/erasures" id="erasures-way">${t('erasures.title')}<//>`}>
        <${Remote} of=${path}>${() => html`
            <${Search} id="units-search" label=${t('units.search', {name: unit.name})} of=${search} />
            ${search.asked ? html`<${Found} unit=${unit} asked=${search.asked} />` : html`<${Below} unit=${unit} />`}
        `}<//>
    <//>`;
}

function Below({unit}) {
    const below = useRemote(unit.kind === 'CELL' ? null : url('/api/units', {parent: unit.id, limit: 500}));
    if (unit.kind === 'CELL') {
        return html`<${Section} title=${t('units.members')} actions=${html`<${Button} icon="id-card" href=${`/cards/${unit.id}`}
            id="cards-way">${t('cards.title')}<//>`}><${FoundMembers} unit=${unit.id} /><//>`;
    }
    return html`<${Section} title=${t('units.below')}>
        <${Remote} of=${below}>${page => page.items.length === 0
            ? html`<${Empty} title=${t('units.none')}>${t('units.none-more')}<//>`
            : html`<p class="count">${t('units.count', {count: page.items.length})}</p><${UnitRows} units=${page.items} />`}<//>
    <//>`;
}

function Found({unit, asked}) {
    const found = useRemote(url('/api/units', {q: asked, limit: 200}));
    return html`
        <${Remote} of=${found}>${page => {
            const units = page.items.filter(one => one.id !== unit.id && one.path.startsWith(unit.path)).slice(0, FIRST);
            return units.length > 0 && html`<${Section} title=${t('units.title')}><${UnitRows} units=${units} places /><//>`;
        }}<//>
        <${Section} title=${t('units.members')}>
            <${FoundMembers} unit=${unit.id} asked=${asked} place=${unit.kind === 'CELL' ? undefined : Place} first=${FIRST} />
        <//>`;
}

/** @param places whether to say where each is */
const UnitRows = ({units, places}) => html`<${Links} rows=${units.map(one => ({
    href: `/units/${one.id}`,
    title: places ? html`<${Place} unit=${one.id} />` : one.name,
    text: t('units.code', {code: one.code}),
}))} />`;
