import {html, hooks} from '../base.js';
import {url} from '../api.js';
import {t, has} from '../texts.js';
import * as format from '../format.js';
import {caller} from '../session.js';
import {useRemote} from '../data.js';
import {Button, Empty, Facts, Icon, Page, Panes, Remote} from '../ui.js';

const PAUSE = 250;
const status = member => (has('shell', `status.${member.status}`) ? t(`status.${member.status}`) : member.status);
const born = member => (member.birthDate ? format.date(member.birthDate) : member.birthYear);

function List({current}) {
    const cell = caller.value.cell;
    const [typed, setTyped] = hooks.useState('');
    const [asked, setAsked] = hooks.useState('');
    const [most, setMost] = hooks.useState(200);
    hooks.useEffect(() => {
        const timer = setTimeout(() => setAsked(typed.trim()), PAUSE);
        return () => clearTimeout(timer);
    }, [typed]);
    const found = useRemote(url('/api/members', {unit: cell.id, q: asked, limit: most}));
    const last = hooks.useRef(null);
    last.current = found.data ?? last.current;
    const shown = {...found, data: last.current};
    return html`
        <form class="search" role="search" onSubmit=${event => event.preventDefault()}>
            <label for="members-search">${t('members.search')}</label>
            <div class="search-box"><${Icon} name="search" /><input id="members-search" type="search" autocomplete="off" value=${typed}
                onInput=${event => setTyped(event.target.value)} /></div>
            <p class="hint">${t('members.search-hint')}</p>
        </form>
        <${Remote} of=${shown}>${page => html`
            <p class="count" role="status">
                ${asked ? t('members.found', {count: page.items.length}) : t('members.count', {count: page.items.length})}</p>
            ${page.items.length === 0
                ? asked
                    ? html`<${Empty} title=${t('members.none-found')} />`
                    : html`<${Empty} title=${t('members.none')}>${t('members.none-more')}<//>`
                : html`<ul class="rows links" aria-label=${t('members.title')}>
                    ${page.items.map(member => html`<li key=${member.id}>
                        <a class="row" href=${`/members/${member.id}`} aria-current=${current === member.id ? 'true' : undefined}>
                            <span class="row-text"><span class="row-title name">${member.name}</span><span class="row-more">
                                ${[status(member), born(member)].filter(Boolean).join(' · ')}</span></span>
                            <${Icon} name="chevron-right" />
                        </a>
                    </li>`)}
                </ul>`}
            ${page.next && most < 500 && html`<${Button} onClick=${() => setMost(500)}>${t('members.more')}<//>`}
        `}<//>`;
}

/** The members of the cell that the reader leads. */
export function Members() {
    return html`<${Page} title=${t('members.title')} lead=${caller.value.cell.name}>
        <${Panes} listTitle=${t('members.title')} list=${html`<${List} />`} detail=${null} />
    <//>`;
}

export function MemberPage({id}) {
    const member = useRemote(`/api/members/${id}`);
    return html`<div class="page">
        <${Panes} listTitle=${t('members.title')} list=${html`<${List} current=${id} />`} detail=${html`
            <${Page} title=${member.data?.name ?? t('members.one')} back="/members" backTitle=${t('members.title')}>
                <${Remote} of=${member}>${one => html`
                    <${Facts} rows=${[
                        [t('member.status'), status(one)],
                        [t('member.born'), born(one)],
                        [t('member.gender'), one.gender && t(`gender.${one.gender}`)],
                        [t('member.card'), one.cardNumber],
                        [t('member.admitted'), one.admittedOn && format.date(one.admittedOn)],
                        [t('member.official'), one.officialOn && format.date(one.officialOn)],
                        [t('member.phone'), one.phone],
                    ]} />
                    ${one.phone && html`<${Button} kind="main" icon="phone" href=${`tel:${one.phone}`}>${t('member.call', {phone: one.phone})}<//>`}
                `}<//>
            <//>`} />
    </div>`;
}
