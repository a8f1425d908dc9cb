/** What the reader was told: put into words here, in its language, from the texts of the module that has told it. */
import {html, hooks} from './base.js';
import {useAction} from './action.js';
import {api} from './api.js';
import {addResolvers} from './copy.js';
import {useRemote} from './data.js';
import * as format from './format.js';
import {focusOn, path} from './router.js';
import {has, t, textsOf} from './texts.js';
import {Button, Facts, Icon, Notice, ProblemNotice} from './ui.js';

/** As many as the page shows at first: bell and page read the same. */
export const FIRST = '/api/notices?limit=50';

addResolvers([{
    path: '/api/notices',
    types: ['notice', 'notice-seen', 'member'],
    read: copy => {
        const until = copy.all('notice-seen').map(one => one.until).sort().pop() ?? '';
        // what is for those of another age is on each phone of the audience
        const all = copy.all('notice').filter(one => copy.mayBeBorn(one.born)).sort((one, other) => (one.sentAt < other.sentAt ? 1 : -1));
        // who belongs to two audiences of one telling reads it once
        const telling = ({module, template, link, sentAt, data}) => JSON.stringify([module, template, link, sentAt, data]);
        const items = [...new Map(all.map(one => [telling(one), one])).values()];
        return {items: items.map(one => ({...one, seen: Date.parse(one.sentAt) <= Date.parse(until)})), next: null};
    },
}]);

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const said = value => (INSTANT.test(value) ? format.when(value) : DAY.test(value) ? format.day(value) : value);

/** {@code {title, text}} of a notice. */
export function wordsOf({module, template, data}) {
    const key = `notice.${template}`;
    if (!has(module, `${key}.title`)) {
        return {title: t('notices.gone'), text: t('notices.gone-more')};
    }
    const say = textsOf(module);
    const values = Object.fromEntries(Object.entries(data).map(([name, value]) => [name, said(value)]));
    return {title: say(`${key}.title`, values), text: say(`${key}.text`, values)};
}

/** For who leads, works or edits: how many were reached by what was told last about something, in counts; what has not gone out can be stopped. */
export function Reached({about}) {
    const {data} = useRemote(`/api/notices/sent?about=${encodeURIComponent(about)}`);
    const last = data?.items[0];
    return last && html`<${Counts} key=${last.id} notice=${last} />`;
}

const LOOK_AGAIN = 5000;

function Counts({notice}) {
    const {data, reload} = useRemote(`/api/notices/${notice.id}/reached?unit=${notice.unit}`);
    const isOnItsWay = Boolean(data && (!data.spread || data.waiting > 0));
    hooks.useEffect(() => {
        if (isOnItsWay) {
            const timer = setInterval(reload, LOOK_AGAIN);
            return () => clearInterval(timer);
        }
    }, [isOnItsWay]);
    return data && html`<div class="reached"><${Facts} rows=${[
        [t('reached.seen'), t('reached.of', {count: format.number(data.seen), people: format.number(data.people)})],
        ...['push', 'mail', 'sms', 'waiting', 'told'].map(name => [t(`reached.${name}`), data[name] > 0 && format.number(data[name])]),
        [t('reached.call'), data.toCall > 0 && (notice.mayCall ? html`<a href="/notices/calls">${format.number(data.toCall)}</a>` : format.number(data.toCall))],
    ]} />${notice.mayStop && html`<${Stop} notice=${notice} isOnItsWay=${isOnItsWay} onStopped=${reload} />`}</div>`;
}

/** It cannot be taken back: what it does is said before. */
function Stop({notice, isOnItsWay, onStopped}) {
    const {busy, problem, run} = useAction();
    const [isAsked, setAsked] = hooks.useState(false);
    const [stopped, setStopped] = hooks.useState(null);
    const ask = is => {
        setAsked(is);
        focusOn(is ? 'reached-stop-really' : 'reached-stop');
    };
    const stop = () => run(async () => {
        setStopped((await api.delete(`/api/notices/${notice.id}/deliveries`)).stopped);
        setAsked(false);
        onStopped();
        focusOn('reached-stopped');
    });
    if (stopped !== null) {
        return html`<p class="done" id="reached-stopped" tabindex="-1" role="status"><${Icon} name="circle-check" /><span>${t('reached.stopped', {count: format.number(stopped)})}</span></p>`;
    }
    return html`${isOnItsWay && !isAsked && html`<div class="actions"><${Button} id="reached-stop" kind="quiet" icon="x" onClick=${() => ask(true)}>${t('reached.stop')}<//></div>`}
        ${isAsked && html`<${Notice} kind="late" title=${t('reached.stop-title')} actions=${html`
            <${Button} id="reached-stop-really" icon="x" busy=${busy && t('reached.stopping')} onClick=${stop}>${t('reached.stop-really')}<//>
            <${Button} kind="quiet" onClick=${() => ask(false)}>${t('reached.go-on')}<//>`}>${t('reached.stop-more')}<//>`}
        <${ProblemNotice} problem=${problem} />`;
}

/** The way to the notices, with how many are new. */
export function Bell() {
    const {data} = useRemote(FIRST);
    const count = (data?.items ?? []).filter(one => !one.seen).length;
    hooks.useEffect(() => {
        if (data) {
            // on the icon of the home screen, where there is one
            (count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.())?.catch(() => {});
        }
    }, [Boolean(data), count]);
    return html`<a class="find bell" id="way-notices" href="/notices" aria-current=${path.value === '/notices' ? 'page' : undefined}
        aria-label=${count > 0 ? t('notices.bell', {count}) : t('notices.title')}>
        <${Icon} name="bell" />${count > 0 && html`<span class="bell-count" aria-hidden="true">${count}</span>`}
    </a>`;
}
