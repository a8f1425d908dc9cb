/** The cell that meets: its members, and what they have answered. */
export function cell({format, t, useRemote}, {requestOf}) {
    /** The members of a cell, by given name. */
    function useCell(cell) {
        const members = useRemote(`/api/members?unit=${cell}&limit=500`);
        const items = [...(members.data?.items ?? [])].sort((a, b) => format.compareNames(a.name, b.name));
        return {members, items, nameOf: id => items.find(one => one.id === id)?.name ?? t('opinions.someone')};
    }

    function useAnswers(meeting) {
        const answers = useRemote(`/api/meetings/${meeting.id}/answers?limit=500`);
        const items = answers.data?.items ?? [];
        return {
            answers,
            attending: items.filter(one => one.answer === 'ATTENDING'),
            absent: items.filter(one => one.answer === 'ABSENT'),
            waiting: items.filter(one => one.answer === 'ABSENT' && requestOf(one) === 'requested'),
            by: id => items.find(one => one.member === id),
            items,
        };
    }

    return {useCell, useAnswers};
}
