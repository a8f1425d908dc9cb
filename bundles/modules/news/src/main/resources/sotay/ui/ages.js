/** An age band in words; null for all ages. */
export function agesOf(t, {ages}) {
    if (!ages) {
        return null;
    }
    const {from, to} = ages;
    const which = from === to ? 'one' : from && to ? 'both' : from ? 'from' : 'to';
    return t(`ages.${which}`, {from, to});
}
