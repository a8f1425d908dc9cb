import {html, hooks} from '../base.js';
import {url} from '../api.js';
import {t} from '../texts.js';
import * as format from '../format.js';
import {standing} from '../copy.js';
import {useRemote} from '../data.js';
import {focusOn} from '../router.js';
import {modules, worded} from '../modules.js';
import {Badge, Button, Empty, Field, Icon, Page, Remote} from '../ui.js';
import {findHere} from './finding.js';
import {Search, useTyped} from './members.js';

/** How many are shown, then after one press, then after another. */
const STEPS = [20, 50, 100];
const INPUT = 'search-words';

const nameOf = type => worded('search.type', type) ?? type;

const Pieces = ({of}) => of.map((piece, i) => (piece.hit ? html`<mark key=${i}>${piece.text}</mark>` : piece.text));

/** Over everything that the reader may see: as it is typed, with the words that were found. */
export function SearchPage() {
    const words = useTyped();
    const before = hooks.useRef(null);
    hooks.useEffect(() => focusOn(INPUT), []);
    return html`<${Page} title=${t('search.title')}>
        <${Search} id=${INPUT} label=${t('search.words')} hint=${t('search.hint')} of=${words} />
        ${words.asked
            ? html`<${Found} key=${words.asked} words=${words} before=${before} />`
            : html`<${Empty} title=${t('search.empty')}>${t('search.empty-more')}<//>`}
    <//>`;
}

/** What this device finds of the words; null if it keeps nothing, or is not asked. */
function useHere(asked, type) {
    const [here, setHere] = hooks.useState(null);
    const isWhole = standing.value.whole;
    hooks.useEffect(() => {
        let isAsked = Boolean(asked) && isWhole;
        setHere(null);
        if (isAsked) {
            findHere(asked, type).then(found => isAsked && setHere(found));
        }
        return () => (isAsked = false);
    }, [asked, type, isWhole, modules.value]);
    return here;
}

/** @param before what was found before: it is shown until the next comes, so that nothing jumps while one types */
function Found({words, before}) {
    const [chosen, setChosen] = hooks.useState({});
    const [most, setMost] = hooks.useState(STEPS[0]);
    const found = useRemote(url('/api/search', {q: words.asked, ...chosen, limit: most}));
    const here = useHere(found.problem?.isNetwork ? words.asked : null, chosen.type);
    const choose = (what, value) => setChosen({...chosen, [what]: value});
    before.current = found.data ?? before.current;
    const step = STEPS.find(one => one > most);
    const again = suggestion => {
        words.setTyped(suggestion);
        focusOn(INPUT);
    };
    const shown = here ? {...found, problem: null, data: here} : {...found, data: found.problem ? found.data : before.current};
    return html`<${Remote} of=${shown}>${result => html`
        ${here && html`<p id="search-here"><${Badge} kind="mark" icon="wifi-off">${t('search.here')}<//></p>`}
        ${result.suggestion && html`<p><${Button} kind="quiet" id="search-meant" onClick=${() => again(result.suggestion)}>
            ${t('search.meant', {words: result.suggestion})}<//></p>`}
        <${Choice} label=${t('search.kind')} all=${result.types} chosen=${chosen.type} choose=${value => choose('type', value)} name=${nameOf} />
        <${Choice} label=${t('search.force')} all=${result.inForce} chosen=${chosen.inForce} choose=${value => choose('inForce', value)}
            name=${value => t(`search.force-${value}`)} />
        <${Picks} result=${result} chosen=${chosen} choose=${choose} />
        ${result.total === 0
            ? html`<div role="status"><${Empty} title=${t('search.none')}>${t('search.none-more')}<//></div>`
            : html`<p class="count" role="status">${t('search.found', {count: format.number(result.total)})}</p>
                <ul class="rows links found" aria-label=${t('search.results')}>
                    ${result.items.map((hit, i) => html`<li key=${i}><${Hit} hit=${hit} /></li>`)}
                </ul>`}
        ${result.next && (step
            ? html`<${Button} class="more" busy=${found.loading && t('page.loading')} onClick=${() => setMost(step)}>${t('search.more')}<//>`
            : html`<p class="hint">${t('search.type-more')}</p>`)}
    `}<//>`;
}

