/** How many use the handbook and read what they are asked to, in counts and week by week; for a cell's leaders also who has never signed in, to be helped. */
import {html} from '../base.js';
import {useRemote} from '../data.js';
import * as format from '../format.js';
import {worded} from '../modules.js';
import {caller} from '../session.js';
import {t} from '../texts.js';
import {Button, Empty, Facts, Icon, Links, Page, Remote, Section} from '../ui.js';

/** Neither none nor all is said of some. */
function percent(part, whole) {
    const rounded = Math.round((100 * part) / whole);
    return part > 0 && rounded === 0 ? t('adoption.hardly') : part < whole && rounded === 100 ? t('adoption.nearly') : t('adoption.percent', {percent: rounded});
}

const share = (part, whole) => (whole === 0 ? '' : ` (${percent(part, whole)})`);
const facts = one => [
    [t('adoption.people'), format.number(one.people)],
    [t('adoption.lately'), format.number(one.lately) + share(one.lately, one.people)],
    [t('adoption.never'), format.number(one.never) + share(one.never, one.people)],
];

const nameOf = rate => (rate === 'lately' || rate === 'signed-in' ? t(`adoption.${rate}`) : worded('readings', rate));
const lastOf = ({points}) => points[points.length - 1];
const counted = ({part, whole}) => t('adoption.of', {part: format.number(part), whole: format.number(whole)});

/** The highest of the line's scale, in percent: a small share is seen to change, too. */
const SCALES = [1, 2, 5, 10, 20, 50, 100];

/** How a share has changed, as a line, and the same in figures for who does not see it. */
function Curve({rate}) {
    const values = rate.points.map(one => (one.whole === 0 ? 0 : (100 * one.part) / one.whole));
    const top = SCALES.find(scale => values.every(value => value <= scale));
    const days = rate.points.map(one => new Date(one.day).getTime());
    const across = i => (100 * (days[i] - days[0])) / (days[days.length - 1] - days[0]);
    const line = values.map((value, i) => `${across(i).toFixed(1)},${(100 - (100 * value) / top).toFixed(1)}`).join(' ');
    return html`<figure class="curve">
        <div class="curve-picture" aria-hidden="true"><span class="curve-top">${t('adoption.percent', {percent: top})}</span>
            <svg viewBox="0 0 100 100" preserveAspectRatio="none"><polyline points=${line} /></svg>
            <span class="curve-days"><span>${format.date(rate.points[0].day)}</span><span>${format.date(lastOf(rate).day)}</span></span></div>
        <details><summary>${t('adoption.figures')}</summary><table>
            <thead><tr><th scope="col">${t('adoption.day')}</th><th scope="col">${t('adoption.share')}</th><th scope="col">${t('adoption.count')}</th></tr></thead>
            <tbody>${rate.points.map(one => html`<tr key=${one.day}><th scope="row">${format.date(one.day)}</th><td>${one.whole > 0 && percent(one.part, one.whole)}</td><td>${counted(one)}</td></tr>`)}</tbody>
        </table></details>
    </figure>`;
}

/** Of a cell what is read now; of a unit above it how all that is counted has changed. */
function Weeks({unit, isCell}) {
    const weeks = useRemote(`/api/notices/adoption/weeks?unit=${unit}`);
    return html`<${Remote} of=${weeks}>${({items}) => {
        const rates = items.filter(one => nameOf(one.of) && (!isCell || lastOf(one).whole > 0));
        return html`<${Section} title=${t(isCell ? 'adoption.read' : 'adoption.weeks')}>
            <p class="hint">${t(isCell ? 'adoption.read-more' : 'adoption.weeks-more')}</p>
            ${rates.length === 0 && html`<${Empty} title=${t(isCell ? 'adoption.nothing-asked' : 'adoption.not-yet')} />`}
            <ul class="rates">${rates.map(one => html`<li key=${one.of} id=${`rate-${one.of}`}>
                <h3>${nameOf(one.of)}</h3>
                <p>${lastOf(one).whole > 0 && html`<strong>${percent(lastOf(one).part, lastOf(one).whole)}</strong> · `}${counted(lastOf(one))}</p>
                ${one.points.length > 1 && html`<${Curve} rate=${one} />`}</li>`)}</ul>
        <//>`;
    }}<//>`;
}

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

function Counts({unit, helps}) {
    const counts = useRemote(`/api/notices/adoption?unit=${unit}`);
    return html`<${Remote} of=${counts}>${({items}) => html`
        <${Facts} rows=${facts(items[0])} />
        ${items.length > 1 && html`<${Section} title=${t('adoption.below')}><${Links} label=${t('adoption.below')} rows=${items.slice(1).map(one => ({
            href: `/adoption/${one.unit}`,
            title: one.name,
            text: t('adoption.row', {lately: format.number(one.lately), people: format.number(one.people), never: format.number(one.never)}),
        }))} /><//>`}
        <${Weeks} unit=${unit} isCell=${items[0].cell} />
        ${helps && html`<${Never} cell=${unit} />`}`}<//>`;
}

export function AdoptionPage({unit}) {
    const own = caller.value.mandates.filter(one => one.role === 'OFFICER').map(one => one.unit);
    const cell = caller.value.cell?.id;
    const leads = cell && caller.value.leads(cell);
    const shown = unit ?? own[0] ?? cell;
    return html`<${Page} title=${t('adoption.title')} lead=${t('adoption.lead')} back=${own.length > 0 ? '/units' : '/members'}
        backTitle=${t(own.length > 0 ? 'units.title' : 'members.menu')}>
        <${Counts} key=${shown} unit=${shown} helps=${leads && shown === cell} />
    <//>`;
}
