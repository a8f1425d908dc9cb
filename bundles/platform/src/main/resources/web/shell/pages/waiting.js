/** What was written on this device and has not arrived yet: each with its state, and what its writer can do. */
import {html, hooks} from '../base.js';
import {t} from '../texts.js';
import * as format from '../format.js';
import {online} from '../device.js';
import {again, discard, flush, instead, waiting} from '../outbox.js';
import {insteadOf} from '../modules.js';
import {focusOn} from '../router.js';
import {Badge, Button, Empty, Page, Notice} from '../ui.js';

export function Waiting() {
    const [given, setGiven] = hooks.useState(null);
    /** The title of what has gone in place of what was refused. */
    const [gone, setGone] = hooks.useState(null);
    const [busy, setBusy] = hooks.useState(false);
    const items = waiting.value;
    const giveUp = async item => {
        await discard(item);
        setGiven(item);
        setGone(null);
    };
    const sendInstead = async (item, way) => {
        await instead(item, way);
        const isThere = waiting.peek().some(one => one.key === item.key);
        setGiven(null);
        setGone(isThere ? null : way.title);
        focusOn(isThere ? `outbox-${item.key}` : 'outbox-gone');
    };
    const sendNow = async () => {
        setBusy(true);
        await flush();
        setBusy(false);
    };
    return html`<${Page} title=${t('outbox.title')} lead=${t('outbox.lead')} back="/">
        ${given && html`<${Notice} title=${t('outbox.discarded', {title: given.title})} actions=${html`<${Button} kind="quiet" icon="undo-2" id="outbox-undo"
            onClick=${() => again(given).then(() => setGiven(null))}>${t('outbox.undo')}<//>`} />`}
        ${gone && html`<${Notice} kind="good" id="outbox-gone" title=${t('outbox.instead-sent', {title: gone})} />`}
        ${items.length === 0 && html`<${Empty} title=${t('outbox.none')}>${t('outbox.none-more')}<//>`}
        <ul class="rows outbox">${items.map(item => html`<${Item} key=${item.key} item=${item} giveUp=${giveUp} sendInstead=${sendInstead} />`)}</ul>
        ${items.some(item => !item.problem) && html`<${Button} kind="main" icon="send" id="outbox-send" busy=${busy && t('outbox.sending')} onClick=${sendNow}>${
            t('outbox.send')}<//>`}
        ${!online.value && items.length > 0 && html`<p class="hint">${t('outbox.by-itself')}</p>`}
    <//>`;
}

function Item({item, giveUp, sendInstead}) {
    const {problem} = item;
    const way = problem ? insteadOf(item) : null;
    return html`<li class="row" id=${`outbox-${item.key}`}>
        <span class="row-text"><span class="row-title">${item.title}</span>
            <span class="row-more">${t('outbox.written', {time: format.ago(item.at)})}</span>
            <span>${problem
                ? html`<${Badge} kind="bad" icon="circle-alert">${t('outbox.refused')}<//>`
                : html`<${Badge} kind="late" icon="clock">${t('outbox.waits')}<//>`}</span>
            ${problem && html`<span><strong>${problem.title}</strong>${problem.detail && problem.detail !== problem.title && html` ${problem.detail}`}
                ${problem.errors.map(error => html` ${error.message ?? ''}`)}</span>`}</span>
        <div class="actions">
            ${way && html`<${Button} icon="message-square" onClick=${() => sendInstead(item, way)}>${way.text}<span class="only-read"> ${item.title}</span><//>`}
            ${problem && html`<${Button} icon="pencil" href=${item.page}>${t('outbox.edit')}<span class="only-read"> ${item.title}</span><//>
                <${Button} icon="refresh-cw" onClick=${() => again(item)}>${t('outbox.again')}<span class="only-read"> ${item.title}</span><//>`}
            <${Button} kind="quiet" icon="trash-2" onClick=${() => giveUp(item)}>${t('outbox.discard')}<span class="only-read"> ${item.title}</span><//>
        </div>
    </li>`;
}
