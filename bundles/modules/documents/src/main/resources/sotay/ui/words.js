/** How a document is called, and whether it is in force, in words. */
export const KINDS = ['RESOLUTION', 'DIRECTIVE', 'REGULATION', 'CONCLUSION', 'DECISION', 'GUIDANCE', 'PLAN', 'PROGRAMME', 'REPORT', 'NOTICE', 'LAW', 'DECREE',
    'CIRCULAR', 'OTHER'];
export const LEVELS = ['CENTRAL', 'PROVINCE', 'COMMUNE', 'CELL', 'SECTOR'];

const begins = document => document.effective ?? document.signed;

/** By which documents are ordered: that of the server's lists. */
const sortDay = (document, format) => document.signed ?? (document.publishedAt ? format.dayOf(document.publishedAt) : '');

export function words(app) {
    const {t, format} = app;
    const replacing = (document, day) => (document.replacedBy ?? []).find(one => !one.from || one.from <= day);
    return {
        /** {@code Quy định 01-QĐ/TW}, or its kind alone. */
        called: document => [t(`kind.${document.kind}`), document.number].filter(Boolean).join(' '),
        /** What another document is called, of which the number or the title is known. */
        other: one => one.number ?? one.title ?? '…',
        replacing,
        isInForce: (document, day) => !document.opinionsUntil && (!begins(document) || begins(document) <= day) && (!document.expires || document.expires > day)
            && !replacing(document, day),
        /** {@code {text, kind}} of a badge. */
        force(document) {
            const today = format.today();
            if (document.opinionsUntil) {
                return {text: t(document.opinionsUntil < today ? 'force.draft-over' : 'force.draft'), kind: 'mark'};
            }
            if (replacing(document, today) || document.expires && document.expires <= today && document.relations.some(one => one.kind === 'REPLACED_BY')) {
                return {text: t('force.replaced'), kind: 'late'};
            }
            if (document.expires && document.expires <= today) {
                return {text: t('force.expired', {day: format.date(document.expires)}), kind: 'late'};
            }
            if (begins(document) && begins(document) > today) {
                return {text: t('force.not-yet', {day: format.date(begins(document))}), kind: 'mark'};
            }
            return {text: t('force.now'), kind: 'good'};
        },
        newestFirst: (one, another) => {
            const [a, b] = [one, another].map(document => `${sortDay(document, format)} ${document.id}`);
            return a < b ? 1 : a > b ? -1 : 0;
        },
        /** Whether members may say today what they think of it. */
        takesOpinions: document => document.state === 'PUBLISHED' && Boolean(document.opinionsUntil) && document.opinionsUntil >= format.today(),
        leads: () => app.caller.holds(['SECRETARY', 'DEPUTY']),
        /** Whether the caller reads what all say of it: an officer of what it works for, an editor of its own drafts. */
        reports: document => app.caller.holds(['OFFICER', 'INSPECTOR']) || app.caller.holds('EDITOR', document.unit),
        edits: () => app.caller.holds('EDITOR'),
    };
}
