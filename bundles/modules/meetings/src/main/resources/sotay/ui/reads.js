/** Who has opened a meeting: each member's page says it by itself, the leaders' desk shows it. */
export function reads(app, {say}) {
    const {t, hooks, outbox, useRemote, Problem} = app;
    /** What was said since these pages were opened: a list that was read before does not have it yet. */
    const said = new Set();

    /** For a member the list has the own line alone. */
    function useReads(meeting) {
        const reads = useRemote(`/api/meetings/${meeting.id}/reads?limit=500`);
        const items = reads.data?.items ?? [];
        return {reads, items, of: member => items.find(one => one.member === member)};
    }

    /** Says that the reader has opened the meeting, and shows nothing: whether it arrives is no matter of the reader. */
    function Opened({meeting}) {
        const member = app.caller.member.id;
        const {reads, of} = useReads(meeting);
        const path = `/api/meetings/${meeting.id}/reads/${member}`;
        const isNew = !reads.loading && !of(member) && !said.has(path);
        hooks.useEffect(() => {
            if (isNew) {
                said.add(path);
                const shown = {meeting: meeting.id, member, at: new Date().toISOString()};
                outbox.put(path, undefined, {title: t('outbox.read', {meeting: say.title(meeting)}), shown, id: 'member', quiet: true, silent: true})
                    .then(({waiting}) => waiting || reads.reload())
                    .catch(problem => {
                        if (!(problem instanceof Problem)) {
                            throw problem;
                        }
                        if (problem.mayPass) {
                            said.delete(path);
                        }
                    });
            }
        }, [isNew, path]);
        return null;
    }

    return {useReads, Opened};
}
