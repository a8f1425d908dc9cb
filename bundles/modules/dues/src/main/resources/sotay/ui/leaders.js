/** What leaders of a cell see of its month, and officers of their units: of people by name the leaders alone. */
export function leaders(app, {say, plan}) {
    const {html, t, format, ui, api, hooks, focusOn, useAction, useRemote} = app;

    const months = (from, count) => Array.from({length: count}, (none, i) => {
        const at = new Date(Date.UTC(Number(from.slice(0, 4)), Number(from.slice(5, 7)) - 1 + i, 1));
        return at.toISOString().slice(0, 7);
    });
    const before = (period, count) => new Date(Date.UTC(Number(period.slice(0, 4)), Number(period.slice(5, 7)) - 1 - count, 1)).toISOString().slice(0, 7);
    const now = () => format.today().slice(0, 7);

    const Pick = ({name, label, value, options, onPick}) => html`<${ui.Field} name=${name} as="select" label=${label} value=${value}
        onChange=${event => onPick(event.target.value)}>
        ${options.map(([key, text]) => html`<option key=${key} value=${key} selected=${key === value}>${text}</option>`)}
    <//>`;

    /** The cell's month at a glance. */
    function Cell() {
        const cell = app.caller.cell.id;
        const [period, setPeriod] = hooks.useState(now());
        const month = useRemote(`/api/dues/assessments?limit=500&cell=${cell}&period=${period}`);
        const exempt = useRemote(`/api/dues/exemptions?limit=500&cell=${cell}`);
        const waiting = (exempt.data?.items ?? []).filter(one => one.state === 'APPLIED');
        const ending = (exempt.data?.items ?? []).filter(one => one.state === 'GRANTED' && one.to === now());
        return html`<${ui.Page} title=${t('cell.title')} lead=${app.caller.cell.name} back="/dues" backTitle=${t('title')}>
            <${Pick} name="dues-period" label=${t('period')} value=${period} onPick=${setPeriod}
                options=${months(before(now(), 11), 12).reverse().filter(one => one >= '2026-02').map(one => [one, say.month(one)])} />
            <${ui.Remote} of=${month} loading=${t('loading')}>${page => {
                const known = page.items.filter(one => !one.missing);
                const missing = page.items.filter(one => one.missing);
                const behind = page.items.filter(one => one.behind);
                return html`
                    <p role="status">${t('cell.sum', {count: known.length, members: page.items.length,
                        due: say.money(known.reduce((sum, one) => sum + one.due, 0)), paid: say.money(page.items.reduce((sum, one) => sum + one.paid, 0))})}</p>
                    ${missing.length > 0 && html`<${ui.Section} title=${t('cell.missing', {count: missing.length})} id="dues-missing">
                        <${ui.Links} label=${t('cell.missing', {count: missing.length})} rows=${missing.map(one => ({
                            href: `/dues/declare/${one.member}`, title: one.name, text: t('cell.declare-for')}))} />
                    <//>`}
                    ${behind.length > 0 && html`<${ui.Section} title=${t('cell.behind')} id="dues-behind"><p class="hint">${t('cell.behind-more')}</p>
                        <${ui.Links} label=${t('cell.behind')} rows=${behind.map(one => ({href: `/dues/plan/${one.member}`, title: one.name,
                            text: `${t('cell.months-open', {count: one.behind})} · ${t('plan.make')}`}))} /><//>`}
                    <${plan.CellPlans} />
                    <${ui.Section} title=${t('cell.members')} id="dues-members"><ul class="rows">${known.map(one => html`<li class="row" key=${one.member}>
                        <span class="row-text"><span class="row-title">${one.name}</span>
                            <span class="row-more">${one.duesClass === 'UNDECLARED' ? t('due.exempt') : t(`class.${one.duesClass}`)}</span>
                            <span class="row-more">${say.money(one.due)}${one.reduction > 0 && one.reduction < 100 ? ` · ${t('exempt.less', {percent: one.reduction})}` : ''}</span>
                            <span>${say.badge(one)}</span></span>
                    </li>`)}</ul><//>`;
            }}<//>
            ${ending.length > 0 && html`<${ui.Notice} kind="late" title=${t('cell.ending')} id="dues-ending">
                <ul>${ending.map(one => html`<li key=${one.id}>${one.name}: ${say.exemption(one)}</li>`)}</ul><//>`}
            ${waiting.length > 0 && html`<${ui.Section} title=${t('cell.waiting')} id="dues-waiting">
                <ul class="rows">${waiting.map(one => html`<li class="row" key=${one.id}><span class="row-text"><span class="row-title">${one.name}</span>
                    <span class="row-more">${say.exemption(one)}</span><span class="row-more">${say.span(one)}</span></span></li>`)}</ul>
            <//>`}
            <${ui.Links} label=${t('ways')} rows=${[{href: '/dues/simulation', title: t('foretold.title'), text: t('foretold.lead')}, {href: '/rules', title: t('rules')}]} />
        <//>`;
    }

    /** Today, for who leads the cell: what is missing, and what ends. */
    function InCell() {
        const month = useRemote(`/api/dues/assessments?limit=500&cell=${app.caller.cell.id}&period=${now()}`);
        const missing = (month.data?.items ?? []).filter(one => one.missing).length;
        const behind = (month.data?.items ?? []).filter(one => one.behind).length;
        const broken = plan.useBroken();
        return missing + behind + broken > 0 && html`<${ui.Card} title=${t('cell.title')} icon="coins" id="dues-in-cell">
            ${missing > 0 && html`<p>${t('cell.missing', {count: missing})}</p>`}
            ${behind > 0 && html`<p>${t('cell.behind-count', {count: behind})}</p>`}
            ${broken > 0 && html`<p>${t('plan.broken-count', {count: broken})}</p>`}
            <${ui.Links} label=${t('cell.title')} rows=${[{href: '/dues/cell', title: t('cell.open')}]} />
        <//>`;
    }

    function Waiting() {
        const waiting = useRemote('/api/dues/exemptions/waiting?limit=100');
        return html`<${ui.Section} title=${t('decide.title')} id="dues-decide"><${ui.Remote} of=${waiting} loading=${t('loading')}>${page => (page.items.length === 0
            ? html`<p class="hint">${t('decide.none')}</p>`
            : html`<ul class="rows">${page.items.map(one => html`<${Decide} key=${one.id} one=${one} />`)}</ul>`)}<//><//>`;
    }

    function Decide({one}) {
        const {busy, problem, run} = useAction();
        const decide = granted => run(async () => {
            await api.put(`/api/dues/exemptions/${one.id}/decision`, {granted});
            focusOn('dues-decide');
        });
        return html`<li class="row dues-month"><div class="row-text">
            <span class="row-title">${one.name}: ${say.exemption(one)}</span>
            <span class="row-more">${say.span(one)}</span>
            ${one.reason && html`<span class="row-more">${one.reason}</span>`}
            <${ui.ProblemNotice} problem=${problem} />
            <div class="actions">
                <${ui.Button} icon="check" busy=${busy && t('sending')} onClick=${() => decide(true)}>${t('decide.grant')}<span class="only-read"> ${one.name}</span><//>
                <${ui.Button} kind="quiet" icon="x" busy=${busy && t('sending')} onClick=${() => decide(false)}>${t('decide.refuse')}<span class="only-read"> ${one.name}</span><//>
            </div>
        </div></li>`;
    }

    /** Counts and totals by unit and month. */
    function Units() {
        const unit = app.caller.mandates.find(one => one.role === 'OFFICER').unit;
        const year = now().slice(0, 4);
        const counts = useRemote(`/api/dues/months?limit=500&unit=${unit}&year=${year}`);
        return html`<${ui.Page} title=${t('units.title')} lead=${t('units.lead')} back="/dues" backTitle=${t('title')}>
            <${Waiting} />
            <${ui.Remote} of=${counts} loading=${t('loading')}>${page => {
                const own = page.items.filter(one => one.unit === unit);
                const last = own[own.length - 1]?.period;
                const parts = page.items.filter(one => one.unit !== unit && one.period === last);
                return own.length === 0 ? html`<${ui.Empty} title=${t('units.none')}>${t('none-more')}<//>` : html`
                    <${Flow} title=${t('flow.months', {year})} id="dues-flow-months" head=${t('flow.month')} rows=${own.map(one => ({...one, id: one.period, title: say.month(one.period)}))} />
                    ${parts.length > 0 && html`<${Flow} title=${t('flow.parts', {year})} id="dues-flow-parts" head=${t('flow.unit')} rows=${sums(page.items.filter(one => one.unit !== unit), last)} />`}
                    <${ui.Section} title=${t('units.months', {year})} id="dues-by-month"><${Bars} rows=${own.map(one => ({...one, title: say.month(one.period)}))} /><//>
                    ${parts.length > 0 && html`<${ui.Section} title=${t('units.parts', {month: say.month(last)})} id="dues-by-unit">
                        <${Bars} rows=${parts.map(one => ({...one, title: one.name}))} /><//>`}`;
            }}<//>
            <${Assess} unit=${unit} />
            <${ui.Links} label=${t('ways')} rows=${[{href: '/dues/simulation', title: t('foretold.title'), text: t('foretold.lead')}, {href: '/rules', title: t('rules')}]} />
        <//>`;
    }

    /** The year of each unit, and how many of its members were behind in the last month. */
    function sums(items, last) {
        const all = new Map();
        items.forEach(one => {
            const sum = all.get(one.unit) ?? {id: one.unit, title: one.name, collected: 0, passed: 0, open: 0};
            all.set(one.unit, {...sum, collected: sum.collected + one.collected, passed: sum.passed + one.passed, open: one.period === last ? one.open : sum.open});
        });
        return [...all.values()];
    }

    /** Money that came in and was passed up, as bars, and the same in figures for who does not see them. */
    function Flow({title, id, head, rows}) {
        const most = Math.max(1, ...rows.map(one => Math.max(one.collected, one.passed)));
        const wide = amount => Math.max(0, amount) * 100 / most;
        return html`<${ui.Section} title=${title} id=${id}>
            <p class="dues-legend"><span class="dues-key dues-in" aria-hidden="true"></span>${t('flow.collected')}<span class="dues-key dues-out" aria-hidden="true"></span>${t('flow.passed')}</p>
            <ul class="plain dues-flow" aria-hidden="true">${rows.map(one => html`<li key=${one.id}><span class="name">${one.title}</span>
                <svg viewBox="0 0 100 14" preserveAspectRatio="none"><rect class="dues-in" width=${wide(one.collected)} height="6" />
                    <rect class="dues-out" y="8" width=${wide(one.passed)} height="6" /></svg></li>`)}</ul>
            <div class="dues-table" role="group" tabindex="0" aria-label=${title}><table>
                <thead><tr><th scope="col">${head}</th><th scope="col">${t('flow.collected')}</th><th scope="col">${t('flow.passed')}</th><th scope="col">${t('flow.open')}</th></tr></thead>
                <tbody>${rows.map(one => html`<tr key=${one.id}><th scope="row">${one.title}</th><td>${format.number(one.collected)}</td><td>${format.number(one.passed)}</td>
                    <td>${format.number(one.open)}</td></tr>`)}</tbody>
            </table></div>
        <//>`;
    }

    const Bars = ({rows}) => html`<ul class="rows">${rows.map(one => html`<li class="row dues-month" key=${one.unit + one.period}><div class="row-text">
        <span class="row-title">${one.title}</span>
        <span class="row-more">${t('units.due', {due: say.money(one.due), paid: say.money(one.paid)})}</span>
        <progress class="dues-bar" max=${Math.max(1, one.due)} value=${one.paid} aria-label=${t('units.bar', {unit: one.title})}></progress>
        <span class="row-more">${t('units.count', {assessed: format.number(one.assessed), members: format.number(one.members), exempt: format.number(one.exempt),
            reduced: format.number(one.reduced), open: format.number(one.open)})}</span>
    </div></li>`)}</ul>`;

    function Assess({unit}) {
        const {busy, problem, run} = useAction();
        const [job, setJob] = hooks.useState(null);
        const [period, setPeriod] = hooks.useState(now());
        const begin = () => run(async () => {
            setJob((await api.post('/api/dues/assessments', {unit, period})).job);
            focusOn('dues-assess');
        });
        return html`<${ui.Section} title=${t('assess.title')} id="dues-assess"><p class="hint">${t('assess.more')}</p>
            <${Pick} name="dues-assess-period" label=${t('period')} value=${period} onPick=${setPeriod}
                options=${months(before(now(), 2), 4).reverse().filter(one => one >= '2026-02').map(one => [one, say.month(one)])} />
            <${ui.ProblemNotice} problem=${problem} />
            ${job ? html`<p role="status">${t('assess.begun')}</p>`
                : html`<div class="actions"><${ui.Button} icon="list-checks" id="dues-assess-begin" busy=${busy && t('sending')} onClick=${begin}>${t('assess.begin')}<//></div>`}
        <//>`;
    }

    /** What changes for whom between two months. */
    function Foretold() {
        const isOfficer = app.caller.holds('OFFICER');
        const unit = isOfficer ? app.caller.mandates.find(one => one.role === 'OFFICER').unit : app.caller.cell.id;
        const [from, setFrom] = hooks.useState('2027-12');
        const [to, setTo] = hooks.useState('2028-01');
        const [asked, setAsked] = hooks.useState(null);
        const options = months('2026-02', 36).map(one => [one, say.month(one)]);
        return html`<${ui.Page} title=${t('foretold.title')} lead=${t('foretold.lead')} back=${isOfficer ? '/dues/units' : '/dues/cell'} backTitle=${t('title')}>
            <${Pick} name="dues-from" label=${t('foretold.from')} value=${from} onPick=${setFrom} options=${options} />
            <${Pick} name="dues-to" label=${t('foretold.to')} value=${to} onPick=${setTo} options=${options} />
            <div class="actions"><${ui.Button} kind="main" icon="list-checks" id="dues-foretell" onClick=${() => setAsked({from, to})}>${t('foretold.ask')}<//></div>
            ${asked && html`<${Found} key=${asked.from + asked.to} path=${`/api/dues/simulation?unit=${unit}&from=${asked.from}&to=${asked.to}`} />`}
        <//>`;
    }

    function Found({path}) {
        const found = useRemote(path);
        return html`<${ui.Remote} of=${found} loading=${t('foretold.loading')}>${one => html`
            <p role="status" id="dues-foretold">${t('foretold.sum', {members: format.number(one.members), changed: format.number(one.changed), before: say.money(one.before), after: say.money(one.after)})}</p>
            ${one.unknown > 0 && html`<p class="hint">${t('foretold.unknown', {count: format.number(one.unknown)})}</p>`}
            ${one.people && html`<ul class="rows">${one.people.map(who => html`<li class="row" key=${who.member}><span class="row-text"><span class="row-title">${who.name}</span>
                <span class="row-more">${t('foretold.change', {before: say.money(who.before), after: say.money(who.after)})}</span></span></li>`)}</ul>`}
            ${one.parts.filter(part => part.members > 0).length > 0 && html`<ul class="rows">${one.parts.filter(part => part.members > 0).map(part => html`<li class="row" key=${part.unit}>
                <span class="row-text"><span class="row-title">${part.name}</span><span class="row-more">${t('foretold.sum', {members: format.number(part.members),
                    changed: format.number(part.changed), before: say.money(part.before), after: say.money(part.after)})}</span></span></li>`)}</ul>`}
        `}<//>`;
    }

    return {Cell, Units, Foretold, InCell};
}
