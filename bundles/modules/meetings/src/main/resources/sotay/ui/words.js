/** What a meeting is called and in which state it is, in words. */
const OVER_AFTER = 8 * 3_600_000;

export function words(app) {
    const {t, format} = app;
    const isClosed = meeting => ['CLOSED', 'PUBLISHED', 'REPORTED'].includes(meeting.state);
    const defaultTitle = (kind, startsAt) => t('title.default', {kind: t(`kind.${kind}`), month: monthOf(format, startsAt)});
    return {
        isClosed,
        /** Whether the server knows of it: else it was planned on this device, and waits. */
        isThere: meeting => Boolean(meeting.state),
        /** Closed, or so long ago that it is no longer the next one. */
        isOver: meeting => isClosed(meeting) || Date.parse(meeting.startsAt) + OVER_AFTER < Date.now(),
        /** Whether the reader leads the cell whose meeting it is. */
        leads: meeting => app.caller.leads(meeting.cell),
        /** Whether the reader plans and closes it: a helper records, no more. */
        writes: meeting => app.caller.holds(['SECRETARY', 'DEPUTY'], meeting.cell),
        hasBegun: meeting => Date.parse(meeting.startsAt) <= Date.now(),
        isNotified: meeting => !['PLANNED', 'PREPARED'].includes(meeting.state),
        defaultTitle,
        title: meeting => meeting.title || defaultTitle(meeting.kind, meeting.startsAt),
        kind: meeting => t(`kind.${meeting.kind}`),
        state: meeting => t(`state.${meeting.state ?? 'UNSENT'}`),
        stateKind: meeting => (isClosed(meeting) ? undefined : ['PLANNED', 'PREPARED', undefined].includes(meeting.state) ? 'late' : 'good'),
    };
}

/** {@code 12/2026} */
function monthOf(format, instant) {
    const [year, month] = format.dayOf(instant).split('-');
    return `${Number(month)}/${year}`;
}
