/** By which rules Sotay reckons: each pack in words, and what is different between two days. */
import {html, hooks} from '../base.js';
import {t} from '../texts.js';
import * as format from '../format.js';
import {useRemote} from '../data.js';
import {Badge, Empty, Facts, Field, Links, Page, Remote, Section} from '../ui.js';

const HALF = 1000;
const span = one => t(one.to ? 'rules.span' : 'rules.since', {from: format.date(one.from), to: one.to && format.date(one.to)});
const waits = one => !one.confirmed && html`<${Badge} kind="late">${t('rules.waits')}<//>`;

export function Rules() {
    const packs = useRemote('/api/rules/packs?limit=500');
    return html`<${Page} title=${t('rules.title')} lead=${t('rules.lead')}>
        <${Remote} of=${packs}>${page => html`<${Links} label=${t('rules.title')} rows=${page.items.map(one => ({
            href: `/rules/${one.id}`,
            title: one.title,
            text: [one.number, one.issuer, span(one)].filter(Boolean).join(' · '),
            state: waits(one),
        }))} />`}<//>
        <${Compare} />
    <//>`;
}

export function RulePack({pack}) {
    const packs = useRemote('/api/rules/packs?limit=500');
    const one = packs.data?.items.find(found => found.id === pack);
    return html`<${Page} title=${one?.title ?? t('rules.title')} lead=${one?.number} back="/rules" backTitle=${t('rules.title')}>
        <${Remote} of=${packs}>${() => (one
            ? html`<p>${waits(one)}</p>
                ${!one.confirmed && html`<p>${t('rules.waits-more', {pack: one.id})}</p>`}
                <${Facts} rows=${[[t('rules.issuer'), one.issuer], [t('rules.issued'), one.issued && format.date(one.issued)], [t('rules.days'), span(one)], [t('rules.source'), one.source]]} />
                <${Says} pack=${one} />`
            : html`<${Empty} title=${t('page.none')} />`)}<//>
    <//>`;
}

/** What a pack says on its last or on the present day: another value may have come within it. */
function Says({pack}) {
    const today = format.today();
    const day = pack.to && pack.to < today ? pack.to : pack.from > today ? pack.from : today;
    const rules = useRemote(`/api/rules?on=${day}&limit=500`);
    return html`<${Section} title=${t('rules.says', {day: format.date(day)})}><${Remote} of=${rules}>${page => {
        const own = page.items.filter(one => one.pack === pack.id);
        return own.length === 0 ? html`<p>${t('rules.elsewhere')}</p>` : html`<ul class="rows">${own.map(one => html`<${Rule} key=${one.key} one=${one} />`)}</ul>`;
    }}<//><//>`;
}

const Rule = ({one, text}) => html`<li class="row"><span class="row-text"><span class="row-title">${one.citation}</span>
    <span class="row-more">${text ?? t('rules.value', {value: one.value})} · ${one.key}</span>${!one.confirmed && html`<span>${waits(one)}</span>`}</span></li>`;

/** Two days beside each other. */
function Compare() {
    const [from, setFrom] = hooks.useState(format.today());
    const [to, setTo] = hooks.useState(format.plusDays(format.today(), HALF / 2));
    const before = useRemote(`/api/rules?on=${from}&limit=500`);
    const after = useRemote(`/api/rules?on=${to}&limit=500`);
    const day = (name, label, value, set) => html`<${Field} name=${name} type="date" label=${label} value=${value} onChange=${event => event.target.value && set(event.target.value)} />`;
    return html`<${Section} title=${t('rules.compare')} id="rules-compare">
        ${day('rules-from', t('rules.from'), from, setFrom)}${day('rules-to', t('rules.to'), to, setTo)}
        <${Remote} of=${before}>${one => html`<${Remote} of=${after}>${other => html`<${Different} before=${one.items} after=${other.items} />`}<//>`}<//>
    <//>`;
}

function Different({before, after}) {
    const of = (items, key) => items.find(one => one.key === key && one.confirmed) ?? items.find(one => one.key === key);
    const keys = [...new Set([...before, ...after].map(one => one.key))].sort();
    const differs = keys.map(key => [of(before, key), of(after, key)]).filter(([one, other]) => one?.value !== other?.value);
    const value = one => one?.value ?? t('rules.none');
    return differs.length === 0 ? html`<p role="status">${t('rules.same')}</p>` : html`<p role="status">${t('rules.differ', {count: differs.length})}</p>
        <ul class="rows">${differs.map(([one, other]) => html`<${Rule} key=${(other ?? one).key} one=${other ?? one}
            text=${t('rules.change', {before: value(one), after: value(other)})} />`)}</ul>`;
}
