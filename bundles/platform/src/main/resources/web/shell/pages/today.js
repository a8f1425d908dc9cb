import {html} from '../base.js';
import {t} from '../texts.js';
import * as format from '../format.js';
import {caller} from '../session.js';
import {later} from '../later.js';
import {all, modules} from '../modules.js';
import {Card, Empty, Links, Loading, Page} from '../ui.js';

const EmergencyCard = later('emergency', 'EmergencyCard');
const ErasuresCard = later('personal', 'ErasuresCard');
const CorrectionsCard = later('privacy', 'CorrectionsCard');

const upper = text => text[0].toUpperCase() + text.slice(1);

/** The first screen: what waits for the reader, from every module. */
export function Today() {
    const who = caller.value;
    const cards = all('cards').filter(one => !one.for || one.for(who));
    const hello = who.member ? ` ${t('today.hello', {name: who.name})}` : '';
    return html`<${Page} title=${t('today.title')} lead=${`${upper(format.longDay(format.today()))} (${format.lunar(format.today())}).${hello}`}>
        ${modules.value === null && html`<${Loading} />`}
        <div class="cards">
            ${cards.map((one, i) => html`<${one.card} key=${`${one.module}-${i}`} />`)}
            ${(who.holds('OFFICER') || who.cell && who.holds(['SECRETARY', 'DEPUTY'], who.cell.id)) && html`<${CorrectionsCard} />`}
            ${who.holds('OFFICER') && html`<${EmergencyCard} />`}
            ${who.holds('OFFICER') && html`<${ErasuresCard} />`}
            ${who.holds('ADMINISTRATOR') && html`<${SystemCard} />`}
        </div>
        ${modules.value !== null && cards.length === 0 && !who.holds('ADMINISTRATOR') && html`<${Empty} title=${t('today.empty')}>
            ${t('today.empty-more')}<//>`}
    <//>`;
}

function SystemCard() {
    const count = state => (modules.value ?? []).filter(module => (module.state === 'RUNNING') === state).length;
    return html`<${Card} title=${t('system.title')} icon="settings">
        <p>${t('system.running', {count: count(true)})}${count(false) > 0 && html` <strong>
            ${t('system.not-running', {count: count(false)})}</strong>`}</p>
        <${Links} rows=${[{href: '/system', title: t('system.open')}]} />
    <//>`;
}
