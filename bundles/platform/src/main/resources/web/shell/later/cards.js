/** Login cards of a cell: who can sign in, whom a card is printed for. */
import {html, hooks} from '../base.js';
import {api, url} from '../api.js';
import {t} from '../texts.js';
import * as format from '../format.js';
import {caller} from '../session.js';
import {useRemote} from '../data.js';
import {focusOn} from '../router.js';
import {Badge, Button, Empty, Notice, Page, ProblemNotice, Remote} from '../ui.js';

/** The cell of who leads one. */
export const OwnCards = () => html`<${Cards} unit=${caller.value.cell.id} />`;

export function Cards({unit}) {
    const cell = useRemote(`/api/units/${unit}`);
    const leads = caller.value.leads(unit);
    const [issued, setIssued] = hooks.useState(null);
    return html`<${Page} title=${t('cards.title')} lead=${cell.data?.name} back=${leads ? '/members' : `/units/${unit}`}
        backTitle=${leads ? t('members.title') : cell.data?.name}>
        ${issued
            ? html`<${issued.paper ? Paper : Sheet} cards=${issued.cards} paper=${issued.paper} count=${issued.count} done=${() => {
                setIssued(null);
                focusOn('cards-paper');
            }} />`
            : html`<${Members} unit=${unit} onIssued=${setIssued} />`}
    <//>`;
}

const KINDS = {OPEN: 'mark', USED: 'good', EXPIRED: 'late', REVOKED: ''};

/** How somebody can sign in, in a word. */
function state(one) {
    if (one.card === 'OPEN') {
        return html`<${Badge} kind="mark">${t('cards.open', {time: format.when(one.expires)})}<//>`;
    }
    if (one.account) {
        return html`<${Badge} kind="good">${t('cards.account')}<//>`;
    }
    return html`<${Badge} kind=${one.card ? KINDS[one.card] : 'late'}>${t(one.card ? `cards.${one.card}` : 'cards.none')}<//>`;
}

function Members({unit, onIssued}) {
    const standings = useRemote(url('/api/cards', {unit}));
    const [chosen, setChosen] = hooks.useState(new Set());
    const [paper, setPaper] = hooks.useState(true);
    const [problem, setProblem] = hooks.useState(null);
    const [busy, setBusy] = hooks.useState(false);
    const own = caller.value.member?.id;
    const toggle = id => {
        const next = new Set(chosen);
        next.delete(id) || next.add(id);
        setChosen(next);
    };
    const issue = async (members, format) => {
        if (busy) {
            return;
        }
        setBusy(true);
        setProblem(null);
        try {
            const body = {members, hours: paper ? 720 : undefined};
            onIssued(format
                ? {paper: await api.post('/api/cards?format=pdf', body, {bytes: 'application/pdf'}), count: members.length}
                : {cards: (await api.post('/api/cards', body)).items, count: members.length});
        } catch (failure) {
            setProblem(failure);
        }
        setBusy(false);
    };
    const revoke = id => api.delete(`/api/cards/${id}`).catch(setProblem);
    return html`<${Remote} of=${standings}>${({items}) => {
        const others = items.filter(one => one.member !== own);
        const without = others.filter(one => !one.account && one.card !== 'OPEN');
        const wanted = chosen.size > 0 ? [...chosen] : without.map(one => one.member);
        if (others.length === 0) {
            return html`<${Empty} title=${t('members.none')}>${t('members.none-more')}<//>`;
        }
        return html`
            <p>${t('cards.lead')}</p>
            <p class="count" role="status">${t('cards.count', {with: others.filter(one => one.account).length, count: others.length})}</p>
            <label class="check"><input type="checkbox" id="cards-paper" checked=${paper}
                onChange=${event => setPaper(event.target.checked)} /><span>${t('cards.paper')}</span></label>
            ${wanted.length > 0 && html`<div class="actions">
                <${Button} kind="main" icon="id-card" id=${chosen.size > 0 ? 'cards-issue' : 'cards-issue-all'} busy=${busy && t('job.doing')}
                    onClick=${() => issue(wanted)}>${t(chosen.size > 0 ? 'cards.issue' : 'cards.issue-all', {count: wanted.length})}<//>
                <${Button} icon="download" id="cards-issue-pdf" busy=${busy && t('job.doing')}
                    onClick=${() => issue(wanted, 'pdf')}>${t('cards.issue-pdf', {count: wanted.length})}<//>
            </div>`}
            <${ProblemNotice} problem=${problem} />
            <ul class="rows">${others.map(one => html`<li key=${one.member} class="row">
                <label class="check"><input type="checkbox" id=${`choose-${one.member}`} checked=${chosen.has(one.member)}
                    onChange=${() => toggle(one.member)} /><span class="row-text"><span class="row-title name">${one.name}</span>
                    <span>${state(one)}</span></span></label>
                ${one.card === 'OPEN' && html`<${Button} kind="quiet" icon="x" id=${`revoke-${one.member}`}
                    aria-label=${t('cards.revoke-of', {name: one.name})} onClick=${() => revoke(one.cardId)}>${t('cards.revoke')}<//>`}
            </li>`)}</ul>`;
    }}<//>`;
}

/** Four characters at a time are typed more easily. */
const grouped = code => `${code.slice(0, 4)} ${code.slice(4)}`;

function Sheet({cards, done}) {
    return html`
        <${Notice} kind="good" title=${t('cards.issued', {count: cards.length})}>${t('cards.issued-more')}<//>
        <div class="actions">
            <${Button} kind="main" icon="printer" id="cards-print" onClick=${() => print()}>${t('cards.print')}<//>
            <${Button} icon="check" id="cards-done" onClick=${done}>${t('cards.done')}<//>
        </div>
        <ul class="login-cards">${cards.map(card => html`<li key=${card.id} class="login-card">
            <div>
                <p class="login-card-head">${t('app.name')} · ${t('cards.one')}</p>
                <p class="login-card-name name">${card.name}</p>
                <p>${card.cell}</p>
                <p class="login-card-code">${grouped(card.code)}</p>
                <p class="login-card-how">${t('cards.how', {page: `${location.host}/card`, time: format.when(card.expires)})}</p>
            </div>
            <svg class="qr" viewBox=${`-4 -4 ${card.qr.size + 8} ${card.qr.size + 8}`} role="img" aria-label=${t('cards.qr', {name: card.name})}>
                <rect x="-4" y="-4" width=${card.qr.size + 8} height=${card.qr.size + 8} fill="#fff" /><path d=${card.qr.path} fill="#000" />
            </svg>
        </li>`)}</ul>`;
}

/** The cards are in the file, and nowhere else. */
function Paper({paper, count, done}) {
    const link = hooks.useRef(null);
    const [address] = hooks.useState(() => URL.createObjectURL(paper));
    hooks.useEffect(() => {
        link.current.querySelector('a').click();
        return () => URL.revokeObjectURL(address);
    }, []);
    return html`
        <${Notice} kind="good" title=${t('cards.issued', {count})}>${t('cards.paper-more')}<//>
        <div class="actions" ref=${link}>
            <${Button} kind="main" icon="download" id="cards-pdf" href=${address} download="the-dang-nhap.pdf">${t('cards.pdf')}<//>
            <${Button} icon="check" id="cards-done" onClick=${done}>${t('cards.done')}<//>
        </div>`;
}
