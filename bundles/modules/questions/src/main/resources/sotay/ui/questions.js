/**
 * The pages of questions and answers. This file has what everybody sees; asking is in ask.js, one question and its dialogue in one.js, what
 * the team does in desk.js, the knowledge base in base.js, figures and topics in office.js, what there is without a network in local.js.
 */
import {words} from './words.js';
import {ask} from './ask.js';
import {base} from './base.js';
import {one} from './one.js';
import {finds, local} from './local.js';

export default function (app) {
    const {html, t, ui, later, useRemote} = app;
    const say = words(app);
    const {Queue, QueueCard, Work} = later(() => import('./desk.js').then(({desk}) => desk(app, {say})));
    const parts = {say, Work};
    const {Base, Entry} = base(app, parts);
    const {Ask, refused} = ask(app, parts);
    const {One} = one(app, parts);
    const {Statistics, Topics} = later(() => import('./office.js').then(({office}) => office(app, parts)));

    const asks = who => Boolean(who.member && who.cell);
    const works = who => who.holds(['EDITOR', 'OFFICER']);
    const counts = who => who.holds(['EDITOR', 'OFFICER', 'INSPECTOR']);
    const reads = who => asks(who) || counts(who);

    const row = question => ({
        href: `/questions/${question.id}`,
        title: say.short(question.text),
        text: [say.topic(question), question.askedAt && app.format.date(app.format.dayOf(question.askedAt))].filter(Boolean).join(' · '),
        state: html`<${say.State} of=${question} /><${ui.Unsent} of=${question} />`,
    });

    function Mine() {
        const mine = useRemote('/api/questions?limit=200');
        say.useTopics();
        return html`<${ui.Section} title=${t('mine.title')} id="my-questions">
            <div class="actions"><${ui.Button} kind="main" icon="plus" href="/questions/ask" id="question-ask">${t('ask.open')}<//></div>
            <${ui.Remote} of=${mine} loading=${t('loading')}>${page => (page.items.length === 0
                ? html`<${ui.Empty} title=${t('mine.none')}>${t('mine.none-more')}<//>`
                : html`<${ui.Links} label=${t('mine.title')} rows=${say.newestFirst(page.items).map(row)} />`)}<//>
        <//>`;
    }

    function All() {
        const who = app.caller;
        return html`<${ui.Page} title=${t('title')} lead=${t('lead')}>
            ${asks(who) && html`<${Mine} />`}
            <${ui.Section} title=${t('more.title')}><${ui.Links} label=${t('more.title')} rows=${[
                {href: '/questions/base', title: t('base.title'), text: t('base.more')},
                works(who) && {href: '/questions/queue', title: t('queue.title'), text: t('queue.more')},
                counts(who) && {href: '/questions/statistics', title: t('figures.title'), text: t('figures.more')},
                works(who) && {href: '/questions/topics', title: t('topics.title'), text: t('topics.more')},
            ].filter(Boolean)} /><//>
        <//>`;
    }

    /** Today: answers that the asker has not opened yet. */
    function Answered() {
        const mine = useRemote('/api/questions?limit=200');
        say.useTopics();
        const items = say.newestFirst((mine.data?.items ?? []).filter(say.isUnread));
        return items.length > 0 && html`<${ui.Card} title=${t('card.answered')} icon="message-square" id="questions-answered">
            <${ui.Links} label=${t('card.answered')} rows=${items.slice(0, 3).map(row)} /><//>`;
    }

    return {
        routes: [
            {path: '/questions', page: All, for: reads},
            {path: '/questions/ask', page: Ask, for: asks},
            {path: '/questions/queue', page: Queue, for: works},
            {path: '/questions/base', page: Base, for: reads},
            {path: '/questions/base/:id', page: Entry, for: reads},
            {path: '/questions/statistics', page: Statistics, for: counts},
            {path: '/questions/topics', page: Topics, for: works},
            {path: '/questions/:id', page: One, for: reads},
        ],
        local: local(app),
        refused,
        finds: finds(app),
        menu: [{path: '/questions', icon: 'circle-help', text: () => t('menu'), order: 35, for: reads}],
        cards: [
            {card: Answered, order: 16, for: asks},
            {card: QueueCard, order: 18, for: works},
        ],
    };
}