/** So long nothing is typed until it is asked. */
const PAUSE = 700;
const MOST_WORDS = 400;
const MOST_SIMILAR = 3;

/**
 * What is like a text that somebody is writing, as links: nothing where nothing is like it. Without a network by what this device keeps.
 *
 * @param types those alone
 */
export function Similar({words, title, types}) {
    const [asked, setAsked] = hooks.useState('');
    hooks.useEffect(() => {
        const timer = setTimeout(() => setAsked(words.replace(/\s+/g, ' ').trim().slice(0, MOST_WORDS)), PAUSE);
        return () => clearTimeout(timer);
    }, [words]);
    const found = useRemote(asked ? url('/api/search', {q: asked, limit: 20}) : null);
    const here = useHere(found.problem?.isNetwork ? asked : null);
    const before = hooks.useRef([]);
    const data = here ?? (found.problem ? null : found.data);
    before.current = data ? data.items.filter(hit => types.includes(hit.type)).slice(0, MOST_SIMILAR) : before.current;
    return before.current.length > 0 && html`<section class="section similar" id="similar" aria-label=${title}><h2>${title}</h2>
        <ul class="rows links found">${before.current.map((hit, i) => html`<li key=${i}><${Hit} hit=${{...hit, snippet: null}} /></li>`)}</ul></section>`;
}

/** What a hit must not be taken for. */
function forceOf({force, replacedBy}) {
    switch (force) {
        case 'REPLACED': return t('search.replaced', {document: replacedBy});
        case 'ENDED': return t('search.ended');
        case 'NOT_YET': return t('search.not-yet');
        default: return null;
    }
}

function Hit({hit}) {
    const about = [nameOf(hit.type), hit.number, hit.within, hit.day && format.date(hit.day)].filter(Boolean).join(' · ');
    const force = forceOf(hit);
    return html`<a class="row" href=${hit.link}>
        <span class="row-text"><span class="row-title"><${Pieces} of=${hit.title} /></span>
            <span class="row-more">${about}</span>
            ${force && html`<span><${Badge} kind="late">${force}<//></span>`}
            ${hit.snippet && html`<span class="row-more"><${Pieces} of=${hit.snippet} /></span>`}</span>
        <${Icon} name="chevron-right" />
    </a>`;
}

/** What has too many values for buttons, in a part that opens. */
const PICKS = [
    ['year', 'years', value => value],
    ['kind', 'kinds', value => worded('kind', value) ?? value],
    ['level', 'levels', value => worded('level', value) ?? value],
    ['issuer', 'issuers', value => value],
];

function Picks({result, chosen, choose}) {
    const picks = PICKS.filter(([what, all]) => result[all].length > 1 || chosen[what] !== undefined);
    if (picks.length === 0) {
        return null;
    }
    const count = picks.filter(([what]) => chosen[what] !== undefined).length;
    return html`<details class="search-picks"><summary id="search-more">${count > 0 ? t('search.picked', {count}) : t('search.pick')}</summary>
        ${picks.map(([what, all, name]) => html`<${Field} key=${what} name=${`search-${what}`} as="select" label=${t(`search.${what}-of`)}
            value=${chosen[what] ?? ''} onInput=${event => choose(what, event.target.value || undefined)}>
            <option value="">${t('search.all')}</option>
            ${result[all].map(({value, count}) => html`<option key=${value} value=${value} selected=${value === chosen[what]}>${
                t('search.choice', {name: name(value), count: format.number(count)})}</option>`)}
        <//>`)}
    </details>`;
}

/** Buttons for what can be chosen of what was found; none where there is nothing to choose. */
function Choice({label, all, chosen, choose, name}) {
    if (all.length < 2 && chosen === undefined) {
        return null;
    }
    const one = (value, words) => html`<${Button} key=${value ?? ''} aria-pressed=${chosen === value ? 'true' : 'false'}
        onClick=${() => choose(value)}>${words}<//>`;
    return html`<div class="choices" role="group" aria-label=${label}>
        ${one(undefined, t('search.all'))}
        ${all.map(({value, count}) => one(value, t('search.choice', {name: name(value), count: format.number(count)})))}
    </div>`;
}
