import {html, hooks, signals} from '../base.js';
import {t} from '../texts.js';
import * as format from '../format.js';
import {caller} from '../session.js';
import {wanting} from '../data.js';
import {coming, later} from '../later.js';
import {all, modules} from '../modules.js';
import {Card, Empty, Links, Loading, Page} from '../ui.js';

const EmergencyCard = later('emergency', 'EmergencyCard');
const ErasuresCard = later('personal', 'ErasuresCard');
const CorrectionsCard = later('privacy', 'CorrectionsCard');

const upper = text => text[0].toUpperCase() + text.slice(1);

/** Milliseconds for which a card that has come waits for the others: a slow line shows what it has brought. */
const LONGEST = 1_000;
/** Milliseconds after which a card that has its answer has asked what it asks next. */
const SETTLED = 50;
/** Whether they have been shown: who comes back from another page finds all of them as they were. */
let seen = false;

/** Cards, shown at once when what they read first is there: nothing moves under a finger that is about to touch it. */
function Together({children}) {
    const [shown, show] = hooks.useState(seen);
    const known = modules.value !== null;
    hooks.useEffect(() => {
        if (shown || !known) {
            return undefined;
        }
        const end = () => show(seen = true);
        const longest = setTimeout(end, LONGEST);
        let settled;
        const stop = signals.effect(() => {
            clearTimeout(settled);
            settled = wanting.value || coming.value > 0 ? undefined : setTimeout(end, SETTLED);
        });
        return () => {
            stop();
            clearTimeout(settled);
            clearTimeout(longest);
        };
    }, [shown, known]);
    return html`${!shown && html`<${Loading} />`}<div class="cards" hidden=${!shown}>${children}</div>`;
}

/** The first screen: what waits for the reader, from every module. */
export function Today() {
    const who = caller.value;
    const cards = all('cards').filter(one => !one.for || one.for(who));
    const hello = who.member ? ` ${t('today.hello', {name: who.name})}` : '';
    return html`<${Page} title=${t('today.title')} lead=${`${upper(format.longDay(format.today()))} (${format.lunar(format.today())}).${hello}`}>
        <${Together}>
            ${cards.map((one, i) => html`<${one.card} key=${`${one.module}-${i}`} />`)}
            ${(who.holds('OFFICER') || who.cell && who.holds(['SECRETARY', 'DEPUTY'], who.cell.id)) && html`<${CorrectionsCard} />`}
            ${who.holds('OFFICER') && html`<${EmergencyCard} />`}
            ${who.holds('OFFICER') && html`<${ErasuresCard} />`}
            ${who.holds('ADMINISTRATOR') && html`<${SystemCard} />`}
        <//>
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
