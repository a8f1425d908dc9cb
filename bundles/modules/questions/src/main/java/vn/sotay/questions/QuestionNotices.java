package vn.sotay.questions;

import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.notice.Notice;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.questions.QuestionRows.Row;

/**
 * Tells asker and team of one another, in the transaction of what it tells of. No word of a question stands in a notice: a telephone shows
 * it to whoever looks. The newest about a question takes the place of the one before.
 */
@Component(service = QuestionNotices.class)
public final class QuestionNotices {

    private final Notices notices;
    private final Units units;

    @Activate
    public QuestionNotices(@Reference Notices notices, @Reference Units units) {
        this.notices = notices;
        this.units = units;
    }

    /** A question has come to its team. */
    void asked(Transaction tx, Row row) {
        toTeam(tx, row, "asked");
    }

    /** It was not answered in time below. */
    void escalated(Transaction tx, Row row) {
        toTeam(tx, row, "escalated");
    }

    /** The asker has said something more, or is not content. */
    void askedMore(Transaction tx, Row row, boolean again) {
        toTeam(tx, row, again ? "asked-again" : "asked-more");
    }

    void answered(Transaction tx, Row row) {
        toAsker(tx, row, "answered");
    }

    /** The team has asked back. */
    void askedBack(Transaction tx, Row row) {
        toAsker(tx, row, "asked-back");
    }

    private void toAsker(Transaction tx, Row row, String template) {
        notices.send(tx, notice(Audience.member(row.asker()), row, template));
    }

    private void toTeam(Transaction tx, Row row, String template) {
        Unit team = units.current(row.team());
        Audience audience = team.parent() == null ? Audience.EDITORS : Audience.officers(team.id());
        Notice notice = notice(audience, row, template);
        notices.send(tx, row.due() == null ? notice : notice.with("due", Objects.requireNonNull(row.due())));
    }

    private static Notice notice(Audience audience, Row row, String template) {
        return Notice.of(UUID.randomUUID(), audience, template, "/questions/" + row.id())
                .about("question:" + row.id());
    }
}
