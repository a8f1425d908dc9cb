import {html, hooks} from '../base.js';
import {url} from '../api.js';
import {t, has, textsOf} from '../texts.js';
import * as format from '../format.js';
import {useRemote} from '../data.js';
import {focusOn} from '../router.js';
import {modules} from '../modules.js';
import {Button, Empty, Icon, Page, Remote} from '../ui.js';
import {Search, useTyped} from './members.js';

/** How many are shown, then after one press, then after another. */
const STEPS = [20, 50, 100];
const INPUT = 'search-words';

/** What a type is called, by the module that brings it. */
function nameOf(type) {
    const key = `search.type.${type}`;
    const owner = (modules.value ?? []).find(module => has(module.id, key));
    return owner ? textsOf(owner.id)(key) : type;
}

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

/** @param before what was found before: it is shown until the next comes, so that nothing jumps while one types */
function Found({words, before}) {
    const [type, setType] = hooks.useState(undefined);
    const [year, setYear] = hooks.useState(undefined);
    const [most, setMost] = hooks.useState(STEPS[0]);
    const found = useRemote(url('/api/search', {q: words.asked, type, year, limit: most}));
    before.current = found.data ?? before.current;
    const step = STEPS.find(one => one > most);
    const again = suggestion => {
        words.setTyped(suggestion);
        focusOn(INPUT);
    };
    return html`<${Remote} of=${{...found, data: found.problem ? found.data : before.current}}>${result => html`
        ${result.suggestion && html`<p><${Button} kind="quiet" id="search-meant" onClick=${() => again(result.suggestion)}>
            ${t('search.meant', {words: result.suggestion})}<//></p>`}
        <${Choice} label=${t('search.kind')} all=${result.types} chosen=${type} choose=${setType} name=${nameOf} />
        <${Choice} label=${t('search.year')} all=${result.years} chosen=${year} choose=${setYear} name=${value => value} />
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

function Hit({hit}) {
    const about = [nameOf(hit.type), hit.number, hit.within, hit.day && format.date(hit.day)].filter(Boolean).join(' · ');
    return html`<a class="row" href=${hit.link}>
        <span class="row-text"><span class="row-title"><${Pieces} of=${hit.title} /></span>
            <span class="row-more">${about}</span>
            ${hit.snippet && html`<span class="row-more"><${Pieces} of=${hit.snippet} /></span>`}</span>
        <${Icon} name="chevron-right" />
    </a>`;
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
