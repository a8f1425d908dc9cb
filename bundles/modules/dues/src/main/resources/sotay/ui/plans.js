/** How what is open from before is paid off: the member sees the next instalment, who leads the cell agrees on it and sees whether it is kept. */
export function plans(app, {say}) {
    const {html, t, format, ui, hooks, outbox, newId, navigate, useAction, useForm, useRemote} = app;
    const MOST = 12;
    const STEP = 1000;

    const isOpen = one => (one.paid ?? 0) < one.amount;
    const isLive = plan => !plan.endedAt && (plan.state ?? 'OPEN') === 'OPEN';
    const nextOf = plan => plan.instalments.find(isOpen);
    const isBroken = plan => isLive(plan) && plan.instalments.some(one => isOpen(one) && one.day < format.today());

    // ---- what was agreed

    /** What comes next, in a line. */
    function Next({plan}) {
        const next = nextOf(plan);
        return next ? html`<span class="row-more">${t('plan.next', {amount: say.money(next.amount - (next.paid ?? 0)), day: format.day(next.day)})}</span>` : null;
    }

    const Kept = ({plan}) => html`<span>${plan.waiting ? html`<${ui.Unsent} of=${plan} />`
        : html`<${ui.Badge} kind=${isBroken(plan) ? 'bad' : 'good'}>${t(isBroken(plan) ? 'plan.broken' : 'plan.kept')}<//>`}</span>`;

    function Instalments({of}) {
        return html`<ol class="rows">${of.map(one => html`<li class="row" key=${one.day}><span class="row-text">
            <span class="row-title">${format.day(one.day)}: ${say.money(one.amount)}</span>
            ${one.paid > 0 && html`<span>${isOpen(one) ? html`<${ui.Badge} kind="late">${t('plan.part', {amount: say.money(one.paid)})}<//>`
                : html`<${ui.Badge} kind="good" icon="check">${t('plan.paid')}<//>`}</span>`}
        </span></li>`)}</ol>`;
    }

    /** The member's own, without a word of what is late: that is for the secretary to ask about. */
    function MyPlan() {
        const list = useRemote(`/api/dues/plans?member=${app.caller.member.id}&limit=100`);
        const plan = list.data?.items.find(isLive);
        return plan ? html`<${ui.Section} title=${t('plan.title')} id="dues-plan">
            <p>${t('plan.of', {months: plan.periods.map(say.month).join(', ')})}</p>
            <${Next} plan=${plan} />
            <${Instalments} of=${plan.instalments} />
        <//>` : null;
    }

    // ---- for who leads the cell

    /** Those of the cell that are not paid off, what is late first; nothing where there are none. */
    function CellPlans() {
        const list = useRemote(`/api/dues/plans?cell=${app.caller.cell.id}&limit=500`);
        const live = (list.data?.items ?? []).filter(isLive)
            .sort((one, other) => isBroken(other) - isBroken(one) || format.compareNames(one.name ?? '', other.name ?? ''));
        return live.length > 0 ? html`<${ui.Section} title=${t('plan.title')} id="dues-plans">
            ${live.some(isBroken) && html`<p class="hint">${t('cell.behind-more')}</p>`}
            <${ui.Links} label=${t('plan.title')} rows=${live.map(one => ({
                href: `/dues/plan/${one.member}`, title: one.name, text: html`<${Next} plan=${one} />`, state: html`<${Kept} plan=${one} />`}))} />
        <//>` : null;
    }

    /** How many plans of the cell are not kept. */
    function useBroken() {
        const list = useRemote(`/api/dues/plans?cell=${app.caller.cell.id}&limit=500`);
        return (list.data?.items ?? []).filter(isBroken).length;
    }

    function PlanPage({member}) {
        const list = useRemote(`/api/dues/plans?member=${member}&limit=100`);
        const balances = useRemote(`/api/dues/balances?member=${member}`);
        const balance = balances.data?.items.find(one => one.member === member);
        return html`<${ui.Page} title=${t('plan.title')} lead=${balance?.name ?? t('plan.lead')} back="/dues/cell" backTitle=${t('cell.title')}>
            <${ui.Remote} of=${list.data ? balances : list} loading=${t('loading')}>${() => {
                const plan = list.data.items.find(isLive);
                return plan ? html`<${Agreed} plan=${plan} reload=${list.reload} />` : html`<${Make} member=${member} balance=${balance} />`;
            }}<//>
        <//>`;
    }

    function Agreed({plan, reload}) {
        return html`<p><${Kept} plan=${plan} /></p>
            <${ui.Facts} rows=${[
                [t('plan.agreed-on'), format.day(plan.agreedOn)],
                [t('plan.months'), plan.periods.map(say.month).join(', ')],
                [t('plan.left'), plan.open !== undefined && say.money(plan.open)]]} />
            <${Instalments} of=${plan.instalments} />
            ${!plan.waiting && html`<${TakeBack} plan=${plan} reload=${reload} />`}`;
    }

    function TakeBack({plan, reload}) {
        const form = useForm(`dues-plan-end-${plan.id}`, {reason: ''});
        const submit = async () => {
            const reason = form.value('reason').trim();
            if (!reason) {
                form.refuse({status: 422, title: t('plan.reason-missing'), errors: [{field: 'reason', message: t('plan.reason-missing')}]});
                return;
            }
            if (await form.submit(() => outbox.put(`/api/dues/plans/${plan.id}/ending`, {reason}, {title: t('plan.end-outbox')}))) {
                await reload();
                navigate('/dues/cell');
            }
        };
        return html`<${ui.Section} title=${t('plan.end')} id="dues-plan-end"><p class="hint">${t('plan.end-more')}</p>
            <${ui.Form} form=${form} onSubmit=${submit} shown=${['reason']}>
                <${ui.Field} form=${form} name="reason" label=${t('plan.reason')} maxlength="200" autocomplete="off" />
                <div class="actions"><${ui.Button} type="submit" icon="undo-2" id="dues-plan-take-back" busy=${form.sending && t('sending')}>${t('plan.end')}<//></div>
            <//>
        <//>`;
    }

    /** The same day of the months that follow; the last day of shorter ones. */
    function days(first, count) {
        const [year, month, day] = first.split('-').map(Number);
        return Array.from({length: count}, (none, i) => {
            const last = new Date(Date.UTC(year, month + i, 0)).getUTCDate();
            return new Date(Date.UTC(year, month - 1 + i, Math.min(day, last))).toISOString().slice(0, 10);
        });
    }

    /** Equal parts of whole thousands, but for those that were agreed otherwise; the last one is what is left. Of little money equal parts to the đồng. */
    function parts(total, first, count, agreed) {
        const whole = Math.ceil(total / count / STEP) * STEP;
        const part = whole * (count - 1) < total ? whole : Math.floor(total / count);
        const before = Array.from({length: count - 1}, (none, i) => agreed[i] ?? part);
        const last = total - before.reduce((all, one) => all + one, 0);
        return days(first, count).map((day, i) => ({day, amount: i < count - 1 ? before[i] : last}));
    }

    const digits = text => Number(text.replace(/\D/g, '').slice(0, 12));

    /** The amounts may differ, as what a member earns does; the last one cannot be typed, so that the sum is always right. */
    function Amounts({of, agreed, change}) {
        const last = of.length - 1;
        return html`<details class="dues-cited" id="plan-amounts"><summary>${t('plan.amounts')}</summary>
            ${of.slice(0, last).map((one, i) => html`<div class="field" key=${one.day}><label for=${`plan-amount-${i}`}>${format.day(one.day)}</label>
                <input id=${`plan-amount-${i}`} inputmode="numeric" autocomplete="off" value=${agreed[i] === undefined ? String(one.amount) : agreed[i] || ''}
                    onInput=${event => change({...agreed, [i]: digits(event.target.value)})} /></div>`)}
            <p class="hint">${t('plan.rest', {day: format.day(of[last].day)})}</p>
        </details>`;
    }

    const nextMonth = () => days(`${format.today().slice(0, 7)}-10`, 2)[1];

    function Make({member, balance}) {
        const open = balance?.months ?? [];
        const thisMonth = format.today().slice(0, 7);
        const [agreed, setAgreed] = hooks.useState({});
        const [chosen, setChosen] = hooks.useState(() => open.map(one => one.period).filter(one => one < thisMonth));
        const rule = useRemote('/api/rules?key=dues.plan.months');
        const most = Number(rule.data?.items[0]?.value ?? MOST);
        const form = useForm(`dues-plan-${member}`, {id: newId(), count: '3', first: nextMonth()});
        if (open.length === 0) {
            return html`<${ui.Empty} title=${t('plan.nothing')}>${t('plan.nothing-more')}<//>`;
        }
        const periods = open.map(one => one.period).filter(one => chosen.includes(one));
        const total = open.filter(one => chosen.includes(one.period)).reduce((all, one) => all + one.due - one.paid, 0);
        const instalments = total > 0 && form.value('first') ? parts(total, form.value('first'), Math.min(Number(form.value('count')), total), agreed) : [];
        const isWhole = instalments.length > 0 && instalments.every(one => one.amount > 0);
        const submit = async () => {
            const body = {member, agreedOn: format.today(), periods, instalments};
            const shown = {...body, id: form.value('id'), name: balance.name, state: 'OPEN', open: total};
            if (await form.submit(() => outbox.put(`/api/dues/plans/${shown.id}`, body, {title: t('plan.outbox', {name: balance.name}), shown, id: 'id'}))) {
                form.discard({id: newId(), count: '3', first: nextMonth()});
                navigate('/dues/cell');
            }
        };
        const pick = period => setChosen(chosen.includes(period) ? chosen.filter(one => one !== period) : [...chosen, period]);
        return html`<p>${t('plan.lead')}</p>
            <${ui.Form} form=${form} onSubmit=${submit} shown=${['count', 'first']}>
                <fieldset class="field"><legend>${t('plan.which')}</legend>${open.map(one => html`<label class="check" key=${one.period}>
                    <input type="checkbox" id=${`plan-${one.period}`} checked=${chosen.includes(one.period)} onChange=${() => pick(one.period)} />
                    <span>${say.month(one.period)}: ${say.money(one.due - one.paid)}</span></label>`)}</fieldset>
                <${ui.Field} form=${form} name="count" as="select" label=${t('plan.count')}>${Array.from({length: most}, (none, i) => String(i + 1)).map(one => html`
                    <option key=${one} value=${one} selected=${one === form.value('count')}>${t('plan.times', {count: one})}</option>`)}<//>
                <${ui.Field} form=${form} name="first" type="date" label=${t('plan.first')} />
                ${instalments.length > 0 && html`<div id="plan-preview"><p role="status">${t('plan.sum', {amount: say.money(total)})}</p><${Instalments} of=${instalments} />
                    ${instalments.length > 1 && html`<${Amounts} of=${instalments} agreed=${agreed} change=${setAgreed} />`}
                    ${!isWhole && html`<${ui.ProblemNotice} problem=${{title: t('plan.too-much', {amount: say.money(total)}), errors: []}} />`}</div>`}
                <div class="actions"><${ui.Button} kind="main" type="submit" icon="check" id="dues-plan-make" disabled=${!isWhole}
                    busy=${form.sending && t('sending')}>${t('plan.agree')}<//></div>
            <//>`;
    }

    // ---- without a network

    const page = items => ({items, next: null});
    const local = [{
        path: '/api/dues/plans',
        types: ['dues-plan'],
        read: (copy, none, {member, cell}) => page(copy.all('dues-plan').filter(one => cell || one.member === (member ?? app.caller.member?.id))),
    }];

    return {
        MyPlan,
        CellPlans,
        useBroken,
        local,
        routes: [{path: '/dues/plan/:member', page: PlanPage, for: who => who.cell && who.holds(['SECRETARY', 'DEPUTY'], who.cell.id)}],
    };
}
