/** What the reader was told: put into words here, in its language, from the texts of the module that has told it. */
import {html, hooks} from './base.js';
import {addResolvers} from './copy.js';
import {useRemote} from './data.js';
import * as format from './format.js';
import {path} from './router.js';
import {has, t, textsOf} from './texts.js';
import {Facts, Icon} from './ui.js';

/** As many as the page shows at first: bell and page read the same. */
export const FIRST = '/api/notices?limit=50';

addResolvers([{
    path: '/api/notices',
    types: ['notice', 'notice-seen'],
    read: copy => {
        const until = copy.all('notice-seen').map(one => one.until).sort().pop() ?? '';
        const all = copy.all('notice').sort((one, other) => (one.sentAt < other.sentAt ? 1 : -1));
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

/** For who leads: how many of a unit a notice has reached, in counts. */
export function Reached({notice, unit}) {
    const {data} = useRemote(notice ? `/api/notices/${notice}/reached?unit=${unit}` : null);
    return data && html`<${Facts} rows=${[
        [t('reached.seen'), t('reached.of', {count: data.seen, people: data.people})],
        ...['push', 'mail', 'sms', 'waiting', 'told'].map(name => [t(`reached.${name}`), data[name] || false]),
        [t('reached.call'), data.toCall > 0 && html`<a href="/notices/calls">${data.toCall}</a>`],
    ]} />`;
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
