import {html, hooks} from '../base.js';
import {url} from '../api.js';
import {t, has} from '../texts.js';
import * as format from '../format.js';
import {caller} from '../session.js';
import {useRemote} from '../data.js';
import {Button, Empty, Facts, Icon, Page, Panes, Remote} from '../ui.js';
import {Sessions} from '../pages/sessions.js';
import {WhoSees} from '../pages/who-sees.js';

const PAUSE = 250;
/** How many are shown, then after one press, then after another. */
const STEPS = [50, 200, 500];
const status = member => (has('shell', `status.${member.status}`) ? t(`status.${member.status}`) : member.status);
const born = member => (member.birthDate ? format.date(member.birthDate) : member.birthYear);

/** What is typed, and what to ask for once the reader pauses. */
export function useTyped() {
    const [typed, setTyped] = hooks.useState('');
    const [asked, setAsked] = hooks.useState('');
    hooks.useEffect(() => {
        const timer = setTimeout(() => setAsked(typed.trim()), PAUSE);
        return () => clearTimeout(timer);
    }, [typed]);
    return {typed, setTyped, asked};
}

export function Search({id, label, hint, of}) {
    return html`<form class="search" role="search" aria-busy=${of.typed.trim() === of.asked ? 'false' : 'true'} onSubmit=${event => event.preventDefault()}>
        <label for=${id}>${label}</label>
        <div class="search-box"><${Icon} name="search" /><input id=${id} type="search" autocomplete="off" value=${of.typed}
            aria-describedby=${`${id}-hint`} onInput=${event => of.setTyped(event.target.value)} /></div>
        <p class="hint" id=${`${id}-hint`}>${hint ?? t('members.search-hint')}</p>
    </form>`;
}

/**
 * The members of a unit and all below it, or those found by what was asked for.
 *
 * @param first how many are shown at first
 * @param current the id of the one that is open
 * @param place a part that says where a member is, for units of more than one cell
 */
export function FoundMembers({unit, asked, current, place, first = STEPS[0]}) {
    const [most, setMost] = hooks.useState(first);
    const found = useRemote(url('/api/members', {unit, q: asked, limit: most}));
    const last = hooks.useRef(null);
    last.current = found.data ?? last.current;
    const step = STEPS.find(one => one > most);
    return html`<${Remote} of=${{...found, data: last.current}}>${page => {
        const count = page.items.length;
        return html`
            ${count > 0 && html`<p class="count" role="status">
                ${t(page.next ? 'members.first' : asked ? 'members.found' : 'members.count', {count})}</p>`}
            ${count === 0
                ? html`<div role="status">${asked
                    ? html`<${Empty} title=${t('members.none-found')} />`
                    : html`<${Empty} title=${t('members.none')}>${t('members.none-more')}<//>`}</div>`
                : html`<ul class="rows links" aria-label=${t('members.title')}>
                    ${page.items.map(member => html`<li key=${member.id}>
                        <a class="row" href=${`/members/${member.id}`} aria-current=${current === member.id ? 'true' : undefined}>
                            <span class="row-text"><span class="row-title name">${member.name}</span><span class="row-more">
                                ${[status(member), born(member)].filter(Boolean).join(' · ')}</span>
                                ${place && html`<span class="row-more"><${place} unit=${member.cell} /></span>`}</span>
                            <${Icon} name="chevron-right" />
                        </a>
                    </li>`)}
                </ul>`}
            ${page.next && (step
                ? html`<${Button} class="more" busy=${found.loading && t('page.loading')} onClick=${() => setMost(step)}>${t('members.more')}<//>`
                : html`<p class="hint">${t('members.type-more')}</p>`)}
        `;
    }}<//>`;
}

function List({current}) {
    const search = useTyped();
    return html`
        <${Search} id="members-search" label=${t('members.search')} of=${search} />
        <${FoundMembers} unit=${caller.value.cell.id} asked=${search.asked} current=${current} />`;
}

/** Where a cell is, with the name of what it belongs to: many cells are called alike. */
export function Place({unit}) {
    const path = useRemote(`/api/units/${unit}/path`);
    return (path.data?.items ?? []).slice(1).map(one => one.name).reverse().join(', ') || '…';
}

/** Whether the reader issues login cards in the own cell: a helper does not. */
const issues = who => who.holds(['SECRETARY', 'DEPUTY'], who.cell?.id);

/** The members of the cell that the reader leads. */
export function Members() {
    return html`<${Page} title=${t('members.title')} lead=${caller.value.cell.name} actions=${issues(caller.value)
        && html`<${Button} icon="id-card" href="/cards" id="cards-way">${t('cards.title')}<//>
            <${Button} icon="user-cog" href="/mandates" id="mandates-way">${t('mandates.title')}<//>`}>
        <${Panes} listTitle=${t('members.title')} list=${html`<${List} />`} detail=${null} />
    <//>`;
}

/** One member; beside the list of the cell for who leads it. */
export function MemberPage({id}) {
    const who = caller.value;
    const member = useRemote(`/api/members/${id}`);
    const leads = who.cell && who.leads(who.cell.id);
    const [back, backTitle] = leads ? ['/members', t('members.title')] : [`/units/${member.data?.cell ?? ''}`, t('units.title')];
    const page = html`<${Page} key=${id} title=${member.data?.name ?? t('members.one')} back=${back} backTitle=${backTitle}>
        <${Remote} of=${member}>${one => html`
            <${Facts} rows=${[
                [t('member.status'), status(one)],
                [t('field.cell'), !leads && html`<${Place} unit=${one.cell} />`],
                [t('member.born'), born(one)],
                [t('member.gender'), one.gender && t(`gender.${one.gender}`)],
                [t('member.card'), one.cardNumber],
                [t('member.admitted'), one.admittedOn && format.date(one.admittedOn)],
                [t('member.official'), one.officialOn && format.date(one.officialOn)],
                [t('member.phone'), one.phone],
            ]} />
            ${one.phone && html`<${Button} kind="main" icon="phone" href=${`tel:${one.phone}`}>${t('member.call', {phone: one.phone})}<//>`}
            ${!leads && ['LEFT', 'DECEASED'].includes(one.status) && html`<div class="actions"><${Button} icon="trash-2" id="erasure-way"
                href=${`/erasures/${id}`}>${t('erasure.title')}<//></div>`}
            ${leads && id !== who.member?.id && html`<div class="actions"><${Button} icon="pencil" id="assist-correction"
                href=${`/members/${id}/corrections`}>${t('assist.correction')}<//></div>`}
            <${WhoSees} resource="member" id=${id} />
            ${(!leads || issues(who)) && html`<${Sessions} path=${`/api/members/${id}/sessions`} title=${t('sessions.theirs')}
                empty=${t('sessions.none-theirs')} />`}
        `}<//>
    <//>`;
    return leads ? html`<div class="page"><${Panes} listTitle=${t('members.title')} list=${html`<${List} current=${id} />`} detail=${page} /></div>` : page;
}
