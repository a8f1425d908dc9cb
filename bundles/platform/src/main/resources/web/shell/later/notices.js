/** The page of notices: what the reader was told, the newest first; to have it on the screen is to have seen it. */
import {html, hooks} from '../base.js';
import {api} from '../api.js';
import {useAction} from '../action.js';
import {useRemote} from '../data.js';
import * as format from '../format.js';
import {FIRST, wordsOf} from '../notices.js';
import {write} from '../outbox.js';
import {caller} from '../session.js';
import {t} from '../texts.js';
import {Badge, Button, Empty, Links, Page, ProblemNotice, Remote} from '../ui.js';

/** What was new when the page was opened stays marked while it is looked at. */
function useNew(items) {
    const fresh = hooks.useRef(new Set());
    const unseen = (items ?? []).filter(one => !one.seen);
    unseen.forEach(one => fresh.current.add(one.id));
    const until = unseen.map(one => one.sentAt).sort().pop();
    hooks.useEffect(() => {
        if (until) {
            write('PUT', '/api/notices/seen', {until}, {title: t('notices.title'), silent: true}).catch(() => {});
        }
    }, [until]);
    return fresh.current;
}

function row(one, fresh) {
    const {title, text} = wordsOf(one);
    return {
        key: one.id,
        href: one.link,
        title,
        text: html`<span class="notice-words">${text}</span><span class="notice-when">${format.ago(one.sentAt)}</span>`,
        state: (one.urgency === 'URGENT' || fresh.has(one.id)) && html`
            ${one.urgency === 'URGENT' && html`<${Badge} kind="bad" icon="circle-alert">${t('notices.urgent')}<//>`}
            ${fresh.has(one.id) && html` <${Badge} kind="mark">${t('notices.new')}<//>`}`,
    };
}

function Older({from, fresh}) {
    const [{items, next}, set] = hooks.useState({items: [], next: from});
    const {busy, problem, run} = useAction();
    const more = () => run(async () => {
        const page = await api.get('/api/notices', {limit: 50, after: next});
        set({items: [...items, ...page.items], next: page.next});
    });
    return html`
        ${items.length > 0 && html`<${Links} label=${t('notices.title')} rows=${items.map(one => row(one, fresh))} />`}
        <${ProblemNotice} problem=${problem} />
        ${next && html`<div class="actions"><${Button} id="notices-more" busy=${busy && t('page.loading')} onClick=${more}>${t('notices.more')}<//></div>`}`;
}

export function NoticesPage() {
    const notices = useRemote(FIRST);
    const fresh = useNew(notices.data?.items);
    const who = caller.value;
    return html`<${Page} title=${t('notices.title')} lead=${t('notices.lead')} actions=${html`
        ${who.member && html`<${Button} icon="settings" href="/me/notices" id="notice-settings-way">${t('notices.settings')}<//>`}
        ${who.cell && who.leads(who.cell.id) && html`<${Button} icon="phone" href="/notices/calls" id="calls-way">${t('calls.way')}<//>`}`}>
        <${Remote} of=${notices}>${page => (page.items.length === 0
            ? html`<${Empty} title=${t('notices.none')}>${t('notices.none-more')}<//>`
            : html`<${Links} label=${t('notices.title')} rows=${page.items.map(one => row(one, fresh))} />
                ${page.next && html`<${Older} key=${page.next} from=${page.next} fresh=${fresh} />`}`)}<//>
    <//>`;
}
