/** How amounts, months and exemptions are said. */
export function words(app) {
    const {html, t, format, ui} = app;
    const money = amount => t('money', {amount: format.number(amount)});
    const month = period => t('month', {month: Number(period.slice(5)), year: period.slice(0, 4)});
    const percent = value => format.number(Number(value));
    const rule = (one, key) => one.rules.find(found => found.key === key);

    /** The rate of a class, of what it is taken. */
    const share = (one, base) => {
        const rate = one.rules.find(found => found.key.startsWith('dues.rate.') && found.key !== 'dues.rate.pensioner-pay');
        if (!rate) {
            return null;
        }
        const wage = one.rules.find(found => found.key.startsWith('minimum-wage.monthly.'));
        const region = rule(one, 'minimum-wage.region');
        if (wage && region) {
            return t('why.wage', {percent: percent(rate.value), amount: money(Number(wage.value)), region: region.value, full: money(one.full)});
        }
        return base
            ? t('why.base', {percent: percent(rate.value), amount: money(base), full: money(one.full)})
            : t('why.income', {percent: percent(rate.value), full: money(one.full)});
    };

    /** Each step of the way from what is declared to what is due. */
    const steps = (one, base) => {
        if (one.missing) {
            return [t('why.missing')];
        }
        const all = one.duesClass === 'UNDECLARED' ? [] : [t(`class.${one.duesClass}`)];
        const age = rule(one, 'dues.exempt.party-age');
        if (age) {
            return [...all, t('why.party-age', {years: age.value})];
        }
        all.push(share(one, base) ?? t('why.fixed', {full: money(one.full)}));
        if (rule(one, 'dues.rate.pensioner-pay')) {
            all.push(t('why.pay'));
        }
        if (one.reduction > 0) {
            all.push(one.reduction === 100 ? t('why.exempt') : t('why.reduced', {percent: one.reduction, due: money(one.due)}));
        }
        return all;
    };

    const badge = one => {
        if (one.missing) {
            return html`<${ui.Badge} kind="late">${t('due.undeclared')}<//>`;
        }
        if (one.due === 0) {
            return html`<${ui.Badge} kind="good">${t('due.exempt')}<//>`;
        }
        if (one.paid >= one.due) {
            return html`<${ui.Badge} kind="good" icon="check">${t('due.paid')}<//>`;
        }
        if (one.paid > 0) {
            return html`<${ui.Badge} kind="late">${t('due.part', {open: money(one.due - one.paid)})}<//>`;
        }
        return one.deferred ? html`<${ui.Badge} kind="mark">${t('due.deferred')}<//>` : html`<${ui.Badge}>${t('due.open')}<//>`;
    };

    /** What was declared for a month: of a wage that of the month before. */
    const baseOf = (declarations, one) => {
        const before = period => {
            const [year, number] = period.split('-').map(Number);
            return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
        };
        const known = declarations.filter(found => !found.withdrawn && !found.waiting && found.duesClass === one.duesClass);
        const of = period => known.find(found => found.from <= period);
        return (one.duesClass === 'INSURED' ? of(before(one.period)) ?? of(one.period) : of(one.period))?.base;
    };

    const exemption = one => (one.kind === 'DEFERRAL'
        ? `${t('exempt.later')} · ${t(`ground.${one.ground}`)}`
        : `${one.percent === 100 ? t('exempt.all') : t('exempt.less', {percent: one.percent})} · ${t(`ground.${one.ground}`)}`);
    const span = one => (one.to ? t('span', {from: month(one.from), to: month(one.to)}) : t('since', {month: month(one.from)}));
    const state = one => html`<${ui.Badge} kind=${{GRANTED: 'good', REFUSED: 'bad'}[one.state] ?? 'late'}>${t(`state.${one.state}`)}<//>`;

    return {money, month, steps, badge, baseOf, exemption, span, state};
}
