/** The pages of what is owed. This file has what a member sees; leaders.js what leaders of a cell and officers do, payments.js how it is paid, plans.js how what is open from before is paid off, passing.js what becomes of it, transfers.js what comes by the bank, words.js how an amount is explained. */
import {local} from './local.js';
import {payments} from './payments.js';
import {plans} from './plans.js';
import {words} from './words.js';

const CLASSES = ['INSURED', 'SICK_LEAVE', 'PENSIONER', 'UNINSURED', 'UNINSURED_RETIRED', 'STUDENT', 'ABROAD_POSTED', 'ABROAD'];
const OF_INCOME = ['INSURED', 'SICK_LEAVE', 'PENSIONER', 'ABROAD_POSTED', 'ABROAD'];
const GROUNDS = ['SOCIAL_PENSION', 'POOR_HOUSEHOLD', 'ILLNESS', 'HARDSHIP', 'AT_SEA', 'FAR_AWAY'];
const FAR = ['AT_SEA', 'FAR_AWAY'];

export default function (app) {
    const {html, t, format, ui, later, outbox, newId, navigate, useAction, useForm, useRemote} = app;
    const say = words(app);
    const plan = plans(app, {say});
    const {Cell, Units, Foretold, InCell} = later(() => import('./leaders.js').then(({leaders}) => leaders(app, {say, plan})));
    const paid = payments(app, plan);
    const {Passing} = later(() => import('./passing.js').then(({passing}) => passing(app)));
    const {Transfers} = later(() => import('./transfers.js').then(({transfers}) => transfers(app)));

    const leads = who => who.cell && who.holds(['SECRETARY', 'DEPUTY'], who.cell.id);
    const watches = who => who.holds('OFFICER');
    const passesOn = who => leads(who) || watches(who);

    /** Why it is so much: each step in words, and where it stands. */
    function Why({one, base}) {
        return html`<ul class="plain dues-why">${say.steps(one, base).map((step, i) => html`<li key=${i}>${step}</li>`)}</ul>
            ${one.rules.length > 0 && html`<details class="dues-cited"><summary>${t('why.cited')}</summary>
                <ul class="plain">${one.rules.map(rule => html`<li key=${rule.key}>${rule.citation}</li>`)}</ul></details>`}`;
    }

    function Month({one, base}) {
        return html`<li class="row dues-month"><div class="row-text">
            <span class="row-title">${say.month(one.period)}: ${one.missing ? t('due.unknown') : say.money(one.due)}</span>
            <span>${say.badge(one)}</span>
            <${Why} one=${one} base=${base} />
        </div></li>`;
    }

    function Declared({declarations}) {
        const {problem, run} = useAction();
        const withdraw = one => run(() => outbox.delete(`/api/dues/declarations/${one.id}`, {title: t('declare.withdraw')}));
        return html`<${ui.Section} title=${t('declarations')} id="dues-declarations"
            actions=${html`<${ui.Button} icon="plus" href="/dues/declare" id="dues-declare">${t('declare')}<//>`}>
            <${ui.ProblemNotice} problem=${problem} />
            ${declarations.length === 0 && html`<p class="hint">${t('declarations.none')}</p>`}
            <ul class="rows">${declarations.map(one => html`<li class="row" key=${one.id}>
                <span class="row-text"><span class="row-title">${t(`class.${one.duesClass}`)}</span>
                    <span class="row-more">${t('since', {month: say.month(one.from)})}${one.base ? ` · ${say.money(one.base)}` : ''}${one.recordedBy ? ` · ${t('recorded')}` : ''}</span>
                    <${ui.Unsent} of=${one} />
                    ${one.withdrawn && html`<span><${ui.Badge}>${t('withdrawn')}<//></span>`}</span>
                ${!one.withdrawn && !one.waiting && html`<${ui.Button} kind="quiet" icon="undo-2" onClick=${() => withdraw(one)}>${t('declare.withdraw')}<span
                    class="only-read"> ${t(`class.${one.duesClass}`)}, ${say.month(one.from)}</span><//>`}
            </li>`)}</ul>
        <//>`;
    }

    function Exempted({exemptions}) {
        return html`<${ui.Section} title=${t('exemptions')} id="dues-exemptions"
            actions=${html`<${ui.Button} icon="plus" href="/dues/exempt" id="dues-exempt">${t('exempt')}<//>`}>
            ${exemptions.length === 0 && html`<p class="hint">${t('exemptions.none')}</p>`}
            <ul class="rows">${exemptions.map(one => html`<li class="row" key=${one.id}>
                <span class="row-text"><span class="row-title">${say.exemption(one)}</span>
                    <span class="row-more">${say.span(one)}</span>
                    ${one.message && html`<span class="row-more">${one.message}</span>`}
                    <${ui.Unsent} of=${one} />
                    ${one.state && html`<span>${say.state(one)}</span>`}</span>
            </li>`)}</ul>
        <//>`;
    }

    /** What I owe and why. */
    function Own() {
        const assessed = useRemote(app.caller.member ? '/api/dues/assessments?limit=24' : null);
        const declared = useRemote(app.caller.member ? '/api/dues/declarations?limit=50' : null);
        const exempt = useRemote(app.caller.member ? '/api/dues/exemptions?limit=50' : null);
        const declarations = (declared.data?.items ?? []).filter(one => one.member === app.caller.member?.id);
        const exemptions = (exempt.data?.items ?? []).filter(one => one.member === app.caller.member?.id);
        return html`<${ui.Page} title=${t('title')} lead=${t('lead')}>
            <${ui.Links} label=${t('ways')} rows=${[
                ...(app.caller.cell ? [{href: '/dues/paid', title: t('paid.title'), text: t('mine.lead')}] : []),
                ...(leads(app.caller) ? [{href: '/dues/cell', title: t('cell.title'), text: t('cell.lead')},
                    {href: '/dues/collect', title: t('collect.title'), text: t('collect.lead')}] : []),
                ...(watches(app.caller) ? [{href: '/dues/units', title: t('units.title'), text: t('units.lead')},
                    {href: '/dues/transfers', title: t('transfers.title'), text: t('transfers.lead')}] : []),
                ...(passesOn(app.caller) ? [{href: '/dues/passing', title: t('passing.title'), text: t('passing.lead')}] : []),
            ]} />
            ${app.caller.member && html`
                <${ui.Remote} of=${assessed} loading=${t('loading')}>${page => (page.items.length === 0
                    ? html`<${ui.Empty} title=${t('none')}>${t('none-more')}<//>`
                    : html`<${ui.Section} title=${t('months')} id="dues-months"><ul class="rows">${page.items.map(one => html`<${Month} key=${one.period}
                        one=${one} base=${say.baseOf(declarations, one)} />`)}</ul><//>`)}<//>
                <${ui.Remote} of=${declared}>${() => html`<${Declared} declarations=${declarations} />`}<//>
                <${ui.Remote} of=${exempt}>${() => html`<${Exempted} exemptions=${exemptions} />`}<//>
                <p class="no-print"><a class="dues-link" href="/rules">${t('rules')}</a></p>`}
        <//>`;
    }

    /** For oneself, or as a leader for a member of the cell. */
    const backTo = member => (member === app.caller.member?.id ? '/dues' : '/dues/cell');
    const thisMonth = () => format.today().slice(0, 7);

    function Declare({member = app.caller.member?.id}) {
        const form = useForm(`dues-declare-${member}`, {id: newId(), duesClass: '', from: thisMonth(), base: '', pay: ''});
        const value = name => form.value(name);
        const amount = text => Number(text.replace(/[^\d]/g, ''));
        const submit = async () => {
            if (!value('duesClass')) {
                form.refuse({status: 422, title: t('declare.missing'), errors: [{field: 'duesClass', message: t('declare.class-missing')}]});
                return;
            }
            const body = {member, duesClass: value('duesClass'), from: value('from')};
            if (OF_INCOME.includes(body.duesClass) && value('base').trim()) {
                body.base = amount(value('base'));
            }
            if (body.duesClass === 'PENSIONER' && value('pay').trim()) {
                body.pay = amount(value('pay'));
            }
            const shown = {...body, id: value('id')};
            if (await form.submit(() => outbox.put(`/api/dues/declarations/${shown.id}`, body, {title: t('declare.outbox'), shown, id: 'id'}))) {
                form.discard({id: newId(), duesClass: '', from: thisMonth(), base: '', pay: ''});
                navigate(backTo(member));
            }
        };
        return html`<${ui.Page} title=${t('declare')} lead=${t('declare.lead')} back=${backTo(member)} backTitle=${t('title')}>
            <${ui.Form} form=${form} onSubmit=${submit} shown=${['duesClass', 'from', 'base', 'pay']}>
                <${ui.Choice} form=${form} name="duesClass" label=${t('declare.class')} options=${CLASSES.map(one => [one, t(`class.${one}`)])} />
                ${OF_INCOME.includes(value('duesClass')) && html`<${ui.Field} form=${form} name="base" label=${t(`base.${value('duesClass')}`)}
                    hint=${t('base.hint')} inputmode="numeric" autocomplete="off" maxlength="20" />`}
                ${value('duesClass') === 'PENSIONER' && html`<${ui.Field} form=${form} name="pay" label=${t('pay')} optional inputmode="numeric" autocomplete="off" maxlength="20" />`}
                <${ui.Field} form=${form} name="from" label=${t('from')} hint=${t('from.hint')} maxlength="7" autocomplete="off" />
                <div class="actions"><${ui.Button} kind="main" type="submit" icon="send" id="dues-declare-send" busy=${form.sending && t('sending')}>${t('declare.send')}<//></div>
            <//>
        <//>`;
    }

    function Exempt({member = app.caller.member?.id}) {
        const initial = () => ({id: newId(), ground: '', percent: '50', from: thisMonth(), months: '6', reason: ''});
        const form = useForm(`dues-exempt-${member}`, initial());
        const value = name => form.value(name);
        const isFar = FAR.includes(value('ground'));
        const submit = async () => {
            if (!value('ground')) {
                form.refuse({status: 422, title: t('exempt.missing'), errors: [{field: 'ground', message: t('exempt.ground-missing')}]});
                return;
            }
            const body = {member, kind: isFar ? 'DEFERRAL' : 'RELIEF', ground: value('ground'), from: value('from'), months: Number(value('months')) || 1};
            if (!isFar) {
                body.percent = Number(value('percent'));
            }
            if (value('reason').trim()) {
                body.reason = value('reason').trim();
            }
            const shown = {...body, id: value('id'), state: 'APPLIED'};
            if (await form.submit(() => outbox.put(`/api/dues/exemptions/${shown.id}`, body, {title: t('exempt.outbox'), shown, id: 'id'}))) {
                form.discard(initial());
                navigate(backTo(member));
            }
        };
        return html`<${ui.Page} title=${t('exempt')} lead=${t('exempt.lead')} back=${backTo(member)} backTitle=${t('title')}>
            <${ui.Form} form=${form} onSubmit=${submit} shown=${['ground', 'percent', 'from', 'months', 'reason']}>
                <${ui.Choice} form=${form} name="ground" label=${t('exempt.ground')} options=${GROUNDS.map(one => [one, t(`ground.${one}`)])} />
                ${value('ground') && !isFar && html`<${ui.Choice} form=${form} name="percent" label=${t('exempt.percent')}
                    options=${['30', '50', '70', '100'].map(one => [one, one === '100' ? t('exempt.all') : t('exempt.less', {percent: one})])} />`}
                <${ui.Field} form=${form} name="from" label=${t('from')} hint=${t('from.hint')} maxlength="7" autocomplete="off" />
                <${ui.Field} form=${form} name="months" label=${t('exempt.months')} inputmode="numeric" maxlength="3" autocomplete="off" />
                <${ui.Field} form=${form} name="reason" as="textarea" label=${t('exempt.reason')} optional maxlength="1000" />
                <div class="actions"><${ui.Button} kind="main" type="submit" icon="send" id="dues-exempt-send" busy=${form.sending && t('sending')}>${t('exempt.send')}<//></div>
            <//>
        <//>`;
    }

    /** Today: what I owe this month; where nothing is known, that I should declare. */
    function Owed() {
        const assessed = useRemote('/api/dues/assessments?limit=3');
        const now = assessed.data?.items[0];
        if (!assessed.data || now && !now.missing && now.due === 0) {
            return null;
        }
        return html`<${ui.Card} title=${t('card')} icon="coins" id="dues-owed">
            ${now && !now.missing
                ? html`<p><strong>${say.money(now.due)}</strong> · ${say.month(now.period)} ${say.badge(now)}</p>
                    <${ui.Links} label=${t('card')} rows=${[{href: '/dues', title: t('card.why')}]} />`
                : html`<p>${t('card.undeclared')}</p><${ui.Links} label=${t('card')} rows=${[{href: '/dues/declare', title: t('declare')}]} />`}
        <//>`;
    }

    return {
        routes: [
            {path: '/dues', page: Own, for: who => who.cell || watches(who)},
            {path: '/dues/declare', page: Declare, for: who => who.cell},
            {path: '/dues/declare/:member', page: Declare, for: leads},
            {path: '/dues/exempt', page: Exempt, for: who => who.cell},
            {path: '/dues/exempt/:member', page: Exempt, for: leads},
            {path: '/dues/cell', page: Cell, for: leads},
            {path: '/dues/units', page: Units, for: watches},
            {path: '/dues/simulation', page: Foretold, for: passesOn},
            {path: '/dues/passing', page: Passing, for: passesOn},
            {path: '/dues/transfers', page: Transfers, for: watches},
            ...paid.routes,
            ...plan.routes,
        ],
        local: [...local(app), ...paid.local, ...plan.local],
        refused: paid.refused,
        openings: [{component: paid.Opening, for: who => Boolean(who.cell && who.leads(who.cell.id))}],
        menu: [{path: '/dues', icon: 'coins', text: () => t('menu'), order: 30, for: who => who.cell || watches(who)}],
        cards: [{card: Owed, order: 25, for: who => who.member && who.cell}, {card: InCell, order: 26, for: leads}],
    };
}
