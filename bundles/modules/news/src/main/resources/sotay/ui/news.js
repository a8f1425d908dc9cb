/**
 * The pages of news. This file has what readers see; what editors do is in desk.js, who has read what in receipts.js, what there is without a network in
 * local.js.
 */
import {agesOf} from './ages.js';
import {finds, local} from './local.js';
import {fileOf, pictures} from './pictures.js';
import {receipts} from './receipts.js';
import {text} from './text.js';

export default function (app) {
    const {html, t, format, ui, hooks, later, useRemote} = app;
    const {Blocks} = text(app);
    const {Picture} = pictures(app);
    const {Receipt, Given, Asked} = receipts(app);
    const {Queue, Actions, Editions, New, Edit} = later(() => import('./desk.js').then(({desk}) => desk(app, {Blocks, Picture})));
    const {Subscription} = later(() => import('./subscription.js').then(({subscription}) => subscription(app)));

    const reads = who => who.cell || who.holds(['OFFICER', 'EDITOR', 'INSPECTOR']);
    const edits = who => who.holds('EDITOR');

    const badges = news => html`${news.urgent && html`<${ui.Badge} kind="late" icon="bell">${t('urgent')}<//>`}
        ${news.origin && html` <${ui.Badge} kind="mark">${t('origin', {from: news.origin})}<//>`}`;

    const row = news => ({
        href: `/news/${news.id}`,
        title: news.title,
        text: [news.publishedAt && format.date(format.dayOf(news.publishedAt)), news.lead].filter(Boolean).join(' · '),
        state: (news.urgent || news.origin) && badges(news),
    });

    /** Today: the newest of the last two weeks. */
    function Newest() {
        const newest = useRemote('/api/news?limit=20');
        const since = new Date(Date.now() - 14 * 86_400_000).toISOString();
        const items = (newest.data?.items ?? []).filter(one => one.publishedAt && one.publishedAt > since);
        return items.length > 0 && html`<${ui.Card} title=${t('newest')} icon="newspaper" id="newest-news">
            <${ui.Links} label=${t('newest')} rows=${items.slice(0, 3).map(row)} />
            <${ui.Links} rows=${[{href: '/news', title: t('all')}]} />
        <//>`;
    }

    function All() {
        const [limit, setLimit] = hooks.useState(30);
        const all = useRemote('/api/news?limit=500');
        return html`<${ui.Page} title=${t('title')} lead=${t('lead')}>
            ${edits(app.caller) && html`<${Queue} />`}
            <${ui.Remote} of=${all} loading=${t('loading')}>${page => (page.items.length === 0
                ? html`<${ui.Empty} title=${t('none')}>${t('none-more')}<//>`
                : html`<${ui.Links} label=${t('title')} rows=${page.items.slice(0, limit).map(row)} />
                    ${page.items.length > limit && html`<div class="actions"><${ui.Button} id="news-more" onClick=${() => setLimit(limit + 30)}>${t('more')}<//></div>`}`)}<//>
            ${app.caller.cell && html`<${ui.Links} rows=${[{href: '/news/subscription', title: t('subscription.title'), text: t('subscription.short')}]} />`}
        <//>`;
    }

    function One({id}) {
        const remote = useRemote(`/api/news/${id}`);
        return html`<${ui.Page} key=${id} title=${remote.data?.title ?? t('title')} back="/news" backTitle=${t('title')}>
            <${ui.Remote} of=${remote} loading=${t('loading')}>${news => html`
                ${edits(app.caller) && remote.etag && html`<${Actions} news=${news} etag=${remote.etag} reload=${remote.reload} />`}
                <article class="news-article">
                    <p class="news-when">${news.publishedAt && html`<span>${format.when(news.publishedAt)}</span>`}${' '}${badges(news)}
                        ${news.edition > 1 && news.state === 'PUBLISHED' && html` <${ui.Badge} kind="mark">${t('revised')}<//>`}</p>
                    ${news.target.ages && html`<p class="hint" id="news-ages">${t('ages.for', {ages: agesOf(t, news.target)})}</p>`}
                    <p class="news-lead">${news.lead}</p>
                    ${news.pictures.slice(0, 1).map(one => html`<${Picture} key=${one.file} picture=${one} />`)}
                    <${Blocks} blocks=${news.blocks} />
                    ${news.pictures.slice(1).map(one => html`<${Picture} key=${one.file} picture=${one} />`)}
                </article>
                <${Receipt} news=${news} />
                <${Given} news=${news} />
                <div class="actions no-print"><${ui.Button} icon="printer" id="news-print" onClick=${() => window.print()}>${t('print')}<//></div>
                ${edits(app.caller) && html`<${Editions} news=${news} />`}
            `}<//>
        <//>`;
    }

    /** The pictures of the newest: what there is to be taken along. Their texts are on the device already. */
    function useNewest() {
        const newest = useRemote('/api/news?limit=20');
        return {of: newest, documents: (newest.data?.items ?? []).flatMap(one => one.pictures).map(fileOf)};
    }

    return {
        routes: [
            {path: '/news', page: All, for: reads},
            {path: '/news/new', page: New, for: edits},
            {path: '/news/subscription', page: Subscription, for: who => who.cell},
            {path: '/news/:id', page: One, for: reads},
            {path: '/news/:id/edit', page: Edit, for: edits},
        ],
        local: local(app),
        finds: finds(app),
        along: [{text: () => t('along'), use: useNewest, order: 30, for: who => who.cell}],
        menu: [{path: '/news', icon: 'newspaper', text: () => t('menu'), order: 40, for: reads}],
        cards: [{card: Asked, order: 12, for: who => who.member && who.cell}, {card: Newest, order: 25, for: reads}],
    };
}
