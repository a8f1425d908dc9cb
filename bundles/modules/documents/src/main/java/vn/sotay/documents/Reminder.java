package vn.sotay.documents;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.notice.Notice;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.store.Transaction;

/** What readers are reminded of some days before the last one. */
enum Reminder {
    /** To read the document, and to say so. */
    ACKNOWLEDGE(
            "document-due",
            "documents.acknowledge.days-before",
            "acknowledge = true and acknowledge_by",
            "select member from document_acknowledgement where document = :document and edition >= :edition"),
    /** To say what one thinks of a draft; one opinion is enough, of whichever edition: a paragraph that stays keeps what was said of it. */
    OPINE(
            "draft-due",
            "documents.opinions.days-before",
            "opinions_until",
            "select distinct member from document_opinion where document = :document and withdrawn = false"
                    + " and edition <= :edition");

    private final String template;
    private final String daysBefore;
    private final String day;
    private final String have;

    Reminder(String template, String daysBefore, String day, String have) {
        this.template = template;
        this.daysBefore = daysBefore;
        this.day = day;
        this.have = have;
    }

    /** The rule that says how many days before; 0 for never. */
    String daysBefore() {
        return daysBefore;
    }

    /** How a question for documents of a day begins. */
    String day() {
        return day;
    }

    /** The question for those who have done it. */
    String have() {
        return have;
    }

    /** The last day; null if nobody is asked, or until no day. */
    @Nullable LocalDate until(Document document) {
        return switch (this) {
            case ACKNOWLEDGE -> document.asks() ? document.acknowledgeBy() : null;
            case OPINE -> document.opinionsUntil();
        };
    }

    /** Whether it is time to remind. */
    static boolean isDue(LocalDate today, LocalDate until, int daysBefore) {
        return daysBefore > 0 && !today.isAfter(until) && !today.isBefore(until.minusDays(daysBefore));
    }

    /** Of an edition a member is reminded once. */
    Notice of(UUID member, Document document) {
        UUID id = Telling.id(document);
        String which = template + '/' + id + '/' + document.edition() + '/' + until(document) + '/' + member;
        return Notice.of(
                        UUID.nameUUIDFromBytes(which.getBytes(StandardCharsets.UTF_8)),
                        Audience.member(member),
                        template,
                        "/documents/" + id)
                .with("title", document.title())
                .with("day", String.valueOf(until(document)))
                .about(about(id));
    }

    /** They have done it, or it is not there any more. */
    void done(Transaction tx, Notices notices, UUID document, Collection<UUID> members) {
        String about = about(document);
        notices.withdraw(tx, members.stream().map(Audience::member).toList(), (whose, what) -> what.equals(about));
    }

    private String about(UUID document) {
        return template + ':' + document;
    }
}
