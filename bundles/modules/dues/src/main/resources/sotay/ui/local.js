/** What is owed, read from the local copy for when there is no network. By which rules it was reckoned the change feed does not tell. */
export function local(app) {
    const line = (payload, month) => ({...month, member: payload.member, name: payload.name, paid: 0, missing: month.duesClass === 'UNDECLARED' && month.reduction < 100, rules: []});
    return [{
        path: '/api/dues/assessments',
        types: ['dues-year'],
        read: (copy, none, {member, cell, period}) => {
            const whose = member ?? (cell ? null : app.caller.member?.id);
            const items = copy.all('dues-year')
                .filter(one => (!whose || one.member === whose) && (!cell || one.cell === cell))
                .flatMap(one => one.months.map(month => line(one, month)))
                .filter(one => !period || one.period === period)
                .sort((one, other) => (one.period < other.period ? 1 : -1));
            return {items, next: null};
        },
    }];
}
